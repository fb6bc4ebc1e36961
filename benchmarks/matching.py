"""How often the right entry is answered, for ours and for plain rapidfuzz. Run: python -m benchmarks.matching

Each phrasing is asked while an eighth of all (every eighth of each entry) is left out of the content. "Without answers"
is ours when it learns from the phrasings alone. "Entry hidden" asks
the phrasings of every sixth entry of content that lacks it; "out of scope" asks what no entry is about. In both the
right verdict is "unknown", and an answer is wrong.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from bot.config import ROOT
from bot.content.compile import Compilation, compile_content
from bot.content.library import ways_of_asking
from bot.content.passages import read_passages
from bot.languages import read_languages
from bot.matching import Decision, Match, Matcher, Phrasing, Verdict, fold

FOLDS = 8
LOCALES = ("en", "fr", "ar")
COLUMNS = ("questions", "answered right", "answered wrong", "offered with right", "offered without", "unknown")
PRECISION = "precision"
EVERY_HIDDEN = 6
Ask = Callable[[str, str], Decision]
Build = Callable[[list[Phrasing]], Ask]

OUT_OF_SCOPE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "how do I bake bread",
        "weather in Cairo",
        "IMF forum",
        "phone network in Sudan",
        "migration of birds",
        "ticket price to Paris",
        "who won the world cup",
        "best restaurant in Amman",
        "IMRF 1998",
        "how to learn python",
        "my phone is broken",
        "what is the capital of france",
        "database migration tool",
        "forum for car lovers",
        "round table restaurant booking",
        "price of gold today",
        "how many moons has jupiter",
        "can you write a poem",
        "i love you",
        "what time is it",
        "football match tonight",
        "how to marry my cousin",
        "train from Rabat to Fes",
        "lost my bank card",
        "declaration of love",
        "asdf qwer zxcv",
        "hjkl",
    ),
    "fr": (
        "comment faire du pain",
        "météo au Caire",
        "forum automobile",
        "prix du billet pour Paris",
        "migration des oiseaux",
        "migration de base de données",
        "réseau téléphone Soudan",
        "qui a gagné la coupe du monde",
        "restaurant table ronde",
        "forum de 1998",
        "mon téléphone est cassé",
        "capitale de la France",
        "je t'aime",
        "quelle heure est il",
        "recette de couscous",
        "engagement de mariage",
        "prix de l'or",
        "apprendre python",
        "louer une voiture",
        "match de ce soir",
        "déclaration d'impôts",
        "qsdf wxcv azer",
    ),
    "ar": (
        "كيف أطبخ الخبز",
        "الطقس في القاهرة",
        "منتدى السيارات",
        "سعر التذكرة إلى باريس",
        "هجرة الطيور",
        "شبكة الهاتف في السودان",
        "من فاز بكأس العالم",
        "مطعم الطاولة المستديرة",
        "المنتدى 1998",
        "تلفوني خربان",
        "عاصمة فرنسا",
        "أحبك",
        "كم الساعة",
        "سعر الذهب اليوم",
        "طريقة الكسكسي",
        "بكام الدولار",
        "مباراة اليوم",
        "تعلم البرمجة",
        "الإنترنت مقطوع عندي",
        "إعلان زواج",
        "شسيب لاتنم كمنط",
    ),
}


@cache
def read_content() -> Compilation:
    return compile_content(ROOT / "content", read_languages(ROOT / "locales"), date.today())  # noqa: DTZ011


def read_phrasings() -> Iterator[tuple[int, Phrasing]]:
    """Every phrasing and title of the shipped content, with its place among those of its entry and language."""
    places: Counter[tuple[str, str]] = Counter()
    content = read_content()
    for phrasing in ways_of_asking(content.phrasings, content.entries):
        yield places[phrasing.entry, phrasing.locale], phrasing
        places[phrasing.entry, phrasing.locale] += 1


def build_ours(phrasings: list[Phrasing]) -> Ask:
    known = {phrasing.entry for phrasing in phrasings}
    content = read_content()
    passages = read_passages(content.entries, content.countries)
    return Matcher.build(phrasings, (one for one in passages if one.entry in known), content.outside).decide


def build_without_answers(phrasings: list[Phrasing]) -> Ask:
    return Matcher.build(phrasings).decide


def build_plain(scorer: Callable[..., float]) -> Build:
    """What a bot does that answers whatever scores 80 or more."""

    def build(phrasings: list[Phrasing]) -> Ask:
        folded = {number: fold(phrasing.text) for number, phrasing in enumerate(phrasings)}

        def ask(question: str, locale: str) -> Decision:
            found = process.extractOne(fold(question), folded, scorer=scorer, score_cutoff=80)
            if found is None:
                return Decision(Verdict.UNKNOWN, locale, ())
            nearest = phrasings[found[2]]
            return Decision(Verdict.ANSWER, locale, (Match(nearest.entry, locale, found[1] / 100, nearest.text),))

        return ask

    return build


METHODS: Mapping[str, Build] = {
    "ours": build_ours,
    "without answers": build_without_answers,
    "WRatio ≥ 80": build_plain(fuzz.WRatio),
    "token_set_ratio ≥ 80": build_plain(fuzz.token_set_ratio),
}


def name_outcome(decision: Decision, entry: str) -> str:
    """The column a decision is counted in; `entry` empty: nothing is right but to admit it."""
    entries = [match.entry for match in decision.matches]
    if decision.verdict is Verdict.ANSWER:
        return "answered right" if entries[0] == entry else "answered wrong"
    if decision.verdict is Verdict.SUGGEST:
        return "offered with right" if entry in entries else "offered without"
    return "unknown"


def count_outcomes(ask: Ask, questions: Iterable[tuple[str, str, str]]) -> dict[str, Counter[str]]:
    """Outcomes by locale, of (locale, question, right entry)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for locale, question, entry in questions:
        counts[locale].update((name_outcome(ask(question, locale), entry), "questions"))
    return counts


