"""The shipped calendar as three programs read it that had no part in writing it: vobject, ics, and ical.js under Node.

    python -m benchmarks.calendar_readers

Needs `node` and `npm`; ical.js is fetched into a folder that is thrown away. Prints one line for each reader and event
that differ from the content, and how many agree.
"""

import json
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands.running import open_library
from bot.services.calendars import make_feed
from bot.services.events import read_event

Read = Mapping[str, tuple[str, str]]
ICAL_JS = "ical.js@2"
SCRIPT = """
import ICAL from "ical.js";
import {readFileSync} from "node:fs";
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const found = {};
for (const one of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(one);
  const begins = event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString();
  found[event.uid] = [begins, String(event.sequence)];
}
console.log(JSON.stringify(found));
"""


def write_moment(begins: date | datetime) -> str:
    if not isinstance(begins, datetime):
        return begins.isoformat()
    return begins.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def read_with_vobject(file: Path) -> Read:
    import vobject

    calendar = vobject.readOne(file.read_text("utf-8"))
    return {one.uid.value: (write_moment(one.dtstart.value), one.sequence.value) for one in calendar.vevent_list}


def read_with_ics(file: Path) -> Read:
    import ics

    found = {}
    for one in ics.Calendar(file.read_text("utf-8")).events:
        begins = one.begin.date() if one.all_day else one.begin.datetime
        sequence = next(line.value for line in one.extra if line.name == "SEQUENCE")
        found[one.uid] = (write_moment(begins), sequence)
    return found


def read_with_ical_js(file: Path) -> Read:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "read.mjs").write_text(SCRIPT, "utf-8")
        subprocess.run([npm, "install", "--silent", ICAL_JS], cwd=folder, check=True, capture_output=True)
        command = [node, "read.mjs", str(file)]
        shown = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return {uid: (begins, sequence) for uid, (begins, sequence) in json.loads(shown).items()}


READERS: Mapping[str, Callable[[Path], Read]] = {
    "vobject": read_with_vobject,
    "ics": read_with_ics,
    "ical.js": read_with_ical_js,
}


def main() -> None:
    library, languages = open_library()
    expected = {}
    for entry in library.entries_of_kind("event"):
        event = read_event(entry)
        if event.begins.has_day:
            begins = event.begins.at if event.begins.has_time else event.begins.first_day
            expected[f"{entry.id}@hiwar"] = (write_moment(begins), str(event.revision))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for locale in languages.locales:
            file = Path(folder) / f"{locale}.ics"
            file.write_bytes(make_feed(library, languages, locale))
            for name, read in READERS.items():
                found = read(file)
                for uid in sorted(set(expected) | set(found)):
                    if found.get(uid) != expected.get(uid):
                        print(f"{name} {locale} {uid}: {found.get(uid)}, expected {expected.get(uid)}")
                agree = sum(found.get(uid) == one for uid, one in expected.items())
                print(f"{name:<8} {locale}: {agree} of {len(expected)} events as in the content")


if __name__ == "__main__":
    main()
