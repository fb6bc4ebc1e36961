"""Answers typed or sent while a form is open; a question in between is answered, and the form goes on."""

from collections.abc import Mapping

from bot import forms
from bot.forms import Attached, Incoming, Located
from bot.forms.events import Refused
from bot.messages import Attachment, Said, Sent
from bot.services.answers import answer, find_entries
from bot.services.app import App
from bot.services.asking import Asking, Response
from bot.services.filling import RULES, Filling
from bot.services.form_showing import show_step

# Fewer words are a wrong answer rather than a question in between.
LEAST_WORDS_OF_A_QUESTION = 3
MEDIA: Mapping[Attachment, str] = {
    Attachment.PHOTO: "image",
    Attachment.VOICE: "audio",
    Attachment.VIDEO: "video",
    Attachment.DOCUMENT: "file",
}


def answer_in_form(app: App, asking: Asking, filling: Filling, said: Said) -> Response:
    """What was typed, as the answer to the question the session waits at.

    A question typed in between is answered, and the form goes on where it was: where what was typed is no answer, or
    ends like a question, and the library is sure of what is meant.
    """
    taken = forms.answer(filling.form, filling.session, said.text, app.clock(), rules=RULES)
    refused = any(isinstance(event, Refused) for event in taken[1])
    asks = said.text.rstrip().endswith(("?", "؟")) or (refused and _is_long(said.text))
    found = find_entries(app, said.text, asking.locale) if asks else None
    if found is None or not found.sure:
        return show_step(app, asking, filling.form, taken)
    again = show_step(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))
    return Response((answer(app, found.entries[0], found.locale), *again.replies), again.effects)


def _is_long(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS_OF_A_QUESTION


def answer_sent(app: App, asking: Asking, filling: Filling, sent: Sent) -> Response:
    """A place or a file, as the answer; what is neither is refused like a wrong answer."""
    if sent.place is not None:
        return _take(app, asking, filling, Located(*sent.place))
    media = MEDIA.get(sent.attachment)
    return _take(app, asking, filling, Attached(media, sent.file) if media and sent.file else sent.text)


def _take(app: App, asking: Asking, filling: Filling, incoming: Incoming) -> Response:
    taken = forms.answer(filling.form, filling.session, incoming, app.clock(), rules=RULES)
    return show_step(app, asking, filling.form, taken)
