"""From all ways of asking to a model of each language, and of Arabic in Latin letters."""

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.features import ARABIZI
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.locales import has_arabic
from bot.matching.matches import Phrasing
from bot.matching.models import Model
from bot.matching.rows import Rows


def learn(
    phrasings: Iterable[Phrasing],
    passages: Iterable[Phrasing] = (),
    outside: Iterable[Phrasing] = (),
    earlier: Mapping[str, Model] | None = None,
    lexicon: Lexicon = NO_LEXICON,
) -> dict[str, Model]:
    """Learn from all ways of asking, titles included; from passages, what else is said of an entry; and from what is
    `outside`, questions that nothing answers.

    `earlier` spares learning again what has not changed since, language by language; where something has, how far to
    trust it is taken from there, too: a few changed texts change that little, and staff wait for the rest.
    """
    known, read, unanswered = tuple(phrasings), tuple(passages), tuple(outside)
    before, models = earlier or {}, {}
    for locale in dict.fromkeys(phrasing.locale for phrasing in known):
        own, said, beyond = ([one for one in texts if one.locale == locale] for texts in (known, read, unanswered))
        models[locale] = _train(Rows.build(locale, own, said, beyond, lexicon), before.get(locale))
        if _is_arabic(own):
            # Passages are in standard Arabic, which nobody writes in Latin letters. Of consonants alone, what nothing
            # answers looks like what something does: one question in eight was no longer understood.
            models[ARABIZI] = _train(Rows.build(ARABIZI, own, lexicon=lexicon), before.get(ARABIZI))
    return models


def _train(rows: Rows, known: Model | None) -> Model:
    if known is None:
        return Model.train(rows)
    return known if known.rows.texts == rows.texts else Model.train(rows, known.trust)


def _is_arabic(phrasings: Sequence[Phrasing]) -> bool:
    return sum(has_arabic(phrasing.text) for phrasing in phrasings) * 2 > len(phrasings)
