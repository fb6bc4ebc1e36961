"""Spellings that mean the same become the same text.

What folding removes costs nothing in matching, so it is done to phrasings and to questions alike: case, accents,
vowel marks, hamza seats, tatweel, full-width and Persian forms, invisible controls, stretched letters, punctuation.
"""

import re
import unicodedata
from operator import itemgetter

# Only letters that canonical decomposition leaves alone: أ إ آ ؤ ئ lose their hamza with the other marks.
_SAME_LETTERS = {
    "ا": "ٱ", "ي": "ىیې", "ه": "ةہھە", "ك": "کگ", "و": "ۆۇ", "ف": "ڤ", "ب": "پ", "ج": "چ", "": "ـ",
    "oe": "œ", "ae": "æ", "o": "ø", "l": "ł", "d": "đ", "i": "ı", "'": "’‘ʼʻ`",
}  # fmt: skip
_LETTERS = str.maketrans(
    {variant: letter for letter, variants in _SAME_LETTERS.items() for variant in variants}
    # Soft hyphen, joiners and direction controls stand inside words without parting them.
    | dict.fromkeys(map(chr, (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF)))
    | dict.fromkeys(map(chr, range(0x2060, 0x2070)))
)
_CONTRACTIONS = (
    (re.compile(r"\b(ca)n't\b"), r"\1n not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(what|who|where|when|how|that|it|there)'s\b"), r"\1 is"),
)
# Letters and digits part (imrf2030), except where a digit stands for a letter of Arabic (ma3loumat, 7o9ou9, hla2); 2nd and
# 5th are no such words.
_TOKEN = re.compile(
    r"(?:[23579](?!(?:st|nd|rd|th)\b)(?=[a-z]))?[a-z]+(?:[2-9][a-z]+)*(?:(?:[379]|(?<=[aou])2)(?![0-9a-z]))?|[0-9]+|[^\W\d_]+"
)
_STRETCHED, _DOUBLED = re.compile(r"([^\W\d_])\1\1+"), re.compile(r"([^\W\d_])\1+")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
# Accents of Latin letters; vowel marks and hamza seats of Arabic. Others are looked up one by one.
_USUAL_MARKS, _PERHAPS_MARK = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]+"), re.compile(r"[^\w\s\x00-\x7f«»؟،؛…’]")
# Found faster than a template is filled in.
_FIRST_LETTER = itemgetter(1)


def fold(text: str) -> str:
    """The words of a text in one spelling, separated by single spaces; empty when it has no letter or digit.

    Folding twice changes nothing more. French elisions (l', d', qu' …) become words of their own.
    """
    folded = _unify_letters(text)
    if "'" in folded:
        for contraction, meant in _CONTRACTIONS:
            folded = contraction.sub(meant, folded)
    words = " ".join(_TOKEN.findall(folded))
    if "ء" in words:
        # A lone hamza is dropped unless nothing else is left of the word.
        words = " ".join(word.replace("ء", "") or "ء" for word in words.split())
    return _STRETCHED.sub(_FIRST_LETTER, words)


def squeeze(text: str) -> str:
    """Double letters become single: a stretched `neeed` cannot be told from `ned`, so both sides lose the second."""
    return _DOUBLED.sub(_FIRST_LETTER, text)


def _unify_letters(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = _USUAL_MARKS.sub("", decomposed.translate(_LETTERS))
    return _FOREIGN_DIGIT.sub(lambda digit: str(int(digit[0])), _PERHAPS_MARK.sub(_drop_mark, bare))


def _drop_mark(char: re.Match[str]) -> str:
    return "" if unicodedata.category(char[0]).startswith("M") else char[0]
