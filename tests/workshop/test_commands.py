#!/usr/bin/env python3
"""workshop/check, start and solution in a small repository of their own: what they say, and that nothing is ever lost."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

README = """# Exercise 1.1: Say yes

**Goal.** The file says yes.

**Time.** 5 minutes
"""

CHECK = """import { readFileSync } from 'node:fs';
import { check, expect, tree } from '../../lib/check.mjs';

await check(async () => {
    const said = readFileSync(`${tree}/answer.txt`, 'utf8').trim();
    if (said === 'loop')
        for (;;) {}
    if (said === 'throw')
        throw new Error('no such answer');
    expect(said === 'yes', { right: 'It says yes.', missing: `It says ${said}.`, look: 'answer.txt' });
});
"""


def patch(before, after, head=""):
    return f"{head}diff --git a/answer.txt b/answer.txt\n--- a/answer.txt\n+++ b/answer.txt\n@@ -1 +1 @@\n-{before}\n+{after}\n"


class Repository:
    """A folder with the commands and one exercise, committed on main; nobody's name is known to git."""

    def __init__(self, folder):
        self.root = Path(folder) / "tree"
        shutil.copytree(ROOT / "workshop" / "lib", self.root / "workshop" / "lib", ignore=shutil.ignore_patterns("__pycache__"))
        for command in ("check", "start", "solution", "patches"):
            shutil.copy(ROOT / "workshop" / command, self.root / "workshop" / command)
        self.exercise = self.root / "workshop" / "exercises" / "1.1-say-yes"
        self.exercise.mkdir(parents=True)
        (self.exercise / "README.md").write_text(README)
        (self.exercise / "check.mjs").write_text(CHECK)
        (self.exercise / "start.patch").write_text(patch("yes", "no"))
        (self.exercise / "solution.patch").write_text(patch("no", "yes"))
        (self.root / "answer.txt").write_text("yes\n")
        (self.root / ".gitignore").write_text("/build/\n")
        (self.root / "build" / "workshop").mkdir(parents=True)
        (self.root / "build" / "workshop" / "build.ninja").touch()
        self.environment = {"PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--message=All")

    def build_with(self, steps, code=0, says=""):
        """The check needs a program that a cmake builds which only says so, how far it is, and what the compiler says."""
        check = self.exercise / "check.mjs"
        check.write_text("// builds: runnel-server\n// lacks: ‘It’ was not => There is no It yet. => it.h\n" + CHECK)
        programs = self.root.parent / "bin"
        programs.mkdir()
        (programs / "cmake").write_text(f"""#!/bin/sh
[ "$1" = --build ] || {{ echo configured >>"{programs}/calls"; exit 0; }}
echo "[0/2] Re-checking globbed directories..."
for step in $(seq {steps}); do echo "[$step/{steps}] Building CXX object $step.o"; done
echo "{says}"
exit {code}
""")
        (programs / "cmake").chmod(0o755)
        self.environment["PATH"] = f"{programs}:{self.environment['PATH']}"

    def run(self, *command):
        result = subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        return result.returncode, result.stdout + result.stderr

    def git(self, *arguments):
        code, said = self.run("git", *arguments)
        assert code == 0, said
        return said.strip()

    def workshop(self, command, *arguments):
        return self.run(str(self.root / "workshop" / command), *arguments)

    @property
    def answer(self):
        return (self.root / "answer.txt").read_text().strip()

    @property
    def branch(self):
        return self.git("rev-parse", "--abbrev-ref", "HEAD")

    @property
    def branches(self):
        return self.git("branch", "--format=%(refname:short)").split()


