"""workshop/patches: which patches of the exercises no longer fit the sources, and those that can be, made anew."""

import argparse
import enum
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from exercises import ROOT, Exercise, WorkshopError, all_exercises, find

LIMIT = 60  # s; for a program
FUZZ = 3  # Lines around a change that may differ: all that git writes.

# Nothing of the machine's or of a person's settings changes how a patch is read and written.
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
               "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


class State(enum.Enum):
    FITS = "fits"
    MOVED = "has moved"
    MERGED = "no longer fits, and can be merged"
    FUZZY = "no longer fits, but can be applied although lines around it differ"
    LOST = "needs you"

    @property
    def applies(self) -> bool:
        return self in (State.FITS, State.MOVED)


@dataclass(frozen=True)
class Judged:
    patch: Path
    state: State
    why: str = ""  # Of one that needs somebody.
    text: str = ""  # The patch as it would be made today.


class Scratch:
    """A repository of those files of the checkout, as they are now, that an exercise changes."""

    def __init__(self, folder: Path, names: set[str]):
        self.folder = folder
        self.git("init", "--quiet")
        objects = subprocess.run(["git", "rev-parse", "--path-format=absolute", "--git-path", "objects"], cwd=ROOT, env=ENVIRONMENT,
                                 capture_output=True, text=True, timeout=LIMIT)
        if objects.returncode == 0:  # What sources were when a patch was made, for a merge.
            (folder / ".git" / "objects" / "info" / "alternates").write_text(objects.stdout)
        for name in names:
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        self.keep()

    def run(self, *command: str) -> tuple[int, str]:
        result = subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=LIMIT,
                                stdin=subprocess.DEVNULL)
        return result.returncode, result.stdout + result.stderr

    def git(self, *arguments: str) -> str:
        code, said = self.run("git", *arguments)
        if code != 0:
            raise WorkshopError(f"git {arguments[0]} failed: {said.strip()}")
        return said

    def keep(self) -> None:
        """What is there now is what the next patch is applied to."""
        self.git("add", "--all", "--force")
        self.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--allow-empty", "--no-verify", "--message=x")

    def drop(self) -> None:
        self.git("reset", "--quiet", "--hard")
        self.git("clean", "--quiet", "-dfx")

    def apply(self, patch: Path) -> tuple[State, str]:
        """Leaves the change in the tree; of one that does not fit, why."""
        code, said = self.run("git", "apply", "--verbose", "--whitespace=nowarn", str(patch))
        if code == 0:
            return (State.MOVED if "offset" in said else State.FITS), ""
        code, _ = self.run("git", "apply", "--3way", "--whitespace=nowarn", str(patch))
        if code == 0:
            return State.MERGED, ""
        self.drop()
        if not shutil.which("patch"):
            raise WorkshopError("There is no program patch. Install it: apt-get install patch")
        code, said = self.run("patch", "-p1", f"--fuzz={FUZZ}", "--batch", "--forward", "--no-backup-if-mismatch", "--reject-file=-",
                              "--input", str(patch))
        lost = _lost(said, _adding(patch))
        if code == 0 and not lost:
            return State.FUZZY, ""
        return State.LOST, f"it has no place at {', '.join(lost)}" if lost else "patch says: " + " ".join(said.split())[:300]

    def difference(self) -> str:
        self.git("add", "--all", "--force")
        return self.git("diff", "--cached", "--abbrev=7", "HEAD")


def _lost(said: str, adding: set[tuple[str, int]]) -> list[str]:
    """The hunks that have no place, each as "FILE:LINE", by what patch said: it found none, or went by no line at all."""
    file, places = "", []
    for line in said.splitlines():
        if found := re.match(r"(?:patching|checking) file '?([^']+?)'?$", line):
            file = found[1]
        elif found := re.match(r"Hunk #(\d+) (FAILED|ignored|succeeded) at (\d+)(?: with fuzz (\d))?", line):
            if found[2] != "succeeded" or (found[4] == str(FUZZ) and (file, int(found[1])) in adding):
                places.append(f"{file}:{found[3]}")
        elif found := re.match(r"\|\+\+\+ b/(\S+)", line):
            places.append(f"{found[1]}, which is not there")
    return places