def measure_left_out(build: Build, rows: list[tuple[int, Phrasing]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold_number in range(FOLDS):
        ask = build([phrasing for row, phrasing in rows if row % FOLDS != fold_number])
        asked = [(one.locale, one.text, one.entry) for row, one in rows if row % FOLDS == fold_number]
        for locale, counted in count_outcomes(ask, asked).items():
            counts[locale].update(counted)
    return counts


def measure_hidden(build: Build, rows: list[tuple[int, Phrasing]]) -> dict[str, Counter[str]]:
    hidden = set(sorted({one.entry for _, one in rows})[::EVERY_HIDDEN])
    ask = build([one for _, one in rows if one.entry not in hidden])
    return count_outcomes(ask, ((one.locale, one.text, "") for _, one in rows if one.entry in hidden))


def measure_out_of_scope(build: Build, rows: list[tuple[int, Phrasing]]) -> dict[str, Counter[str]]:
    ask = build([one for _, one in rows])
    return count_outcomes(ask, ((locale, text, "") for locale, texts in OUT_OF_SCOPE.items() for text in texts))


def measure_speed(build: Build, rows: list[tuple[int, Phrasing]]) -> float:
    """Questions a second, one thread, all questions asked once."""
    ask = build([one for _, one in rows])
    started_at = time.perf_counter()
    for _, phrasing in rows:
        ask(f"{phrasing.text} 7", phrasing.locale)
    return len(rows) / (time.perf_counter() - started_at)


MEASURES = {"left out": measure_left_out, "entry hidden": measure_hidden, "out of scope": measure_out_of_scope}


def print_rows(title: str, method: str, counts: Mapping[str, Counter[str]]) -> None:
    for locale in LOCALES:
        counted = counts[locale]
        answered = counted["answered right"] + counted["answered wrong"]
        shares = [f"{counted[column] / max(1, counted['questions']):.1%}" for column in COLUMNS[1:]]
        precision = f"{counted['answered right'] / answered:.1%}" if answered else "–"
        cells = "".join(f"{cell:>20}" for cell in (counted["questions"], *shares, precision))
        print(f"{title:<14}{method:<22}{locale}{cells}")


def main() -> None:
    rows = list(read_phrasings())
    print(f"{len({phrasing.entry for _, phrasing in rows})} entries, {len(rows)} phrasings")
    print(f"{'':38}" + "".join(f"{column:>20}" for column in (*COLUMNS, PRECISION)))
    for title, measure in MEASURES.items():
        for method, build in METHODS.items():
            print_rows(title, method, measure(build, rows))
    for method, build in METHODS.items():
        print(f"{method:<22}{measure_speed(build, rows):>10,.0f} questions a second")


if __name__ == "__main__":
    main()
