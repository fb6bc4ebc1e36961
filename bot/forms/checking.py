"""What must be true of a form besides that it can be read."""

from collections.abc import Sequence

from bot.forms.compiling import Compiler
from bot.forms.model import Form, Group


def check_form(form: Form, locales: Sequence[str], compiler: Compiler) -> None:
    """Note languages and translations that are missing, and what is too large."""
    if len(form.parts) > compiler.limits.questions:
        compiler.report(form.root.ref, "type", "form-questions", f"{len(form.parts)}", f"{compiler.limits.questions}")
    for locale in locales:
        if locale not in form.locales:
            compiler.report(form.root.ref, "label", "form-language-missing", locale)
    for part in form.parts.values():
        if isinstance(part, Group) and part.ref.count("/") > compiler.limits.depth:
            compiler.report(part.ref, "type", "form-depth", part.name, f"{compiler.limits.depth}")
        missing = [one for one in form.locales if part.texts.get("label") and one not in part.texts["label"]]
        if missing:
            compiler.report(part.ref, "label", "form-translation-missing", ", ".join(missing))
