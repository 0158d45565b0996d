#!/usr/bin/env python3
"""./run in a tree of its own, with a cmake that only says what ninja would: when it says that something is built."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AFTER = "[0/2] Re-checking globbed directories...\nninja: no work to do.\n"
COMPILED = "[0/2] Re-checking globbed directories...\n[1/2] Building CXX object a.o\n[2/2] Linking CXX executable bin/runnel-server\n"


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runnel-run-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "tree"
        (self.root / "build" / "release" / "bin").mkdir(parents=True)
        (self.root / "build" / "release" / "build.ninja").touch()
        shutil.copy(ROOT / "run", self.root)
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        self.bin = Path(folder.name) / "bin"
        self.bin.mkdir()
        self.program(self.bin / "dpkg-query", "echo installed")

    @staticmethod
    def program(path, body):
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def run_it(self, said, *, built=True, code=0):
        """The exit code and what ./run said, where a build says this; the server says that it is there."""
        server = self.root / "build" / "release" / "bin" / "runnel-server"
        if built:
            self.program(server, 'echo "Listening $*"')
        (self.bin / "said").write_text(said)
        self.program(self.bin / "cmake", f"""cat "{self.bin}/said"
printf '#!/bin/sh\\necho "Listening $*"\\n' >"{server}"
chmod +x "{server}"
exit {code}""")
        environment = {**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}"}
        result = subprocess.run([self.root / "run", "--port", "9000"], env=environment, capture_output=True, text=True, timeout=60,
                                stdin=subprocess.DEVNULL, check=False)
        return result.returncode, result.stdout + result.stderr

    def test_where_nothing_is_to_be_built_only_the_server_speaks(self):
        self.assertEqual(self.run_it(LOOKED_AFTER), (0, "Listening --port 9000\n"))

    def test_that_something_is_compiled_is_said_once(self):
        self.assertEqual(self.run_it(COMPILED), (0, "Building … (build/build.log has all that the compiler says)\nListening --port 9000\n"))

    def test_the_first_build_is_said_to_take_long(self):
        code, said = self.run_it(COMPILED, built=False)
        self.assertEqual((code, said.count("Building …")), (0, 1), said)
        self.assertTrue(said.startswith("Building … (the first time takes some ten minutes on two cores;"), said)

    def test_what_the_compiler_says_of_an_error_is_shown(self):
        code, said = self.run_it("[1/2] Building CXX object a.o\na.cpp:1: error: no\n", code=1)
        self.assertEqual(code, 1)
        self.assertIn("\na.cpp:1: error: no\nThe build failed; the log above is in build/build.log.\n", said)


if __name__ == "__main__":
    unittest.main()
