"""How questions are understood, on the reporting half of the question file, ours beside plain methods.

    python -m benchmarks.questions [methods] [ablation] [noise] [growth]

Without arguments all four tables. `methods`: right first, right among three, and what each method would answer with
confidence though it is wrong; plain methods answer whatever scores above the threshold that gives them the same share of
answers as ours. `ablation`: ours without one of its parts. `noise`: how many questions get another first entry when their
spelling changes in ways that mean nothing. `growth`: time and memory for 100 to 100,000 phrasings (ours learns up to
8,000 rows a language; beyond that nearness decides).
"""

import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import numpy as np
import psutil
from rapidfuzz import fuzz, process

from bot.config import ROOT
from bot.content.compile import compile_content
from bot.content.library import Library, find_slots, ways_of_asking
from bot.content.passages import read_passages
from bot.content.questions import QuestionFields, read_questions
from bot.content.store import write_content_db
from bot.languages import read_languages
from bot.matching import NO_LEXICON, NO_SLOTS, Lexicon, Matcher, Phrasing, Slots, Verdict, fold, vectors
from bot.matching.folding import squeeze
from bot.matching.spelling import Spelling

TODAY = date.today()  # noqa: DTZ011 - the day of the person who measures
LANGUAGES = read_languages(ROOT / "locales")
CONTENT = compile_content(ROOT / "content", LANGUAGES, TODAY)
PHRASINGS = ways_of_asking(CONTENT.phrasings, CONTENT.entries)
QUESTIONS = read_questions(ROOT / "content", {entry.id for entry in CONTENT.entries}, LANGUAGES.locales, [])
REPORT = [one for one in QUESTIONS if one.half == "report"]
KINDS = ("plain", "dialect", "arabizi", "typos", "long", "country")
MOST = 3


@dataclass(frozen=True)
class Found:
    """The entries in order with the score of the first, and whether the first would be answered outright."""

    entries: list[str]
    score: float
    sure: bool = False


Ask = Callable[[str, str], Found]


def build_matcher(
    lexicon: Lexicon = CONTENT.lexicon, slots: Slots | None = None, passages: bool = True, outside: bool = True
) -> Matcher:
    known = find_slots(CONTENT.lexicon, CONTENT.entries, CONTENT.countries) if slots is None else slots
    said = read_passages(CONTENT.entries, CONTENT.countries) if passages else ()
    matcher = Matcher.build(PHRASINGS, said, CONTENT.outside if outside else (), None, lexicon, known)
    # As when the bot starts.
    matcher.prepare()
    return matcher


def ask_matcher(matcher: Matcher) -> Ask:
    def ask(question: str, locale: str) -> Found:
        decision = matcher.decide(question, locale)
        matches = decision.considered or decision.matches
        entries = [match.entry for match in matches]
        return Found(entries, matches[0].score if matches else 0.0, decision.verdict is Verdict.ANSWER)

    return ask


def rank_entries(scored: Iterator[tuple[str, float]] | Sequence[tuple[str, float]]) -> Found:
    best: dict[str, float] = {}
    for entry, score in scored:
        best[entry] = max(score, best.get(entry, 0.0))
    ordered = sorted(best, key=lambda entry: -best[entry])[:10]
    return Found(ordered, best[ordered[0]] if ordered else 0.0)


def ask_rapidfuzz(phrasings: Sequence[Phrasing], scorer: Callable[..., float]) -> Ask:
    texts = [fold(phrasing.text) for phrasing in phrasings]

    def ask(question: str, _locale: str) -> Found:
        found = process.extract(fold(question), texts, scorer=scorer, limit=30)
        return rank_entries([(phrasings[number].entry, score) for _, score, number in found])

    return ask


