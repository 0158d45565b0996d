"""workshop/check: builds what an exercise needs and runs its check on the tree."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import progress
from exercises import ROOT, Exercise, WorkshopError, all_exercises, find

PRESET = "workshop"
BUILD_LIMIT = 1800  # s; the first build is the whole of it
CHECK_LIMIT = 300  # s
LINE_LIMIT = 300  # characters of what a compiler says; a template's name may have thousands
SOLVED, MISSING, BROKEN = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    code: int  # SOLVED, MISSING or BROKEN.
    said: str  # Lines that begin with `right` or `missing`.


def _ignore(_line: str) -> None:
    pass


def _print(line: str) -> None:
    print(line, end="", flush=True)


def _run(command: list[str], limit: int, env: dict[str, str] | None = None,
         told: Callable[[str], None] = _ignore) -> tuple[int, str]:
    """The exit code and all that was said, of which each line is \a told at once; whatever it started ends with it."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors="replace", start_new_session=True)
    late = False

    def end(*_):
        nonlocal late
        late = True
        os.killpg(process.pid, signal.SIGKILL)

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(limit)
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            told(line)
        code = process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        process.stdout.close()
    if late:
        said.append(f"missing  It did not come to an end within {limit} s.\n")
        told(said[-1])
        code = MISSING
    return code, "".join(said)


class Building:
    """Shows how far ninja is: on a terminal in one line that goes again, else every 30 s. Where much is to be built, it says so first."""

    PAUSE = 30  # s
    LONG, SHORT = "once; six to fifteen minutes on two cores", "once; a few minutes on two cores"
    MANY = 100  # steps, which two cores take more than a few minutes for

    def __init__(self, is_first: bool) -> None:
        self._is_first = is_first
        self._has_begun = False
        self._shown = time.monotonic()

    def begin(self, how_long: str) -> None:
        if not self._has_begun:
            print(f"Building … ({how_long})", flush=True)
        self._has_begun = True

    def told(self, line: str) -> None:
        step = re.match(r"\[\d+/(\d+)\] (?!Re-)", line)  # not what ninja looks after each time
        if not step:
            return
        steps = int(step[1])
        if self._is_first:
            self.begin(self.LONG if steps >= self.MANY else self.SHORT)
        elif steps >= self.MANY:
            self.begin(f"{steps} steps")
        if sys.stdout.isatty():
            print(f"\r{line.partition(' ')[0]} ", end="", flush=True)
        elif time.monotonic() - self._shown >= self.PAUSE:
            self._shown = time.monotonic()
            print(line.partition(" ")[0], flush=True)

    def end(self) -> None:
        if sys.stdout.isatty():
            print("\r\033[K", end="", flush=True)


def _configured(build: Path, building: Building) -> None:
    """For the first time; CMake does it again by itself."""
    if (build / "build.ninja").exists():
        return
    building.begin(Building.LONG)
    code, said = _run(["cmake", "--preset", PRESET, "-B", str(build)], BUILD_LIMIT)
    if code != 0:
        raise WorkshopError(f"cmake could not set up {build}:\n{said[-3000:]}\nworkshop/setup installs what is missing.")


def _is_first(exercise: Exercise, build: Path) -> bool:
    """Whether a program that it needs was never built."""
    programs = [build / ("workshop" if target.startswith("check-") else "bin") / target
                for target in exercise.targets if re.match(r"check-|runnel-", target)]
    return not all(program.exists() for program in programs)


def _compiled(exercise: Exercise, build: Path) -> Outcome | None:
    """What is to be said where something does not compile."""
    building = Building(_is_first(exercise, build))
    _configured(build, building)
    if not exercise.targets:
        return None
    code, said = _run(["cmake", "--build", str(build), "--target", *exercise.targets], BUILD_LIMIT, told=building.told)
    building.end()
    if code == 0:
        return None
    errors = [line for line in said.splitlines() if re.search(r"\berror\b|: Error|undefined reference|CMake Error", line)]
    for lack in exercise.lacks:
        own = f"{exercise.folder}/"
        if errors and all(own in line for line in errors) and any(re.search(lack.error, line) for line in errors):
            return Outcome(MISSING, f"missing  {lack.sentence}\n         Look at {lack.look}.\n")
    # An error within a library is about the line of ours that asked for it.
    ours = re.findall(rf"^{re.escape(str(ROOT))}/(\S+?:\d+)(?::\d+)?:.*required from here", said, re.MULTILINE)
    shown = [line.replace(f"{ROOT}/", "")[:LINE_LIMIT] for line in errors[:8]] or said.splitlines()[-20:]
    text = "missing  It does not compile.\n" + "".join(f"         {line}\n" for line in shown)
    place = re.match(r"([\w.-][\w./-]*:\d+)", shown[0])  # no file of the system, whose name begins with /
    if place or ours:
        text += f"         Look at {place[1] if place else ours[0]}.\n"
    return Outcome(MISSING, text)


