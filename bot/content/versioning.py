"""A commit for each change, where the content folder is under git: of the files changed, and of nothing else."""

import os
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

# A hook or a signature that waits for somebody must not hold up the next change.
SECONDS = 30


class Commit(StrEnum):
    """What became of a commit."""

    NO_GIT = "no git"
    DONE = "done"
    FAILED = "failed"


def commit_files(folder: Path, names: Sequence[str], holder: str, message: str) -> Commit:
    """Commit these files as they now stand. Done again it does nothing."""
    if not any((one / ".git").exists() for one in (folder.resolve(), *folder.resolve().parents)):
        return Commit.NO_GIT
    try:
        return Commit.DONE if _commit(folder, names, holder, message) else Commit.FAILED
    except (OSError, subprocess.TimeoutExpired):
        return Commit.FAILED


def _commit(folder: Path, names: Sequence[str], holder: str, message: str) -> bool:
    def git(*words: str) -> bool:
        return _run_git(folder, holder, *words)

    # Git knows nothing of a file that came and went without a commit.
    known = [name for name in names if (folder / name).exists() or git("ls-files", "--error-unmatch", "--", name)]
    if not known:
        return True
    if not git("add", "--all", "--", *known):
        return False
    return git("diff", "--cached", "--quiet", "--", *known) or git(
        "commit", "--quiet", "--only", "-m", message, "--", *known
    )


def _run_git(folder: Path, holder: str, *words: str) -> bool:
    """Run git in the folder under a name that leads to nobody; whether it did what it was asked."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    named = {f"GIT_{who}_NAME": "Hiwar staff" for who in ("AUTHOR", "COMMITTER")}
    addressed = {f"GIT_{who}_EMAIL": holder for who in ("AUTHOR", "COMMITTER")}
    # Literal: a name with a star in it is a name.
    done = subprocess.run(  # noqa: S603 - a fixed program, and words that no shell reads
        ["git", "-C", str(folder), "--literal-pathspecs", *words],  # noqa: S607 - the machine's own git
        env=inherited | named | addressed | {"GIT_TERMINAL_PROMPT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode == 0
