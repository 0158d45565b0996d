#!/usr/bin/env python3
"""One exercise of the workshop as learners may leave it: not begun, solved, and solved wrongly.

test_exercises.py NUMBER BUILD

The check must be dissatisfied with the start, content with the solution, and answer each wrong one with the sentence that it
promises. Each is tried on a clean tree that has been built already: an overlay over this checkout and its build, mounted over
it in a mount namespace, so that nothing here changes and every path is the same. That needs root, or a kernel that lets others
have namespaces of their own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "workshop" / "lib"))

from checking import MISSING, SOLVED  # noqa: E402
from exercises import find  # noqa: E402

LIMIT = 900  # s; for a build and a check

# In the namespace: what is written goes to memory and is gone with the namespace.
IN_OVERLAY = """
set -eu
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/tree"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$1/tree"
mount --bind "$1/tree" "$2"
cd "$2"
shift 2
number=$1 build=$2
shift 2
git -c safe.directory="$PWD" apply --whitespace=nowarn "$@" </dev/null || exit 90
exec workshop/check "$number" --build "$build"
"""
DOES_NOT_APPLY = 90


def check_with(number, build, patches):
    """What workshop/check says of a clean tree with these patches: its exit code and its words."""
    with tempfile.TemporaryDirectory(prefix="runnel-workshop-") as folder:
        own = [] if os.geteuid() == 0 else ["--map-root-user"]
        # git wants a patch; the exercise as it is has none.
        script = IN_OVERLAY if patches else IN_OVERLAY.replace("git -c", ": git -c")
        result = subprocess.run(["unshare", "--mount", *own, "sh", "-c", script, "overlay", folder, ROOT, number, build, *patches],
                                capture_output=True, text=True, timeout=LIMIT, check=False)
    return result.returncode, result.stdout + result.stderr


class TestExercise(unittest.TestCase):
    number = ""
    build = ""

    @classmethod
    def setUpClass(cls):
        cls.exercise = find(cls.number)
        cls.start = [cls.exercise.start_patch] if cls.exercise.start_patch else []

    def look(self, *patches):
        code, said = check_with(self.number, self.build, [*self.start, *patches])
        self.assertNotEqual(code, DOES_NOT_APPLY, f"A patch does not fit this tree any more:\n{said}")
        return code, said

    def test_the_start_is_not_solved(self):
        code, said = self.look()
        self.assertEqual(code, MISSING, said)

    def test_the_solution_is_solved(self):
        code, said = self.look(self.exercise.solution_patch)
        self.assertEqual(code, SOLVED, said)

    def test_each_wrong_one_is_told_what_is_missing(self):
        self.assertTrue(self.exercise.wrong, "There is no wrong solution.")
        for wrong in self.exercise.wrong:
            with self.subTest(wrong.path.name):
                code, said = self.look(wrong.path)
                self.assertEqual(code, MISSING, said)
                missing = [line for line in said.splitlines() if line.startswith(("missing ", "         "))]
                self.assertTrue(any(wrong.says in line for line in missing), f"'{wrong.says}' is not said:\n{said}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number")
    parser.add_argument("build", type=Path)
    arguments = parser.parse_args()
    TestExercise.number, TestExercise.build = arguments.number, arguments.build.resolve()
    unittest.main(argv=[sys.argv[0], "-v"])
