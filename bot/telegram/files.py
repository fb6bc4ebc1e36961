"""Files that people send, fetched when they are needed; nothing of them is kept here."""

from telegram import Bot
from telegram.error import BadRequest


async def fetch_file(bot: Bot, file_id: str, most_bytes: int) -> bytes | None:
    """The content of a file by its id (Bot API, getFile: at most 20 MB); None where it is gone or too large.

    Raises `TelegramError` where Telegram is not reached: the update is tried again.
    """
    try:
        file = await bot.get_file(file_id)
    except BadRequest:
        return None
    if file.file_size is None or file.file_size > most_bytes:
        return None
    return bytes(await file.download_as_bytearray())
