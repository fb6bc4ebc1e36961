"""The room keeps its rules: it asks nobody what time it is, and pyxform is met only where files are read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.problems import KINDS as PROBLEM_KINDS
from bot.content.problems import Severity
from bot.forms.problems import WARNINGS
from tests.conftest import ROOT

CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp", "time_ns", "monotonic"}
MODULES = sorted((ROOT / "bot" / "forms").glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_asks_for_the_time(path: Path) -> None:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    assert not {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS


def test_a_compiled_form_runs_without_pyxform() -> None:
    code = "import bot.forms, sys; sys.exit('pyxform' in sys.modules or 'openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_what_leaves_a_form_usable_is_a_warning_to_staff() -> None:
    warnings = {
        code for code, kind in PROBLEM_KINDS.items() if code.startswith("form-") and kind.severity is Severity.WARNING
    }
    assert warnings == WARNINGS
