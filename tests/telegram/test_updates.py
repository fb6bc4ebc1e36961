"""From Telegram's JSON to what a person did: one row for every kind of update."""

from typing import Any

import pytest
from telegram import Bot, Update, User

from bot.messages import (
    Act,
    Attachment,
    Blocked,
    Commanded,
    Edited,
    Incoming,
    Joined,
    Left,
    Pressed,
    Said,
    Searched,
    Sent,
    Unblocked,
)
from bot.storage.sealing import Cipher
from bot.telegram.updates import ATTACHMENTS, Address, Translator

ME = User(id=1, first_name="Hiwar", is_bot=True, username="HiwarBot")
AMINA = {"id": 7, "is_bot": False, "first_name": "Amina", "language_code": "fr-CA"}
OTHER_BOT = {"id": 8, "is_bot": True, "first_name": "Spam"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Amina"}
GROUP = {"id": -5, "type": "supergroup", "title": "CSOs"}
FORUM = {"id": -9, "type": "supergroup", "title": "Team", "is_forum": True}
IN_TOPIC: dict[str, Any] = {"message_thread_id": 2, "is_topic_message": True}
CHANNEL = {"id": -6, "type": "channel", "title": "News"}
JPEG = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
PLACE = {"latitude": 33.5, "longitude": 36.3}
FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}}


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(ME, Cipher(bytes(32)))


def update(**fields: object) -> Update:
    made = Update.de_json({"update_id": 1, **fields}, Bot("1:token"))
    assert made is not None
    return made


def read(translator: Translator, given: Update) -> Incoming | None:
    return translator.read(given, translator.pseudonym(given))


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = AMINA, **fields: object) -> dict[str, Any]:
    return {"message_id": 3, "date": 1, "chat": chat, "from": sender, **fields}


def mention(text: str) -> dict[str, Any]:
    return {"text": text, "entities": [{"type": "mention", "offset": text.index("@"), "length": len("@HiwarBot")}]}


def membership(chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "Hiwar"}
    kept = {"user": bot, "until_date": 0}
    return {
        "chat": chat,
        "from": AMINA,
        "date": 1,
        "old_chat_member": {"status": before, **kept},
        "new_chat_member": {"status": after, **kept},
    }


READ: dict[str, tuple[dict[str, Any], Act | None]] = {
    "a text": ({"message": message(text="hello there")}, Said("hello there")),
    "a forwarded text": ({"message": message(text="hi", **FORWARDED)}, Said("hi", forwarded=True)),
    "a forwarded command is words": ({"message": message(text="/start", **FORWARDED)}, Said("/start", forwarded=True)),
    "a command": ({"message": message(text="/Topics")}, Commanded("topics")),
    "a command with an argument": ({"message": message(text="/start  abc d ")}, Commanded("start", "abc d")),
    "an Arabic command is words": ({"message": message(text="/مساعدة")}, Said("/مساعدة")),
    "a caption": (
        {"message": message(photo=JPEG, caption="what is this")},
        Sent(Attachment.PHOTO, "what is this", file="a"),
    ),
    "a place": ({"message": message(location=PLACE)}, Sent(Attachment.LOCATION, place=(33.5, 36.3))),
    "a join to a chat is nothing": ({"message": message(new_chat_members=[AMINA])}, None),
    "a search in another chat": (
        {"inline_query": {"id": "9", "from": AMINA, "query": "forum", "offset": ""}},
        Searched("forum"),
    ),
    "an edit": ({"edited_message": message(text="better", edit_date=2)}, Edited("better")),
    "a moving place is nothing": ({"edited_message": message(location=PLACE, edit_date=2)}, None),
    "a press": (
        {
            "callback_query": {
                "id": "1",
                "from": AMINA,
                "chat_instance": "x",
                "data": "t:en",
                "message": message(text="m"),
            }
        },
        Pressed("t:en", 3),
    ),
    "a press on a message that is gone": (
        {"callback_query": {"id": "1", "from": AMINA, "chat_instance": "x", "data": "t:en"}},
        None,
    ),
    "a bot's words": ({"message": message(sender=OTHER_BOT, text="buy")}, None),
    "a channel's post": ({"channel_post": message(chat=CHANNEL, text="news")}, None),
    "a group's talk": ({"message": message(chat=GROUP, text="hello all")}, None),
    "a mention": ({"message": message(chat=GROUP, **mention("@hiwarbot when is it"))}, Said("when is it")),
    "a mention inside": ({"message": message(chat=GROUP, **mention("when @HiwarBot is it"))}, Said("when is it")),
    "another's mention": ({"message": message(chat=GROUP, **mention("@OtherBot  when"))}, None),
    "a name without a mention": ({"message": message(chat=GROUP, text="HiwarBot when is it")}, None),
    "a command to this bot": ({"message": message(chat=GROUP, text="/help@hiwarbot")}, Commanded("help")),
    "a command to another bot": ({"message": message(chat=GROUP, text="/help@OtherBot")}, None),
    "a reply to the bot": (
        {"message": message(chat=GROUP, text="and then?", reply_to_message=message(sender=ME.to_dict(), text="a"))},
        Said("and then?"),
    ),
    "a reply to another": (
        {"message": message(chat=GROUP, text="yes", reply_to_message=message(text="a"))},
        None,
    ),
    "an edit in a group": ({"edited_message": message(chat=GROUP, text="x", edit_date=2)}, None),
    "being added to a group": ({"my_chat_member": membership(GROUP, "left", "member")}, Joined()),
    "being removed from a group": ({"my_chat_member": membership(GROUP, "member", "left")}, Left()),
    "being put out of a group": ({"my_chat_member": membership(GROUP, "member", "kicked")}, Left()),
    "being in a group still is nothing": ({"my_chat_member": membership(GROUP, "member", "member")}, None),
    "being started": ({"my_chat_member": membership(PRIVATE, "kicked", "member")}, Unblocked()),
    "being blocked": ({"my_chat_member": membership(PRIVATE, "member", "kicked")}, Blocked()),
}


