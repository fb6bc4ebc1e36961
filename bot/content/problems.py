"""The catalogue of everything that can be wrong in the content, in words for people who are not programmers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby


class Severity(StrEnum):
    """An error keeps new content from going live; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be wrong: `text` may show the wrong value as `{value}`; `remedy` says how to mend it."""

    code: str
    severity: Severity
    text: str
    remedy: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, in `file` (relative to the content folder) at `line`, counted from 1."""

    file: str
    line: int
    code: str
    value: str = ""
    hint: str = field(default="", compare=False)

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]

    @property
    def is_error(self) -> bool:
        return self.kind.severity is Severity.ERROR

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it."""
        remedy = f"{self.hint} {self.kind.remedy}" if self.hint else self.kind.remedy
        return f"{self.kind.text.format(value=self.value)} {remedy}"


def _error(code: str, text: str, remedy: str) -> Kind:
    return Kind(code, Severity.ERROR, text, remedy)


def _warning(code: str, text: str, remedy: str) -> Kind:
    return Kind(code, Severity.WARNING, text, remedy)


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        _error("file-missing", "There is no file {value}.", "Make it; the README shows its form."),
        _error("file-encoding", "The file is not UTF-8 text ({value}).", "Save it again with the encoding UTF-8."),
        _error("file-name", "The file name “{value}” cannot be an id.", "Use a-z, 0-9 and -, at most 40 characters."),
        _error("id-twice", "There are two entries “{value}”.", "Rename one of the files."),
        _error("front-missing", "The file does not begin with a block between two lines “---”.", "Add that block."),
        _error("yaml", "The block cannot be read: {value}.", "Check colons, quotes and indentation."),
        _error("field-twice", "“{value}” stands twice.", "Keep one of the two."),
        _error("field-unknown", "There is no field “{value}”.", "Correct its name or take the line out."),
        _error("field-missing", "The field “{value}” is missing.", "Add it."),
        _error("field-value", "The value of {value} cannot be used.", "Correct it."),
        _error("topic-unknown", "There is no topic “{value}” in topics.yaml.", "Correct it or add the topic there."),
        _error(
            "source-unknown", "There is no source “{value}” in sources.yaml.", "Correct it or add the source there."
        ),
        _error("source-none", "The entry names no source.", "Add `sources:` with at least one, and `as_of:`."),
        _error("relation-broken", "The related entry “{value}” does not exist.", "Correct the id or take it out."),
        _error("relation-self", "The entry “{value}” is related to itself.", "Take it out of `related`."),
        _error("relation-twice", "“{value}” stands twice in `related`.", "Take one out."),
        _error("date-future", "The date {value} is in the future.", "Write the date it was known or printed."),
        _error("date-order", "`valid_until` ({value}) is before `as_of`.", "Correct one of the two dates."),
        _warning("date-past", "The entry was valid until {value} and is no longer offered.", "Renew or remove it."),
        _error("locale-unknown", "“{value}” is not a language of this bot.", "Use `# ar:`, `# en:` or `# fr:`."),
        _error("section-twice", "The language “{value}” stands twice.", "Join the two sections."),
        _error("section-none", "The entry has no text in any language.", "Add `# en: Title`, phrasings and an answer."),
        _error(
            "before-section", "“{value}” stands before the first language.", "Begin with a line like `# en: Title`."
        ),
        _warning(
            "language-missing", "The language “{value}” is missing.", "Add its section; until then another is shown."
        ),
        _error("title-missing", "The section “{value}” has no title.", "Write it behind the colon."),
        _error("title-long", "The title has more than 60 characters: “{value}”.", "Shorten it; it is a button, too."),
        _error(
            "answer-empty", "The section “{value}” has no answer.", "Write it below the phrasings, after an empty line."
        ),
        _error(
            "answer-long", "The answer has {value} characters, more than a message may have.", "Shorten or split it."
        ),
        _error(
            "announcement-long", "The announcement has {value} characters.", "Shorten it, or leave the picture out."
        ),
        _error("event-none", "There is no event “{value}”.", "Use the name of a file in events/, without .md."),
        _error("emergency-reason", "An emergency needs its `reason`.", "Say why it cannot wait; the reason is logged."),
        _error("two-attachments", "There are a picture and a document.", "Keep one of them."),
        _error("audience", "The audience cannot be read: {value}.", "See `hiwar announce --help` for its words."),
        _warning("answer-screen", "The answer has {value} characters, more than a phone shows at once.", "Shorten it."),
        _error("phrasing-long", "The phrasing is longer than 200 characters: “{value}”.", "Shorten it."),
        _warning(
            "phrasing-few", "The section has only {value} phrasings.", "Add some, up to ten or more, as people type."
        ),
        _error("phrasing-shared", "The phrasing “{value}” belongs to two entries.", "Keep it in one of them."),
        _warning("phrasing-twice", "The phrasing “{value}” stands twice in this entry.", "Take one out."),
        _error("markdown", "Telegram cannot show {value}.", "Use paragraphs, bold, italic, links, lists or quotes."),
        _error("link-bad", "The link “{value}” cannot work.", "Write a whole address that begins with https://."),
        _warning("link-doubtful", "The link “{value}” looks unreachable.", "Open it in a browser and correct it."),
        _warning(
            "translation-behind",
            "The text “{value}” is older than its English.",
            "Mend it, then run `hiwar content accept`.",
        ),
        _error("name-missing", "“{value}” has no title.", "Add one for this language."),
        _error("name-long", "The topic title “{value}” has more than 28 characters.", "Shorten it; it is a button."),
        _error(
            "event-date", "“{value}” is no date of the calendar.", "Write it like 2030, 2030-05 or 2030-05-06T09:00."
        ),
        _error("event-order", "The event ends ({value}) before it begins.", "Correct one of the two dates."),
        _error(
            "event-deadline", "Registration ends ({value}) after the event begins.", "Correct one of the two dates."
        ),
        _warning("event-past", "The event was expected for {value}, which is past.", "Say what came of it."),
        _error(
            "event-revision",
            "The event changed, but its `revision` is still {value}.",
            "Raise it by one, so that people are told what changed.",
        ),
        _error("zone-missing", "The time of {value} has no time zone.", "Add `time_zone:`, such as Africa/Cairo."),
        _error("zone-unknown", "There is no time zone “{value}”.", "Write it like Africa/Cairo or America/New_York."),
        _error("country-unknown", "There is no country “{value}”.", "Use its two letters (ISO 3166), such as TN."),
        _error("country-shared", "The name “{value}” stands for two countries.", "Keep it for one of them."),
        _error("language-unknown", "There is no language “{value}”.", "Use its two letters (ISO 639), such as fr."),
        _error("network-country", "A {value} network must have a country if it is national, else none.", "Correct it."),
        _error("network-twice", "There are two networks for {value}.", "Keep one of the files."),
        _error("objective-twice", "There are two objectives {value}.", "Correct the number of one."),
        _error("document-unlinked", "Nobody can open “{value}”: it has no link.", "Add `links:` with at least one."),
        _error("path-broken", "No question and no way is called “{value}”.", "Correct `to`, or add it."),
        _error("path-circle", "From “{value}” one can come back to “{value}”.", "Let one of its choices end in a way."),
        _error("path-long", "The choice “{value}” has more than 40 characters.", "Shorten it; it is a button."),
        _error("path-event", "There is no event “{value}” to wait for.", "Name one from the folder events."),
        _warning("path-unreached", "Nothing leads to “{value}”.", "Let a choice lead there, or take it out."),
        _error("lexicon-language", "There is no language “{value}”.", "Name the file after one, or arabizi."),
        _error(
            "lexicon-list", "Behind “{value}” stands no list.", "Write the words people use in [ ], commas between."
        ),
        _error("lexicon-word", "“{value}” is not one word.", "Write one word; phrasings are the place for more."),
        _error("lexicon-twice", "“{value}” stands for two words.", "Keep it under one of them."),
        _error("lexicon-chain", "“{value}” has words of its own.", "Join the two lines, or take it out here."),
        _warning("lexicon-same", "“{value}” is read like its word anyway.", "Take it out."),
        _error("question-fields", "The question cannot be read ({value}).", "Write it like the others."),
        _error("question-entry", "There is no entry “{value}” to answer the question.", "Correct it, or write none."),
        _error(
            "questions-worse",
            "Fewer questions are helped than when the build was last accepted ({value}).",
            "Mend phrasings or lexicon, or run `hiwar content questions --accept`.",
        ),
        _warning("scope-answered", "An entry answers “{value}”.", "Take it out here, or among the entry's phrasings."),
        _warning("scope-measured", "“{value}” is there to measure builds (questions.yaml).", "Take it out here."),
        _warning("question-twice", "The question “{value}” stands twice.", "Take one out."),
        _warning("topic-empty", "No entry belongs to the topic “{value}”.", "Write one or remove the topic."),
        _warning("source-unused", "No entry uses the source “{value}”.", "Remove it, or name it in an entry."),
        _error("sheet-unreadable", "“{value}” is no spreadsheet that can be read.", "Save it again as .xlsx."),
        _error("sheet-unknown", "There is no kind of content for the sheet “{value}”.", "Keep the names as exported."),
        _error("sheet-merged", "The cells {value} are merged.", "Split them: each text has a cell of its own."),
        _error("sheet-header", "The first row is ({value}).", "It must be id, part, then languages, as exported."),
        _error("sheet-shifted", "The cell {value} stands beyond the last column.", "Move it back under its language."),
        _error("sheet-formula", "The cell {value} holds a formula.", "Write the text itself."),
        _error("sheet-id", "There is no piece of content “{value}”.", "Keep the column id as exported."),
        _error("sheet-part", "There is no part “{value}”.", "Use title, phrasings or answer, as exported."),
        _error("sheet-lost", "A text would be lost ({value}).", "Write it again, or take the whole column out."),
        _error("form-twice", "There are two forms “{value}”.", "Rename one of the files."),
        _error(
            "form-suffix", "A form cannot be a file like this ({value}).", "Save it as .xlsx, .csv or tables in .md."
        ),
        _error("form-size", "The file is too large ({value}).", "Take out pictures and sheets it does not need."),
        _error("form-unreadable", "The file cannot be read as an XLSForm ({value}).", "Open it, and save it again."),
        _error("form-archive", "The .xlsx unpacks into far too much ({value}).", "Save it again from a spreadsheet."),
        _error("form-entities", "The .xlsx holds XML that no spreadsheet writes ({value}).", "Save it again from one."),
        _error("form-empty", "The form asks nothing ({value}).", "Add questions to the sheet survey."),
        _error("form-header", "The column cannot have this name ({value}).", "Use letters, digits and _, no spaces."),
        _error("form-rows", "There are too many rows ({value}).", "Split the form, or attach the list as a .csv."),
        _error("form-cell", "The cell is too long ({value}).", "Shorten it."),
        _error("form-pyxform", "The form is not as XLSForm has it ({value}).", "See https://xlsform.org/en/."),
        _error("form-xpath", "The expression cannot be understood ({value}).", "Check brackets, quotes and commas."),
        _error("form-long", "The expression is too long ({value}).", "Split it into several calculations."),
        _error("form-function", "There is no such function ({value}).", "Look it up in the XLSForm reference."),
        _error("form-arguments", "The function cannot take this ({value}).", "Look it up in the XLSForm reference."),
        _error("form-nested", "One look-up stands inside another ({value}).", "Put the inner one into a calculation."),
        _error(
            "form-path",
            "No question stands at this path ({value}).",
            "Write $ and the question's name in braces, or correct the path.",
        ),
        _error("form-list", "There is no such list of choices ({value}).", "Correct its name, or attach the file."),
        _error("form-column", "The list has no such column ({value}).", "Correct it here or in the list."),
        _error("form-pattern", "The pattern in regex() cannot be read ({value}).", "Check its brackets."),
        _error(
            "form-pattern-slow",
            "The pattern in regex() could take for ever ({value}).",
            "Repeat nothing that is itself repeated: [a-z ]+ instead of ([a-z]+ ?)+.",
        ),
        _error(
            "form-type",
            "Questions of this kind cannot be asked in a chat ({value}).",
            "Use geopoint instead of lines, areas and maps; select_one instead of lists outside the form; text otherwise.",
        ),
        _error(
            "form-appearance",
            "Another program or search() would have to answer ({value}).",
            "Ask for text instead, or use select_one_from_file.",
        ),
        _warning("form-metadata", "The bot does not know this of a person ({value}).", "It stays empty; take it out."),
        _error("form-language", "The language cannot be told ({value}).", "Write it like label::Arabic (ar)."),
        _warning("form-language-missing", "The form is not in this language ({value}).", "Add its columns."),
        _warning("form-translation-missing", "A text lacks languages ({value}).", "Add them; another is shown."),
        _error("form-file", "The attached list cannot be read ({value}).", "Save it as CSV, encoded in UTF-8."),
        _error(
            "form-file-missing", "The attached file is missing ({value}).", "Put it into a folder named as the form."
        ),
        _error("form-choices", "The list has too many choices ({value}).", "Ask in two steps, with a choice_filter."),
        _error("form-questions", "The form has too many questions ({value}).", "Split it into several forms."),
        _error("form-depth", "Groups stand too deep in each other ({value}).", "Take some of them out."),
        _error("form-circular", "Questions wait for each other ({value}).", "Let one of them not depend on the next."),
    )
}


def format_text(problems: Iterable[Problem]) -> str:
    """The problems for people, grouped by file."""
    blocks = []
    for file, group in groupby(sorted(problems), key=lambda problem: problem.file):
        lines = [f"  line {one.line}: {one.kind.severity}: {one.sentence} [{one.code}]" for one in group]
        blocks.append("\n".join([file, *lines]))
    return "\n".join(blocks)


def format_json(problems: Iterable[Problem]) -> str:
    """The problems for programs: a list of objects."""
    rows = [
        {
            "file": one.file,
            "line": one.line,
            "code": one.code,
            "severity": one.kind.severity.value,
            "value": one.value,
            "message": one.sentence,
        }
        for one in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
