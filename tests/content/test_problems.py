"""Every kind of Problem, each provoked by one small change to a folder that has none."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.content.compile import Compilation, compile_content, read_entries
from bot.content.problems import KINDS, format_json, format_text
from bot.content.revisions import accept_revisions
from bot.content.translations import accept_translations
from bot.languages import Languages
from tests.conftest import SAMPLE_CONTENT
from tests.content.form_cases import FORM_CASES
from tests.content.test_announcements import CASES as ANNOUNCED

TODAY = date(2026, 11, 20)
ENTRY = "entries/forum-next.md"
EVENT = "events/regional-day.md"
PAST_EVENT = "events/first-forum.md"
NETWORK = "networks/network-tn.md"
QUESTIONS, WAYS = "path/questions.yaml", "path/ways.yaml"
SCOPE = "out-of-scope.yaml"
DOCUMENT = "documents/resolution.md"
Break = Callable[[Path], None]


def replace(old: str, new: str, name: str = ENTRY) -> Break:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def write(name: str, content: bytes) -> Break:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return change


def change_english_after_accepting(folder: Path) -> None:
    accept_translations(folder, read_entries(folder, []))
    replace("Its month is not announced.", "It will be in May.")(folder)


def change_event_after_accepting(folder: Path) -> None:
    accept_revisions(folder, read_entries(folder, []))
    replace("starts: 2027-03-28T10:00", "starts: 2027-03-28T09:00", EVENT)(folder)


def append(text: str, name: str) -> Break:
    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


QUESTION = b"- {question: when is it, language: en, kind: plain, entry: forum-next}\n"
BODY = "Its month is not announced."
PHRASING = "- next review forum when"
ANOTHER_TOPIC = "\nother:\n  emoji: x\n  title: {en: Other, fr: Autre, ar: غير ذلك}\n"
OUTSIDE = b"- {question: a visa, language: en}\n- {question: When is it?, language: en}\n"
ANOTHER_SOURCE = "\nother:\n  title: Other\n"

CASES: dict[str, tuple[Break, str, int]] = FORM_CASES | {
    "file-missing": (lambda folder: (folder / "topics.yaml").unlink(), "topics.yaml", 1),
    "file-encoding": (write(ENTRY, b"---\ntopic: forum\n\xff"), ENTRY, 3),
    "file-name": (write("entries/Not an id.md", b"---\n---\n"), "entries/Not an id.md", 1),
    "id-twice": (lambda folder: _copy(folder, ENTRY, "entries/more/forum-next.md"), ENTRY, 1),
    "front-missing": (write(ENTRY, b"# en: No block\n"), ENTRY, 1),
    "yaml": (replace("topic: forum", "topic: [forum"), ENTRY, 3),
    "field-twice": (replace("topic: forum", "topic: forum\ntopic: safety"), ENTRY, 3),
    "field-unknown": (replace("reviewed:", "reviewd: 2026-11-20\nreviewed:"), ENTRY, 5),
    "field-missing": (replace("reviewed: 2026-11-20\n", ""), ENTRY, 2),
    "field-value": (replace("as_of: 2022-12-31", "as_of: some day"), ENTRY, 4),
    "lexicon-language": (write("lexicon/xx.yaml", b"forum: [meeting]\n"), "lexicon/xx.yaml", 1),
    "lexicon-list": (write("lexicon/en.yaml", b"forum: meeting\n"), "lexicon/en.yaml", 1),
    "lexicon-word": (write("lexicon/en.yaml", b"forum: [big meeting]\n"), "lexicon/en.yaml", 1),
    "lexicon-twice": (write("lexicon/en.yaml", b"forum: [meeting]\nevent: [meeting]\n"), "lexicon/en.yaml", 2),
    "lexicon-chain": (write("lexicon/en.yaml", b"forum: [meeting]\nmeeting: [meet]\n"), "lexicon/en.yaml", 1),
    "lexicon-same": (write("lexicon/en.yaml", b"forum: [Forum]\n"), "lexicon/en.yaml", 1),
    "question-fields": (write("questions.yaml", b"- {question: who, language: en}\n"), "questions.yaml", 1),
    "question-entry": (write("questions.yaml", QUESTION.replace(b"forum-next", b"forum-nxt")), "questions.yaml", 1),
    "question-twice": (write("questions.yaml", QUESTION * 2), "questions.yaml", 2),
    "scope-answered": (write(SCOPE, b"- {question: When is the next Forum, language: en}\n"), SCOPE, 1),
    "scope-measured": (
        lambda folder: [write(name, text)(folder) for name, text in ((SCOPE, OUTSIDE), ("questions.yaml", QUESTION))],
        SCOPE,
        2,
    ),
    "path-broken": (replace("to: status}", "to: stat}", QUESTIONS), QUESTIONS, 1),
    "path-circle": (replace("to: register}", "to: who}", QUESTIONS), QUESTIONS, 1),
    "path-long": (replace("An association", "An association or some other group of people", QUESTIONS), QUESTIONS, 1),
    "path-event": (replace("event: regional-day", "event: forum-next", WAYS), WAYS, 1),
    "path-unreached": (replace("to: register}", "to: seat}", QUESTIONS), WAYS, 1),
    "topic-unknown": (replace("topic: forum", "topic: forums"), ENTRY, 2),
    "source-unknown": (replace("[about-forum]", "[about-forums]"), ENTRY, 3),
    "source-none": (replace("sources: [about-forum]\n", ""), ENTRY, 1),
    "relation-broken": (replace("forum-tables, forum-online", "forum-table"), ENTRY, 6),
    "relation-self": (replace("forum-tables, forum-online", "forum-next"), ENTRY, 6),
    "relation-twice": (replace("forum-tables, forum-online", "forum-tables, forum-tables"), ENTRY, 6),
    "date-future": (replace("as_of: 2022-12-31", "as_of: 2030-01-01"), ENTRY, 4),
    "date-order": (replace("related:", "valid_until: 2020-01-01\nrelated:"), ENTRY, 6),
    "date-past": (replace("related:", "valid_until: 2026-01-01\nrelated:"), ENTRY, 6),
    "locale-unknown": (replace("# fr:", "# de:"), ENTRY, 16),
    "section-twice": (replace("# fr:", "# en:"), ENTRY, 16),
    "section-none": (write(ENTRY, b"---\ntopic: safety\nreviewed: 2026-11-20\n---\n"), ENTRY, 1),
    "before-section": (replace("# en:", "stray\n# en:"), ENTRY, 8),
    "language-missing": (replace("# fr:", "# ar:"), ENTRY, 1),
    "title-missing": (replace("# en: When is the next forum?", "# en:"), ENTRY, 8),
    "title-long": (replace("When is the next forum?", "When " * 20), ENTRY, 8),
    "answer-empty": (replace("The next forum is planned for **2030**. Its month is not announced.", ""), ENTRY, 8),
    "answer-long": (replace(BODY, "word " * 900), ENTRY, 14),
    "answer-screen": (replace(BODY, "word " * 300), ENTRY, 14),
    "phrasing-long": (replace(PHRASING, "- " + "when " * 50), ENTRY, 11),
    "phrasing-few": (lambda _folder: None, ENTRY, 8),
    "phrasing-shared": (replace(PHRASING, "- What ARE the round tables?!"), "entries/forum-tables.md", 9),
    "phrasing-twice": (replace(PHRASING, "- When is the next FORUM"), ENTRY, 11),
    "markdown": (replace(BODY, "\n\n## A heading"), ENTRY, 16),
    "link-bad": (replace(BODY, "[site](http://localhost/x)"), ENTRY, 14),
    "link-doubtful": (replace(BODY, "[site](https://example.com/x)"), ENTRY, 14),
    "translation-behind": (change_english_after_accepting, ENTRY, 16),
    "name-missing": (replace("fr: Sécurité, ", "", "topics.yaml"), "topics.yaml", 4),
    "name-long": (replace("The Forum", "The Forum " * 4, "topics.yaml"), "topics.yaml", 1),
    "event-date": (replace("starts: 2027-03-28T10:00", "starts: 2027-13", EVENT), EVENT, 6),
    "event-order": (replace("ends: 2027-03-28T12:30", "ends: 2027-03-28T09:30", EVENT), EVENT, 7),
    "event-deadline": (replace("register_by: 2027-03-01", "register_by: 2027-04-01", EVENT), EVENT, 16),
    "event-past": (replace("country: US", "country: US\nstatus: expected", PAST_EVENT), PAST_EVENT, 10),
    "event-revision": (change_event_after_accepting, EVENT, 9),
    "zone-missing": (replace("time_zone: Africa/Cairo\n", "", EVENT), EVENT, 6),
    "zone-unknown": (replace("Africa/Cairo", "Africa/Kairo", EVENT), EVENT, 8),
    "country-unknown": (replace("country: EG", "country: EGY", EVENT), EVENT, 11),
    "country-shared": (replace("names: [jordanian]", "names: [tunis]", "countries.yaml"), "countries.yaml", 2),
    "language-unknown": (replace("spoken: [ar, en]", "spoken: [ar, xx]", EVENT), EVENT, 13),
    "network-country": (replace("country: TN\n", "", NETWORK), NETWORK, 1),
    "network-twice": (lambda folder: _copy(folder, NETWORK, "networks/more/tunisia.md"), "networks/network-tn.md", 6),
    "objective-twice": (
        lambda folder: _copy(folder, "objectives/objective-8.md", "objectives/more/eight.md"),
        "objectives/objective-8.md",
        6,
    ),
    "document-unlinked": (replace("links: {en:", "links: {} # {en:", DOCUMENT), DOCUMENT, 9),
    "topic-empty": (append(ANOTHER_TOPIC, "topics.yaml"), "topics.yaml", 9),
    "source-unused": (append(ANOTHER_SOURCE, "sources.yaml"), "sources.yaml", 6),
}


def _copy(folder: Path, name: str, to: str) -> None:
    (folder / to).parent.mkdir(parents=True)
    shutil.copy(folder / name, folder / to)


def compile_broken(folder: Path, languages: Languages, change: Break) -> Compilation:
    shutil.copytree(SAMPLE_CONTENT, folder)
    change(folder)
    return compile_content(folder, languages, TODAY)


def test_every_kind_has_its_case() -> None:
    # Those of the translators' spreadsheet are provoked in test_sheets, those of announcements in test_announcements,
    # that of an audience in tests/telegram, that of a build in tests/commands.
    elsewhere = {code for code in KINDS if code.startswith("sheet-")} | {"questions-worse", "audience", *ANNOUNCED}
    assert set(CASES) == set(KINDS) - elsewhere


@pytest.mark.parametrize("code", CASES)
def test_each_problem_names_file_and_line(code: str, tmp_path: Path, languages: Languages) -> None:
    change, file, line = CASES[code]
    problems = compile_broken(tmp_path / "content", languages, change).problems
    found = [(one.file, one.line) for one in problems if one.code == code]
    assert (file, line) in found, format_text(problems)


@pytest.mark.parametrize("code", CASES)
def test_each_problem_reads_as_a_sentence(code: str, tmp_path: Path, languages: Languages) -> None:
    problems = compile_broken(tmp_path / "content", languages, CASES[code][0]).problems
    rows = json.loads(format_json(problems))
    assert [row["code"] for row in rows] == [one.code for one in sorted(problems)]
    assert all("{" not in row["message"] and row["message"].strip() for row in rows)


def test_the_sample_has_no_errors(languages: Languages) -> None:
    assert compile_content(SAMPLE_CONTENT, languages, TODAY).errors == ()


def test_all_problems_are_listed_in_one_run(tmp_path: Path, languages: Languages) -> None:
    def change(folder: Path) -> None:
        replace("topic: forum", "topic: forums")(folder)
        replace("reviewed: 2026-11-20", "reviewed: 2027-11-20", "entries/forum-tables.md")(folder)
        write("entries/broken.md", b"nothing")(folder)

    errors = compile_broken(tmp_path / "content", languages, change).errors
    assert {one.code for one in errors} == {"topic-unknown", "date-future", "front-missing"}


def test_an_entry_may_be_that_of_a_country_if_there_is_one(tmp_path: Path, languages: Languages) -> None:
    shutil.copytree(SAMPLE_CONTENT, tmp_path / "content")
    for country, wrong in (("TN", False), ("TUN", True)):
        text = (SAMPLE_CONTENT / ENTRY).read_text("utf-8").replace("---\n", f"---\nslots: {{country: {country}}}\n", 1)
        (tmp_path / "content" / ENTRY).write_text(text, "utf-8")
        problems = compile_content(tmp_path / "content", languages, TODAY).problems
        assert any(one.code == "country-unknown" and one.value == country for one in problems) == wrong
