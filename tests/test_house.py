"""The house stands as the design draws it, and its papers say what is so."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from bot.cli import cli
from bot.config import Settings
from bot.content.comparing import FIELDS
from bot.content.references import DocumentFields
from bot.content.sheets import PARTS
from bot.forms.reasons import Reason
from bot.languages import Languages
from bot.messages import Attachment
from bot.services.audiences import REGION, REGIONS
from bot.services.conversation import COMMANDS
from bot.services.decisions import WITH_REASON
from bot.services.duties import list_commands
from bot.services.following import STAKEHOLDERS
from bot.services.form_answers import MEDIA
from bot.services.form_files import KINDS
from bot.services.form_steps import INSIDE
from bot.services.moderation import Act, State
from bot.services.numbers import OUTCOMES, STEPS
from bot.services.reminders import BEFORE
from bot.services.reports import STEPS as CONTROLS
from bot.services.seats import Obstacle
from bot.simulator.page import WORDS
from bot.storage import changes
from bot.storage.audiences import Criterion
from bot.storage.broadcasts import State as BroadcastState
from bot.storage.deliveries import DeliveryState
from bot.storage.feedback import Thumb
from bot.storage.roles import Role
from bot.storage.seats import SIDES
from tests.conftest import ROOT
from tests.documents import command_help, settings_table

ROOMS = re.compile(
    r"^(start|help|language|menu|topics|topic|page|answer|thumb|suggest|unknown|said|sent|edited|group|button|command|privacy|profile|error|simulator|consent|events|event|remind|calendar|follow|come|following|stakeholder|subject|inline|share|network|form|forms|notice|path|seat|submissions|review|stop|role|team|news|announcement|draft|audience|launch|broadcasts|broadcast|delivery|region|human|desk|ticket|stats|moderate|seats|formdesk|edit|undo|gap|wait|objective|message|document)\.[a-z._-]+$"
)


def test_rooms_import_only_those_below_them() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def keys_in_code() -> set[str]:
    """Every catalogue key the code names, and those it makes of the registries."""
    literal = {
        node.value
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ROOMS.match(node.value)
        and not node.value.endswith((".yaml", ".lock", "."))
    }
    made = {f"sent.{one.value}" for one in Attachment} | {f"simulator.{word}" for word in WORDS}
    made |= {f"command.{name}" for name in (*COMMANDS, *list_commands([*Role]))}
    made |= {f"thumb.{one.value}{ending}" for one in Thumb for ending in ("", ".noted")}
    made |= {f"broadcast.state.{state}" for state in BroadcastState} | {f"delivery.{state}" for state in DeliveryState}
    made |= {f"broadcast.{step}" for steps in CONTROLS.values() for step in steps}
    made |= {f"audience.{kind}" for kind in (*Criterion, REGION)} | {f"region.{region}" for region in REGIONS}
    made |= {f"role.{role}" for role in Role} | {f"stats.{one}" for one in (*OUTCOMES, *STEPS)}
    made |= {f"stakeholder.{one}" for one in STAKEHOLDERS}
    made |= {f"remind.{which}{ending}" for which in BEFORE for ending in ("", ".button")}
    made |= {f"subject.{kind}" for kind in ("events", "event", "coming", "remind", "topic", "news", "less", "question")}
    made |= {f"edit.part.{part}" for part in (FIELDS, *PARTS)} | {f"edit.state.{state}" for state in changes.State}
    made |= {
        f"form.how.{kind}"
        for kind in ("select_multiple", "rank", "date", "time", "dateTime", *MEDIA.values(), "geopoint")
    }
    made |= {f"form.refused.{reason.value}" for reason in Reason} | {
        f"form.begin.{how}" for how in ("anonymous", "known", "asked")
    }
    made |= {
        f"form.{name}"
        for name in (*INSIDE, "withdraw", "revise", "yes", "no")
        if name not in ("pick", "tick", "page", "sure", "edit")
    }
    made |= (
        {"event.cancelled", "event.expected", "pair", "seat.yes", "seat.no"}
        | {f"moderate.state.{state}" for state in State}
        | {f"formdesk.export.{kind}" for kind in KINDS}
        | {"formdesk.close", "formdesk.open"}
        | {f"seats.{one}" for one in Obstacle}
        | {f"seats.show.{side}" for side in SIDES}
        | {f"moderate.act.{act}" for act in Act}
        | {f"moderate.reason.{act}" for act in WITH_REASON}
        | {f"review.{state}" for state in State if state is not State.SUBMITTED}
        | {f"document.{form}" for form in get_args(DocumentFields.model_fields["form"].annotation)}
    )
    return literal.union(made)


def test_every_text_is_there_in_every_language_and_none_is_left_over(languages: Languages) -> None:
    for locale in languages.locales:
        with (ROOT / "locales" / f"{locale}.po").open("rb") as stream:
            catalog = read_po(stream, locale=locale)
        there = {one.id if isinstance(one.id, str) else one.id[0] for one in catalog if one.id}
        assert there == keys_in_code()
        assert all(languages[locale].find(key) for key in there)


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_every_language_has_the_same_placeholders(languages: Languages, locale: str) -> None:
    def placeholders(message: object) -> set[str]:
        return set(re.findall(r"{\w+}", str(message)))

    for key in keys_in_code():
        wanted, found = languages["en"].find(key), languages[locale].find(key)
        assert wanted
        assert found
        assert placeholders(wanted.string) == placeholders(found.string), key


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 90, 99, 100, 102, 103])
def test_every_number_finds_its_plural_form(languages: Languages, count: int) -> None:
    forms = {0: "أي يوم", 1: "يوماً واحداً", 2: "يومين", 3: "3 أيام", 10: "10 أيام", 11: "11 يوماً", 90: "90 يوماً"}
    forms |= {99: "99 يوماً", 100: "100 يوم", 102: "102 يوم", 103: "103 أيام"}
    assert forms[count] in languages.say_count("ar", "unknown.kept", count)
    assert languages.say_count("fr", "unknown.kept", count)


def test_the_readme_shows_the_settings_and_commands_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert settings_table(Settings) in readme
    assert command_help(cli) in readme


def test_the_image_is_made_by_the_makefiles_own_step() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "RUN make install" in dockerfile
    copied = set(re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE))
    names = {name for line in copied for name in line.split()}
    assert all((ROOT / name).exists() for name in names)
    assert {"Makefile", "pyproject.toml", "constraints.txt", "bot", "content", "locales"} <= names
    assert "USER hiwar" in dockerfile
    assert "/health" in dockerfile


def test_no_registry_address_is_pinned() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text()
