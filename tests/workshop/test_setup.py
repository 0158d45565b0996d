#!/usr/bin/env python3
"""workshop/setup on a machine that has nothing: what it would have apt-get install."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"dpkg-query": "exit 1", "apt-get": 'echo "$@" >>"$0.calls"', "sudo": 'exec "$@"'}


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = Path(folder.name)
        for name, body in PROGRAMS.items():
            (self.bin / name).write_text(f"#!/bin/sh\n{body}\n")
            (self.bin / name).chmod(0o755)

    def setup(self, *options):
        """The exit code, what was said, and what apt-get was to install."""
        environment = {**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}"}
        result = subprocess.run([ROOT / "workshop" / "setup", *options], env=environment, capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=60, check=False)
        calls = self.bin / "apt-get.calls"
        installs = [line for line in calls.read_text().splitlines() if line.startswith("install")] if calls.exists() else []
        return result.returncode, result.stdout + result.stderr, " ".join(installs).split()

    def test_compiler_qt_and_editor_are_installed(self):
        code, said, installed = self.setup("--yes")
        self.assertEqual(code, 0, said)
        for package in ("g++", "qt6-base-dev", "nginx-light", "curl", "qtcreator"):
            self.assertIn(package, installed)
        self.assertIn("workshop/0-setup.md", said)

    def test_without_the_editor_the_rest_is_installed(self):
        code, said, installed = self.setup("--yes", "--no-editor")
        self.assertEqual(code, 0, said)
        self.assertIn("g++", installed)
        self.assertNotIn("qtcreator", installed)
        self.assertIn("Go on with `workshop/check 1.2`", said)
        self.assertNotIn("0-setup.md", said)

    @unittest.skipIf(os.getuid() == 0, "root is not asked")
    def test_nothing_is_installed_when_nobody_says_yes(self):
        code, said, installed = self.setup()
        self.assertNotEqual(code, 0)
        self.assertIn("Nothing was installed.", said)
        self.assertEqual(installed, [])

    def test_an_unknown_option_is_named(self):
        code, said, installed = self.setup("--editor")
        self.assertEqual(code, 2)
        self.assertIn("Unknown option --editor", said)
        self.assertEqual(installed, [])


if __name__ == "__main__":
    unittest.main()