def check(exercise: Exercise, build: Path, shown: bool = False, limit: int = CHECK_LIMIT) -> Outcome:
    """Builds what the exercise needs and looks at the tree; where it is `shown`, what is said meanwhile is printed."""
    outcome = _checked(exercise, build, shown, limit)
    if outcome.code != BROKEN:
        progress.record(exercise, outcome.code == SOLVED)
    return outcome


def _checked(exercise: Exercise, build: Path, shown: bool, limit: int) -> Outcome:
    failed = _compiled(exercise, build)
    if shown:
        print(f"{exercise.name}: {exercise.title}", flush=True)
    if failed is not None:
        if shown:
            _print(failed.said)
        return failed
    if exercise.check.suffix == ".cpp":
        command = [str(build / "workshop" / f"check-{exercise.number}")]
    else:
        node = shutil.which("node") or shutil.which("nodejs")
        if not node:
            raise WorkshopError("The checks need Node.js. Install it: apt-get install nodejs")
        command = [node, str(exercise.check)]
    env = {**os.environ, "RUNNEL_TREE": str(ROOT), "RUNNEL_BUILD": str(build), "QT_QPA_PLATFORM": "offscreen",
           "QT_QUICK_BACKEND": "software", "RUNNEL_E2E_MODULES": str(build / "tests" / "e2e" / "npm")}
    code, said = _run(command, limit, env, _print if shown else _ignore)
    looked = re.findall(r"^(right|missing) ", said, re.MULTILINE)
    if code not in (SOLVED, MISSING) or not looked:
        return Outcome(BROKEN, said)
    return Outcome(MISSING if "missing" in looked else SOLVED, said)


def _conclusion(exercise: Exercise, outcome: Outcome) -> str:
    if exercise.start_patch and progress.is_elsewhere(exercise):
        begin = f"This tree was not set up for it: workshop/start {exercise.number} begins it."
        if outcome.code == SOLVED:
            return f"All that {exercise.name} asks for is there. {begin}"
        if outcome.code == MISSING:
            return f"{exercise.name} is not solved. {begin}"
    if outcome.code == SOLVED:
        return f"{exercise.name} is solved."
    hints = exercise.readme.relative_to(ROOT)
    if outcome.code == MISSING:
        count = len(re.findall(r"^missing ", outcome.said, re.MULTILINE))
        return f"{exercise.name} is not solved yet: {count} {'thing is' if count == 1 else 'things are'} missing. {hints} has hints."
    return f"{exercise.name} could not be checked; what stands above may say why."


def _check_all(build: Path, limit: int) -> int:
    worst = SOLVED
    for exercise in all_exercises():
        outcome = check(exercise, build, limit=limit)
        word = {SOLVED: "solved", MISSING: "not yet", BROKEN: "could not be checked"}[outcome.code]
        print(f"{exercise.number:<5} {word:<21} {exercise.title}", flush=True)
        worst = max(worst, outcome.code)
    return worst


def _list() -> None:
    exercises = all_exercises()
    states = progress.states(exercises)
    for exercise in exercises:
        print(f"{exercise.number:<5} {exercise.minutes:>3} min  {states[exercise.number]:<6}  {exercise.title}")
    solved = sum(state == progress.SOLVED for state in states.values())
    print(f"{solved} of {len(exercises)} solved")


def main(description: str) -> int:
    parser = argparse.ArgumentParser(prog="workshop/check", description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("exercise", nargs="?", help="its number")
    what.add_argument("--all", action="store_true", help="all of them")
    what.add_argument("--list", action="store_true", help="their numbers, times and titles, and which are begun or solved")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / PRESET, help="a build tree (build/workshop)")
    parser.add_argument("--limit", type=int, default=CHECK_LIMIT, help=f"seconds that a check may take ({CHECK_LIMIT})")
    arguments = parser.parse_args()
    try:
        if arguments.list:
            _list()
            return SOLVED
        build = arguments.build.resolve()
        exercise = None if arguments.all else find(arguments.exercise)
        if arguments.all:
            return _check_all(build, arguments.limit)
        outcome = check(exercise, build, shown=True, limit=arguments.limit)
        print(_conclusion(exercise, outcome), flush=True)
        return outcome.code
    except WorkshopError as error:
        print(f"workshop/check: {error}", file=sys.stderr)
        return BROKEN
    except KeyboardInterrupt:
        return 130
