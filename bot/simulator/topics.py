"""Topics of groups that are forums (Bot API, "createForumTopic" and "message_thread_id")."""

from bot.simulator import refusals
from bot.simulator.chats import Chat, Json, Message
from bot.simulator.reach import find_open_chat
from bot.simulator.refusals import Refusal
from bot.simulator.world import World

ICON_COLOR = 7322096  # what Telegram gives a topic where nothing is asked for


def create_forum_topic(world: World, values: Json) -> Json:
    chat = find_open_chat(world, values["chat_id"])
    if not values["name"].strip():
        raise Refusal(refusals.TOPIC_TITLE_EMPTY)
    if not chat.has_topics:
        raise Refusal(refusals.NOT_A_FORUM)
    if not chat.bot_manages_topics:
        raise Refusal(refusals.NO_RIGHT_TO_TOPICS)
    topic = {"name": values["name"], "icon_color": ICON_COLOR}
    begun = world.add_message(chat, world.bot, fields={"forum_topic_created": topic})
    begun.thread = begun.id
    chat.topics[begun.id] = begun
    return {"message_thread_id": begun.id, **topic}


def find_thread(chat: Chat, values: Json, replied: Message | None) -> int:
    """The topic a message goes to: the one named, else that of the message it answers, else the general one."""
    given = values.get("message_thread_id")
    if given is None:
        return replied.thread if replied is not None else 0
    if given not in chat.topics:
        raise Refusal(refusals.THREAD_NOT_FOUND)
    return int(given)
