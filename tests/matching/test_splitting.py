"""Several questions in one message are told apart, also where neither a mark nor a line parts them."""

import pytest

from bot.matching import split_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("when is the next forum? and who pays the hotel?", ["when is the next forum", "and who pays the hotel"]),
        ("when is the next forum\nwho pays the hotel", ["when is the next forum", "who pays the hotel"]),
        ("when is the next forum and also who pays the hotel", ["when is the next forum", "who pays the hotel"]),
        ("c'est quand le forum ET AUSSI qui paie l'hôtel", ["c'est quand le forum", "qui paie l'hôtel"]),
        ("متى المنتدى القادم وكمان مين بيدفع الفندق", ["متى المنتدى القادم", "مين بيدفع الفندق"]),
        ("متى المنتدى القادم وسؤال ثاني من يدفع الفندق", ["متى المنتدى القادم", "من يدفع الفندق"]),
        ("imta lmontada w kaman min yedfa3 lhotel", ["imta lmontada", "min yedfa3 lhotel"]),
        # One question, whatever it joins; and what is too short to be one.
        ("migrants and refugees", ["migrants and refugees"]),
        ("when is the forum and also where", ["when is the forum"]),
        ("the btwist band plays here", ["the btwist band plays here"]),
        ("وكمانجة في المدينة", ["وكمانجة في المدينة"]),
        ("???", []),
    ],
)
def test_questions_are_told_apart(text: str, parts: list[str]) -> None:
    assert split_questions(text) == parts
