"""What each method does: a table from its name to a function of the world and the checked values."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator import sending, topics
from bot.simulator.changes import Changed
from bot.simulator.chats import Json
from bot.simulator.profile import DEFAULT, read_commands, read_scope
from bot.simulator.reach import find_open_chat
from bot.simulator.refusals import CANNOT_LEAVE_PRIVATE, CHAT_NOT_FOUND, QUERY_TOO_OLD, Refusal
from bot.simulator.searches import answer_inline_query
from bot.simulator.world import QUERY_LASTS, World

DOWNLOAD_BYTES_MOST = 20 * 1024 * 1024


def get_me(world: World, _values: Json) -> Json:
    """The bot reads everything in groups, as one does that has its privacy mode turned off, and has inline mode on."""
    abilities = {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": True}
    return world.bot.user | abilities


def answer_callback_query(world: World, values: Json) -> bool:
    query = world.queries.get(values["callback_query_id"])
    if query is None or query.answered or world.now() - query.at > QUERY_LASTS:
        raise Refusal(QUERY_TOO_OLD)
    query.answered = True
    world.tell(
        Changed.PRESS_ANSWERED,
        chat=query.message.chat,
        message=query.message,
        person=query.person,
        text=values.get("text", ""),
        alert=values.get("show_alert", False),
    )
    return True


def get_file(world: World, values: Json) -> Json:
    file = world.files.get(values["file_id"])
    if file is None:
        raise Refusal("invalid file_id")
    if len(file.content) > DOWNLOAD_BYTES_MOST:
        raise Refusal("file is too big")
    size = len(file.content)
    return {"file_id": file.id, "file_unique_id": f"unique-{file.id}", "file_size": size, "file_path": file.path}


def leave_chat(world: World, values: Json) -> bool:
    chat = world.chats.get(values["chat_id"])
    if chat is None:
        raise Refusal(CHAT_NOT_FOUND)
    if not chat.is_group:
        raise Refusal(CANNOT_LEAVE_PRIVATE)
    find_open_chat(world, chat.id)
    chat.has_bot = False
    world.push_membership(chat, world.bot, "member", "left")
    world.tell(Changed.CHAT_LEFT, chat=chat)
    return True


def set_my_commands(world: World, values: Json) -> bool:
    world.profile.set_commands(_scope(values), values.get("language_code", ""), read_commands(values["commands"]))
    world.tell(Changed.MENU)
    return True


def get_my_commands(world: World, values: Json) -> list[Json]:
    return world.profile.commands(_scope(values), values.get("language_code", ""))


def delete_my_commands(world: World, values: Json) -> bool:
    return set_my_commands(world, values | {"commands": []})


def _scope(values: Json) -> tuple[Any, ...]:
    return read_scope(values["scope"]) if "scope" in values else DEFAULT


def _set(what: str) -> Callable[[World, Json], bool]:
    def set_text(world: World, values: Json) -> bool:
        world.profile.set_text(what, values.get("language_code", ""), values.get(what, ""))
        world.tell(Changed.MENU)
        return True

    return set_text


def _get(what: str) -> Callable[[World, Json], Json]:
    def get_text(world: World, values: Json) -> Json:
        text = world.profile.text(what, values.get("language_code", ""))
        return {what: text or (world.bot.name if what == "name" else "")}

    return get_text


HANDLERS: Mapping[str, Callable[[World, Json], Any]] = {
    "getMe": get_me,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "createForumTopic": topics.create_forum_topic,
    "editMessageText": sending.edit_message_text,
    "editMessageCaption": sending.edit_message_caption,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "getFile": get_file,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _set("name"),
    "getMyName": _get("name"),
    "setMyDescription": _set("description"),
    "getMyDescription": _get("description"),
    "setMyShortDescription": _set("short_description"),
    "getMyShortDescription": _get("short_description"),
}
