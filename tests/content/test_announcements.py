"""Announcements as files: what they say, and what is wrong with them."""

import pytest

from bot.content.announcements import read_announcement
from bot.languages import Languages

GOOD = """---
topic: forum
event: regional-day
link: https://migrationnetwork.un.org/
---
# en: A title
A **text** with

- a list
- of two

# ar: عنوان
نص عن IMRF.
"""

# What makes a good file bad in one way, by the Problem's code, with its line.
CASES = {
    "announcement-long": ("A **text** with", "word " * 800, 7),
    "event-none": ("event: regional-day", "event: nothing", 3),
    "emergency-reason": ("topic: forum", "class: emergency", 2),
    "two-attachments": ("topic: forum\nevent: regional-day", "picture: a.png\ndocument: b.pdf", 3),
}


def test_a_file_becomes_titles_and_html(languages: Languages) -> None:
    written, problems = read_announcement(GOOD, "news.md", languages, {"forum"}, {"regional-day"})
    assert problems == []
    assert written is not None
    assert written.titles == {"en": "A title", "ar": "عنوان"}
    assert written.texts == {
        "en": "A <b>text</b> with\n\n• a list\n• of two",
        "ar": "نص عن \u2068IMRF\u2069.",
    }


@pytest.mark.parametrize("code", CASES)
def test_each_thing_that_is_wrong_names_its_line(languages: Languages, code: str) -> None:
    before, after, line = CASES[code]
    text = GOOD.replace(before, after)
    assert text != GOOD
    _, problems = read_announcement(text, "news.md", languages, {"forum"}, {"regional-day"})
    assert [(one.code, one.line) for one in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "front-missing"),
        ("---\ntopics: forum\n---\n# en: A\nB", "field-unknown"),
        ("---\nclass: alarm\n---\n# en: A\nB", "field-value"),
        ("---\nlink: javascript:alert(1)\n---\n# en: A\nB", "link-bad"),
        ("---\ntopic: forum\n---\n# de: A\nB", "locale-unknown"),
        ("---\ntopic: forum\n---\n# en:\n", "answer-empty"),
        ("---\ntopic: forum\n---\n# en: A\n<script>x</script>", "markdown"),
    ],
)
def test_hostile_or_careless_files_are_refused(languages: Languages, text: str, code: str) -> None:
    _, problems = read_announcement(text, "news.md", languages, {"forum"}, {"regional-day"})
    assert code in [one.code for one in problems]
