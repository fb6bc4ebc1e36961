"""Words people use, and the words the phrasings use for the same: dialect, synonyms, abbreviations, misspellings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """By language (`arabizi` is one): each folded word with the folded words it stands for, one or several."""

    words: Mapping[str, Words] = field(default_factory=dict)

    def standardize(self, tokens: Iterable[str], locale: str) -> list[str]:
        """Folded words, each replaced by what it stands for."""
        known = self.words.get(locale, {})
        return [standard for token in tokens for standard in known.get(token, (token,))]

    def of(self, locale: str) -> Words:
        return self.words.get(locale, {})

    def count_known(self, tokens: Sequence[str], locale: str) -> int:
        """How many of the words the lexicon of a language has."""
        return sum(token in self.of(locale) for token in tokens)


NO_LEXICON = Lexicon()
