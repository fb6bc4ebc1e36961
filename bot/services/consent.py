"""Asking before keeping: whoever wants to be written to later is told what that needs, once, and may say no."""

from dataclasses import replace

from bot.messages import Button
from bot.services.actions import Action, Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.effects import AddressKept
from bot.storage.people import Person


def ask_consent(app: App, asking: Asking, wanted: Action) -> Response:
    """Say what would be kept, with a button to agree and go on, and one to leave it. Never in a group."""
    if asking.incoming.in_group:
        return say(app, wanted.locale, "consent.in_group")
    agree = Button(
        app.languages.say(wanted.locale, "consent.agree"),
        action(Verb.AGREE, wanted.locale, wanted.verb.value, *wanted.arguments),
    )
    decline = Button(app.languages.say(wanted.locale, "consent.decline"), action(Verb.DECLINE, wanted.locale))
    return say(app, wanted.locale, "consent.ask", buttons=((agree,), (decline,)))


def agree(app: App, asking: Asking, locale: str) -> tuple[Asking, AddressKept]:
    """The person as somebody who agreed, and the fact to be written."""
    sealed = app.cipher.seal(asking.incoming.address, "person")
    known = replace(asking.known or Person(locale), address=sealed)
    return replace(asking, known=known), AddressKept(asking.incoming.person, locale, sealed)
