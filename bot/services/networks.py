"""Networks as people see them: the card of a country, and the countries to choose from."""

from collections.abc import Iterable

from bot.content.library import Entry
from bot.content.networks import NetworkFields
from bot.content.schema import as_kind
from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.app import App, Shelf
from bot.services.asking import Response, say
from bot.services.cards import Card

NEAREST = 3


def read_network(entry: Entry) -> NetworkFields:
    return as_kind(entry.fields, NetworkFields)


def find_network(app: Shelf, country: str) -> Entry | None:
    """The card of a country's network."""
    networks = app.library.entries_of_kind("network")
    return next((entry for entry in networks if country and read_network(entry).country == country), None)


def draw_network(app: App, entry: Entry, locale: str) -> Card:
    """The facts of a network, its office, and the way to the other countries."""
    network = read_network(entry)
    facts = []
    if network.exists == "yes" and network.since:
        since = app.languages.format_partial_date(locale, network.since)
        facts.append(app.languages.say(locale, "network.since", since=since))
    if network.champion == "yes":
        facts.append(app.languages.say(locale, "network.champion"))
    if network.reviews:
        years = app.languages.join(locale, [str(year) for year in network.reviews])
        facts.append(app.languages.say(locale, "network.reviews", years=years))
    office = Button(app.languages.say(locale, "network.office"), url=network.office)
    others = Button(app.languages.say(locale, "network.others"), action(Verb.SHOW_COUNTRIES, locale))
    return Card("\n".join(facts), (*(((office,),) if network.office else ()), (others,)))


def networks_rows(app: App, locale: str) -> Rows:
    """The way to all countries."""
    return ((Button(app.languages.say(locale, "network.others"), action(Verb.SHOW_COUNTRIES, locale)),),)


def show_countries(app: App, locale: str, replaces: int | None = None) -> Response:
    """All countries with a card, by name; below them the networks that are of no country."""
    entries = app.library.entries_of_kind("network")
    national = [entry for entry in entries if read_network(entry).country]
    named = sorted((app.languages.country_name(locale, read_network(entry).country), entry) for entry in national)
    others = tuple(
        (Button(entry.title(locale), action(Verb.SHOW_ENTRY, locale, entry.id)),)
        for entry in entries
        if entry not in national
    )
    return say(app, locale, "network.choose", buttons=(*_country_rows(named, locale), *others), replaces=replaces)


def ask_nearest(app: App, locale: str, latitude: float, longitude: float) -> Response:
    """Where somebody shared a place: the nearest countries to choose from, because a capital may be nearer across a
    border. The place itself is not kept."""
    near = app.library.countries.find_near(latitude, longitude, NEAREST)
    found = [(app.languages.country_name(locale, code), find_network(app, code)) for code in near]
    rows = _country_rows([(name, entry) for name, entry in found if entry], locale)
    others = Button(app.languages.say(locale, "network.others"), action(Verb.SHOW_COUNTRIES, locale))
    return say(app, locale, "network.nearest", buttons=(*rows, (others,)))


def _country_rows(named: Iterable[tuple[str, Entry]], locale: str) -> Rows:
    buttons = [Button(name, action(Verb.SHOW_ENTRY, locale, entry.id)) for name, entry in named]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
