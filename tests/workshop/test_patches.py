#!/usr/bin/env python3
"""workshop/patches in a small repository of its own, whose one source changes under its exercise's patches."""

import tempfile
import unittest

from test_commands import Repository

FOLDER = "workshop/exercises/1.1-say-yes"


class TestPatches(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runnel-patches-")
        self.addCleanup(folder.cleanup)
        self.repository = Repository(folder.name)
        self.source = self.repository.root / "answer.txt"
        self.lines = [f"line {number}" for number in range(1, 31)]
        self.write()
        self.commit()
        exercise = self.repository.exercise
        (exercise / "wrong").mkdir()
        self.make(exercise / "start.patch", {10: "no"})
        self.write({10: "no"})
        self.commit()
        self.make(exercise / "solution.patch", {10: "yes", 20: "sure"}, new="and a file\n")
        self.make(exercise / "wrong" / "maybe.patch", {10: "maybe"}, head="Says: It says maybe.\n\nNearly.\n")
        self.write()
        self.commit()
        self.patches = ["start.patch", "solution.patch", "wrong/maybe.patch"]

    def write(self, changed=None):
        self.source.write_text("".join(f"{(changed or {}).get(number, line)}\n" for number, line in enumerate(self.lines, 1)))

    def commit(self):
        self.repository.git("add", "--all")
        self.repository.git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "--allow-empty", "--message=More")

    def make(self, path, changed, head="", new=""):
        """A patch as git makes it, of these lines of what is committed."""
        committed = self.source.read_text()
        current = dict(enumerate(committed.splitlines(), 1))
        self.write({**current, **changed})
        if new:
            (self.repository.root / "new.txt").write_text(new)
        self.repository.git("add", "--all", "answer.txt", *(["new.txt"] if new else []))
        text = head + self.repository.git("diff", "--cached", "--", "answer.txt", "new.txt") + "\n"
        self.repository.git("reset", "--quiet", "--hard")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        self.commit()

    def look(self, *arguments):
        return self.repository.workshop("patches", *arguments)

    def said_of(self, said):
        """What was said of each patch, by its name in the exercise."""
        return {line.partition(": ")[0].removeprefix(f"{FOLDER}/"): line.partition(": ")[2]
                for line in said.splitlines() if line.startswith(FOLDER)}

    def texts(self):
        return {name: (self.repository.exercise / name).read_text() for name in self.patches}

    def solved(self, *patches):
        """The source with these patches, which have to fit exactly."""
        for name in patches:
            said = self.repository.git("apply", "--verbose", str(self.repository.exercise / name))
            self.assertNotIn("offset", said)
        text = self.source.read_text().splitlines()
        self.repository.git("checkout", "--quiet", "answer.txt")
        self.repository.git("clean", "--quiet", "-f", "new.txt")
        return text

    def test_what_fits_is_counted_and_stays(self):
        before = self.texts()
        self.assertEqual(self.look(), (0, "3 of 3 patches fit.\n"))
        self.assertEqual(self.look("--write", "1.1"), (0, "3 of 3 patches fit.\n"))
        self.assertEqual(self.texts(), before)

    def test_what_has_moved_still_fits_and_can_be_made_anew(self):
        self.lines.insert(0, "a line before")
        self.write()  # not committed: the checkout counts as it is
        before = self.texts()
        code, said = self.look()
        self.assertEqual((code, self.said_of(said)), (0, dict.fromkeys(self.patches, "has moved")))
        self.assertEqual(self.texts(), before)
        code, said = self.look("--write")
        self.assertEqual((code, self.said_of(said)), (0, dict.fromkeys(self.patches, "has moved; made anew")))
        self.assertEqual(self.look(), (0, "3 of 3 patches fit.\n"))
        self.assertEqual(self.repository.git("status", "--porcelain").split("\n"),
                         ["M answer.txt", *(f" M {FOLDER}/{name}" for name in sorted(self.patches))])

    def test_what_does_not_fit_is_made_anew_with_its_head(self):
        self.lines[10] = "line 11, now another"  # beside what the patches change
        self.lines.insert(2, "a line before")
        self.write()
        self.commit()
        before = self.texts()
        code, said = self.look()
        self.assertEqual(code, 1, said)
        self.assertEqual(set(self.said_of(said)), set(self.patches))
        self.assertTrue(all("no longer fits" in words for words in self.said_of(said).values()), said)
        self.assertIn("0 of 3 patches fit.\nworkshop/patches --write makes those anew that can be.\n", said)
        self.assertEqual(self.texts(), before)
        code, said = self.look("--write")
        self.assertEqual(code, 0, said)
        self.assertIn("try it: ctest --preset ci -R '^workshop_(1\\.1)$'\n3 of 3 patches fit now.\n", said)
        self.assertEqual(self.look(), (0, "3 of 3 patches fit.\n"))
        self.assertTrue(self.texts()["wrong/maybe.patch"].startswith("Says: It says maybe.\n\nNearly.\ndiff --git "))
        self.assertIn("+and a file", self.texts()["solution.patch"])
        changed = lambda word, *more: [*self.lines[:10], word, *self.lines[11:20], *(more or self.lines[20:21]), *self.lines[21:]]  # noqa: E731
        self.assertEqual(self.solved("start.patch"), changed("no"))
        self.assertEqual(self.solved("start.patch", "solution.patch"), changed("yes", "sure"))
        self.assertEqual(self.solved("start.patch", "wrong/maybe.patch"), changed("maybe"))

    def test_it_is_merged_where_the_repository_knows_what_it_was_made_for(self):
        self.lines[7:7] = [f"more {number}" for number in range(5)]  # between its first lines and its change
        self.write()
        self.commit()
        code, said = self.look("--write")
        self.assertIn("can be merged; made anew", self.said_of(said)["start.patch"])
        self.assertEqual(self.solved("start.patch"), [*self.lines[:14], "no", *self.lines[15:]])

    def test_what_only_adds_lines_goes_nowhere_without_one_that_says_where(self):
        solution = self.repository.exercise / "solution.patch"
        text = self.repository.exercise.joinpath("start.patch").read_text()
        added = text.replace("-line 10\n+no\n line 11\n line 12\n line 13\n", " no\n+yes\n line 11\n line 12\n line 13\n")
        solution.write_text(added.replace("@@ -7,7 +7,7 @@", "@@ -8,6 +8,7 @@").replace(" line 7\n", ""))
        self.assertEqual(self.look(), (0, "3 of 3 patches fit.\n"))
        self.lines[10] = "line 11, now another"
        self.write()
        self.assertEqual(self.said_of(self.look()[1])["solution.patch"], "needs you: it has no place at answer.txt:8")
        self.lines[10], self.lines[11] = "line 11", "line 12, now another"
        self.write()
        self.assertIn("lines around it differ", self.said_of(self.look()[1])["solution.patch"])

    def test_where_the_change_itself_has_gone_somebody_is_needed(self):
        self.lines[9] = "something else"
        self.write()
        self.commit()
        before = self.texts()
        for arguments in ((), ("--write",)):
            code, said = self.look(*arguments)
            self.assertEqual(code, 1, said)
            self.assertEqual(self.said_of(said), {"start.patch": "needs you: it has no place at answer.txt:7",
                                                  "solution.patch": "needs you: it waits for start.patch",
                                                  "wrong/maybe.patch": "needs you: it waits for start.patch"})
            self.assertIn("0 of 3 patches fit.", said)
        self.assertEqual(self.texts(), before)

    def test_the_others_are_made_anew_beside_one_that_needs_somebody(self):
        self.lines[19] = "something else"  # which the solution alone changes
        self.lines[10] = "line 11, now another"
        self.write()
        self.commit()
        code, said = self.look("--write")
        self.assertEqual(code, 1, said)
        self.assertEqual(self.said_of(said)["solution.patch"], "needs you: it has no place at answer.txt:17")
        self.assertIn("2 of 3 patches fit.", said)
        code, said = self.look()
        self.assertEqual((code, set(self.said_of(said))), (1, {"solution.patch"}))

    def test_a_source_that_has_gone_and_a_change_that_is_there_already_need_somebody(self):
        self.lines[9] = "no"
        self.write()
        self.assertEqual(self.said_of(self.look()[1])["start.patch"], "needs you: the sources have its change already")
        self.source.unlink()
        self.assertEqual(self.said_of(self.look()[1])["start.patch"], "needs you: it has no place at answer.txt, which is not there")

    def test_an_exercise_that_is_not_there_is_named(self):
        self.assertEqual(self.look("1.9"), (2, "workshop/patches: There is no exercise 1.9. There are 1.1.\n"))


if __name__ == "__main__":
    unittest.main()
