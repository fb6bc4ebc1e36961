"""The simulator's page: a phone chat in the browser, over one WebSocket."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.languages import Languages
from bot.messages import Attachment
from bot.simulator.changes import Change, Changed
from bot.simulator.chats import Chat, Json, Message, Person
from bot.simulator.server import Simulator

FOLDER = Path(__file__).parent / "page"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Who the page begins with: a migrant, an association, an organizer.
PEOPLE = (("سميرة", "ar"), ("Association Horizon", "fr"), ("Nadia", "en"))
WORDS = (
    "start",
    "write",
    "send",
    "add",
    "name",
    "language",
    "people",
    "typing",
    "photo",
    "voice",
    "sticker",
    "location",
    "why",
    "group",
    "team",
    "speaker",
    "reply",
)
QUOTED = 60
HEADERS = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"}


Explain = Callable[[str, str], list[str]]


def add_page(simulator: Simulator, languages: Languages, explain: Explain | None = None) -> None:
    """Serve the page on the simulator's own address, with a few people to be. Call it before `start`.

    `explain` says, line by line, why a text in somebody's language is answered as it is.
    """
    for name, language in PEOPLE:
        simulator.add_person(name, language)
    page = _Page(simulator, languages, explain)
    simulator.app.router.add_get("/", _show_index)
    simulator.app.router.add_get("/page/socket", page.talk)
    simulator.app.router.add_get("/page/file/{id}", page.download)
    simulator.app.router.add_static("/page/", FOLDER)


async def _show_index(_request: web.Request) -> web.Response:
    return web.Response(text=(FOLDER / "index.html").read_text("utf-8"), content_type="text/html", headers=HEADERS)


class _Page:
    def __init__(self, simulator: Simulator, languages: Languages, explain: Explain | None) -> None:
        self._simulator = simulator
        self._explain = explain
        self._languages = languages
        self._acts: Mapping[str, Callable[[Json], object]] = {
            "say": self._say,
            "press": lambda given: simulator.press(self._person(given), self._message(given), str(given["button"])),
            "send": lambda given: simulator.send(
                self._person(given), Attachment(given["attachment"]), chat=self._chat(given)
            ),
            "key": lambda given: simulator.press_key(self._person(given), str(given["key"])),
            "add": lambda given: simulator.add_person(str(given["name"])[:64], str(given["language"])),
            "group": self._add_group,
        }

    async def talk(self, request: web.Request) -> web.StreamResponse:
        if not _is_own(request):
            raise web.HTTPForbidden(text="This page can only be used from this computer.")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        telling = asyncio.create_task(self._tell(socket))
        try:
            async for given in socket:
                if given.type is WSMsgType.TEXT:
                    await self._take(socket, given.data)
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
        return socket

    async def download(self, request: web.Request) -> web.Response:
        file = self._simulator.file(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    async def _tell(self, socket: web.WebSocketResponse) -> None:
        watch = self._simulator.watch()
        for chat in self._simulator.chats:
            await socket.send_json(self._show_chat(chat))
            for message in list(chat.messages.values()):
                if not _is_bare(message):
                    await socket.send_json(_show_message(message))
        async for change in watch:
            shown = self._show(change)
            if shown is not None:
                await socket.send_json(shown)

    async def _take(self, socket: web.WebSocketResponse, text: str) -> None:
        try:
            given = json.loads(text)
            if given["act"] == "explain" and self._explain is not None:
                await socket.send_json(self._show_why(given, self._explain))
            else:
                self._acts[given["act"]](given)
        except (ValueError, TypeError, LookupError) as error:
            await socket.send_json({"kind": "refused", "why": f"{type(error).__name__}: {error}"})

    def _show_why(self, given: Json, explain: Explain) -> Json:
        message = self._message(given)
        lines = explain(message.text, self._person(given).language_code)
        return {"kind": "explained", "chat": message.chat.id, "id": message.id, "lines": lines}

    def _show(self, change: Change) -> Json | None:
        match change.what:
            case Changed.MESSAGE_ADDED | Changed.MESSAGE_EDITED | Changed.MESSAGE_DELETED if change.message:
                return None if _is_bare(change.message) else _show_message(change.message)
            case Changed.ACTION if change.chat:
                return {"kind": "typing", "chat": change.chat.id}
            case Changed.CHAT_ADDED | Changed.BLOCKED if change.chat:
                return self._show_chat(change.chat)
            case Changed.PRESS_ANSWERED if change.chat and change.text:
                return {"kind": "answered", "chat": change.chat.id, "text": change.text}
            case Changed.MENU:
                return {"kind": "menus", "menus": {one.id: self._menu(one) for one in self._simulator.persons}}
            case _:
                return None

    def _show_chat(self, chat: Chat) -> Json:
        person = chat.members[0]
        locale = self._languages.nearest(person.language_code) or "en"
        return {
            "kind": "chat",
            "chat": chat.id,
            "name": chat.title or person.name,
            "locale": locale,
            "direction": self._languages[locale].direction,
            "words": {word: unescape(self._languages.say(locale, f"simulator.{word}")) for word in WORDS},
            "languages": {one: self._languages[one].name for one in self._languages.locales},
            "menu": self._simulator.command_menu(person, chat),
            "members": [{"id": one.id, "name": one.name} for one in chat.members],
        }

    def _menu(self, person: Person) -> list[Json]:
        return self._simulator.command_menu(person)

    def _person(self, given: Json) -> Person:
        return {person.id: person for person in self._simulator.persons}[given["person"]]

    def _chat(self, given: Json) -> Chat:
        """The group something is done in, or else the private chat of who does it."""
        chat_id = given["chat"] if "chat" in given else given["person"]
        return {chat.id: chat for chat in self._simulator.chats}[chat_id]

    def _message(self, given: Json, name: str = "message") -> Message:
        return self._chat(given).messages[given[name]]

    def _say(self, given: Json) -> None:
        replied = self._message(given, "reply_to") if given.get("reply_to") else None
        self._simulator.say(self._person(given), str(given["text"]), chat=self._chat(given), reply_to=replied)

    def _add_group(self, given: Json) -> None:
        """A forum with everybody in it, to be made the desk."""
        first = self._person(given)
        others = [person for person in self._simulator.persons if person is not first]
        self._simulator.add_group(str(given["name"])[:64], [first, *others], topics=True)


def _show_message(message: Message) -> Json:
    shown: dict[str, Any] = {
        "kind": "message",
        "chat": message.chat.id,
        "id": message.id,
        "mine": not message.sender.is_bot,
        "text": message.text,
        "entities": message.entities,
        "buttons": message.buttons,
        "attachment": message.attachment.value if message.attachment else "",
        "at": message.at.isoformat(),
        "edited": message.edited_at is not None,
        "deleted": message.deleted,
        "sender": message.sender.name if message.chat.is_group else "",
        "topic": _topic(message),
        "quote": message.reply_to.text[:QUOTED] if message.reply_to else "",
        "group": message.chat.is_group,
        "keyboard": _show_keyboard(message),
    }
    if message.document is not None:
        shown["document"] = {"name": message.document.name, "url": f"/page/file/{message.document.id}"}
    return shown


def _is_bare(message: Message) -> bool:
    """Whether there is nothing in it to be seen, such as where Telegram notes that a group or a topic was made."""
    return not (message.text or message.attachment or message.buttons)


def _topic(message: Message) -> str:
    """What the topic it is in is called."""
    begun = message.chat.topics.get(message.thread)
    return str(begun.fields["forum_topic_created"]["name"]) if begun else ""


def _show_keyboard(message: Message) -> list[list[str]] | None:
    """The keys a message brings, none where it takes them away, None where it leaves them."""
    markup = message.reply_markup or {}
    if "keyboard" in markup:
        return [[key if isinstance(key, str) else key["text"] for key in row] for row in markup["keyboard"]]
    return [] if markup.get("remove_keyboard") else None


def _is_own(request: web.Request) -> bool:
    """Whether the page itself asks: other sites can make a browser call this address, too (DNS rebinding)."""
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.hostname in LOOPBACK and origin.netloc == request.host
