"""The forms of the content: whole in three languages, and filled in to the end in each."""

from pathlib import Path

import pytest

from bot.content.forms import read_forms, render_label
from bot.content.library import Library
from bot.content.problems import Problem, format_text
from bot.content.store import write_content_db
from bot.forms import Form, Stage, steps
from bot.forms.events import Submitted
from bot.languages import Languages
from tests.conftest import ROOT
from tests.content.form_cases import form, question
from tests.content.test_problems import compile_broken
from tests.forms.filling import NOW, WORDS, fill_in

NAMES = ("have-your-say", "pledge", "practice", "seat", "stakeholder-survey")


@pytest.fixture(scope="module")
def forms(languages: Languages) -> dict[str, Form]:
    problems: list[Problem] = []
    found = read_forms(ROOT / "content", languages, problems)
    assert not problems, format_text(problems)
    return {one.id: one for one in found}


def test_the_forms_are_there(forms: dict[str, Form]) -> None:
    assert tuple(forms) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_in_every_language(name: str, forms: dict[str, Form], languages: Languages) -> None:
    wanted = set(languages.locales)
    assert set(forms[name].locales) == wanted
    assert len(set(forms[name].titles.values())) == len(wanted)
    for part in forms[name].parts.values():
        assert all(set(texts) == wanted for texts in part.texts.values()), part.ref
    for choices in forms[name].lists:
        assert all(set(choice.labels) == wanted for choice in choices.choices), choices.name


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_filled_in_to_the_end(name: str, locale: str, forms: dict[str, Form]) -> None:
    session, asked = fill_in(forms[name], locale)
    assert all(prompt.label or prompt.kind == "repeat" for prompt in asked)
    session, events = steps.submit(forms[name], session, NOW)
    assert session.stage is Stage.SUBMITTED
    assert isinstance(events[0], Submitted)
    assert events[0].submission.locale == locale
    refs = {prompt.ref for prompt in asked}
    assert len(refs & events[0].submission.answers.keys()) >= len(refs) * 0.8


def test_a_pledge_is_remarked_upon_and_not_refused(forms: dict[str, Form]) -> None:
    session, _ = fill_in(forms["pledge"], "en")
    assert session.answers["/data/quality/smart"] == "5"
    session, _ = steps.edit(forms["pledge"], session, "/data/quality/specific", NOW)
    session, _ = steps.answer(forms["pledge"], session, "Not yet", NOW)
    session, _ = steps.edit(forms["pledge"], session, "/data/quality/indicator", NOW)
    session, _ = steps.answer(forms["pledge"], session, "Many more workers", NOW)
    assert session.stage is Stage.CHECKING
    assert session.answers["/data/quality/smart"] == "3"
    assert 300 <= len(session.answers["/data/what/description"]) <= 3000
    assert session.answers["/data/meta/instanceName"] == WORDS.strip()


def test_the_survey_links_nobody(forms: dict[str, Form]) -> None:
    kinds = {part.kind for part in forms["stakeholder-survey"].questions}
    assert "deviceid" not in kinds
    assert forms["stakeholder-survey"].settings["anonymous"] == "always"


def test_forms_come_back_from_the_database(tmp_path: Path, languages: Languages) -> None:
    compilation = compile_broken(tmp_path / "content", languages, form(question("text", "a")))
    assert compilation.errors == ()
    write_content_db(compilation, tmp_path / "content.db", "print")
    found = Library.open(tmp_path / "content.db").forms
    assert [(key, one.fingerprint) for key, one in found.items()] == [("visit", compilation.forms[0].fingerprint)]


def test_a_form_with_an_error_keeps_content_from_going_live(tmp_path: Path, languages: Languages) -> None:
    compilation = compile_broken(tmp_path / "content", languages, form(question("geotrace", "a")))
    assert [problem.code for problem in compilation.errors] == ["form-type"]
    assert compilation.forms == ()


@pytest.mark.parametrize(
    ("label", "html"),
    [
        ("A **bold** and *slanted* word", "A <b>bold</b> and <i>slanted</i> word"),
        ("# Heading", "<b>Heading</b>"),
        ("<span style='color:red'>red</span> <b>bold</b>", "red <b>bold</b>"),
        ("under < 18 & over", "under &lt; 18 &amp; over"),
        ("a<br/>b", "a\nb"),
        ("[site](https://www.un.org)", '<a href="https://www.un.org">site</a>'),
        ("<script>x</script>", ""),
    ],
)
def test_labels_become_the_html_of_a_chat(label: str, html: str, languages: Languages) -> None:
    assert render_label(label, "en", languages) == html


def test_latin_words_in_arabic_labels_are_isolated(languages: Languages) -> None:
    assert render_label("استمارة IMRF هنا", "ar", languages) == "استمارة \u2068IMRF\u2069 هنا"
