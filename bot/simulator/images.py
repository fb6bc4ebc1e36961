"""The size of a picture, read from its first bytes."""

import re
import struct

PHOTO_BYTES_MOST = 10 * 1024 * 1024

# Start-of-frame markers of JPEG: height and width stand behind length and precision.
_JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)


def find_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"\xff\xd8") and (frame := _JPEG_FRAME.search(content)):
        height, width = struct.unpack(">HH", frame[1])
        return width, height
    return None
