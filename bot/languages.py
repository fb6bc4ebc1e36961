"""The languages people are spoken to in: catalogues, plurals, dates, directions and isolates.

A language is a file `locales/<locale>.po`; nothing else names it. Texts are looked up by key (`start.greeting`), so
that English, too, is a translators' file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from gettext import c2py
from html import escape
from pathlib import Path
from unicodedata import bidirectional

from babel import Locale, dates, numbers
from babel.core import get_global
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.errors import StartError

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
# Before signs alone, so that arrows turn as the text does.
RIGHT_TO_LEFT_MARK = "\u200f"

# A Latin word or a number with what holds it together (A/RES/73/195, csactioncommittee.org, @bot, 5–8), several of
# them side by side counting as one run.
_LATIN_WORD = r"[@#/]?[A-Za-z0-9À-ÖØ-öø-ɏ](?:[A-Za-z0-9À-ÖØ-öø-ɏ_.,:/@+%&'’–-]*[A-Za-z0-9À-ÖØ-öø-ɏ])?"
_LATIN_RUN = re.compile(rf"{_LATIN_WORD}(?: +(?:[&–-] +)?{_LATIN_WORD})*")
# CLDR calls it the Palestinian Territories; the UN's own name for its observer State is used here.
_UN_NAMES: Mapping[tuple[str, str], str] = {
    ("ar", "PS"): "دولة فلسطين",
    ("en", "PS"): "State of Palestine",
    ("fr", "PS"): "État de Palestine",
}
# What gives a line no direction: isolates with what is in them, tags, entities.
_NO_LETTERS = re.compile(f"{FIRST_STRONG_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}|<[^>]*>|&[^;]*;")
_DIGITS_ONLY = re.compile(r"[0-9][0-9.,]*")
NO_BREAK_SPACE = "\u00a0"
# The spaces a language never breaks a line at: without this a narrow phone begins a line with a lone “?”. Files keep
# ordinary spaces, which is what people type.
_HELD_SPACES: Mapping[str, str] = {"fr": r"(?<=«) (?! )|(?<! ) (?=[:;?!»%])|(?<=[0-9]) (?=[0-9]{3}(?![0-9]))"}
# Tags (with their links) and what is there to be copied stay as they are.
_KEPT = r"<(?P<kept>code|pre)\b[^>]*>.*?</(?P=kept)>|</?[a-z][^>]*>"
_HELD = {locale: re.compile(f"{_KEPT}|(?P<space>{spaces})", re.DOTALL) for locale, spaces in _HELD_SPACES.items()}
# Days of the month that have a name of their own.
_ORDINAL_DAYS: Mapping[tuple[str, int], str] = {("fr", 1): "1er"}


@dataclass(frozen=True)
class Language:
    """One language and its catalogue."""

    locale: str
    catalog: Catalog

    @cached_property
    def babel(self) -> Locale:
        return Locale.parse(self.locale)

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return (self.babel.display_name or self.locale).capitalize()

    @cached_property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return str(self.babel.text_direction)

    @cached_property
    def choose_plural(self) -> Callable[[int], int]:
        """Which plural form a number takes, by the Plural-Forms header of the catalogue."""
        return c2py(str(self.catalog.plural_expr))

    def find(self, key: str) -> Message | None:
        message = self.catalog.get(key)
        return message if message is not None and message.string and all(_forms(message)) else None


class Languages:
    """All catalogues. Unknown locales get the first language's texts."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._by_locale: Mapping[str, Language] = {language.locale: language for language in languages}
        self.locales: tuple[str, ...] = tuple(self._by_locale)

    def __contains__(self, locale: object) -> bool:
        return locale in self._by_locale

    def __getitem__(self, locale: str) -> Language:
        return self._by_locale[locale]

    def nearest(self, language_code: str) -> str | None:
        """The locale that serves an IETF tag such as `fr-CA`, or None."""
        base = language_code.replace("_", "-").split("-")[0].lower()
        return base if base in self else None

    def say(self, locale: str, key: str, **values: object) -> str:
        """The text of `key` as HTML. Values are escaped, and isolated where the text runs from right to left.

        Raises KeyError for a key that has no text: a test keeps that from being shipped.
        """
        return _fill(self._text(locale, key), self.is_rtl(locale), values)

    def say_count(self, locale: str, key: str, count: int, **values: object) -> str:
        """The text of `key` in the plural form for `count`, which the text may show as `{count}`."""
        language = self[locale]
        message = self._message(locale, key)
        form = hold_spaces(locale, _forms(message)[language.choose_plural(count)])
        return _fill(form, self.is_rtl(locale), {"count": count, **values})

    def pair(self, locale: str, label: str, value: str) -> str:
        """A label and what belongs to it, ready to be shown, with the colon as the language sets it."""
        return self._text(locale, "pair").format(label=label, value=value)

    def is_rtl(self, locale: str) -> bool:
        return self[locale].direction == "rtl"

    def is_country(self, code: str) -> bool:
        """Whether this is the code of a country or territory (ISO 3166-1 alpha-2, as in CLDR)."""
        return len(code) == 2 and code.isalpha() and code in self[self.locales[0]].babel.territories

    def country_name(self, locale: str, code: str) -> str:
        """The name of a country, CLDR's except where the UN's differs."""
        return _UN_NAMES.get((locale, code)) or str(self[locale].babel.territories.get(code, code))

    def is_language(self, code: str) -> bool:
        """Whether this is the code of a language (ISO 639, as in CLDR)."""
        return code in self[self.locales[0]].babel.languages

    def language_name(self, locale: str, code: str) -> str:
        return str(self[locale].babel.languages.get(code, code))

    def format_date(self, locale: str, day: date) -> str:
        """A day as people of the region write it: `10 February 2022`, `10 شباط/فبراير 2022`."""
        return _format_date(locale, day)

    def format_number(self, locale: str, number: int) -> str:
        """A number with the language's mark for thousands."""
        return str(numbers.format_decimal(number, locale=locale))

    def format_days(self, locale: str, first: date, last: date) -> str:
        """Some days in a row: `17–20 May 2022`, or both days in full where the month changes."""
        if first == last:
            return self.format_date(locale, first)
        if (first.year, first.month) == (last.year, last.month):
            days = f"{_name_day(locale, first)}–{last.day}"
            shown = isolate(days) if self.is_rtl(locale) else days
            return f"{shown} {self.format_month(locale, last)}"
        return f"{self.format_date(locale, first)} – {self.format_date(locale, last)}"

    def format_hijri(self, locale: str, day: date) -> str:
        """The same day of the Hijri calendar (Umm al-Qura) where its readers use it, else nothing.

        Known for the years 1924 to 2077; a month may begin a day later where the moon is watched for.
        """
        if locale != "ar" or not 1925 <= day.year <= 2076:
            return ""
        # Takes as long to import as a message to answer, and most messages show no date.
        from hijridate import Gregorian

        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
        return f"{hijri.day} {hijri.month_name('ar')} {hijri.year} هـ"

    def day_name(self, locale: str, day: int) -> str:
        """A day of the week; Monday is 0."""
        return str(self[locale].babel.days["stand-alone"]["wide"][day])

    def city_name(self, locale: str, zone: str) -> str:
        """The city a time zone is named after."""
        known = self[locale].babel.time_zones.get(zone, {}).get("city")
        return str(known or zone.rsplit("/", 1)[-1].replace("_", " "))

    def join(self, locale: str, parts: Sequence[str]) -> str:
        """A list with the commas of the language."""
        return ("، " if self.is_rtl(locale) else ", ").join(parts)

    def format_month(self, locale: str, day: date) -> str:
        """A month as people of the region write it: `February 2022`."""
        return _say_month(locale, day.year, day.month)

    def month_name(self, locale: str, number: int) -> str:
        """The name of a month alone; of the Arab world's two calendars of names, the one spoken of as in `format_date`."""
        return self.format_month(locale, date(2000, number, 1)).removesuffix(" 2000")

    def weekday_name(self, locale: str, number: int) -> str:
        """The shortest name of a day of the week, Monday being 0."""
        return str(self[locale].babel.days["stand-alone"]["narrow"][number])

    def first_weekday(self, locale: str) -> int:
        """The day a week begins with, Monday being 0, where most people of the language live (CLDR, likely subtags)."""
        likely = get_global("likely_subtags").get(locale, locale)
        return int(Locale.parse(likely).first_week_day)

    def format_partial_date(self, locale: str, text: str) -> str:
        """A date known to the day, the month or only the year: `2022-02-10`, `2022-02`, `2022`."""
        match text.count("-"):
            case 2:
                return self.format_date(locale, date.fromisoformat(text))
            case 1:
                return self.format_month(locale, date.fromisoformat(f"{text}-01"))
            case _:
                return text

    def isolate_foreign(self, locale: str, text: str) -> str:
        """Plain text ready to be shown: its Latin runs isolated where the language runs from right to left, and its
        spaces held where the language wants it."""
        return isolate_latin_runs(text) if self.is_rtl(locale) else hold_spaces(locale, text)

    def _text(self, locale: str, key: str) -> str:
        return hold_spaces(locale, _forms(self._message(locale, key))[0])

    def _message(self, locale: str, key: str) -> Message:
        message = self[locale].find(key)
        if message is None:
            raise KeyError(f"{locale}: {key}")
        return message


