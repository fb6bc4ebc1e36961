"""The generated parts of the README: `python -m tests.documents` writes them anew."""

from pathlib import Path

import click
from pydantic_settings import BaseSettings

from bot.cli import cli
from bot.config import ROOT, Settings

MARKS = ("<!-- {} begins -->\n", "<!-- {} ends -->")


def settings_table(settings: type[BaseSettings]) -> str:
    """A row for each setting: name, default, meaning."""
    rows = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for name, field in settings.model_fields.items():
        default = field.default
        shown = default.relative_to(ROOT) if isinstance(default, Path) else default
        rows.append(f"| `HIWAR_{name.upper()}` | {'' if shown is None else f'`{shown}`'} | {field.description} |")
    return "\n".join(rows) + "\n"


def command_help(command: click.Command, name: str = "hiwar") -> str:
    """What each command is for, a line each."""
    return "```\n" + "\n".join(_lines(command, name)) + "\n```\n"


def _lines(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        return [line for key, one in command.commands.items() for line in _lines(one, f"{name} {key}")]
    return [f"{name:<24}{' '.join((command.help or '').split())}"]


def write_part(text: str, name: str, part: str) -> str:
    begin, end = (mark.format(name) for mark in MARKS)
    before, rest = text.split(begin)
    return before + begin + part + end + rest.split(end)[1]


def main() -> None:
    path = ROOT / "README.md"
    text = write_part(path.read_text("utf-8"), "settings", settings_table(Settings))
    path.write_text(write_part(text, "commands", command_help(cli)), "utf-8")


if __name__ == "__main__":
    main()
