"""Catalogues, plurals, dates and isolates."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.languages import FIRST_STRONG_ISOLATE as FSI
from bot.languages import POP_ISOLATE as PDI
from bot.languages import RIGHT_TO_LEFT_MARK, Languages, hold_spaces, isolate_latin_runs, read_languages

DAY = date(2022, 2, 10)
# CLDR, language plural rules: a number of each Arabic form, in the order of the catalogue's header.
ARABIC_FORMS = {0: [0], 1: [1], 2: [2], 3: [3, 10, 103], 4: [11, 26, 99], 5: [100, 101, 102, 200]}


@pytest.mark.parametrize(("form", "number"), [(form, one) for form, many in ARABIC_FORMS.items() for one in many])
def test_arabic_has_six_plural_forms(languages: Languages, form: int, number: int) -> None:
    assert languages["ar"].choose_plural(number) == form


@pytest.mark.parametrize(
    ("locale", "number", "form"), [("en", 0, 1), ("en", 1, 0), ("fr", 0, 0), ("fr", 1, 0), ("fr", 2, 1)]
)
def test_english_and_french_plurals(languages: Languages, locale: str, number: int, form: int) -> None:
    assert languages[locale].choose_plural(number) == form


@pytest.mark.parametrize(
    ("locale", "text", "shown"),
    [
        ("en", "2022-02-10", "10 February 2022"),
        ("fr", "2022-02-10", "10 février 2022"),
        ("fr", "2022-02-01", "1er février 2022"),
        ("en", "2022-02-01", "1 February 2022"),
        ("ar", "2022-02-01", "1 شباط/فبراير 2022"),
        ("ar", "2022-02-10", "10 شباط/فبراير 2022"),
        ("en", "2022-02", "February 2022"),
        ("fr", "2022-02", "février 2022"),
        ("ar", "2022-02", "شباط/فبراير 2022"),
        ("fr", "2022", "2022"),
    ],
)
def test_dates_as_people_of_the_region_write_them(languages: Languages, locale: str, text: str, shown: str) -> None:
    assert languages.format_partial_date(locale, text) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2022, 2, 1), date(2022, 2, 1), "1er février 2022"),
        (date(2022, 2, 1), date(2022, 2, 3), "1er–3 février 2022"),
        (date(2022, 1, 31), date(2022, 2, 1), "31 janvier 2022 – 1er février 2022"),
        (date(2022, 2, 11), date(2022, 2, 21), "11–21 février 2022"),
    ],
)
def test_the_first_of_a_month_in_french(languages: Languages, first: date, last: date, shown: str) -> None:
    assert languages.format_days("fr", first, last) == shown


@pytest.mark.parametrize(("tag", "locale"), [("fr-CA", "fr"), ("ar_EG", "ar"), ("EN", "en"), ("de", None), ("", None)])
def test_the_nearest_language_of_a_tag(languages: Languages, tag: str, locale: str | None) -> None:
    assert languages.nearest(tag) == locale


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قرار A/RES/73/195 في", f"قرار {FSI}A/RES/73/195{PDI} في"),
        ("شبكة UN Network هنا", f"شبكة {FSI}UN Network{PDI} هنا"),
        ("في عام 2022", "في عام 2022"),
        ("الأهداف 5–8", f"الأهداف {FSI}5–8{PDI}"),
        ("", ""),
    ],
)
def test_latin_runs_are_isolated_in_arabic(text: str, shown: str) -> None:
    assert isolate_latin_runs(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Où aller ?", "Où aller~?"),
        ("Attention : appelez ! Oui ; non", "Attention~: appelez~! Oui~; non"),
        ("« je suis en danger »", "«~je suis en danger~»"),
        ("la moitié, soit 50 %", "la moitié, soit 50~%"),
        ("de 300 à 3 000 caractères, 12 34", "de 300 à 3~000 caractères, 12 34"),
        ("<b>Important</b> : « <i>oui</i> »", "<b>Important</b>~: «~<i>oui</i>~»"),
        (
            '<a href="https://un.org/?q=a :b" title="« Quoi ? »">Ici</a> !',
            '<a href="https://un.org/?q=a :b" title="« Quoi ? »">Ici</a>~!',
        ),
        ("<code>a : b</code> : <pre>« c »\n</pre>", "<code>a : b</code>~: <pre>« c »\n</pre>"),
        ("1 < 2 ! 3 > 2 ?", "1 < 2~! 3 > 2~?"),
        ("10:30, https://un.org?x", "10:30, https://un.org?x"),
    ],
)
def test_french_lines_never_begin_with_their_punctuation(languages: Languages, text: str, shown: str) -> None:
    assert hold_spaces("fr", text) == shown.replace("~", "\u00a0")
    assert languages.isolate_foreign("fr", text) == hold_spaces("fr", text)


def test_spaces_of_other_languages_stay_and_so_does_what_somebody_wrote(languages: Languages) -> None:
    assert hold_spaces("en", "Where ? « here »") == "Where ? « here »"
    assert languages.isolate_foreign("ar", "أين ؟ هنا !") == "أين ؟ هنا !"
    assert "«\u00a0Où ?\u00a0»" in languages.say("fr", "news.less_of_topic", topic="Où ?")


def test_no_french_text_of_the_catalogue_may_break_before_its_punctuation(languages: Languages) -> None:
    strings = [one.string for one in languages["fr"].catalog if one.id]
    forms = [form for one in strings for form in ([one] if isinstance(one, str) else one or ())]
    assert any(" ?" in form for form in forms), "the files keep ordinary spaces"
    shown = [hold_spaces("fr", re.sub("<code>.*?</code>", "x", form)) for form in forms]
    assert [form for form in shown if re.search(r"« | [?;!»]", form)] == []


def test_values_are_escaped_and_isolated(languages: Languages) -> None:
    shown = languages.say("ar", "command.unknown", command="</b><a>")
    assert f"{FSI}&lt;/b&gt;&lt;a&gt;{PDI}" in shown
    assert "&lt;/b&gt;" in languages.say("en", "command.unknown", command="</b>")


def test_a_line_whose_letters_are_all_a_value_runs_from_right_to_left(languages: Languages) -> None:
    head = f"{RIGHT_TO_LEFT_MARK}⏰ <b>{FSI}عهد IMRF{PDI}</b>"
    assert languages.say("ar", "remind.when", title="عهد IMRF").startswith(head)
    assert not languages.say("ar", "command.unknown", command="عهد").startswith(RIGHT_TO_LEFT_MARK)


def test_a_key_without_a_text_is_an_error(languages: Languages) -> None:
    with pytest.raises(KeyError, match=r"en: no\.such\.key"):
        languages.say("en", "no.such.key")


def test_a_folder_without_catalogues_says_which_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="HIWAR_LOCALES_DIR"):
        read_languages(tmp_path)


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_bytes(b'msgid "a"\nmsgstr "\xff"\n')
    with pytest.raises(StartError, match=r"ar\.po"):
        read_languages(tmp_path)


@pytest.mark.parametrize(("locale", "shown"), [("en", "9,100"), ("fr", "9\u202f100"), ("ar", "9,100")])
def test_numbers_have_the_language_s_mark_for_thousands(languages: Languages, locale: str, shown: str) -> None:
    assert languages.format_number(locale, 9100) == shown
