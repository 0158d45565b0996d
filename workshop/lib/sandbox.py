"""Where the commands of a guide are run: a folder that looks like the checkout, and a server of its own.

The folder is a temporary one with a link to each thing in the checkout, so nothing is copied, and what a command leaves
behind goes with the folder. `build/release` leads to the build that is tried. What is the learner's own, `.env` and
`data/`, is not there: no key is used, no conversation is touched.

A guide says 127.0.0.1:8000, where `./run` serves. Before a command runs, that is replaced by the address of the
sandbox's server, and in what it prints, back. RUNNEL_URL has the address, too.
"""
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

SHOWN = "127.0.0.1:8000"
LEFT_OUT = {".git", ".env", "build", "data"}
PATIENCE = 60  # seconds that a command may take
START_PATIENCE = 20


class SandboxError(Exception):
    """What could not be started."""


class Sandbox:
    def __init__(self, root, build):
        self.program = Path(build).resolve() / "bin/runnel-server"
        if not self.program.exists():
            raise SandboxError(f"{self.program} is not there. Build first, with ./run, or name a build by --build.")
        self._temporary = tempfile.TemporaryDirectory(prefix="runnel-guide-")
        self.folder = Path(self._temporary.name)
        for entry in Path(root).resolve().iterdir():
            if entry.name not in LEFT_OUT:
                (self.folder / entry.name).symlink_to(entry)
        (self.folder / "build").mkdir()
        (self.folder / "build/release").symlink_to(self.program.parents[1])
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        self._environment = {**kept, "HOME": str(self.folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self._server = None
        self._address = None
        self._log = self.folder / "build/server.log"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self._temporary.cleanup()

    def start(self, settings=None, arguments=()):
        """Starts the server, anew if there is one, with settings as in `NAME=value ./run`."""
        self.stop()
        with open(self._log, "w", encoding="utf-8") as log:
            self._server = subprocess.Popen(
                [self.program, *arguments, "--port", "0"], cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, env={**self._environment, **(settings or {})})
        deadline = time.monotonic() + START_PATIENCE
        while not (found := re.search(r"^Listening on http://(\S+)$", self.log(), re.MULTILINE)):
            if self._server.poll() is not None or time.monotonic() > deadline:
                said = self.log()
                self.stop()
                raise SandboxError("the server did not start: " + said.strip())
            time.sleep(0.02)
        self._address = found[1]

    def stop(self):
        if not self._server:
            return
        self._server.send_signal(signal.SIGTERM)
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def log(self):
        """What the server wrote, as in the terminal of ./run."""
        text = self._log.read_text(encoding="utf-8", errors="replace")
        return text.replace(self._address, SHOWN) if self._server and self._address else text

    def run(self, command):
        """The exit code of a command, and all that it wrote."""
        if not self._server:
            self.start()
        with subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", command.replace(SHOWN, self._address)], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                env={**self._environment, "RUNNEL_URL": "http://" + self._address}) as process:
            try:
                written, _ = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                written, _ = process.communicate()
                return None, written.decode(errors="replace")
        return process.returncode, written.decode(errors="replace").replace(self._address, SHOWN)
