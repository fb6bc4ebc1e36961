"""The lexicon as staff write it: a file for each language, a line for each word with what people say instead."""

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from bot.content.files import Block, read_text, read_yaml
from bot.content.problems import Problem
from bot.languages import Languages
from bot.matching import ARABIZI, Lexicon, fold

FOLDER = "lexicon"
SLOTS, SIGNALS = "slots", "signals"


def read_lexicon(folder: Path, languages: Languages, problems: list[Problem]) -> Lexicon:
    """Every file that can be read; words that cannot stand are Problems and left out."""
    words = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if path.stem not in languages and path.stem not in (ARABIZI, SLOTS, SIGNALS):
            problems.append(Problem(name, 1, "lexicon-language", path.stem))
            continue
        text = read_text(path, name, problems)
        block = None if text is None else read_yaml(text, name, problems)
        if block is not None:
            words[path.stem] = _read_words(block, name, problems)
    return Lexicon(words)


def check_signals(lexicon: Lexicon, entries: Container[str], problems: list[Problem]) -> None:
    """Each calls for an entry that exists."""
    name = f"{FOLDER}/{SIGNALS}.yaml"
    ids = dict.fromkeys("-".join(meant) for meant in lexicon.of(SIGNALS).values())
    problems += [Problem(name, 1, "relation-broken", one) for one in ids if one not in entries]


def _read_words(block: Block, name: str, problems: list[Problem]) -> Mapping[str, tuple[str, ...]]:
    standards = {fold(str(standard)) for standard in block.values}
    words: dict[str, tuple[str, ...]] = {}
    for standard, said in block.values.items():
        line = block.line(standard)
        meant = tuple(fold(str(standard)).split())
        if not isinstance(said, list) or not meant:
            problems.append(Problem(name, line, "lexicon-list", str(standard)))
            continue
        for written in map(str, said):
            word = fold(written)
            code = _find_fault(word, meant, words, standards)
            if code:
                problems.append(Problem(name, line, code, written))
            else:
                words[word] = meant
    return words


def _find_fault(
    word: str, meant: tuple[str, ...], words: Mapping[str, tuple[str, ...]], standards: Iterable[str]
) -> str:
    if len(word.split()) != 1:
        return "lexicon-word"
    if word in words:
        return "lexicon-twice"
    return "lexicon-chain" if word in standards and meant != (word,) else "lexicon-same" if meant == (word,) else ""
