"""What the rows of an entry know of a question."""

import numpy as np
import pytest

from bot.matching import Phrasing
from bot.matching.features import read_stems
from bot.matching.rows import Rows

PHRASINGS = (
    Phrasing("forum", "en", "when is the next forum"),
    Phrasing("forum", "en", "date of the forum in 2026"),
    Phrasing("pledge", "en", "how do I make a pledge at the forum"),
)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows.build("en", PHRASINGS, ())


@pytest.mark.parametrize("question", ["when is the forum", "pledge pledge", "the pledges of 2026 and pizza"])
def test_what_is_known_is_the_same_looked_up_or_found_row_by_row(rows: Rows, question: str) -> None:
    stems = read_stems(question.split(), "en")
    assert np.allclose(rows.cover(stems), rows.cover(stems, np.ones(len(PHRASINGS), bool)))


def test_only_the_rows_that_are_kept_know_anything(rows: Rows) -> None:
    assert rows.cover(["spledg"], np.array([True, True, False])).tolist() == [0, 0]
    assert rows.cover(["spledg"]).tolist() == [0, 1]


def test_a_number_is_strange_to_entries_that_lack_it(rows: Rows) -> None:
    forum, pledge = (rows.numbers[entry] for entry in ("forum", "pledge"))
    assert rows.find_strange_numbers(["forum", "2026"], forum) == []
    assert rows.find_strange_numbers(["forum", "2026"], pledge) == ["2026"]
    assert rows.find_strange_numbers(["forum", "1998"], forum) == ["1998"]


def test_no_rows_know_nothing() -> None:
    assert Rows.build("en", (), ()).cover(["sforum"]).tolist() == []
