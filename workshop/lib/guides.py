"""What holds the guides to the repository. A comment above a block of code says what the block is:

    <!-- code: server/sessions/session.cpp ask -->   equal to that region of that source (regions.py)
    <!-- start -->     one line, `NAME=value ./run --flag`: from here on the server runs so; or the emulator's,
                       `build/release/bin/runnel-emulator --port 8080 --flag`, which then runs beside it
    <!-- run -->       commands; they have to end with 0 (sandbox.py says where)
    <!-- prints -->    what the commands before print. `…` matches anything within a line, and a line of nothing
                       else any number of lines; --write fills in a block that is empty
    <!-- logs -->      lines that the server has written since it started, in this order; others may be between

and what stands between two comments is made:

    <!-- exercises: 1 --> … <!-- /exercises -->   the exercises of module 1, from their folders
    <!-- taught: 1 --> … <!-- /taught -->         a table `| exercise | time | … |` that says something of each of them:
                                                  its first two columns are from the folders
    <!-- timing: 120 --> … <!-- /timing -->       a table `| at | minutes | what |` of 120 minutes: a row that names
                                                  exercises takes as long as their **Time.** lines say, and each
                                                  begins where the one before ends
    <!-- trace --> … <!-- /trace -->              the journey of a message as workshop/journey prints it: its figures
                                                  vary, so only what happened and where is compared; --trace makes
                                                  it anew

Looked after everywhere: links and their anchors; paths and file names in backticks; settings, which the server must
have; members of classes, as `Session::take`; and the length of sentences. `<!-- new: agents/poet.yaml -->` says that a file, or a setting, is made by the
reader.
"""
import argparse
import difflib
import re
import subprocess
import sys
from pathlib import Path

import journey
from exercises import all_exercises
from guidetext import Guide, Problem
from regions import RegionError, region
from sandbox import Sandbox, SandboxError

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"`([^`]+)`")

LONGEST_SENTENCE = 27  # words; more than one breath

# Documentation that is there to stay.
HOSTS = {
    "ai.google.dev", "aistudio.google.com", "datatracker.ietf.org", "developer.mozilla.org", "doc.qt.io",
    "fastapi.tiangolo.com", "github.com", "html.spec.whatwg.org", "modelcontextprotocol.io", "nginx.org",
    "owasp.org", "www.rfc-editor.org", "www.sqlite.org",
}
FILE_ENDINGS = ("cpp", "h", "js", "mjs", "css", "html", "qml", "yaml", "yml", "md", "conf", "patch", "py", "txt",
                "json")
# Names in capitals that are no settings of the server.
OTHER_NAMES = re.compile(r"^(RUNNEL|CMAKE|QT|Q|CTEST|CCACHE)_")


