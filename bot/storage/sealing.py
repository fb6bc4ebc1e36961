"""Encrypting what people write and turning who they are into pseudonyms, both with one secret key."""

import base64
import binascii
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import FolderUnwritable, SettingsError, Unreadable

KEY_BYTES = 32
NONCE_BYTES = 12
PSEUDONYM_BYTES = 16


class Cipher:
    """AES-256-GCM for texts and HMAC-SHA-256 for pseudonyms, with keys derived from one."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(_derive(key, b"texts"))
        self._pseudonym_key = _derive(key, b"pseudonyms")

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypt. What was sealed for one purpose (a table's name) cannot be opened for another."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, text.encode("utf-8", "surrogatepass"), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt. Raises `Unreadable` when the key is another one or the bytes were changed."""
        try:
            text = self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except InvalidTag as error:
            raise Unreadable(
                "A stored text was sealed with another key: set the HIWAR_SECRET_KEY it was made with."
            ) from error
        return text.decode("utf-8", "surrogatepass")

    def pseudonym(self, channel: str, number: int) -> bytes:
        """16 bytes that stand for a person of a channel, and lead back to the number only for who has the key."""
        return hmac.digest(self._pseudonym_key, f"{channel}:{number}".encode(), "sha256")[:PSEUDONYM_BYTES]

    def make_secret(self, purpose: str) -> str:
        """A secret for another use, such as the webhook's; the same at every start."""
        return hmac.digest(self._pseudonym_key, f"secret:{purpose}".encode(), "sha256").hex()


def decode_key(text: str) -> bytes:
    """The 32 bytes of a key written as base64. Raises `SettingsError`."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(
            "The secret key must be 32 bytes written as base64: make one with `openssl rand -base64 32`."
        )
    return key


def read_or_make_key(file: Path) -> bytes:
    """The key kept in `file`, made at the first call, readable by its owner only.

    Raises `SettingsError` when the file holds something else, `FolderUnwritable` when it cannot be made.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Another process may make it between our look and our attempt: theirs is the key then.
        with suppress(FileExistsError):
            if not file.exists():
                _make_key(file)
        text = file.read_text("ascii")
    except OSError as error:
        raise FolderUnwritable(
            f"{file.parent} cannot be written to ({error.strerror}): set HIWAR_VAR_DIR to a folder Hiwar may write to."
        ) from error
    return decode_key(text)


def _make_key(file: Path) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
        stream.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _derive(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"hiwar 1 " + purpose, "sha256")
