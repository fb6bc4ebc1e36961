"""What Telegram makes of every text, whoever wrote it."""

import pytest

from bot.simulator.entities import add_found, clean_text, is_visible, trim
from bot.simulator.html import Formatted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start@some_bot now", [("bot_command", "/start@some_bot")]),
        ("see /help, please", [("bot_command", "/help")]),
        ("either/or and 1/2", []),
        ("اسأل @hiwar_bot الآن", [("mention", "@hiwar_bot")]),
        ("@ab is too short", []),
        ("write to amina@example.org", [("email", "amina@example.org")]),
        ("https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
        ("(http://example.org/)", [("url", "http://example.org/")]),
        ("example.org and un.org/en", [("url", "example.org"), ("url", "un.org/en")]),
        ("3.14 and a.b", []),
        ("#هجرة #2026", [("hashtag", "#هجرة")]),
        ("🌍 /start", [("bot_command", "/start")]),
        ("nothing here", []),
    ],
)
def test_finds_what_telegram_finds(text: str, found: list[tuple[str, str]]) -> None:
    wide = text.encode("utf-16-le")
    entities = add_found(Formatted(text, [])).entities
    shown = [
        (one["type"], wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in entities
    ]
    assert shown == found


def test_finds_nothing_in_code_and_links() -> None:
    code = {"type": "code", "offset": 0, "length": 6}
    assert add_found(Formatted("/start /help", [code])).entities == [
        code,
        {"type": "bot_command", "offset": 7, "length": 5},
    ]


def test_removes_embedding_marks_but_keeps_isolates() -> None:
    assert clean_text("\u202bab\u202c \u2068x\u2069\r\x01") == "ab \u2068x\u2069 "


def test_trims_and_moves_entities() -> None:
    bold = {"type": "bold", "offset": 0, "length": 5}
    assert trim(Formatted("  ab \n", [bold])) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])


@pytest.mark.parametrize(
    ("text", "visible"), [("x", True), ("👍", True), (" \n", False), ("\u200b\u2068\u2069", False)]
)
def test_knows_what_cannot_be_seen(text: str, visible: bool) -> None:
    assert is_visible(text) is visible