def ask_fts5(phrasings: Sequence[Phrasing], tokenizer: str) -> Ask:
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE phrasing USING fts5(entry UNINDEXED, text, tokenize='{tokenizer}')")
    db.executemany("INSERT INTO phrasing VALUES (?, ?)", [(one.entry, fold(one.text)) for one in phrasings])
    length = 3 if tokenizer == "trigram" else 1

    def ask(question: str, _locale: str) -> Found:
        words = [word for word in fold(question).split() if len(word) >= length]
        if not words:
            return Found([], 0.0)
        query = " OR ".join(f'"{word}"' for word in words[:60])
        rows = db.execute(
            "SELECT entry, -bm25(phrasing) FROM phrasing WHERE phrasing MATCH ? ORDER BY bm25(phrasing) LIMIT 30",
            (query,),
        )
        return rank_entries(rows.fetchall())

    return ask


def ask_tfidf(phrasings: Sequence[Phrasing]) -> Ask:
    """The nearest phrasing by the cosine of TF-IDF over words."""
    documents = [Counter(fold(one.text).split()) for one in phrasings]
    spread = Counter(word for document in documents for word in document)
    rarity = {word: float(np.log(len(documents) / count)) + 1 for word, count in spread.items()}
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        length = np.sqrt(sum((count * rarity[word]) ** 2 for word, count in document.items()))
        for word, count in document.items():
            index[word].append((number, count * rarity[word] / length))

    def ask(question: str, _locale: str) -> Found:
        words = Counter(fold(question).split())
        length = np.sqrt(sum((count * rarity.get(word, 8.0)) ** 2 for word, count in words.items())) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for word, count in words.items():
            for number, weight in index.get(word, ()):
                scores[number] += count * rarity[word] * weight / length
        return rank_entries([(phrasings[number].entry, score) for number, score in scores.items()])

    return ask


METHODS: Mapping[str, Callable[[Sequence[Phrasing]], Ask]] = {
    "WRatio": lambda phrasings: ask_rapidfuzz(phrasings, fuzz.WRatio),
    "token_set_ratio": lambda phrasings: ask_rapidfuzz(phrasings, fuzz.token_set_ratio),
    "FTS5 unicode61": lambda phrasings: ask_fts5(phrasings, "unicode61"),
    "FTS5 trigram": lambda phrasings: ask_fts5(phrasings, "trigram"),
    "TF-IDF nearest": ask_tfidf,
}


def measure(ask: Ask, questions: Sequence[QuestionFields], share: float | None = None) -> dict[str, float]:
    """The figures of a method; without certainty of its own it answers the surest `share` of all questions."""
    found = [(one, ask(one.question, one.language)) for one in questions]
    if share is not None:
        scores = sorted((given.score for _, given in found), reverse=True)
        limit = scores[min(len(scores) - 1, int(share * len(scores)))]
        found = [(one, Found(given.entries, given.score, given.score > limit)) for one, given in found]
    inside = [(one, given) for one, given in found if one.entries]
    figures: dict[str, float] = {}
    for group in ("all", "en", "fr", "ar", *KINDS):
        own = [(one, given) for one, given in inside if group in ("all", one.language, one.kind)]
        figures[f"{group} first"] = float(
            np.mean([given.entries[:1] != [] and given.entries[0] in one.entries for one, given in own])
        )
        figures[f"{group} three"] = float(
            np.mean([any(entry in one.entries for entry in given.entries[:MOST]) for one, given in own])
        )
    answered = [(one, given) for one, given in found if given.sure]
    right = sum(given.entries[0] in one.entries for one, given in answered)
    figures["answered"] = sum(given.sure for _, given in inside) / len(inside)
    figures["right of answered"] = right / max(1, len(answered))
    figures["helped"] = float(
        np.mean(
            [
                given.entries[0] in one.entries
                if given.sure
                else any(entry in one.entries for entry in given.entries[:MOST])
                for one, given in inside
            ]
        )
    )
    outside = [(one, given) for one, given in found if not one.entries]
    figures["answered out of scope"] = float(np.mean([given.sure for _, given in outside]))
    for kind in ("foreign", "near"):
        figures[f"AUROC {kind}"] = find_auroc(
            [given.score for _, given in inside], [given.score for one, given in outside if one.kind == kind]
        )
    figures["calibration error"] = find_calibration_error(
        [(given.score, bool(given.entries) and given.entries[0] in one.entries) for one, given in found]
    )
    return figures


