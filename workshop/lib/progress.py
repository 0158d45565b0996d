"""How far somebody is: which exercises have a branch, and which were solved when they were last checked on it.

That is kept in git's own folder, so it is never in the tree, and all worktrees share it. On any other branch a check says
nothing of progress: the product has already what some exercises take away.
"""

import json
import os
import subprocess
from pathlib import Path

from exercises import ROOT, Exercise

FILE = "runnel-workshop.json"
GIT_LIMIT = 30  # s
SOLVED, BEGUN, NOT_BEGUN = "solved", "begun", ""


def _git(*arguments: str) -> str | None:
    """What git says; None where it is not there, or has nothing to say of this folder."""
    try:
        result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=GIT_LIMIT)
    except FileNotFoundError:
        return None
    return result.stdout.strip() if result.returncode == 0 else None


def _file() -> Path | None:
    folder = _git("rev-parse", "--git-common-dir")
    return ROOT / folder / FILE if folder else None


def _read(path: Path | None) -> dict[str, bool]:
    try:
        kept = json.loads(path.read_text()) if path else {}
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(path: Path, kept: dict[str, bool]) -> None:
    """Whole or not at all. That it cannot be written is no reason to end a check."""
    try:
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_text(json.dumps(kept, indent=1) + "\n")
        new.replace(path)
    except OSError:
        pass


def branch_of(exercise: Exercise) -> str:
    return f"exercise/{exercise.number}"


def is_elsewhere(exercise: Exercise) -> bool:
    """Whether this tree is on a branch, and on none of the exercise's own."""
    branch = _git("rev-parse", "--abbrev-ref", "HEAD")
    return branch is not None and branch not in (branch_of(exercise), f"solution/{exercise.number}")


def record(exercise: Exercise, solved: bool) -> None:
    if _git("rev-parse", "--abbrev-ref", "HEAD") == branch_of(exercise) and (path := _file()):
        _write(path, {**_read(path), exercise.number: solved})


def forget(exercise: Exercise) -> None:
    """It is begun anew."""
    path = _file()
    kept = _read(path)
    if kept.pop(exercise.number, None) is not None:
        _write(path, kept)


def states(exercises: list[Exercise]) -> dict[str, str]:
    """SOLVED, BEGUN or NOT_BEGUN of each, by its number."""
    branches = set((_git("branch", "--format=%(refname:short)") or "").split())
    kept = _read(_file())
    return {one.number: SOLVED if kept.get(one.number) is True else BEGUN if branch_of(one) in branches else NOT_BEGUN
            for one in exercises}