class TestCommands(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runnel-commands-")
        self.addCleanup(folder.cleanup)
        self.repository = Repository(folder.name)

    def test_start_makes_a_branch_that_is_not_solved(self):
        code, said = self.repository.workshop("start", "1.1")
        self.assertEqual(code, 0, said)
        self.assertIn("workshop/exercises/1.1-say-yes/README.md", said)
        self.assertEqual((self.repository.branch, self.repository.answer), ("exercise/1.1", "no"))
        self.assertEqual(self.repository.git("status", "--porcelain"), "")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 1, said)
        self.assertIn("missing  It says no.\n         Look at answer.txt.\n", said)
        self.assertIn("Exercise 1.1 is not solved yet: 1 thing is missing.", said)
        self.repository.root.joinpath("answer.txt").write_text("yes\n")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual((code, said), (0, "Exercise 1.1: Say yes\nright    It says yes.\nExercise 1.1 is solved.\n"))

    def test_solution_is_solved(self):
        code, said = self.repository.workshop("solution", "1.1")
        self.assertEqual(code, 0, said)
        self.assertEqual((self.repository.branch, self.repository.answer), ("solution/1.1", "yes"))
        self.assertEqual(self.repository.workshop("check", "1.1")[0], 0)

    def test_solution_can_be_only_shown(self):
        code, said = self.repository.workshop("solution", "1.1", "--show")
        self.assertEqual(code, 0)
        self.assertIn("+yes", said)
        self.assertEqual(self.repository.branches, ["main"])

    def test_unsaved_work_is_never_overwritten(self):
        self.repository.root.joinpath("answer.txt").write_text("mine\n")
        for command in ("start", "solution"):
            code, said = self.repository.workshop(command, "1.1")
            self.assertEqual(code, 1)
            self.assertIn("\n   M answer.txt\n", said)
            self.assertIn("Nothing was changed.", said)
            self.assertEqual((self.repository.branch, self.repository.answer), ("main", "mine"))
        folder = self.repository.root.parent / "beside"
        code, said = self.repository.workshop("start", "1.1", "--worktree", str(folder))
        self.assertEqual(code, 0, said)
        self.assertEqual((folder / "answer.txt").read_text(), "no\n")
        self.assertEqual((self.repository.branch, self.repository.answer), ("main", "mine"))

    def refused(self):
        """What start recommends to somebody who has begun an exercise with a new file: its commands."""
        self.repository.workshop("start", "1.1")
        self.repository.root.joinpath("new.txt").write_text("mine\n")
        code, said = self.repository.workshop("start", "1.1", "--again")
        self.assertEqual(code, 1)
        self.assertIn("\n  ?? new.txt\n", said)
        self.assertIn("Nothing was changed.", said)
        self.assertEqual((self.repository.branch, self.repository.answer), ("exercise/1.1", "no"))
        return [line.strip().partition("   ")[0] for line in said.splitlines() if line.startswith("  git ")]

    def test_a_new_file_is_unsaved_work_and_what_is_recommended_commits_it(self):
        self.repository.git("config", "user.useConfigOnly", "true")  # else a machine's own name may be taken for a person's
        commit, stash, *name = self.refused()
        self.assertEqual(self.repository.run("sh", "-c", commit)[0], 128, "git commits in nobody's name")
        for line in (*name, commit):
            code, said = self.repository.run("sh", "-c", line)
            self.assertEqual(code, 0, said)
        self.assertEqual(self.repository.git("log", "-1", "--format=%s %an"), "Exercise 1.1 Your name")
        self.assertEqual(self.repository.workshop("solution", "1.1")[0], 0)
        self.assertFalse(self.repository.root.joinpath("new.txt").exists())
        self.assertEqual(stash, "git stash -u")

    def test_whom_git_knows_is_not_asked_for_a_name(self):
        self.repository.git("config", "user.name", "x")
        self.repository.git("config", "user.email", "x@localhost")
        self.assertEqual(len(self.refused()), 2)

    def test_what_is_recommended_puts_it_aside(self):
        self.repository.git("config", "user.useConfigOnly", "true")
        _, stash, *_ = self.refused()
        code, said = self.repository.run("sh", "-c", stash)
        self.assertEqual(code, 0, said)
        self.assertEqual(self.repository.workshop("solution", "1.1")[0], 0)
        self.assertFalse(self.repository.root.joinpath("new.txt").exists())
        self.repository.git("stash", "pop")
        self.assertEqual(self.repository.root.joinpath("new.txt").read_text(), "mine\n")

    def test_what_git_ignores_is_no_unsaved_work(self):
        (self.repository.root / "build" / "new.txt").touch()
        self.assertEqual(self.repository.workshop("start", "1.1")[0], 0)

    def test_a_folder_with_something_in_it_is_no_worktree(self):
        folder = self.repository.root.parent / "full"
        folder.mkdir()
        (folder / "mine").touch()
        code, said = self.repository.workshop("start", "1.1", "--worktree", str(folder))
        self.assertEqual(code, 1)
        self.assertIn("is not empty", said)
        self.assertEqual(self.repository.branches, ["main"])

    def test_what_was_done_on_the_branch_stays_unless_it_shall_go(self):
        self.repository.workshop("start", "1.1")
        self.repository.root.joinpath("answer.txt").write_text("mine\n")
        self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--all", "--message=Mine")
        code, said = self.repository.workshop("start", "1.1")
        self.assertEqual(code, 1)
        self.assertIn("git switch exercise/1.1", said)
        self.assertEqual(self.repository.answer, "mine")
        code, said = self.repository.workshop("start", "1.1", "--again")
        self.assertEqual(code, 0, said)
        self.assertEqual((self.repository.branch, self.repository.answer), ("exercise/1.1", "no"))

    def test_the_next_exercise_begins_where_the_first_one_did(self):
        self.repository.workshop("start", "1.1")
        code, said = self.repository.workshop("solution", "1.1")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.repository.git("log", "--format=%s"),
                         "Exercise 1.1: a solution\nExercise 1.1: the start\nAll")

    def test_a_patch_that_does_not_fit_changes_nothing(self):
        (self.repository.exercise / "start.patch").write_text(patch("perhaps", "no"))
        self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--all", "--message=Older")
        for more in ((), ("--worktree", str(self.repository.root.parent / "beside"))):
            code, said = self.repository.workshop("start", "1.1", *more)
            self.assertEqual(code, 1)
            self.assertIn("does not fit this tree, so nothing was changed", said)
            self.assertEqual((self.repository.branch, self.repository.branches, self.repository.answer), ("main", ["main"], "yes"))
            self.assertEqual(self.repository.git("status", "--porcelain"), "")

    def test_what_was_done_stays_where_beginning_anew_does_not_fit(self):
        self.repository.workshop("start", "1.1")
        self.repository.root.joinpath("answer.txt").write_text("mine\n")
        self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--all", "--message=Mine")
        self.repository.git("switch", "--quiet", "main")
        (self.repository.exercise / "start.patch").write_text(patch("perhaps", "no"))
        self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--all", "--message=Older")
        for before in ("main", "exercise/1.1"):
            self.repository.git("switch", "--quiet", before)
            self.repository.git("checkout", "--quiet", "main", "--", "workshop")
            self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--allow-empty", "--message=Same")
            code, said = self.repository.workshop("start", "1.1", "--again")
            self.assertEqual(code, 1)
            self.assertIn("so nothing was changed", said)
            self.assertEqual((self.repository.branch, self.repository.branches), (before, ["exercise/1.1", "main"]))
            self.assertEqual(self.repository.git("show", "exercise/1.1:answer.txt"), "mine")

    def test_a_worktree_of_the_branch_that_is_open_here_is_refused(self):
        self.repository.workshop("start", "1.1")
        self.repository.root.joinpath("answer.txt").write_text("mine\n")
        code, said = self.repository.workshop("start", "1.1", "--again", "--worktree", str(self.repository.root.parent / "beside"))
        self.assertEqual(code, 1)
        self.assertIn("This tree is on exercise/1.1 itself. Leave it first: git switch main.", said)
        self.assertEqual((self.repository.branch, self.repository.answer), ("exercise/1.1", "mine"))

    def test_an_exercise_that_is_not_there_is_named(self):
        for command in ("check", "start", "solution"):
            code, said = self.repository.workshop(command, "1.9")
            self.assertNotEqual(code, 0)
            self.assertIn("There is no exercise 1.9. There are 1.1.", said)

    def test_its_folder_names_it_too(self):
        self.assertEqual(self.repository.workshop("check", "workshop/exercises/1.1-say-yes/")[0], 0)

    def test_a_check_that_fails_itself_is_neither_right_nor_wrong(self):
        self.repository.root.joinpath("answer.txt").write_text("throw\n")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 2, said)
        self.assertIn("The check itself failed: no such answer", said)
        self.assertIn("Exercise 1.1 could not be checked", said)

    def test_what_does_not_come_to_an_end_is_ended(self):
        self.repository.root.joinpath("answer.txt").write_text("loop\n")
        code, said = self.repository.workshop("check", "1.1", "--limit", "2")
        self.assertEqual(code, 1, said)
        self.assertIn("missing  It did not come to an end within 2 s.", said)

    def test_a_first_build_says_that_it_takes_long_before_the_exercise_is_named(self):
        self.repository.build_with(120)
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual((code, said.splitlines()[:2]), (0, ["Building … (once; six to fifteen minutes on two cores)", "Exercise 1.1: Say yes"]))

    def test_where_nothing_is_configured_it_says_so_before_that(self):
        (self.repository.root / "build" / "workshop" / "build.ninja").unlink()
        (self.repository.root / "build" / "workshop" / "CMakeCache.txt").touch()  # is left by one that failed, too
        self.repository.build_with(0)
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual((code, said.splitlines()[:2]), (0, ["Building … (once; six to fifteen minutes on two cores)", "Exercise 1.1: Say yes"]))
        self.assertEqual((self.repository.root.parent / "bin" / "calls").read_text(), "configured\n")

    def test_a_program_of_few_steps_takes_less(self):
        self.repository.build_with(20)
        self.assertIn("Building … (once; a few minutes on two cores)\nExercise", self.repository.workshop("check", "1.1")[1])

    NOT_BEGUN = "All that Exercise 1.1 asks for is there. This tree was not set up for it: workshop/start 1.1 begins it.\n"

    def test_who_checks_a_tree_that_was_not_set_up_for_it_is_told_so(self):
        self.assertIn(self.NOT_BEGUN, self.repository.workshop("check", "1.1")[1])
        self.repository.root.joinpath("answer.txt").write_text("no\n")
        self.assertIn("Exercise 1.1 is not solved. This tree was not set up for it", self.repository.workshop("check", "1.1")[1])
        (self.repository.exercise / "start.patch").unlink()
        self.assertIn("Exercise 1.1 is not solved yet: 1 thing is missing.", self.repository.workshop("check", "1.1")[1])

    def test_what_was_built_once_is_built_without_a_word_unless_it_is_much(self):
        program = self.repository.root / "build" / "workshop" / "bin" / "runnel-server"
        program.parent.mkdir()
        program.touch()
        self.repository.build_with(20)
        self.assertEqual(self.repository.workshop("check", "1.1"), (0, "Exercise 1.1: Say yes\nright    It says yes.\n" + self.NOT_BEGUN))

    def test_how_far_a_build_is_is_said(self):
        self.repository.build_with(120)
        code, said = self.repository.run("script", "--quiet", "--return", "--command", "workshop/check 1.1", "/dev/null")  # a terminal
        self.assertEqual(code, 0, said)
        self.assertIn("Building … (once; six to fifteen minutes on two cores)", said)
        self.assertIn("\n[119/120] \n[120/120] \n\x1b[K", said)  # a carriage return each, read as the end of a line

    def test_what_does_not_compile_is_said_below_the_name(self):
        self.repository.build_with(1, code=1)
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 1)
        self.assertIn("Exercise 1.1: Say yes\nmissing  It does not compile.\n", said)

    def test_what_the_check_alone_lacks_is_said_in_words(self):
        self.repository.build_with(1, code=1, says=f"{self.repository.exercise}/check.cpp:3:1: error: ‘It’ was not declared in this scope")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 1)
        self.assertIn("Exercise 1.1: Say yes\nmissing  There is no It yet.\n         Look at it.h.\n", said)
        self.assertNotIn("check.cpp", said)

    def test_an_error_in_a_source_is_shown_as_the_compiler_says_it(self):
        self.repository.build_with(1, code=1, says=f"{self.repository.root}/it.h:3:1: error: ‘It’ was not declared in this scope")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 1)
        self.assertIn("         it.h:3:1: error: ‘It’ was not declared in this scope\n         Look at it.h:3.\n", said)

    def test_an_error_within_a_library_points_to_the_line_of_ours_that_asked_for_it(self):
        self.repository.build_with(1, code=1, says="/usr/include/c++/12/variant:9:1: error: no match\n"
                                   f"{self.repository.root}/encode.cpp:423:22:   required from here")
        code, said = self.repository.workshop("check", "1.1")
        self.assertEqual(code, 1)
        self.assertIn("         /usr/include/c++/12/variant:9:1: error: no match\n         Look at encode.cpp:423.\n", said)

    def test_all_and_list_have_a_line_for_each(self):
        self.assertEqual(self.repository.workshop("check", "--list"), (0, "1.1     5 min          Say yes\n0 of 1 solved\n"))
        self.assertEqual(self.repository.workshop("check", "--all"), (0, "1.1   solved                Say yes\n"))

    def listed(self):
        return self.repository.workshop("check", "--list")[1]

    def test_the_list_says_what_is_begun_and_what_is_solved(self):
        self.repository.workshop("start", "1.1")
        self.repository.workshop("check", "1.1")
        self.assertEqual(self.listed(), "1.1     5 min  begun   Say yes\n0 of 1 solved\n")
        self.repository.root.joinpath("answer.txt").write_text("yes\n")
        self.repository.workshop("check", "1.1")
        self.assertEqual(self.listed(), "1.1     5 min  solved  Say yes\n1 of 1 solved\n")
        self.assertEqual(self.repository.git("status", "--porcelain"), "M answer.txt", "nothing of it is in the tree")
        self.repository.git("checkout", "--quiet", "--force", "main")
        self.assertIn("1 of 1 solved", self.listed())
        self.repository.workshop("start", "1.1", "--again")
        self.assertIn("0 of 1 solved", self.listed())

    def test_what_is_checked_on_another_branch_is_no_progress(self):
        self.assertEqual(self.repository.workshop("check", "1.1")[0], 0)
        self.repository.workshop("solution", "1.1")
        self.assertEqual(self.repository.workshop("check", "1.1")[0], 0)
        self.assertEqual(self.listed(), "1.1     5 min          Say yes\n0 of 1 solved\n")

    def test_a_worktree_s_progress_is_seen_everywhere(self):
        folder = self.repository.root.parent / "beside"
        self.repository.workshop("start", "1.1", "--worktree", str(folder))
        (folder / "answer.txt").write_text("yes\n")
        shutil.copytree(self.repository.root / "build", folder / "build")
        code, said = self.repository.run(str(folder / "workshop" / "check"), "1.1")
        self.assertEqual(code, 0, said)
        self.assertIn("1 of 1 solved", self.listed())

    def test_where_there_is_no_repository_the_list_is_there_all_the_same(self):
        shutil.rmtree(self.repository.root / ".git")
        self.assertEqual(self.listed(), "1.1     5 min          Say yes\n0 of 1 solved\n")
        self.assertEqual(self.repository.workshop("check", "1.1")[0], 0)

    def test_a_wrong_solution_says_what_it_is_told(self):
        (self.repository.exercise / "wrong").mkdir()
        (self.repository.exercise / "wrong" / "mute.patch").write_text(patch("no", "maybe"))
        look = "import sys; sys.path.insert(0, 'workshop/lib'); from exercises import find; print(find('1.1').wrong)"
        code, said = self.repository.run("/usr/bin/python3", "-c", look)
        self.assertEqual(code, 1)
        self.assertIn("mute.patch:1: The first line is to be 'Says: '", said)


if __name__ == "__main__":
    unittest.main()
