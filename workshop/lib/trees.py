"""workshop/start and workshop/solution: set a tree up for an exercise, on a branch, and never over unsaved work."""

import argparse
import subprocess
import sys
from pathlib import Path

import progress
from exercises import ROOT, Exercise, WorkshopError, find

BASE = "workshop.base"  # Of git's settings: the commit or branch that exercises begin at.
GIT_LIMIT = 120  # s


def git(*arguments: str, folder: Path = ROOT, strip: bool = True) -> str:
    """What git says; a WorkshopError with its words when it fails."""
    result = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, timeout=GIT_LIMIT)
    if result.returncode != 0:
        raise WorkshopError(f"git {arguments[0]} failed: {result.stderr.strip() or result.stdout.strip()}")
    return result.stdout.strip() if strip else result.stdout


def _has(branch: str) -> bool:
    return subprocess.run(["git", "show-ref", "--verify", "--quiet", f"refs/heads/{branch}"], cwd=ROOT,
                          timeout=GIT_LIMIT).returncode == 0


def _base() -> str:
    """Where exercises begin: the branch that was checked out before the first of them."""
    now = git("rev-parse", "--abbrev-ref", "HEAD")
    if not now.startswith(("exercise/", "solution/")):
        base = git("rev-parse", "HEAD") if now == "HEAD" else now
        git("config", BASE, base)
        return base
    try:
        return git("config", BASE)
    except WorkshopError:
        return "main"


def _unsaved() -> list[str]:
    """New files too: they stay when the branch changes, and an unfinished agent keeps the server from starting in every other exercise."""
    return git("status", "--porcelain", "--untracked-files=normal", strip=False).splitlines()


def _is_known() -> bool:
    """Whether git knows in whose name it commits. A fresh machine has nobody's, and git then commits nothing."""
    return subprocess.run(["git", "var", "GIT_AUTHOR_IDENT"], cwd=ROOT, capture_output=True, timeout=GIT_LIMIT).returncode == 0


def _identity() -> list[str]:
    return [] if _is_known() else ["-c", "user.name=A learner", "-c", "user.email=learner@localhost"]


def _apply(patch: Path, message: str, folder: Path) -> None:
    git("apply", "--index", "--whitespace=nowarn", str(patch), folder=folder)
    git(*_identity(), "commit", "--quiet", "--no-verify", "-m", message, folder=folder)


def _refuse_unsaved(command: str) -> None:
    unsaved = _unsaved()
    if not unsaved:
        return
    now = git("rev-parse", "--abbrev-ref", "HEAD")
    message = f"Exercise {now.rpartition('/')[2]}" if now.startswith(("exercise/", "solution/")) else "My changes"
    lines = ["Some of your work is not committed:", *(f"  {line}" for line in unsaved[:10])]
    if len(unsaved) > 10:
        lines.append(f"  and {len(unsaved) - 10} more")
    lines += ["Nothing was changed. Do one of these, then the same again:",
              f'  git add -A && git commit -m "{message}"   keeps it on the branch {now}',
              "  git stash -u   puts it aside; git stash pop brings it back"]
    lines.append(f"or leave it as it is (a tree of its own is built anew, some minutes):\n  {command} --worktree FOLDER")
    if not _is_known():
        lines += ["git does not know yet in whose name it commits. Say it once, before you commit:",
                  '  git config --global user.name "Your name"', '  git config --global user.email "you@example.org"']
    raise WorkshopError("\n".join(lines))


def set_up(exercise: Exercise, branch: str, solved: bool, worktree: Path | None, again: bool) -> Path:
    """Makes the branch, with its commits; the folder that has it checked out."""
    base = _base()
    if worktree is None:
        _refuse_unsaved(f"workshop/{'solution' if solved else 'start'} {exercise.number}")
    elif worktree.exists() and any(worktree.iterdir()):
        raise WorkshopError(f"{worktree} is not empty. Name a folder that does not exist yet. Nothing was changed.")
    if _has(branch) and not again:
        raise WorkshopError(f"There is a branch {branch} already. Go on with it: git switch {branch}. Or begin anew, without what you did on "
                            "it: --again. Nothing was changed.")
    before = git("rev-parse", "--abbrev-ref", "HEAD")
    if worktree and before == branch:
        raise WorkshopError(f"This tree is on {branch} itself. Leave it first: git switch {base}. Nothing was changed.")
    if before == branch:
        git("switch", "--quiet", "--detach", base)
    old = f"old/{branch}" if _has(branch) else None  # begun anew: until the new one is there
    if old:
        git("branch", "--quiet", "-M", branch, old)
    folder = worktree.resolve() if worktree else ROOT
    try:
        if worktree:
            git("worktree", "add", "--quiet", "-b", branch, str(folder), base)
        else:
            git("switch", "--quiet", "-c", branch, base)
        if exercise.start_patch:
            _apply(exercise.start_patch, f"{exercise.name}: the start", folder)
        if solved:
            _apply(exercise.solution_patch, f"{exercise.name}: a solution", folder)
    except WorkshopError as error:
        if worktree:
            subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, capture_output=True, timeout=GIT_LIMIT)
        else:
            git("reset", "--quiet", "--hard", "HEAD")
            git("switch", "--quiet", "--detach" if before in ("HEAD", branch) else before, *([base] if before in ("HEAD", branch) else []))
        if _has(branch):
            git("branch", "--quiet", "-D", branch)
        if old:
            git("branch", "--quiet", "-M", old, branch)
        if before == branch:
            git("switch", "--quiet", branch)
        raise WorkshopError(f"{exercise.name} does not fit this tree, so nothing was changed. {error}") from error
    if old:
        git("branch", "--quiet", "-D", old)
    return folder


def main(description: str, solved: bool) -> int:
    name = "workshop/solution" if solved else "workshop/start"
    parser = argparse.ArgumentParser(prog=name, description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercise", help="its number")
    parser.add_argument("--worktree", type=Path, metavar="FOLDER", help="a new folder beside this one")
    parser.add_argument("--again", action="store_true", help="drop a branch that is there")
    if solved:
        parser.add_argument("--show", action="store_true", help="print the solution and change nothing")
    arguments = parser.parse_args()
    try:
        exercise = find(arguments.exercise)
        if solved and arguments.show:
            print(exercise.solution_patch.read_text(), end="")
            return 0
        branch = f"solution/{exercise.number}" if solved else progress.branch_of(exercise)
        folder = set_up(exercise, branch, solved, arguments.worktree, arguments.again)
        if not solved:
            progress.forget(exercise)
    except WorkshopError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    where = "This tree" if folder == ROOT else str(folder)
    print(f"{where} is on the branch {branch} now: {exercise.title}, some {exercise.minutes} minutes.")
    print(f"Read {exercise.readme.relative_to(ROOT)}. Then: workshop/check {exercise.number}")
    return 0
