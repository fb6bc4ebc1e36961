"""What a message of a person carries beside text, as the Bot API shows it."""

from collections.abc import Mapping

from bot.messages import Attachment
from bot.simulator.chats import Json
from bot.simulator.world import World

# The fields of each kind of file beside its id and size.
_FILES: Mapping[Attachment, Json] = {
    Attachment.PHOTO: {"width": 1280, "height": 720},
    Attachment.VIDEO: {"width": 1280, "height": 720, "duration": 12, "mime_type": "video/mp4"},
    Attachment.VOICE: {"duration": 7, "mime_type": "audio/ogg"},
    Attachment.STICKER: {
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "type": "regular",
        "emoji": "👍",
        "set_name": "simulated_stickers",
    },
    Attachment.DOCUMENT: {"mime_type": "application/octet-stream"},
}
_OTHERS: Mapping[Attachment, Json] = {
    Attachment.LOCATION: {"location": {"latitude": 33.8938, "longitude": 35.5018}},
    Attachment.CONTACT: {"contact": {"phone_number": "+0000000000", "first_name": "Somebody"}},
    Attachment.OTHER: {"dice": {"emoji": "🎲", "value": 3}},
}


def describe_attachment(world: World, kind: Attachment, name: str, content: bytes) -> Json:
    """The fields of a Bot API `Message`; a file's content is kept for `getFile`."""
    if kind not in _FILES:
        return dict(_OTHERS[kind])
    fields = _FILES[kind]
    file = world.add_file(kind, name, fields.get("mime_type", "application/octet-stream"), content)
    shown = {"file_id": file.id, "file_unique_id": f"unique-{file.id}", "file_size": len(content), **fields}
    if kind is Attachment.DOCUMENT:
        shown["file_name"] = name
    return {kind.value: [shown] if kind is Attachment.PHOTO else shown}
