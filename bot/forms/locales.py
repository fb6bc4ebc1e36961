"""Languages as authors of forms name them: `Arabic (ar)`, `français`, `ar`."""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, localedata

from bot.forms.plain import simplify

_CODE = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\)\s*$")
# What pyxform calls a column without a language.
UNNAMED = ("", "default")


def find_locale(language: str) -> str | None:
    """The locale of a language's name, None where it is no language."""
    code = _CODE.search(language)
    if code is not None:
        return code[1].lower()
    return _names().get(simplify(language.partition("(")[0]))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Codes and names of languages: in English, in French, in Arabic and in the language itself."""
    codes = sorted({code.partition("_")[0] for code in localedata.locale_identifiers()})
    found = {code: code for code in codes}
    for locale in map(Locale.parse, ("en", "fr", "ar")):
        found |= {simplify(name): code for code, name in locale.languages.items() if code in found}
    own: Iterable[tuple[str, str]] = ((Locale.parse(code).get_display_name() or "", code) for code in codes)
    return {simplify(name): code for name, code in own if name} | found