@pytest.mark.parametrize("name", READ)
def test_what_an_update_means(name: str, translator: Translator) -> None:
    fields, act = READ[name]
    incoming = read(translator, update(**fields))
    assert (incoming.act if incoming else None) == act


def test_every_kind_of_attachment_is_one_of_ours() -> None:
    assert {kind for _, kind in ATTACHMENTS} == set(Attachment)


def test_a_person_is_a_pseudonym_the_same_in_every_chat(translator: Translator) -> None:
    private = read(translator, update(message=message(text="a")))
    grouped = read(translator, update(message=message(chat=GROUP, text="/help")))
    assert private is not None
    assert grouped is not None
    assert private.person == grouped.person
    assert b"7" not in private.person
    assert len(private.person) >= 16
    assert (private.language_code, private.in_group, grouped.in_group) == ("fr-CA", False, True)
    assert (private.address, grouped.address) == ("7", "-5/3")


def begun_by(sender: dict[str, Any]) -> dict[str, Any]:
    """The message that began the topic, which Telegram puts under everything written in it."""
    made = {"name": "Question", "icon_color": 7322096}
    begun = {"message_id": 2, "date": 1, "chat": FORUM, "from": sender, "forum_topic_created": made}
    return {**IN_TOPIC, "reply_to_message": begun}


def to_bot(**fields: object) -> dict[str, Any]:
    return {"reply_to_message": message(FORUM, ME.to_dict(), text="a", **fields)}


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (message(FORUM, text="x", **begun_by(ME.to_dict())), ("-9#2/3", 2, 2, True)),
        (message(FORUM, text="x", **begun_by(AMINA)), ("-9#2/3", 2, 0, True)),
        (message(FORUM, text="x", **IN_TOPIC), ("-9#2/3", 2, 0, True)),
        (message(FORUM, text="x", **IN_TOPIC, **to_bot(**IN_TOPIC)), ("-9#2/3", 2, 3, False)),
        (message(FORUM, text="/help", **IN_TOPIC), ("-9#2/3", 2, 0, False)),
        (message(FORUM, text="x", **to_bot()), ("-9/3", 0, 3, False)),
        (message(PRIVATE, text="x", reply_to_message=message(PRIVATE, ME.to_dict(), text="a")), ("7", 0, 3, False)),
        (message(PRIVATE, text="x", reply_to_message=message(PRIVATE, text="a")), ("7", 0, 0, False)),
    ],
)
def test_where_in_a_chat_something_was_said(
    fields: dict[str, Any], where: tuple[str, int, int, bool], translator: Translator
) -> None:
    incoming = read(translator, update(message=fields))
    assert incoming is not None
    assert (incoming.address, incoming.thread, incoming.answers, incoming.overheard) == where
    assert incoming.place == str(fields["chat"]["id"])
    assert incoming.threaded is (fields["chat"] is FORUM)


def test_what_people_say_to_one_another_in_a_topic_is_not_heard(translator: Translator) -> None:
    fields = message(FORUM, text="x", **IN_TOPIC, reply_to_message=message(FORUM, text="a"))
    assert read(translator, update(message=fields)) is None


@pytest.mark.parametrize(
    "address",
    [Address(7), Address(-100123, 45), Address(7, query_id="99"), Address(-1, thread=4), Address(-1, 45, thread=4)],
)
def test_an_address_is_read_as_it_was_written(address: Address) -> None:
    assert Address.parse(str(address)) == address