def find_auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often a question with an entry scores higher than one without."""
    higher, lower = np.array(inside)[:, None], np.array(outside)[None]
    return float(((higher > lower) + 0.5 * (higher == lower)).mean())


def find_calibration_error(scored: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The mean distance between a score and how often it was right, in ten bins."""
    grouped: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in scored:
        grouped[min(bins - 1, int(score * bins))].append((score, right))
    return sum(abs(sum(score for score, _ in own) - sum(right for _, right in own)) for own in grouped.values()) / len(
        scored
    )


SHOWN = (
    *(f"{group} {what}" for group in ("all", "en", "fr", "ar", *KINDS) for what in ("first", "three")),
    "answered",
    "right of answered",
    "helped",
    "answered out of scope",
    "AUROC foreign",
    "AUROC near",
    "calibration error",
)


def print_table(columns: Mapping[str, Mapping[str, float]]) -> None:
    print(f"{'':24}" + "".join(f"{name:>18}" for name in columns))
    for row in SHOWN:
        print(f"{row:<24}" + "".join(f"{figures[row]:>17.1%} " for figures in columns.values()))


def compare_methods() -> None:
    ours = ask_matcher(build_matcher())
    columns = {"ours": measure(ours, REPORT)}
    share = sum(ours(one.question, one.language).sure for one in REPORT) / len(REPORT)
    for name, build in METHODS.items():
        columns[name] = measure(build(PHRASINGS), REPORT, share)
    print(
        f"\n{len(REPORT)} questions of the reporting half, {len(PHRASINGS)} phrasings. The calibration error of plain"
    )
    print("methods means nothing: their scores are no probabilities.")
    print_table(columns)


@contextmanager
def without_spelling() -> Iterator[None]:
    with patch.object(Spelling, "correct", lambda _self, tokens: list(tokens)):
        yield


@contextmanager
def with_weights(*weights: float) -> Iterator[None]:
    with patch.object(vectors, "BLOCK_WEIGHTS", weights):
        yield


def take_apart() -> None:
    columns = {"ours": measure(ask_matcher(build_matcher()), REPORT)}
    columns["no lexicon"] = measure(ask_matcher(build_matcher(lexicon=NO_LEXICON)), REPORT)
    columns["no slots"] = measure(ask_matcher(build_matcher(slots=NO_SLOTS)), REPORT)
    columns["no passages"] = measure(ask_matcher(build_matcher(passages=False)), REPORT)
    columns["no outside"] = measure(ask_matcher(build_matcher(outside=False)), REPORT)
    with without_spelling():
        columns["no spelling"] = measure(ask_matcher(build_matcher()), REPORT)
    for name, weights in {
        "no stems": (0.0, 0.5, 0.7),
        "no pairs": (0.5, 0.0, 0.7),
        "no letters": (0.5, 0.5, 0.0),
    }.items():
        with with_weights(*weights):
            columns[name] = measure(ask_matcher(build_matcher()), REPORT)
    print("\nOurs without one of its parts")
    print_table(columns)


ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ALEF = re.compile("[أإآ]")
NOISES: Mapping[str, Callable[[str], str]] = {
    "hamza": lambda text: ALEF.sub("ا", text),
    "vowel marks": lambda text: re.sub(r"([\u0621-\u064a])", "\\1\u064e", text),
    "tatweel": lambda text: re.sub(r"([بتثسشصضطعغفقكلمنهي])(?=[\u0621-\u064a])", "\\1ـ", text, count=3),
    "stretched letters": lambda text: re.sub(r"([aeiouاوي])(?=\b|\s|$)", r"\1\1\1\1", text),
    "accents": lambda text: text.translate(str.maketrans("éèêëàâçùûîïô", "eeeeaacuuiio")),
    "case": str.upper,
    "punctuation": lambda text: f"«{text}» !!! …",
    "Arabic digits": lambda text: re.sub(r"\b\d+\b", lambda run: run[0].translate(ARABIC_DIGITS), text),
}


