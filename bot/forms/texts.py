"""What people read, per locale: fixed text with expressions between."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from bot.forms.compiling import Compiler
from bot.forms.model import Text, Texts
from bot.forms.words import OR_OTHER
from bot.forms.xforms import Labels, Pieces
from bot.languages import hold_spaces

# The HTML of a text in a locale.
Render = Callable[[str, str], str]
# Letters of the private use area stand for values while the text around them is rendered.
_FIRST = 0xE000
_PLACEHOLDER = re.compile("([\ue000-\uf8ff])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_FOLDERS = re.compile(r"^jr://[\w-]+/")
_MEDIA = frozenset({"image", "audio", "video"})


def render_plain(text: str, _locale: str) -> str:
    """HTML of a text without any markup."""
    return escape(text, quote=False)


def set_plain(text: str, locale: str) -> str:
    """Plain text as its language sets it."""
    return hold_spaces(locale, text)


@dataclass
class TextReader:
    """Reads the texts of one form: `locales` by the names its author gave the languages, `render` Markdown into HTML."""

    compiler: Compiler
    locales: Mapping[str, str]
    render: Render

    def read(self, labels: Labels, ref: str, column: str, form: str = "") -> Texts:
        """One form of the labels (the text itself, or `guidance`) in each locale, as HTML."""
        return self._read(labels, ref, column, form, self.render)

    def read_choice(self, labels: Labels, root: str) -> Texts:
        """A choice's label, as plain text: it stands on a button."""
        return self._read(labels, root, "label", "", set_plain)

    def read_media(self, labels: Labels) -> Mapping[str, Mapping[str, str]]:
        """File names by form (`image`, `audio`, `video`) and locale."""
        found: dict[str, dict[str, str]] = {}
        for language, forms in labels.items():
            for form in forms.keys() & _MEDIA:
                name = _FOLDERS.sub("", "".join(text for text, _ in forms[form]))
                found.setdefault(form, {})[self.locales.get(language, "")] = name
        return found

    def _read(self, labels: Labels, ref: str, column: str, form: str, render: Render) -> Texts:
        made = OR_OTHER.get(_plain(next(iter(labels.values()), {}).get(form, ())))
        if made is not None and len({_plain(forms.get(form, ())) for forms in labels.values()}) == 1:
            return {one: (set_plain(made[one], one),) for one in dict.fromkeys(self.locales.values()) if one in made}
        found = ((self.locales.get(language), forms.get(form)) for language, forms in labels.items())
        return {
            locale: self._read_text(pieces, ref, column, lambda text: render(text, locale))  # noqa: B023 - called at once
            for locale, pieces in found
            if locale and pieces
        }

    def _read_text(self, pieces: Pieces, ref: str, column: str, render: Callable[[str], str]) -> Text:
        values = [self.compiler.compile(ref, column, text) for text, is_value in pieces if is_value]
        marks = iter(range(_FIRST, _FIRST + len(values)))
        whole = "".join(chr(next(marks)) if is_value else _set_apostrophes(text) for text, is_value in pieces)
        parts = (
            values[ord(part) - _FIRST] if _PLACEHOLDER.fullmatch(part) else part
            for part in _PLACEHOLDER.split(render(whole))
        )
        return tuple(part for part in parts if part)


def _set_apostrophes(text: str) -> str:
    """Fixed text without placeholders of its own, and with the apostrophes that pyxform has made straight."""
    return _APOSTROPHE.sub("’", _PLACEHOLDER.sub("", text))


def _plain(pieces: Pieces) -> str:
    return "".join(text for text, _ in pieces)
