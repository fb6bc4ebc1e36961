"""Which chats the bot may write to."""

from bot.simulator import refusals
from bot.simulator.chats import Chat
from bot.simulator.refusals import Refusal
from bot.simulator.world import World


def find_open_chat(world: World, chat_id: int) -> Chat:
    """A chat the bot may write to. Raises `Refusal`."""
    chat = world.chats.get(chat_id)
    if chat is None:
        raise Refusal(refusals.CHAT_NOT_FOUND)
    if chat.is_group:
        if chat.moved_to:
            raise Refusal(refusals.UPGRADED, 400, {"migrate_to_chat_id": chat.moved_to})
        if chat.bot_kicked:
            raise Refusal(refusals.KICKED_FROM_SUPERGROUP if chat.has_topics else refusals.KICKED, 403)
        if not chat.has_bot:
            raise Refusal(refusals.NOT_MEMBER, 403)
        return chat
    person = chat.members[0]
    if not person.started:
        raise Refusal(refusals.NOT_STARTED, 403)
    if person.blocked:
        raise Refusal(refusals.BLOCKED, 403)
    return chat
