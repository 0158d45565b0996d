"""Processes that the bench starts, and ends by their own id whatever happens."""

import os
import re
import socket
import subprocess
import time
from pathlib import Path

LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")


class BenchError(Exception):
    """Something that the person who runs the bench has to know."""


def clean_environment(extra: dict[str, str]) -> dict[str, str]:
    """The environment without proxies, which would stand between a server and 127.0.0.1."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return kept | extra


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class ServerProcess:
    """A server that says on standard output where it listens, as a context manager; one of which
    the port is known beforehand says nothing, and is asked."""

    def __init__(self, name: str, command: list[str], folder: Path, environment: dict[str, str],
                 start_seconds: float = 30, port: int = 0):
        self.name = name
        self.command = command
        self.output = folder / f"{name}.out"
        self.errors = folder / f"{name}.err"
        self.environment = clean_environment(environment)
        self.folder = folder
        self.start_seconds = start_seconds
        self.port = port

    def __enter__(self) -> "ServerProcess":
        with open(self.output, "wb") as out, open(self.errors, "wb") as err:
            try:
                self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out,
                                                stderr=err, cwd=self.folder, env=self.environment)
            except OSError as error:
                raise BenchError(f"{self.name} does not start: {error}") from error
        try:
            self.port = self._wait_for_port()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def pid(self) -> int:
        return self.process.pid

    def _wait_for_port(self) -> int:
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline:
            if self.port and _answers(self.port) and self.process.poll() is None:
                return self.port
            found = LISTENING.search(self.output.read_text(errors="replace"))
            if found:
                return int(found.group(1))
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        said = (self.errors.read_text(errors="replace")
                or self.output.read_text(errors="replace")).strip()[-1000:]
        raise BenchError(f"{self.name} did not say where it listens within {self.start_seconds:g} s"
                         + (f"; it said: {said}" if said else ""))

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