def matches(expected, printed):
    """Whether a text is as expected, where `…` matches anything within a line, and alone in one any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…"
                      else ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t\r]*\n" for line in expected)
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


class Checker:
    """Looks at guides; with `write` it mends what it can."""

    def __init__(self, root, write=False):
        self.root = Path(root).resolve()
        self.write = write
        self.problems = []  # what prints as a sentence with its place
        self.mended = []
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=self.root,
                                capture_output=True, text=True, check=False)
        self.files = listed.stdout.splitlines() if listed.returncode == 0 else [
            str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()]
        self.names = {Path(name).name for name in self.files}
        self.settings = self._settings()
        self.sources = "\n".join((self.root / name).read_text(encoding="utf-8", errors="replace") for name in self.files
                                 if name.endswith((".cpp", ".h")) and not name.startswith(("tests/", "workshop/"))
                                 and (self.root / name).exists())
        self.exercises = {one.number: one for one in all_exercises(self.root, self.problems)}

    def guides(self):
        found = [*self.root.glob("workshop/*.md"), *self.root.glob("workshop/exercises/*/README.md")]
        return sorted(found)

    def _settings(self):
        names = {"PATH", "HOME"}
        for file, pattern in ((".env.example", r"^#?([A-Z][A-Z0-9_]*)="), ("docker-compose.yml", r"\$\{([A-Z_]+)")):
            if (path := self.root / file).exists():
                names.update(re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE))
        return names

    # ---- the texts

    def check(self, path):
        guide = Guide(Path(path).resolve(), self.root)
        edits = []  # (first line, last line, new lines), counted from 1, both within
        for block in guide.blocks:
            if block.word == "code":
                self._check_code(guide, block, edits)
            elif block.word == "start":
                self._start_of(guide, block)
        self._check_exercises(guide, edits)
        self._check_taught(guide, edits)
        self._check_timing(guide, edits)
        for first, last, _ in guide.between("trace"):
            lines = [line for line in guide.lines[first - 1:last] if line.strip()]
            if wrong := journey.problem_with(lines):
                guide.problem(first - 1, f"{wrong}; workshop/guides --trace makes it anew")
        self._check_links(guide)
        self._check_paths(guide)
        self._check_settings(guide)
        self._check_members(guide)
        self._check_sentences(guide)
        if edits and self.write:
            for first, last, lines in sorted(edits, reverse=True):
                guide.lines[first - 1:last] = lines
            guide.path.write_text("\n".join(guide.lines), encoding="utf-8")
            self.mended.append(guide.shown)
        self.problems += guide.problems
        return guide

    def _differs(self, guide, edits, first, last, wanted, what):
        there = guide.lines[first - 1:last]
        if there == wanted:
            return
        if self.write:
            edits.append((first, last, wanted))
            return
        lines = difflib.unified_diff(there, wanted, lineterm="", n=0)
        changes = [line for line in list(lines)[2:] if not line.startswith("@@")]
        guide.problem(first, f"{what}; workshop/guides --write mends it:\n    " + "\n    ".join(changes))

    def _check_code(self, guide, block, edits):
        words = block.rest.split()
        if len(words) != 2:
            guide.problem(block.first - 1, "it is <!-- code: FILE REGION -->")
            return
        try:
            lines = region(self.root / words[0], words[1], words[0])
        except RegionError as error:
            guide.problem(block.first, str(error))
            return
        wanted = [block.indent + line if line else line for line in lines]
        self._differs(guide, edits, block.first + 1, block.last - 1, wanted,
                      f"the code is not what is in [{words[1]}] of {words[0]}")

    def _rows(self, module):
        """The exercises of a module in the order of their numbers, each with the beginning of its row."""
        for one in self.exercises.values():
            if one.number.split(".")[0] == module:
                yield one, f"| [{one.number} {one.title}](exercises/{one.folder.name}/README.md) | {one.minutes} min |"

    def _check_exercises(self, guide, edits):
        for first, last, module in guide.between("exercises"):
            rows = [row for _, row in self._rows(module)]
            wanted = ["| exercise | time |", "|---|---|", *rows] if rows else []
            self._differs(guide, edits, first, last, wanted, "the list of exercises is not what the folders say")

    def _check_taught(self, guide, edits):
        for first, last, module in guide.between("taught"):
            head, said = [], {}
            for line in guide.lines[first - 1:last]:
                if found := re.match(r"\| \[(\d\.\d+) [^\]]*\]\([^)]*\) \|[^|]*\|(.*)$", line):
                    said[found[1]] = found[2]
                else:
                    head.append(line)
            wanted = head[:]
            for one, row in self._rows(module):
                if not said.get(one.number, "").strip(" |"):
                    guide.problem(first - 1, f"nothing is said of exercise {one.number}")
                wanted.append(row + said.get(one.number, ""))
            self._differs(guide, edits, first, last, wanted, "the exercises are not what the folders say")

    def _check_timing(self, guide, edits):
        for first, last, total in guide.between("timing"):
            wanted, at = [], 0
            for number in range(first, last + 1):
                line = guide.lines[number - 1]
                cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
                if len(cells) < 3 or not re.fullmatch(r"\d+:\d\d", cells[0]):
                    wanted.append(line)
                    continue
                minutes = int(cells[1]) if cells[1].isdigit() else 0
                minutes = self._minutes_of(guide, number, " ".join(cells[2:]), minutes)
                end = not cells[1]
                time = "" if end else f" {minutes}"
                wanted.append(f"| {at // 60}:{at % 60:02} |{time} | " + " | ".join(cells[2:]) + " |")
                at += 0 if end else minutes
            if str(at) != total:
                guide.problem(first - 1, f"the rows take {at} minutes together, and {total} are promised")
            self._differs(guide, edits, first, last, wanted, "the times do not follow from the rows")

    def _minutes_of(self, guide, line, what, minutes):
        """How long a row takes: what its exercises say, where it names some, else what it says itself."""
        numbers = re.findall(r"\b(\d\.\d+)\b", what) if re.search(r"exercise", what, re.IGNORECASE) else []
        if not numbers or not self.exercises:
            return minutes
        for number in numbers:
            if number not in self.exercises:
                guide.problem(line, f"there is no exercise {number}")
        return sum(self.exercises[number].minutes for number in numbers if number in self.exercises)

    def _check_links(self, guide):
        for number, line in guide.prose:
            for target in LINK.findall(INLINE.sub("", line)):
                if "://" in target:
                    if not target.startswith("https://") or target.split("/")[2] not in HOSTS:
                        guide.problem(number, f"{target} is no https address of documentation that the checker knows")
                    continue
                file, _, anchor = target.partition("#")
                path = (guide.path.parent / file).resolve() if file else guide.path
                if not path.exists():
                    guide.problem(number, f"the link leads nowhere: {target}")
                elif anchor and path.suffix == ".md":
                    anchors = set(guide.anchors() if path == guide.path else Guide(path, self.root).anchors())
                    if anchor not in anchors:
                        guide.problem(number, f"there is no heading #{anchor} in {path.relative_to(self.root)}")

    @staticmethod
    def _made(guide):
        """What the reader is to make, so that it need not be there."""
        return {rest for _, word, rest in guide.comments if word == "new"}

    def _check_paths(self, guide):
        made = self._made(guide)
        for number, line in guide.prose:
            for code in INLINE.findall(line):
                word = code.split()[0].rstrip(":,") if code.strip() else ""
                if word.startswith("./"):
                    word = word[2:]
                if word in made or word.startswith("/") or not re.fullmatch(r"[A-Za-z0-9_.\-/{},*]+", word):
                    continue
                if "/" in word:
                    if (self.root / word.split("/")[0]).is_dir() and not word.startswith(("build/", "data/")):
                        if not self._is_there(word):
                            guide.problem(number, f"there is no {word} in the repository")
                elif re.fullmatch(r"[A-Za-z0-9_-]+\.(?:%s)" % "|".join(FILE_ENDINGS), word) and word not in self.names:
                    guide.problem(number, f"no file of the repository is called {word}")

    def _is_there(self, word):
        alternatives = [word]
        if found := re.search(r"\{([^{}]*)\}", word):
            alternatives = [word.replace(found[0], one) for one in found[1].split(",")]
        return all(any(self.root.glob(one.rstrip("/"))) if "*" in one else (self.root / one).exists()
                   for one in alternatives)

    def _check_settings(self, guide):
        places = [(number, code) for number, line in guide.prose for code in INLINE.findall(line)]
        places += [(block.first + index, line) for block in guide.blocks if block.word in ("run", "start")
                   for index, line in enumerate(block.lines, 1)]
        for number, text in places:
            names = re.findall(r"(?<![\w$])([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b", text)
            names += re.findall(r"(?:^|\s)([A-Z]{2,})=", text)
            for name in names:
                if name not in self.settings and name not in self._made(guide) and not OTHER_NAMES.match(name):
                    guide.problem(number, f"the server has no setting {name}")

    def _check_members(self, guide):
        for number, line in guide.prose:
            for code in INLINE.findall(line):
                if (found := re.fullmatch(r"(\w+)::(\w+)(?:\(\))?", code)) and not self._is_member(*found.groups()):
                    guide.problem(number, f"there is no {code} in the sources")

    def _is_member(self, owner, name):
        if owner.startswith("Q") or owner == "std" or not self.sources or re.search(rf"\b{owner}::{name}\b", self.sources):
            return True
        body = re.search(rf"^(?:class|struct) {owner}\b[^;]*?\n{{(.*?)^}};", self.sources, re.MULTILINE | re.DOTALL)
        return body is not None and re.search(rf"\b{name}\b", body[1]) is not None

    def _check_sentences(self, guide):
        for line, sentence in guide.sentences():
            if (words := len(sentence.split())) > LONGEST_SENTENCE:
                guide.problem(line, f"a sentence of {words} words, which is hard to read aloud: {sentence[:60]} …")

    # ---- the commands

    def _start_of(self, guide, block):
        """What to call with a sandbox to start what a block starts; None where it cannot be read."""
        line = "\n".join(block.lines).strip()
        if found := re.fullmatch(r"build/release/bin/runnel-emulator --port 8080((?: \S+)*)", line):
            return lambda sandbox: sandbox.start_emulator(found[1].split())
        if found := re.fullmatch(r"((?:[A-Z_0-9]+=\S+ )*)\./run((?: \S+)*)", line):
            settings = dict(one.split("=", 1) for one in found[1].split())
            return lambda sandbox: sandbox.start(settings, found[2].split())
        guide.problem(block.first + 1, "a start is one line, NAME=value ./run --flag, or the emulator's")
        return None

    def run(self, guide, build):
        """Runs what a guide shows; what does not end well, or prints something else, is a problem."""
        blocks = [block for block in guide.blocks if block.word in ("start", "run", "prints", "logs")]
        if not blocks:
            return
        before = len(guide.problems)
        printed, edits = None, []
        with Sandbox(self.root, build) as sandbox:
            for block in blocks:
                if block.word == "start":
                    if start := self._start_of(guide, block):
                        start(sandbox)
                elif block.word == "run":
                    code, printed = sandbox.run("\n".join(block.lines))
                    if code != 0:
                        how = "takes too long" if code is None else f"ends with {code}"
                        guide.problem(block.first, f"this {how}; it printed:\n    " + printed.replace("\n", "\n    "))
                elif block.word == "prints":
                    self._check_printed(guide, block, printed, edits)
                else:
                    self._check_logged(guide, block, sandbox.log())
        for first, last, lines in sorted(edits, reverse=True):
            guide.lines[first - 1:last] = lines
        if edits:
            guide.path.write_text("\n".join(guide.lines), encoding="utf-8")
            self.mended.append(guide.shown)
        self.problems += guide.problems[before:]

    def trace(self, guide, build):
        """Writes the table of a message's journey, from the second message to a server that has just begun."""
        places = list(guide.between("trace"))
        if not places:
            return
        with Sandbox(self.root, build) as sandbox:
            sandbox.start({"TRACE_TURNS": "10"})
            journey.travel(sandbox.url(), "Hello", "first")
            lines = journey.table(*journey.travel(sandbox.url(), "Hello", "second"))
        for first, last, _ in reversed(places):
            guide.lines[first - 1:last] = lines
        guide.path.write_text("\n".join(guide.lines), encoding="utf-8")
        self.mended.append(guide.shown)

    def _check_printed(self, guide, block, printed, edits):
        if printed is None:
            guide.problem(block.first, "no <!-- run --> stands before this")
        elif self.write and not any(block.lines):
            edits.append((block.first + 1, block.last - 1, [block.indent + line for line in printed.splitlines()]))
        elif not matches(block.lines, printed):
            guide.problem(block.first, "what is printed is not this, but:\n    " + printed.replace("\n", "\n    "))

    def _check_logged(self, guide, block, log):
        lines = iter(log.splitlines())
        for index, line in enumerate(block.lines, 1):
            if not any(matches([line], logged) for logged in lines):
                guide.problem(block.first + index, "the server did not write this line; it wrote:\n    "
                              + log.replace("\n", "\n    "))
                return


