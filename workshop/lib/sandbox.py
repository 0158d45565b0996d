"""Where the commands of a guide are run: a folder that looks like the checkout, and a server of its own.

The folder is a temporary one with a link to each thing in the checkout, so nothing is copied, and what a command leaves
behind goes with the folder. `build/release` leads to the build that is tried. What is the learner's own, `.env` and
`data/`, is not there: no key is used, no conversation is touched.

A guide says 127.0.0.1:8000, where `./run` serves, and 127.0.0.1:8080 of an emulator of its own. Before a command runs,
these are replaced by the addresses of the sandbox's server and emulator, and in what it prints, back. RUNNEL_URL has
the server's address, too.
"""
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

SERVER, EMULATOR = "127.0.0.1:8000", "127.0.0.1:8080"
LEFT_OUT = {".git", ".env", "build", "data"}
PATIENCE = 60  # seconds that a command may take
START_PATIENCE = 20


class SandboxError(Exception):
    """What could not be started."""


class Sandbox:
    def __init__(self, root, build):
        self.programs = Path(build).resolve() / "bin"
        if not (self.programs / "runnel-server").exists():
            raise SandboxError(f"{self.programs}/runnel-server is not there. Build first, with ./run, or name a build "
                               "by --build.")
        self._temporary = tempfile.TemporaryDirectory(prefix="runnel-guide-")
        self.folder = Path(self._temporary.name)
        for entry in Path(root).resolve().iterdir():
            if entry.name not in LEFT_OUT:
                (self.folder / entry.name).symlink_to(entry)
        (self.folder / "build").mkdir()
        (self.folder / "build/release").symlink_to(self.programs.parent)
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        self._environment = {**kept, "HOME": str(self.folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self._running = {}  # shown address: process, its own address

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for shown in list(self._running):
            self._stop(shown)
        self._temporary.cleanup()

    def start(self, settings=None, arguments=()):
        """Starts the server, anew if there is one, with settings as in `NAME=value ./run`."""
        own = {name: self._replace(value) for name, value in (settings or {}).items()}
        self._start(SERVER, "runnel-server", [*arguments, "--port", "0"], own)

    def start_emulator(self, arguments):
        """Starts an emulator beside the server, anew if there is one."""
        self._start(EMULATOR, "runnel-emulator", [*arguments, "--port", "0"], {})

    def _start(self, shown, program, arguments, settings):
        self._stop(shown)
        path = self._log_of(shown)
        with open(path, "w", encoding="utf-8") as log:
            process = subprocess.Popen([self.programs / program, *arguments], cwd=self.folder, stdout=log,
                                       stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
                                       env={**self._environment, **settings})
        deadline = time.monotonic() + START_PATIENCE
        self._running[shown] = (process, shown)
        while not (found := re.search(r"^Listening on http://([0-9.]+:[0-9]+)$", self._read(shown), re.MULTILINE)):
            if process.poll() is not None or time.monotonic() > deadline:
                self._stop(shown)
                raise SandboxError(f"{program} did not start: {self._read(shown).strip()}")
            time.sleep(0.02)
        self._running[shown] = (process, found[1])

    def _stop(self, shown):
        process, _ = self._running.pop(shown, (None, None))
        if not process:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _log_of(self, shown):
        return self.folder / f"build/log-{shown.split(':')[1]}"

    def _read(self, shown):
        return self._log_of(shown).read_text(encoding="utf-8", errors="replace")

    def _replace(self, text):
        for shown, (_, address) in self._running.items():
            text = text.replace(shown, address)
        return text

    def _replace_back(self, text):
        for shown, (_, address) in self._running.items():
            text = text.replace(address, shown)
        return text

    def url(self):
        """Where the server really is."""
        return "http://" + self._running[SERVER][1]

    def log(self):
        """What the server wrote, as in the terminal of ./run."""
        return self._replace_back(self._read(SERVER)) if SERVER in self._running else ""

    def run(self, command):
        """The exit code of a command, None when it takes too long, and all that it wrote."""
        if SERVER not in self._running:
            self.start()
        with subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", self._replace(command)], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                env={**self._environment, "RUNNEL_URL": self.url()}) as process:
            try:
                written, _ = process.communicate(timeout=PATIENCE)
                code = process.returncode
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                written, code = process.communicate()[0], None
        return code, self._replace_back(written.decode(errors="replace"))
