"""People who wait for an answer the bot does not have yet: told once when it is there, and then forgotten."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Button, Reply
from bot.services.actions import Action, Verb, action
from bot.services.alarms import Wake, set_alarm
from bot.services.answers import answer, find_entries, give_answer
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import Followed
from bot.services.gaps import erase_questions, read_question, shorten
from bot.storage import follows, questions, settings
from bot.storage.database import Connection
from bot.storage.questions import Outcome, Question

KIND = "found"
SUBJECT = "question/"
# The content that all kept questions were asked of.
ASKED = "questions asked"
# There may be thousands of questions, and people write meanwhile: between two of them replies go out.
PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class _Settled:
    """A question that is answered now, or no longer; `entry` is what answers it, in the question's language."""

    question: Question
    outcome: Outcome
    text: str
    entry: str
    locale: str


def follow_question(app: App, asking: Asking, wanted: Action, subject: str) -> Response | Lookup:
    """Tell the person once there is an answer to their question."""
    if asking.incoming.in_group:
        return say(app, wanted.locale, "consent.in_group")
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)

    def look(conn: Connection) -> Response:
        question = questions.find_question(conn, subject.removeprefix(SUBJECT))
        if question is None:
            return say(app, wanted.locale, "wait.gone")
        if question.outcome is Outcome.ANSWERED:
            found = find_entries(app, read_question(app, question), question.locale)
            if found.sure:
                return Response((give_answer(app, asking, found.entries[0], found.locale),))
        stop = Button(app.languages.say(wanted.locale, "follow.stop"), action(Verb.UNFOLLOW, wanted.locale, subject))
        html = app.languages.say_count(wanted.locale, "wait.noted", app.question_days)
        return Response((Reply(html, wanted.locale, ((stop,),)),), (Followed(asking.incoming.person, subject),))

    return look


async def tell_found(app: App) -> None:
    """Ask the content every kept question anew, once for each content; whoever waits for one that is answered now is
    told, and what is known by now to have no answer is erased. Done again it does nothing."""
    content = app.library.fingerprint
    if await app.db.read(lambda conn: settings.find_setting(conn, ASKED)) == content:
        return
    settled, outside = [], []
    for question in await app.db.read(questions.find_questions):
        if app.library.matcher.is_outside(read_question(app, question), question.locale):
            outside.append(question.id)
            continue
        one = _ask_again(app, question)
        settled += [one] if one else []
        await asyncio.sleep(PAUSE)

    def write(conn: Connection) -> None:
        _settle_all(app, conn, settled)
        erase_questions(conn, outside)
        settings.keep_setting(conn, ASKED, content)

    await app.db.write(write)


def say_found(app: App, wake: Wake) -> Reply | None:
    """The answer, to somebody who waited for it."""
    text, entry_id, locale = json.loads(wake.which)
    entry = app.library.entry(entry_id)
    if entry is None or not entry.is_valid_on(app.today()):
        return None
    given = answer(app, entry, locale)
    html = app.languages.say(wake.locale, "wait.found", question=shorten(text))
    return Reply(f"{html}\n\n{given.html}", locale, given.buttons)


def _ask_again(app: App, question: Question) -> _Settled | None:
    text = read_question(app, question)
    if not text:
        return None
    found = find_entries(app, text, question.locale)
    if found.sure is (question.outcome is Outcome.ANSWERED):
        return None
    entry = found.entries[0].id if found.sure else ""
    return _Settled(question, Outcome.ANSWERED if found.sure else Outcome.UNKNOWN, text, entry, found.locale)


def _settle_all(app: App, conn: Connection, settled: Sequence[_Settled]) -> None:
    for one in settled:
        if questions.settle(conn, one.question, one.outcome, None) and one.entry:
            _tell(app, conn, one)


def _tell(app: App, conn: Connection, one: _Settled) -> None:
    subject = f"{SUBJECT}{one.question.id}"
    for waiting in follows.find_followers(conn, subject):
        address = app.cipher.open(waiting.address, "person")
        which = json.dumps([one.text, one.entry, one.locale], ensure_ascii=False)
        wake = Wake(waiting.pseudonym, address, waiting.locale, KIND, one.question.id, which, app.clock())
        set_alarm(app, conn, wake)
    follows.drop_followers(conn, subject)