def main(arguments, usage, root=None):
    root = Path(root or Path(__file__).resolve().parents[2])
    parser = argparse.ArgumentParser(prog="workshop/guides", description=usage,
                                     formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--build", type=Path, default=root / "build/release")
    options = parser.parse_args(arguments)
    checker = Checker(root, options.write)
    files = options.files or checker.guides()
    if not files:
        print("There are no guides in " + str(root / "workshop"), file=sys.stderr)
        return 1
    ran = 0
    for path in files:
        try:
            if options.trace:
                checker.trace(Guide(Path(path).resolve(), checker.root), options.build)
            guide = checker.check(path)
            if not options.run:
                continue
            ran += sum(block.word == "run" for block in guide.blocks)
            checker.run(Guide(guide.path, checker.root), options.build)  # read again: --write may have moved its lines
        except (SandboxError, journey.JourneyError) as error:
            checker.problems.append(Problem(str(path), 1, str(error)))
    for problem in checker.problems:
        print(problem)
    for name in checker.mended:
        print(f"{name}: written anew")
    if checker.problems:
        print(f"{len(checker.problems)} to mend")
        return 1
    if options.run and ran == 0:
        print("No guide shows a command to run: nothing was tried")
        return 1
    print(f"{len(files)} guides are as the repository is" + (f", {ran} blocks of commands ran" if options.run else ""))
    return 0
