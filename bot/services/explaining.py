"""Why a question is answered as it is, line by line, for people who mend phrasings: in the terminal and on the page."""

from collections.abc import Iterable

from bot.matching import Match, Matcher, Reading


def explain_question(matcher: Matcher, question: str, locale: str | None) -> list[str]:
    """Language, folded text, candidates with the parts of their score, and the decision."""
    found = matcher.explain(question, locale)
    guess, decision = found.guess, found.decision
    slots = ", ".join(f"{slot} {' '.join(map(str, values))}" for slot, values in found.asked.items())
    return [
        f"folded: {found.folded}",
        f"language: {guess.locale or '–'} ({'sure' if guess.sure else 'not sure'}{', Arabizi' if guess.arabizi else ''})",
        *([f"slots: {slots}"] if slots else []),
        *(f"word for word: {phrasing.entry} ({phrasing.locale})" for phrasing in found.same),
        *_explain_readings(found.readings),
        f"{decision.verdict.value} in {decision.locale or '–'}: "
        + (", ".join(f"{match.entry} {match.score:.2f}" for match in decision.matches) or "–"),
    ]


def _explain_readings(readings: Iterable[Reading]) -> Iterable[str]:
    for reading in readings:
        yield f"read as {reading.model}: {' '.join(reading.words)}"
        for match in reading.matches:
            yield f"  {match.score:.2f}  {match.entry}  [{_name_parts(match)}]  nearest: {match.phrasing}"
        if reading.nothing is not None:
            yield f"  nothing answers it  [score {reading.nothing:.2f}]"


def _name_parts(match: Match) -> str:
    if match.evidence is None:
        return ""
    return " ".join(f"{name} {value:.2f}" for name, value in match.evidence._asdict().items())
