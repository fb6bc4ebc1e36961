"""What fills a slot: a number that names something ("objective 8", «الطاولة الثالثة»), or a name ("in Jordan")."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.matching.folding import fold
from bot.matching.names import Names

Value = int | str
# What a question fills slots with; it may name several countries.
Asked = Mapping[str, tuple[Value, ...]]

# How far from its word a number may stand: "round table number 3", "the third round table".
MOST_APART = 3
# What comes in a row: said before or after its word.
_ORDINALS: Mapping[int, str] = {
    1: "first premier premiere الاول الاولى اولى لولى الأولاني",
    2: "second deuxieme seconde الثاني الثانية التاني التانية",
    3: "third troisieme الثالث الثالثة التالت التالتة",
    4: "fourth quatrieme الرابع الرابعة",
    5: "fifth cinquieme الخامس الخامسة",
    6: "sixth sixieme السادس السادسة",
    7: "seventh septieme السابع السابعة",
    8: "eighth huitieme الثامن الثامنة",
    9: "ninth neuvieme التاسع التاسعة",
    10: "tenth dixieme العاشر العاشرة",
    11: "eleventh onzieme الحادي",
    12: "twelfth douzieme",
    13: "thirteenth treizieme",
    14: "fourteenth quatorzieme",
    15: "fifteenth quinzieme",
    16: "sixteenth seizieme",
    17: "seventeenth",
    18: "eighteenth",
    19: "nineteenth",
    20: "twentieth vingtieme العشرون العشرين",
}
# How many there are: a number of the word only right behind it ("objective two", but not "two objectives").
_CARDINALS: Mapping[int, str] = {
    1: "one",
    2: "two deux اثنان اثنين تنين جوج زوز",
    3: "three trois ثلاثة تلاتة",
    4: "four quatre اربعة ربعة",
    5: "five cinq خمسة",
    6: "six ستة",
    7: "seven sept سبعة",
    8: "eight huit ثمانية تمانية تمنية",
    9: "nine neuf تسعة",
    10: "ten dix عشرة",
    11: "eleven onze حداشر احداشر",
    12: "twelve douze اطناش اتناشر",
    13: "thirteen treize",
    14: "fourteen quatorze",
    15: "fifteen quinze",
    16: "sixteen seize",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "twenty vingt عشرين",
}
# Said between a word and its number: "objective number eight", «الهدف رقم ثمانية».
_ANNOUNCING = frozenset(map(fold, ("number", "no", "num", "nr", "numéro", "رقم", "نمرة", "raqm", "ra9m", "rakm")))
_TEN, _TWENTY, _MOST_DIGITS = 10, 20, 3
_ORDINAL_ENDS = frozenset({"th", "st", "nd", "rd", "e", "eme", "er", "ere"})
_TEEN = frozenset(map(fold, ("عشر", "عشرة")))


def _fold_numbers(numbers: Mapping[int, str]) -> Mapping[str, int]:
    return {fold(word): number for number, words in numbers.items() for word in words.split()}


_ORDINAL, _CARDINAL = _fold_numbers(_ORDINALS), _fold_numbers(_CARDINALS)


@dataclass(frozen=True, slots=True)
class Slots:
    """By slot: folded `words` beside which a number stands for it, or the folded `names` of its values. `entries` have
    for some slots their value; an entry with a name is a special case of each of its `general` entries."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    entries: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    names: Mapping[str, Names] = field(default_factory=dict)
    general: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def make(
        cls,
        words: Mapping[str, Sequence[str]],
        entries: Mapping[str, Mapping[str, Value]],
        names: Mapping[str, Mapping[str, str]] | None = None,
        general: Mapping[str, frozenset[str]] | None = None,
    ) -> "Slots":
        """From a lexicon's words (each with the words of its slot's name) and the values of entries."""
        named: dict[str, set[str]] = {}
        for word, name in words.items():
            named.setdefault("_".join(name), {"_".join(name)}).add(word)
        own = {entry: numbers for entry, numbers in entries.items() if numbers}
        known = {slot: Names(values) for slot, values in (names or {}).items()}
        return cls({slot: frozenset(one) for slot, one in named.items()}, own, known, general or {})

    def read(self, *readings: Sequence[str]) -> dict[str, tuple[Value, ...]]:
        """What a question fills slots with, read in one way or several."""
        found: dict[str, dict[Value, None]] = {}
        for tokens in dict.fromkeys(map(tuple, readings)):
            for slot, number in self._read_numbers(tokens).items():
                found.setdefault(slot, {number: None})
            for slot, names in self.names.items():
                found.setdefault(slot, {}).update(dict.fromkeys(names.find(tokens)[0]))
        return {slot: tuple(values) for slot, values in found.items() if values}

    def without_values(self, tokens: Sequence[str]) -> list[str]:
        """The words of a question without the names and the number words that may fill a slot; digits stay, for entries
        know them."""
        left = list(tokens)
        for names in self.names.values():
            _, left = names.find(left)
        return [token for token in left if token not in _ORDINAL and token not in _CARDINAL]

    def find_akin(self, asked: Asked) -> list[str]:
        """The entries that have one of the slots asked for, whatever is in it."""
        return [entry for entry, own in self.entries.items() if not own.keys().isdisjoint(asked)]

    def _read_numbers(self, tokens: Sequence[str]) -> dict[str, int]:
        """Each number belongs to the nearest word, the one before it first."""
        named = [
            (place, slot) for place, token in enumerate(tokens) for slot, own in self.words.items() if token in own
        ]
        found: dict[str, int] = {}
        for place in range(len(tokens) if named else 0):
            number, before, behind = _read_number(tokens, place)
            near = [(abs(place - at), at > place, slot) for at, slot in named if -behind <= at - place <= before]
            if near and number:
                found.setdefault(min(near)[2], number)
        return found

    def fits(self, entry: str, asked: Asked) -> bool | None:
        """Whether an entry has what is asked for; None where it has none of these slots."""
        own = self.entries.get(entry)
        if not own or not asked:
            return None
        shared = [own[slot] in values for slot, values in asked.items() if slot in own]
        return all(shared) if shared else None

    def is_named(self, entry: str, asked: Asked) -> bool:
        """Whether a name that is asked for is the entry's."""
        own = self.entries.get(entry, {})
        return any(own.get(slot) in asked[slot] for slot in self.names if slot in asked)

    def find(self, asked: Asked) -> Iterable[str]:
        """The entries that have what is asked for."""
        return (entry for entry in self.entries if self.fits(entry, asked)) if asked else ()


def _read_number(tokens: Sequence[str], place: int) -> tuple[int, int, int]:
    """The number that a word, or it and the next, stands for («الثاني عشر», "vingt trois"), 0 where it stands for none;
    then how far its own word may stand behind it, and before it. "The 23 objectives" are how many, not which."""
    token, following = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
    if token.isdigit() and len(token) <= _MOST_DIGITS:
        return int(token), MOST_APART if following in _ORDINAL_ENDS else 0, MOST_APART
    bare = token.removesuffix("eme").removesuffix("e")
    if bare != token and bare.isdigit():
        return int(bare[:_MOST_DIGITS]), MOST_APART, MOST_APART
    if token in _ORDINAL:
        number = _ORDINAL[token]
        return number + (_TEN if number < _TEN and following in _TEEN else 0), MOST_APART, MOST_APART
    number, unit = _CARDINAL.get(token, 0), _CARDINAL.get(following, 0)
    announced = place > 0 and tokens[place - 1] in _ANNOUNCING
    return number + (unit if number == _TWENTY and unit < _TEN else 0), 0, 2 if announced else 1


NO_SLOTS = Slots()
