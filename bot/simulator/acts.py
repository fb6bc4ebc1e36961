"""What people do in Telegram."""

from collections.abc import Sequence

from bot.messages import Attachment
from bot.simulator.attachments import describe_attachment
from bot.simulator.changes import Changed
from bot.simulator.chats import Chat, Json, Message, Person
from bot.simulator.entities import add_found, clean_text, is_visible, trim
from bot.simulator.html import Formatted
from bot.simulator.searches import Search
from bot.simulator.sight import Sight

CAPTIONED = frozenset({Attachment.PHOTO, Attachment.VIDEO, Attachment.VOICE, Attachment.DOCUMENT})


class Acts(Sight):
    """People's side. Every act is synchronous and raises ValueError where a Telegram app would not offer it."""

    def add_person(self, name: str, language_code: str = "", username: str = "") -> Person:
        """Somebody new. The same people added in the same order get the same ids in every run."""
        return self._world.add_person(name, language_code, username)

    def add_group(self, title: str, members: Sequence[Person], *, topics: bool = False) -> Chat:
        """A group made by the first member, with the bot in it, which sees every message (no privacy mode); with
        `topics` a forum, in which the bot may begin them."""
        if not members:
            raise ValueError("A group needs at least one member.")
        chat = self._make_group(title, members, topics=topics)
        self._world.push_membership(chat, members[0], "left", "member")
        created = "supergroup_chat_created" if topics else "group_chat_created"
        self._push_message(self._world.add_message(chat, members[0], fields={created: True}))
        return chat

    def turn_on_topics(self, person: Person, chat: Chat) -> Chat:
        """Make a plain group a forum: Telegram makes it a new chat, with none of the old messages for the bot."""
        forum = self._make_group(chat.title, self._enter(person, chat).members, topics=True)
        moved = self._world.add_message(chat, person, fields={"migrate_to_chat_id": forum.id})
        chat.moved_to = forum.id
        self._push_message(moved)
        self._push_message(self._world.add_message(forum, person, fields={"migrate_from_chat_id": chat.id}))
        return forum

    def remove_bot(self, person: Person, chat: Chat) -> None:
        """Put the bot out of a group."""
        if person not in chat.members or not chat.has_bot:
            raise ValueError("Only a member puts the bot out, where it is in.")
        chat.has_bot, chat.bot_kicked = False, True
        self._world.push_membership(chat, person, "member", "kicked")
        self._world.tell(Changed.CHAT_LEFT, chat=chat)

    def delete_topic(self, person: Person, topic: Message) -> None:
        """Delete a topic, by the message that began it, with all that was written in it."""
        chat = self._enter(person, topic.chat)
        del chat.topics[topic.id]
        for message in [one for one in chat.messages.values() if one.thread == topic.id]:
            del chat.messages[message.id]
            message.deleted = True
            self._world.tell(Changed.MESSAGE_DELETED, chat=chat, message=message)

    def say(
        self,
        person: Person,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        topic: Message | None = None,
        forwarded: bool = False,
    ) -> Message:
        """Write a text; commands, mentions, hashtags and addresses in it become entities. In a forum it goes to the
        topic that the message `topic` began, or that of the message it answers."""
        written = _write(text)
        if not is_visible(written.text):
            raise ValueError("A Telegram app does not send an empty text.")
        message = self._world.add_message(
            self._enter(person, chat),
            person,
            text=written.text,
            entities=written.entities,
            reply_to=reply_to,
            thread=_find_thread(topic, reply_to),
            forwarded=forwarded,
        )
        self._push_message(message)
        return message

    def send(  # noqa: PLR0913 - each says something of its own about what is sent, given by name
        self,
        person: Person,
        attachment: Attachment | str,
        *,
        caption: str = "",
        chat: Chat | None = None,
        content: bytes = b"simulated",
        name: str = "file.bin",
        reply_to: Message | None = None,
        topic: Message | None = None,
        forwarded: bool = False,
    ) -> Message:
        """Send something that is not text. `content` is what the bot gets when it downloads it."""
        kind = Attachment(attachment)
        if caption and kind not in CAPTIONED:
            raise ValueError(f"A {kind} has no caption in Telegram.")
        written = _write(caption)
        message = self._world.add_message(
            self._enter(person, chat),
            person,
            text=written.text,
            entities=written.entities,
            attachment=kind,
            fields=describe_attachment(self._world, kind, name, content),
            reply_to=reply_to,
            thread=_find_thread(topic, reply_to),
            forwarded=forwarded,
        )
        self._push_message(message)
        return message

    def edit(self, person: Person, message: Message, text: str) -> None:
        """Change one's own message."""
        if message.sender is not person or message.deleted:
            raise ValueError("People edit their own messages only, as long as they are there.")
        message.text, message.entities = _write(text)
        message.edited_at = self._world.now()
        self._world.tell(Changed.MESSAGE_EDITED, chat=message.chat, message=message, person=person)
        if message.chat.has_bot:
            self._world.updates.push("edited_message", message.to_json())

    def press(self, person: Person, message: Message, button: str) -> str:
        """Press a button, named by its label or its callback data; returns the id of the callback query."""
        if message.deleted:
            raise ValueError("The message is deleted.")
        data = _find_callback_data(message, button)
        chat = self._enter(person, message.chat)
        chat.acted_after = next(reversed(chat.messages))
        query_id = self._world.add_query(person, message)
        query = {"id": query_id, "from": person.user, "message": message.to_json(), "data": data}
        self._world.updates.push("callback_query", query | {"chat_instance": str(chat.id)})
        return query_id

    def press_key(self, person: Person, label: str) -> Message:
        """Press a key of the keyboard beside the text field: it sends its label, or what it asks for."""
        keys = {key["text"]: key for row in self._chat(person).keyboard for key in row}
        if label not in keys:
            raise ValueError(f"There is no key {label!r}; there are {list(keys)}.")
        if keys[label].get("request_location"):
            return self.send(person, Attachment.LOCATION)
        return self.send(person, Attachment.CONTACT) if keys[label].get("request_contact") else self.say(person, label)

    def search(self, person: Person, text: str) -> Search:
        """Type `@bot` and some words in any chat; the bot's results come into what is returned."""
        query_id = self._world.next_query_id()
        search = self._world.searches[query_id] = Search(person, text, self._world.now())
        query = {"id": query_id, "from": person.user, "query": text, "offset": "", "chat_type": "group"}
        self._world.updates.push("inline_query", query)
        return search

    def block(self, person: Person) -> None:
        self._set_blocked(person, blocked=True)

    def unblock(self, person: Person) -> Message:
        """Press "Restart bot", which also sends `/start`."""
        self._set_blocked(person, blocked=False)
        return self.say(person, "/start")

    def push_raw(self, update: Json) -> None:
        """Queue any update, however malformed; it gets an `update_id` if it has none."""
        self._world.updates.push_raw(update)

    def _make_group(self, title: str, members: Sequence[Person], *, topics: bool) -> Chat:
        groups = sum(chat.is_group for chat in self._world.chats.values())
        first_id = -1_005_000_000_001 if topics else -5_000_001
        chat = Chat(first_id - groups, list(members), title, has_topics=topics)
        self._world.add_chat(chat)
        return chat

    def _enter(self, person: Person, chat: Chat | None) -> Chat:
        where = chat or self._chat(person)
        if person not in where.members:
            raise ValueError(f"{person.name} is not in this chat.")
        if not where.is_group:
            if person.blocked:
                raise ValueError(f"{person.name} has blocked the bot: unblock it first.")
            person.started = True
        return where

    def _push_message(self, message: Message) -> None:
        if message.chat.has_bot:
            self._world.updates.push("message", message.to_json())

    def _set_blocked(self, person: Person, *, blocked: bool) -> None:
        if person.blocked is blocked:
            raise ValueError(f"{person.name} has {'already' if blocked else 'not'} blocked the bot.")
        person.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self._world.push_membership(self._chat(person), person, old, new)
        self._world.tell(Changed.BLOCKED, person=person)


def _find_thread(topic: Message | None, reply_to: Message | None) -> int:
    return topic.id if topic is not None else reply_to.thread if reply_to is not None else 0


def _write(text: str) -> Formatted:
    return add_found(trim(Formatted(clean_text(text), [])))


def _find_callback_data(message: Message, button: str) -> str:
    buttons = [one for row in message.buttons for one in row]
    for one in buttons:
        if button in (one["text"], one.get("callback_data")):
            if "callback_data" not in one:
                raise ValueError(f"The button {one['text']!r} does not call the bot.")
            return str(one["callback_data"])
    raise ValueError(f"There is no button {button!r}; there are {[one['text'] for one in buttons]}.")
