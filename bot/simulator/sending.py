"""The methods that put messages into chats, change them and take them away."""

from typing import Any

from bot.messages import Attachment
from bot.simulator import refusals
from bot.simulator.changes import Changed
from bot.simulator.chats import Chat, File, Json, Message
from bot.simulator.formatting import Written, read_caption, read_text
from bot.simulator.images import PHOTO_BYTES_MOST, find_size
from bot.simulator.keyboards import check_markup
from bot.simulator.reach import find_open_chat
from bot.simulator.refusals import Refusal, refuse_strictly
from bot.simulator.topics import find_thread
from bot.simulator.values import Upload
from bot.simulator.world import World

DOCUMENT_BYTES_MOST = 50 * 1024 * 1024
_REPLY_FIELDS = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})
_PREVIEW_FIELDS = frozenset({"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"})


def send_message(world: World, values: Json) -> Json:
    chat = find_open_chat(world, values["chat_id"])
    written = read_text(values)
    _check_preview(values)
    return _send(world, chat, values, written).to_json()


def send_document(world: World, values: Json) -> Json:
    return _send_file(world, values, Attachment.DOCUMENT, DOCUMENT_BYTES_MOST)


def send_photo(world: World, values: Json) -> Json:
    return _send_file(world, values, Attachment.PHOTO, PHOTO_BYTES_MOST)


def send_chat_action(world: World, values: Json) -> bool:
    chat = find_open_chat(world, values["chat_id"])
    find_thread(chat, values, None)
    world.tell(Changed.ACTION, chat=chat, person=world.bot, text=values["action"])
    return True


def edit_message_text(world: World, values: Json) -> Json:
    message = _find_own(world, values)
    written = read_text(values)
    _check_preview(values)
    if message.attachment is not None:
        raise Refusal(refusals.EDIT_WITHOUT_TEXT)
    return _rewrite(world, message, written, values)


def edit_message_caption(world: World, values: Json) -> Json:
    message = _find_own(world, values)
    written = read_caption(values)
    if message.attachment is None:
        raise Refusal(refusals.EDIT_WITHOUT_CAPTION)
    return _rewrite(world, message, written, values)


def edit_message_reply_markup(world: World, values: Json) -> Json:
    message = _find_own(world, values)
    markup = _read_markup(values, inline_only=True)
    if message.reply_markup == markup:
        raise Refusal(refusals.NOT_MODIFIED)
    return _change(world, message, markup)


def delete_message(world: World, values: Json) -> bool:
    chat = find_open_chat(world, values["chat_id"])
    message = chat.messages.get(values["message_id"])
    if message is None:
        raise Refusal(refusals.DELETE_NOT_FOUND)
    if chat.is_group and message.sender is not world.bot:
        raise Refusal(refusals.DELETE_FORBIDDEN)  # the bot is no administrator
    del chat.messages[message.id]
    message.deleted = True
    world.tell(Changed.MESSAGE_DELETED, chat=chat, message=message)
    return True


def _send(world: World, chat: Chat, values: Json, written: Written, **carried: Any) -> Message:  # noqa: ANN401
    replied = _find_replied(chat, values)
    markup = _read_markup(values, in_group=chat.is_group)
    chat.take_keyboard(markup)
    return world.add_message(
        chat,
        world.bot,
        thread=find_thread(chat, values, replied),
        text=written.text,
        entities=written.entities,
        sent_html=written.html,
        reply_markup=markup,
        reply_to=replied,
        **carried,
    )


def _send_file(world: World, values: Json, attachment: Attachment, most: int) -> Json:
    chat = find_open_chat(world, values["chat_id"])
    file = _read_file(world, values[attachment.value], attachment, most)
    fields = _describe_file(file, attachment)
    return _send(world, chat, values, read_caption(values), attachment=attachment, file=file, fields=fields).to_json()


def _describe_file(file: File, attachment: Attachment) -> Json:
    """The field of a `Message` that holds the file."""
    shown: Json = {"file_id": file.id, "file_unique_id": f"unique-{file.id}", "file_size": len(file.content)}
    if attachment is Attachment.PHOTO:
        width, height = find_size(file.content) or (1, 1)
        return {"photo": [shown | {"width": width, "height": height}]}
    return {"document": shown | {"file_name": file.name, "mime_type": file.mime_type}}


def _read_file(world: World, given: Upload | str, attachment: Attachment, most: int) -> File:
    if isinstance(given, str):
        file = world.files.get(given)
        if file is None:
            raise Refusal("wrong file identifier/HTTP URL specified")
        return file
    if len(given.content) > most:
        raise Refusal("", 413)
    if attachment is Attachment.PHOTO and find_size(given.content) is None:
        raise Refusal("IMAGE_PROCESS_FAILED")
    return world.add_file(attachment, given.name, given.mime_type, given.content)


def _rewrite(world: World, message: Message, written: Written, values: Json) -> Json:
    markup = _read_markup(values, inline_only=True)
    if (message.text, message.entities, message.reply_markup) == (written.text, written.entities, markup):
        raise Refusal(refusals.NOT_MODIFIED)
    message.text, message.entities, message.sent_html = written
    return _change(world, message, markup)


def _change(world: World, message: Message, markup: Json | None) -> Json:
    message.reply_markup = markup
    message.edited_at = world.now()
    world.tell(Changed.MESSAGE_EDITED, chat=message.chat, message=message, person=world.bot)
    return message.to_json()


def _find_own(world: World, values: Json) -> Message:
    message = find_open_chat(world, values["chat_id"]).messages.get(values["message_id"])
    if message is None:
        raise Refusal(refusals.EDIT_NOT_FOUND)
    if message.sender is not world.bot:
        raise Refusal(refusals.EDIT_FORBIDDEN)
    return message


def _read_markup(values: Json, *, inline_only: bool = False, in_group: bool = False) -> Json | None:
    markup = values.get("reply_markup")
    return check_markup(markup, inline_only=inline_only, in_group=in_group) if markup else None


def _find_replied(chat: Chat, values: Json) -> Message | None:
    given = values.get("reply_parameters")
    if given is None:
        return None
    if unknown := sorted(set(given) - _REPLY_FIELDS):
        raise refuse_strictly(f'the simulator does not know the field "{unknown[0]}" of reply_parameters')
    if given.get("chat_id", chat.id) != chat.id:
        raise refuse_strictly("the simulator does not know replies across chats")
    replied = chat.messages.get(given.get("message_id"))
    if replied is None and not given.get("allow_sending_without_reply"):
        raise Refusal(refusals.REPLY_NOT_FOUND)
    return replied


def _check_preview(values: Json) -> None:
    if unknown := sorted(set(values.get("link_preview_options", ())) - _PREVIEW_FIELDS):
        raise refuse_strictly(f'the simulator does not know the field "{unknown[0]}" of link_preview_options')
