"""One submission as rows, each with its sheet's name; those of a repeat point to their parents."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.services.export_sheets import Cell, Sheet
from bot.storage.forms import StoredSubmission


class Rows:
    """Makes the rows and numbers them, sheet by sheet, from 1."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._patterns = {sheet.repeat: _match_instance(sheet.repeat) for sheet in sheets if sheet.repeat}
        self._count: Counter[str] = Counter()

    def read(self, submission: StoredSubmission, answers: Mapping[str, str]) -> Iterator[tuple[str, list[Cell]]]:
        # Where each row stands, by the place in the form it is of: its sheet and its number there.
        places: dict[str, tuple[str, int]] = {}
        for sheet in self._sheets:
            for place in self._find_places(sheet, answers):
                places[place] = sheet.name, self._number(sheet)
                yield sheet.name, _read_row(sheet, submission, answers, place, places)

    def _number(self, sheet: Sheet) -> int:
        self._count[sheet.name] += 1
        return self._count[sheet.name]

    def _find_places(self, sheet: Sheet, answers: Mapping[str, str]) -> list[str]:
        """The repeat's instances, in order: `/survey/child[1]`; outside repeats the one place there is."""
        if not sheet.repeat:
            return [""]
        pattern = self._patterns[sheet.repeat]
        return list(dict.fromkeys(found[0] for ref in answers if (found := pattern.match(ref))))


def _read_row(
    sheet: Sheet,
    submission: StoredSubmission,
    answers: Mapping[str, str],
    place: str,
    places: Mapping[str, tuple[str, int]],
) -> list[Cell]:
    depth = len(sheet.repeat)
    cells = [column.read(answers.get(place + column.question.ref[depth:], "")) for column in sheet.columns]
    number = places[place][1]
    if sheet.repeat:
        table, parent = places[_find_parent(place)]
        return [*cells, number, table, parent, submission.id]
    changed = submission.changed_on.isoformat() if submission.changed_on else ""
    sent = submission.submitted_on.isoformat()
    return [*cells, submission.id, sent, changed, submission.fingerprint, submission.locale, number]


def _match_instance(repeat: str) -> re.Pattern[str]:
    """What begins with one of the repeat's instances."""
    *above, own = repeat.strip("/").split("/")
    return re.compile("".join(rf"/{re.escape(name)}(?:\[\d+\])?" for name in above) + rf"/{re.escape(own)}\[\d+\](?=/)")


def _find_parent(place: str) -> str:
    """The instance a repeat's instance stands in; empty outside all repeats."""
    above = place.rpartition("/")[0]
    while above and not above.endswith("]"):
        above = above.rpartition("/")[0]
    return above
