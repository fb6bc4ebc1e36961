"""The secret key: what it hides, and what happens without it."""

import base64
import stat
from pathlib import Path

import pytest

from bot.errors import FolderUnwritable, SettingsError, Unreadable
from bot.storage.sealing import Cipher, decode_key, read_or_make_key

KEY = bytes(range(32))


def test_a_sealed_text_shows_nothing_and_opens_again() -> None:
    cipher = Cipher(KEY)
    sealed = cipher.seal("صاحب العمل أخذ جوازي \ud800", "inbox")
    assert "جوازي".encode() not in sealed
    assert cipher.seal("same", "inbox") != cipher.seal("same", "inbox")
    assert cipher.open(sealed, "inbox") == "صاحب العمل أخذ جوازي \ud800"


@pytest.mark.parametrize(
    ("key", "purpose", "change"), [(bytes(32), "inbox", b""), (KEY, "outbox", b""), (KEY, "inbox", b"x")]
)
def test_another_key_purpose_or_byte_opens_nothing(key: bytes, purpose: str, change: bytes) -> None:
    sealed = Cipher(KEY).seal("text", "inbox")
    with pytest.raises(Unreadable):
        Cipher(key).open(sealed + change, purpose)


def test_a_pseudonym_depends_on_key_channel_and_number() -> None:
    cipher = Cipher(KEY)
    assert cipher.pseudonym("telegram", 1) == Cipher(KEY).pseudonym("telegram", 1)
    others = {cipher.pseudonym("telegram", 2), cipher.pseudonym("web", 1), Cipher(bytes(32)).pseudonym("telegram", 1)}
    assert cipher.pseudonym("telegram", 1) not in others


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "var" / "hiwar.key"
    key = read_or_make_key(file)
    assert read_or_make_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "short", "not base64 at all!", base64.b64encode(b"31 bytes" * 3).decode()])
def test_a_bad_key_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(SettingsError, match="openssl rand -base64 32"):
        decode_key(text)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderUnwritable):
        read_or_make_key(tmp_path / "file" / "hiwar.key")
