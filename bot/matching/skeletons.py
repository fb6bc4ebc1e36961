"""Arabic as people write it in Latin letters, reduced with Arabic proper to what both write alike: the consonants.

Vowels, and the Arabic letters that stand for them, are written in too many ways to compare; so are some consonants,
which are taken together. The article is left off where it can be told from the word.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from bot.matching.stems import MOST_LETTERS

# Consonants of both scripts by one letter each. `x` is خ, `3` is ع, `G` is غ, `S` is ش.
_ARABIC = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنه", "bttjhxddrzsSsdtd3Gfkklmnh", strict=True)),
        **dict.fromkeys("اويىةءأإآؤئ", ""),
    }
)
_DIGRAPHS = (
    ("x", "ks"),
    ("kh", "x"),
    ("gh", "G"),
    ("sh", "S"),
    ("ch", "S"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("qu", "k"),
)
_LATIN = str.maketrans(
    {
        "5": "x",
        "8": "G",
        "7": "h",
        "9": "k",
        "3": "3",
        "6": "t",
        "4": "S",
        "q": "k",
        "c": "k",
        "g": "j",
        "p": "b",
        "v": "f",
        **dict.fromkeys("aeiouyw2", ""),
    }
)
_SOFT_C = re.compile(r"c(?=[eiy])")
_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{2})")
_LATIN_ARTICLES = frozenset({"el", "al", "il", "l", "el2", "le", "la"})
# The ة at the end, which folding made ه: mostly not heard, written h or not at all.
_SILENT_END = re.compile(r"(?<=\w\w)ه$|(?<=[a-z][ae])h$")
_DOUBLED = re.compile(r"(.)\1+")
_FIRST_LETTER = itemgetter(1)


def to_skeletons(tokens: Iterable[str]) -> list[str]:
    """The skeletons of folded words; a word of vowels alone is itself, and articles that stand alone are left out."""
    return [skeleton for token in tokens if token not in _LATIN_ARTICLES for skeleton in _read(token[:MOST_LETTERS])]


# The same words come again and again.
@lru_cache(maxsize=4_096)
def _read(token: str) -> tuple[str, ...]:
    if token.isdigit():
        return (token,)
    if not token.isascii():
        bare = _SILENT_END.sub("", _ARTICLE.sub("", token))
        return (_squeeze(bare.translate(_ARABIC)) or token,)
    word = _SOFT_C.sub("s", _SILENT_END.sub("", token))
    for letters, letter in _DIGRAPHS:
        word = word.replace(letters, letter)
    skeleton = _squeeze(word.translate(_LATIN)) or token
    # `lmontada` is the forum with its article, `lajna` a committee: both readings are kept.
    return (skeleton, skeleton[1:]) if skeleton.startswith("l") and len(skeleton) > 3 else (skeleton,)


def _squeeze(skeleton: str) -> str:
    return _DOUBLED.sub(_FIRST_LETTER, skeleton)
