"""What is learned, how far it is trusted, and that it survives being kept."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.matching import Matcher, Phrasing, models, pack_models
from bot.matching.calibration import PRIOR, calibrate
from bot.matching.evidence import Evidence
from bot.matching.training import train_softmax
from tests.matching.conftest import LEXICON, PHRASINGS

EVIDENCE = [
    Evidence(score, lead, covered) for score in (0.5, 3.0) for lead in (-2.0, 0.1, 2.0) for covered in (0.1, 0.9)
]


def test_the_weights_put_every_row_with_its_own_entry() -> None:
    likeness = (np.eye(6) * 0.6 + 0.1).astype(np.float32)
    labels = np.array([0, 0, 1, 1, 2, 2], np.int32)
    scores = likeness @ train_softmax(likeness, labels, 3)
    assert (scores.argmax(axis=1) == labels).all()


def test_without_examples_the_prior_holds() -> None:
    assert calibrate([], []) == PRIOR


@pytest.mark.parametrize("right", [[lead > 0 for _, lead, _ in EVIDENCE], [True] * 12, [False] * 12])
def test_more_evidence_never_makes_less_likely(right: Sequence[bool]) -> None:
    fitted = calibrate(EVIDENCE, right)
    assert min(fitted[:3]) >= 0
    for one in EVIDENCE:
        for more in (one._replace(score=one.score + 1), one._replace(lead=one.lead + 1), one._replace(covered=1.0)):
            assert fitted.estimate(more) >= fitted.estimate(one)


def test_probabilities_follow_what_was_seen() -> None:
    right = [lead > 0 for _, lead, _ in EVIDENCE] * 20
    fitted = calibrate(EVIDENCE * 20, right)
    assert fitted.estimate(Evidence(3.0, 2.0, 0.9)) > 0.9
    assert fitted.estimate(Evidence(3.0, -2.0, 0.9)) < 0.1


def test_what_was_packed_decides_the_same(matcher: Matcher) -> None:
    unpacked = Matcher.unpack(PHRASINGS, pack_models(matcher.models), LEXICON)
    for question in ("nxt forum when", "mon patron ne paye pas", "ما عندنا ترخيص نشارك", "imta lmontada jay", "pizza"):
        assert unpacked.decide(question) == matcher.decide(question)


def test_only_a_language_that_changed_is_learned_again(matcher: Matcher) -> None:
    again = Matcher.build((*PHRASINGS, Phrasing("forum", "en", "tell me of the forum")), (), (), matcher, LEXICON)
    assert again.models["fr"] is matcher.models["fr"]
    assert again.models["en"] is not matcher.models["en"]


def test_content_too_large_to_train_on_is_matched_by_nearness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_TRAINED_ROWS", 3)
    near = Matcher.build(PHRASINGS)
    assert near.models["en"].weights is None
    for question, entry in (("nxt review forum date", "next-forum"), ("salary not payed", "wages")):
        assert near.decide(question).matches[0].entry == entry


def test_passages_of_an_answer_help_to_find_it() -> None:
    passages = [Phrasing("wages", "en", "labour ministry complaint about salary")]
    decision = Matcher.build(PHRASINGS, passages).decide("where is the labour ministry")
    assert decision.matches[0].entry == "wages"
