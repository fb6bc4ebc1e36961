"""Every text Hiwar ships, as people see it in each language: its direction, its length, and that it is all in one language."""

import re
import unicodedata
from collections.abc import AsyncIterator, Iterable
from html import unescape
from itertools import pairwise

import pytest
from babel.messages.pofile import read_po

from bot.assembly import open_app
from bot.config import Settings
from bot.languages import FIRST_STRONG_ISOLATE, POP_ISOLATE, Languages
from bot.messages import Reply
from bot.services.answers import answer
from bot.services.app import App
from bot.services.forms import introduce
from bot.services.paths import draw_way, show_path
from tests.conftest import ROOT

LOCALES = ("ar", "en", "fr")
# Bot API: sendMessage's text after parsing; what a phone shows of a button before it cuts.
MESSAGE_LENGTH, BUTTON_LENGTH = 4096, 64
TAG, WORD = re.compile(r"<[^>]*>"), re.compile(r"[^\W\d_]+")
ISOLATED = re.compile(f"{FIRST_STRONG_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}")
# Where a French line must not break.
BREAKABLE = re.compile(r"« | [:;?!»%]")
# Small words that no text of a language does without, and no other of these languages has.
SMALL_WORDS = {
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "is",
            "are",
            "to",
            "you",
            "your",
            "for",
            "with",
            "that",
            "this",
            "it",
            "can",
            "what",
            "how",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "sont",
            "vous",
            "votre",
            "pour",
            "avec",
            "que",
            "qui",
            "dans",
            "une",
            "du",
            "ce",
            "sur",
        ]
    ),
    "ar": frozenset(
        ["في", "من", "على", "إلى", "أن", "هل", "ما", "لا", "التي", "الذي", "هذا", "هذه", "أو", "عن", "مع", "كل", "ذلك"]
    ),
}
FEWEST_WORDS, FEWEST_SMALL = 12, 3
LINK = re.compile(r"https?://\S+|/[a-z]+\b|@\w+|[\w.-]+\.(?:int|org|un)\b")


@pytest.fixture
async def app(shipped_settings: Settings) -> AsyncIterator[App]:
    async with open_app(shipped_settings) as app:
        app.bot_name = "hiwar_bot"
        yield app


def replies(app: App, locale: str) -> Iterable[tuple[str, Reply]]:
    """Everything that is shown whole, with its name."""
    yield from ((entry.id, answer(app, entry, locale)) for entry in app.library.entries)
    yield from ((form.id, introduce(app, locale, form).replies[0]) for form in app.library.forms.values())
    yield from ((key, show_path(app, locale, key, "").replies[0]) for key in app.library.way_in.questions)
    yield from ((key, draw_way(app, locale, key, 1)) for key in app.library.way_in.ways)


def read(html: str) -> str:
    """A text without its tags."""
    return unescape(TAG.sub("", html))


def find_strong(text: str) -> str:
    """The direction of the first letter that has one; what is isolated has none for its surroundings."""
    directions = (unicodedata.bidirectional(letter) for letter in ISOLATED.sub("", text))
    return next(({"L": "ltr", "R": "rtl", "AL": "rtl"}[one] for one in directions if one in {"L", "R", "AL"}), "")


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_reply_fits_telegram_and_runs_its_way(app: App, locale: str) -> None:
    wanted = "rtl" if app.languages.is_rtl(locale) else "ltr"
    for name, reply in replies(app, locale):
        text = read(reply.html)
        labels = [button.label for row in reply.buttons for button in row]
        assert len(text) <= MESSAGE_LENGTH, name
        assert [label for label in labels if len(label) > BUTTON_LENGTH] == [], name
        assert all(len(button.action.encode()) <= 64 for row in reply.buttons for button in row), name
        wrong = [line for line in (*text.splitlines(), *labels) if find_strong(line) not in {"", wanted}]
        assert [line for line in wrong if not line.lstrip("• ").startswith(("http", "E/", "A/"))] == [], name


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_reply_is_all_in_its_own_language(app: App, locale: str) -> None:
    others = [other for other in LOCALES if other != locale]
    for name, reply in replies(app, locale):
        # The titles of sources are theirs, in whatever language they were printed.
        body = read(reply.html).split("\n\n" + app.languages.say_count(locale, "answer.sources", 1))[0]
        words = [word.lower() for word in WORD.findall(LINK.sub("", ISOLATED.sub("", body)))]
        own = sum(word in SMALL_WORDS[locale] for word in words)
        foreign = {other: sum(word in SMALL_WORDS[other] for word in words) for other in others}
        # A list of subjects has hardly a small word of any language.
        if len(words) >= FEWEST_WORDS and own + max(foreign.values()) >= FEWEST_SMALL:
            assert own > 4 * max(foreign.values()), (name, own, foreign)


async def test_french_lines_never_begin_with_their_punctuation(app: App) -> None:
    shown = [(name, read(reply.html)) for name, reply in replies(app, "fr")]
    shown += [(name, button.label) for name, reply in replies(app, "fr") for row in reply.buttons for button in row]
    choices = (one for form in app.library.forms.values() for known in form.lists for one in known.choices)
    shown += [("a choice", str(part)) for one in choices for part in one.labels.get("fr", ())]
    assert [(name, BREAKABLE.search(text)) for name, text in shown if BREAKABLE.search(text)] == []


async def test_right_to_left_texts_isolate_what_runs_the_other_way(app: App) -> None:
    for name, reply in replies(app, "ar"):
        for line in LINK.sub("", read(reply.html)).splitlines():
            plain = ISOLATED.sub("", line)
            # A line that is Latin from end to end, such as a source's title, disturbs nobody.
            if find_strong(plain) == "rtl":
                runs = re.findall(r"[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*)*", plain)
                assert runs == [], (name, line)


@pytest.mark.parametrize("locale", LOCALES)
def test_isolates_are_closed_and_never_nested(languages: Languages, locale: str) -> None:
    with (ROOT / "locales" / f"{locale}.po").open("rb") as stream:
        catalog = read_po(stream, locale=locale)
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings:
            marks = [letter for letter in str(text) if letter in {FIRST_STRONG_ISOLATE, POP_ISOLATE}]
            assert all(one != other for one, other in pairwise(marks)), message.id
            assert marks.count(FIRST_STRONG_ISOLATE) == marks.count(POP_ISOLATE), message.id
    assert languages.is_rtl(locale) == (locale == "ar")
