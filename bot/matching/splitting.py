"""Several questions in one message: parted by question marks or lines, or by words that begin another question."""

import re

# What people say before a further question, as they type it. Each part is answered only where it is a question of its own.
_JOINERS = (
    "and also", "also can", "also how", "also what", "also when", "also where", "and another question",
    "one more question", "another question", "second question", "and one more thing", "and by the way", "btw",
    "et aussi", "et puis aussi", "et également", "et egalement", "aussi est-ce", "autre question", "une autre question",
    "encore une question", "deuxième question", "deuxieme question", "et au fait", "par ailleurs",
    "وكمان", "و كمان", "وأيضا", "وأيضاً", "وايضا", "و ايضا", "وبرضه", "وبردو", "وزيد", "وسؤال ثاني", "وسؤال تاني", "وسؤال آخر",
    "وسؤال اخر", "سؤال ثاني", "سؤال تاني", "سؤال آخر", "سؤال اخر", "وبالمناسبة", "ومن جهة أخرى",
    "w kaman", "wa kaman", "ou kaman", "w kamen", "w aydan", "w zid", "w bardo", "so2al tani", "su2al tani",
)  # fmt: skip
# The longest first, or the shorter would be found within it.
_PARTED = re.compile(
    r"[?؟\n]+|(?<!\w)(?:" + "|".join(map(re.escape, sorted(_JOINERS, key=len, reverse=True))) + r")(?!\w)",
    re.IGNORECASE,
)
LEAST_WORDS = 2


def split_questions(text: str) -> list[str]:
    """The parts of a message that may be questions of their own; one where it asks one."""
    return [part.strip() for part in _PARTED.split(text) if len(part.split()) >= LEAST_WORDS]
