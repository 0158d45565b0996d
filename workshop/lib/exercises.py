"""The exercises as their folders have them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class WorkshopError(Exception):
    """A sentence for whoever called: what was wrong, and what would be right."""


@dataclass(frozen=True)
class Wrong:
    """A change that looks like a solution and is none."""

    path: Path
    says: str  # A part of a sentence that the check must say.


@dataclass(frozen=True)
class Lack:
    """What an error of the compiler in the check means to the learner, who did not write it."""

    error: str  # A regular expression for the error.
    sentence: str
    look: str


@dataclass(frozen=True)
class Exercise:
    number: str  # "1.2"
    folder: Path
    title: str
    minutes: int

    @property
    def name(self) -> str:
        return f"Exercise {self.number}"

    @property
    def readme(self) -> Path:
        return self.folder / "README.md"

    @property
    def check(self) -> Path:
        """check.mjs, which may run a check.cpp that lies beside it; or check.cpp alone."""
        compiled = self.folder / "check.cpp"
        script = self.folder / "check.mjs"
        return compiled if compiled.exists() and not script.exists() else script

    @property
    def targets(self) -> list[str]:
        """What must be built before the check: a line `// builds: TARGET …` of the check, beside itself."""
        found = re.search(r"^// builds: (.+)$", self.check.read_text(), re.MULTILINE)
        named = found[1].split() if found else []
        return [f"check-{self.number}", *named] if self.check.suffix == ".cpp" else named

    @property
    def lacks(self) -> list[Lack]:
        """What the check needs to compile: lines `// lacks: ERROR => SENTENCE => PLACE` of the check."""
        return [Lack(*found) for found in re.findall(r"^// lacks: (.+) => (.+) => (.+)$", self.check.read_text(), re.MULTILINE)]

    @property
    def start_patch(self) -> Path | None:
        path = self.folder / "start.patch"
        return path if path.exists() else None

    @property
    def solution_patch(self) -> Path:
        return self.folder / "solution.patch"

    @property
    def wrong(self) -> list[Wrong]:
        return [Wrong(path, _says(path)) for path in sorted((self.folder / "wrong").glob("*.patch"))]


def _says(path: Path) -> str:
    first = path.read_text().partition("\n")[0]
    if not first.startswith("Says: "):
        raise WorkshopError(f"{path.relative_to(ROOT)}:1: The first line is to be 'Says: ' and a part of what the check says.")
    return first.removeprefix("Says: ").strip()


def _read(folder: Path, root: Path) -> Exercise:
    readme = folder / "README.md"
    number = folder.name.partition("-")[0]
    if not readme.exists():
        raise WorkshopError(f"{folder.relative_to(root)}: There is no README.md.")
    text = readme.read_text()
    title = re.match(rf"# Exercise {re.escape(number)}: (.+)\n", text)
    minutes = re.search(r"^\*\*Time\.\*\* (\d+) minutes", text, re.MULTILINE)
    if not title or not minutes:
        raise WorkshopError(f"{readme.relative_to(root)}: It is to begin with '# Exercise {number}: TITLE' and to have a line "
                            "'**Time.** N minutes'.")
    return Exercise(number, folder, title[1], int(minutes[1]))


def all_exercises(root: Path = ROOT, problems: list[WorkshopError] | None = None) -> list[Exercise]:
    """In the order of their numbers: 1.9 comes before 1.10. One that cannot be read is thrown; with `problems`, noted there."""
    folders = [folder for folder in root.glob("workshop/exercises/*") if re.match(r"\d+\.\d+-", folder.name)]
    exercises = []
    for folder in sorted(folders, key=lambda folder: tuple(map(int, folder.name.partition("-")[0].split(".")))):
        try:
            exercises.append(_read(folder, root))
        except WorkshopError as error:
            if problems is None:
                raise
            problems.append(error)
    return exercises


def find(number: str) -> Exercise:
    """By its number, or by its folder's name."""
    wanted = number.rstrip("/").rpartition("/")[2].partition("-")[0]
    exercises = all_exercises()
    for exercise in exercises:
        if exercise.number == wanted:
            return exercise
    raise WorkshopError(f"There is no exercise {number}. There are {', '.join(exercise.number for exercise in exercises)}.")