def add_noise() -> None:
    ask = ask_matcher(build_matcher())
    print(f"\n{'noise':<20}{'questions':>10}{'first changed':>15}{'right lost':>12}")
    for name, change in NOISES.items():
        changed = [
            (one, change(one.question)) for one in REPORT if one.entries and change(one.question) != one.question
        ]
        pairs = [(one, ask(one.question, one.language), ask(noisy, one.language)) for one, noisy in changed]
        moved = sum(before.entries[:1] != after.entries[:1] for _, before, after in pairs)
        lost = sum(
            before.entries[:1] != [] and before.entries[0] in one.entries and after.entries[:1] != before.entries[:1]
            for one, before, after in pairs
        )
        print(f"{name:<20}{len(pairs):>10}{moved:>15}{lost:>12}")


def make_phrasings(count: int) -> list[Phrasing]:
    """Phrasings made of the words of ours, ten to an entry, in English."""
    chance = random.Random(count)  # noqa: S311 - the same every time
    words = sorted({word for one in PHRASINGS if one.locale == "en" for word in fold(one.text).split()})
    words += [f"{squeeze(word)}{number}x" for number in range(count // 2_000) for word in words[:200]]
    return [
        Phrasing(f"e{number // 10}", "en", " ".join(chance.choices(words, k=chance.randint(3, 8))))
        for number in range(count)
    ]


def ask_ours(phrasings: Sequence[Phrasing]) -> Ask:
    matcher = Matcher.build(phrasings)
    matcher.prepare()
    return ask_matcher(matcher)


def time_growth(name: str, count: int, out: "object") -> None:
    """In a process of its own: build, then ask; seconds, questions a second, milliseconds, MiB."""
    phrasings = make_phrasings(count)
    before = psutil.Process(os.getpid()).memory_info().rss
    started_at = time.perf_counter()
    ask = ask_ours(phrasings) if name == "ours" else METHODS[name](phrasings)
    built = time.perf_counter() - started_at
    memory = (psutil.Process(os.getpid()).memory_info().rss - before) / 2**20
    spent = []
    for one in phrasings[:: max(1, count // (300 if name in ("ours", "FTS5 unicode61") or count < 10_000 else 20))]:
        begun_at = time.perf_counter()
        ask(f"{one.text} please", "en")
        spent.append(1_000 * (time.perf_counter() - begun_at))
    out.put((built, 1_000 / np.mean(spent), *np.percentile(spent, [50, 95, 99]), memory))  # type: ignore[attr-defined]


def time_shipped(path: Path, out: "object") -> None:
    """In a process of its own, as the bot starts: open the content, then ask each question once; milliseconds."""
    matcher = Library.open(path).matcher
    matcher.prepare()
    spent = []
    for one in REPORT:
        begun_at = time.perf_counter()
        matcher.decide(one.question, one.language)
        spent.append(1_000 * (time.perf_counter() - begun_at))
    out.put(tuple(np.percentile(spent, [50, 95, 99])))  # type: ignore[attr-defined]


def grow() -> None:
    print(
        f"\n{'method':<18}{'phrasings':>10}{'build s':>10}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'MiB':>8}"
    )
    context = get_context("spawn")
    for count in (100, 1_000, 10_000, 100_000):
        for name in ("ours", *METHODS):
            out = context.Queue()
            running = context.Process(target=time_growth, args=(name, count, out))
            running.start()
            built, rate, middle, most, nearly_all, memory = out.get()
            running.join()
            print(
                f"{name:<18}{count:>10}{built:>10.2f}{rate:>10.0f}{middle:>9.2f}{most:>9.2f}{nearly_all:>9.2f}{memory:>8.0f}",
                flush=True,
            )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content.db"
        write_content_db(CONTENT, path, "")
        out = context.Queue()
        running = context.Process(target=time_shipped, args=(path, out))
        running.start()
        p50, p95, p99 = out.get()
        running.join()
    print(f"the shipped content, {len(PHRASINGS)} phrasings: p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms")


TABLES = {"methods": compare_methods, "ablation": take_apart, "noise": add_noise, "growth": grow}


def main() -> None:
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()


if __name__ == "__main__":
    main()