def _head(patch: Path) -> str:
    """The lines before the change itself, such as `Says: …`."""
    return patch.read_text().partition("diff --git ")[0]


def _names(patch: Path) -> set[str]:
    said = patch.read_text()
    return {name for pair in re.findall(r"^diff --git a/(\S+) b/(\S+)$", said, re.MULTILINE) for name in pair}


def _adding(patch: Path) -> set[tuple[str, int]]:
    """The hunks that only add lines, each its file and its number there: without a line around them they would go anywhere."""
    found = set()
    for name, text in zip(*[iter(re.split(r"^diff --git a/\S+ b/(\S+)$", patch.read_text(), flags=re.MULTILINE)[1:])] * 2):
        hunks = re.split(r"^@@ .*$", text, flags=re.MULTILINE)[1:]
        found |= {(name, number) for number, hunk in enumerate(hunks, 1) if not re.search(r"^-", hunk, re.MULTILINE)}
    return found


def judge(exercise: Exercise) -> list[Judged]:
    """Each patch of the exercise, the start first: the others are changes of what it leaves."""
    others = [exercise.solution_patch, *(wrong.path for wrong in exercise.wrong)]
    every = [exercise.start_patch, *others] if exercise.start_patch else others
    judged = []
    with tempfile.TemporaryDirectory(prefix="runnel-patches-") as folder:
        scratch = Scratch(Path(folder), set().union(*map(_names, every)))
        for patch in every:
            if judged and judged[0].patch == exercise.start_patch and judged[0].state == State.LOST:
                judged.append(Judged(patch, State.LOST, "it waits for start.patch"))
                continue
            state, why = scratch.apply(patch)
            text = "" if state == State.LOST else scratch.difference()
            if state != State.LOST and not text:
                state, why = State.LOST, "the sources have its change already"
            judged.append(Judged(patch, state, why, _head(patch) + text))
            if patch == exercise.start_patch and state != State.LOST:
                scratch.keep()
            else:
                scratch.drop()
    return judged


def _written(one: Judged, write: bool) -> str:
    said = f"{one.state.value}: {one.why}" if one.why else one.state.value
    return f"{said}; made anew" if write and one.state not in (State.FITS, State.LOST) else said


def main(description: str) -> int:
    parser = argparse.ArgumentParser(prog="workshop/patches", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", metavar="exercise", help="numbers; else all of them")
    parser.add_argument("--write", action="store_true", help="make anew what can be")
    arguments = parser.parse_args()
    try:
        exercises = [find(number) for number in arguments.exercises] or all_exercises()
        to_try, bad, count = [], 0, 0
        for exercise in exercises:
            judged = judge(exercise)
            count += len(judged)
            for one in judged:
                if one.state == State.FITS:
                    continue
                print(f"{one.patch.relative_to(ROOT)}: {_written(one, arguments.write)}", flush=True)
                if arguments.write and one.state != State.LOST:
                    one.patch.write_text(one.text)
                bad += one.state == State.LOST if arguments.write else not one.state.applies
            if arguments.write and any(not one.state.applies for one in judged):
                to_try.append(exercise.number)
    except WorkshopError as error:
        print(f"workshop/patches: {error}", file=sys.stderr)
        return 2
    if to_try:
        print(f"Read what changed, and try it: ctest --preset ci -R '^workshop_({'|'.join(map(re.escape, to_try))})$'")
    print(f"{count - bad} of {count} patches {'fit' if bad or not to_try else 'fit now'}.")
    if bad and not arguments.write:
        print("workshop/patches --write makes those anew that can be.")
    return 1 if bad else 0
