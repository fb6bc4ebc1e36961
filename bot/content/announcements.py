"""An announcement as it is written: one Markdown file with its languages below each other, as an entry is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal

from pydantic import Field

from bot.content.files import Section, split_front, split_sections
from bot.content.markdown import Place, check_link, render_markdown
from bot.content.passages import TAG
from bot.content.problems import Problem
from bot.content.schema import Schema, read_fields
from bot.languages import Languages

# Bot API: 4,096 characters of sendMessage and 1,024 of a caption, with room for the lines the bot adds.
LENGTH, CAPTION_LENGTH = 3_800, 900


class AnnouncementFields(Schema):
    """The block above the languages. `class: emergency` is not held back by limits and nights; its `reason` is logged."""

    topic: str = ""
    event: str = ""
    urgency: Literal["ordinary", "emergency"] = Field(default="ordinary", alias="class")
    reason: str = ""
    audience: str = ""
    link: str = ""
    picture: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says: its fields, and titles and HTML by locale."""

    fields: AnnouncementFields
    titles: Mapping[str, str]
    texts: Mapping[str, str]


def read_announcement(
    text: str, name: str, languages: Languages, topics: Collection[str], events: Collection[str]
) -> tuple[Written | None, list[Problem]]:
    """The announcement, or None, and what is wrong with it. A language may be missing, all of them may not."""
    problems: list[Problem] = []
    parts = split_front(text.replace("\r\n", "\n"), name, problems)
    if parts is None:
        return None, problems
    block, rest, first_line = parts
    fields = read_fields(AnnouncementFields, block, name, problems)
    if fields is None:
        return None, problems
    _check_fields(fields, block.line, name, topics, events, problems)
    most = CAPTION_LENGTH if fields.picture or fields.document else LENGTH
    titles, texts = {}, {}
    for section in split_sections(rest, first_line, name, problems):
        if section.locale not in languages:
            problems.append(Problem(name, section.line, "locale-unknown", section.locale))
            continue
        titles[section.locale] = section.title
        texts[section.locale] = render_section(section, name, languages, most, problems)
    if not texts:
        problems.append(Problem(name, first_line, "section-none"))
    return Written(fields, titles, texts), sorted(set(problems))


def render_section(section: Section, name: str, languages: Languages, most: int, problems: list[Problem]) -> str:
    """The HTML of one language; Problems name the line."""

    def isolate(text: str) -> str:
        return languages.isolate_foreign(section.locale, text)

    lines = [f"- {phrasing}" for _, phrasing in section.phrasings]
    body = "\n".join([*lines, *([""] if lines else []), section.body])
    html = render_markdown(body, Place(name, section.body_line or section.line), isolate, problems)
    length = len(unescape(TAG.sub("", html))) + len(section.title)
    if not html and not section.title:
        problems.append(Problem(name, section.line, "answer-empty", section.locale))
    if length > most:
        problems.append(Problem(name, section.body_line or section.line, "announcement-long", f"{length} / {most}"))
    return html


def _check_fields(
    fields: AnnouncementFields,
    line: Callable[[str], int],
    name: str,
    topics: Collection[str],
    events: Collection[str],
    problems: list[Problem],
) -> None:
    if fields.topic and fields.topic not in topics:
        problems.append(Problem(name, line("topic"), "topic-unknown", fields.topic))
    if fields.event and fields.event not in events:
        problems.append(Problem(name, line("event"), "event-none", fields.event))
    if fields.urgency == "emergency" and not fields.reason:
        problems.append(Problem(name, line("class"), "emergency-reason"))
    if fields.link:
        check_link(fields.link, Place(name, line("link")), problems)
    if fields.picture and fields.document:
        problems.append(Problem(name, line("document"), "two-attachments"))