def _format_date(locale: str, day: date) -> str:
    return f"{_name_day(locale, day)} {_say_month(locale, day.year, day.month)}"


def _name_day(locale: str, day: date) -> str:
    return _ORDINAL_DAYS.get((locale, day.day), str(day.day))


# Babel parses its pattern each time, and every answer shows the same few months.
@lru_cache(maxsize=1024)
def _say_month(locale: str, year: int, month: int) -> str:
    first = date(year, month, 1)
    if locale == "ar":
        # The UN writes both month names, the Levant's and Egypt's: neither is understood everywhere.
        levant = dates.format_date(first, "MMMM", locale="ar_LB")
        egypt = dates.format_date(first, "MMMM", locale="ar_EG")
        return f"{levant}/{egypt} {year}"
    return dates.format_date(first, "MMMM y", locale=locale)


def read_languages(folder: Path) -> Languages:
    """Read every `<locale>.po` of a folder.

    Raises `StartError` when there is none, or one cannot be read.
    """
    files = sorted(folder.glob("*.po"))
    if not files:
        raise StartError(f"There is no .po file in {folder}: set HIWAR_LOCALES_DIR to the folder that has them.")
    return Languages(Language(file.stem, _read_catalog(file)) for file in files)


def isolate(text: str) -> str:
    """Put a foreign run (a name, a number, a handle) in a first-strong isolate, so that it cannot disturb the order of
    the words around it (Unicode Bidirectional Algorithm, UAX #9)."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolate_latin_runs(text: str) -> str:
    """Put each run of Latin words and numbers inside right-to-left text in isolates; lone numbers need none."""
    return _LATIN_RUN.sub(lambda run: run[0] if _DIGITS_ONLY.fullmatch(run[0]) else isolate(run[0]), text)


def hold_spaces(locale: str, text: str) -> str:
    """The text, plain or HTML, with the spaces that its language never breaks a line at made unbreakable."""
    held = _HELD.get(locale)
    return held.sub(lambda found: NO_BREAK_SPACE if found["space"] else found[0], text) if held else text


def _read_catalog(file: Path) -> Catalog:
    try:
        with file.open("rb") as stream:
            return read_po(stream, locale=file.stem, abort_invalid=True)
    except (ValueError, UnicodeDecodeError, OSError) as error:
        raise StartError(f"{file} cannot be read as a translation catalogue: {error}") from error


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def _fill(text: str, rtl: bool, values: Mapping[str, object]) -> str:
    shown = {name: escape(str(value), quote=False) for name, value in values.items()}
    if rtl:
        shown = {name: value if value.isdigit() else isolate(value) for name, value in shown.items()}
        return "\n".join(map(_direct, text.format_map(shown).split("\n")))
    return text.format_map(shown)


def _direct(line: str) -> str:
    """A right-to-left line. What stands in isolates gives it no direction (UAX #9, P2): where all letters do, a mark does."""
    if FIRST_STRONG_ISOLATE not in line:
        return line
    bare = _NO_LETTERS.sub("", line)
    return line if any(bidirectional(char) in {"L", "R", "AL"} for char in bare) else RIGHT_TO_LEFT_MARK + line
