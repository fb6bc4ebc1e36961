"""Passages: what matching learns of an entry besides the ways of asking for it."""

import re
import shutil
from datetime import date
from pathlib import Path

from bot.content.compile import compile_content
from bot.content.passages import cut_passages, read_passages
from bot.languages import Languages
from tests.conftest import SAMPLE_CONTENT


def test_a_card_is_known_by_every_name_of_its_country(languages: Languages) -> None:
    content = compile_content(SAMPLE_CONTENT, languages, date(2026, 11, 20))
    known = read_passages(content.entries, content.countries)
    said = {(one.locale, one.text) for one in known if one.entry == "network-tn"}
    assert {("en", "tunis"), ("fr", "tunis"), ("fr", "tunisien"), ("ar", "تونسي")} <= said
    assert ("ar", "tunis") not in said
    assert ("en", "jordanian") not in said


def test_an_event_is_known_by_its_place_and_by_as_much_of_its_days_as_is_known(
    tmp_path: Path, languages: Languages
) -> None:
    folder = Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))
    path = folder / "events" / "first-forum.md"
    path.write_text(re.sub(r"(starts|ends): .*", r"\1: 2030", path.read_text("utf-8")), "utf-8")
    for day, known in ((SAMPLE_CONTENT, "17 5 2022 20"), (folder, "2030")):
        content = compile_content(day, languages, date(2026, 11, 20))
        said = {
            one.text
            for one in read_passages(content.entries, content.countries)
            if (one.entry, one.locale) == ("first-forum", "en")
        }
        assert any(text.endswith(known) for text in said)
        assert not any("31" in text for text in said)


def test_an_answer_is_cut_into_two_passages_of_about_as_many_sentences() -> None:
    passages = cut_passages("".join(f"<b>Sentence</b> with number {number}. " for number in range(5)))
    assert passages == [
        "Sentence  with number 0. Sentence  with number 1. Sentence  with number 2",
        "Sentence  with number 3. Sentence  with number 4",
    ]
