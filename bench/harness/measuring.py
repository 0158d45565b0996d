"""One run of one server: what is started for it, and what the load generator saw."""

import contextlib
import json
import shlex
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from . import nginx
from .peers import Peer
from .processes import BenchError, ServerProcess, clean_environment

Finding = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What is run; tables that need the same share it."""

    peer: str
    chats: int
    idle: int = 0      # connections beside the chats
    watchers: int = 1  # clients a chat
    way: str = ""      # nginx: before the server; tls: between server and emulator

    def __str__(self) -> str:
        said = [f"{self.chats} chats" if self.chats > 1 else "1 chat"]
        if self.watchers > 1:
            said.append(f"{self.watchers} clients each")
        if self.idle:
            said.append(f"{self.idle:,} idle connections")
        return ", ".join(said + [self.way] if self.way else said)


@dataclass(frozen=True)
class Pace:
    """Seconds, but for the rate."""

    rate: float = 20      # chunks a second and chat
    ramp: float = 1       # in which 200 chats or more start; fewer need less
    warm_up: float = 0.5  # from then to the window
    window: float = 2     # what is measured
    grace: float = 3      # how late the last chunk may be


def run_json(command: list[str], seconds: float) -> Finding:
    try:
        result = subprocess.run(command, capture_output=True, timeout=seconds,
                                env=clean_environment({}))
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"{command[0]} did not end within {seconds:g} s") from error
    if result.returncode != 0:
        raise BenchError(f"{shlex.join(command)} failed: {result.stderr.decode(errors='replace')}")
    return json.loads(result.stdout.decode(errors="replace"))


class Bench:
    def __init__(self, peers: list[Peer], binaries: Path, scenario: Path, upstream: str | None):
        self.peers = {peer.name: peer for peer in peers}
        self.binaries = binaries
        self.upstream = (shlex.split(upstream) if upstream else
                         [str(binaries / "runnel-emulator"), "--port", "0",
                          "--scenario", str(scenario)])

    def run(self, case: Case, pace: Pace) -> Finding:
        with self._emulator(case.way == "tls") as (folder, running, processes, environment):
            connections = case.chats * case.watchers + case.idle
            server = running.enter_context(self._server(case.peer, folder, environment, connections))
            processes["server"], port = server.pid, server.port
            if case.way == "nginx":
                front = running.enter_context(nginx.product_front(folder, server.port))
                processes["nginx"], port = front.pid, front.port
            command = self._loadgen(case.peer, port) + [
                "--chats", str(case.chats), "--watchers", str(case.watchers),
                "--idle", str(case.idle), "--rate", f"{pace.rate:g}",
                "--ramp", f"{pace.ramp * min(max(case.chats, 20) / 200, 1):g}",
                "--warm-up", f"{pace.warm_up:g}", "--window", f"{pace.window:g}",
                "--grace", f"{pace.grace:g}"]
            if case.idle:
                command.append("--speak")
            for name, pid in processes.items():
                command += ["--process", f"{name}={pid}"]
            return run_json(command, pace.window + pace.grace + 120)

    def first_answer(self, peer: str) -> Finding:
        """Seconds from the start of a server's process until it listens, and until its first client,
        who dials each millisecond, has read a chunk."""
        with self._emulator(False) as (folder, running, _, environment):
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            client = subprocess.Popen([*self._loadgen(peer, port), "--first"],
                                      stdout=subprocess.PIPE, env=clean_environment({}))
            try:
                time.sleep(0.1)  # it dials by then: its own start is not counted
                started = time.monotonic_ns()  # the load generator's clock
                running.enter_context(self._server(peer, folder, environment, 1, port))
                said = json.loads(client.communicate(timeout=60)[0])
            finally:
                client.kill()
                client.wait()
        if said["error"]:
            raise BenchError(f"{peer} gave no first answer: {said['error']}")
        return {"listening": (said["listening_ns"] - started) / 1e9,
                "first_chunk": (said["first_chunk_ns"] - started) / 1e9}

    @contextlib.contextmanager
    def _emulator(self, has_tls: bool) -> Iterator[tuple]:
        with tempfile.TemporaryDirectory(prefix="runnel-bench-") as temporary, \
                contextlib.ExitStack() as running:
            folder = Path(temporary)
            emulator = running.enter_context(ServerProcess("emulator", self.upstream, folder, {}))
            processes = {"emulator": emulator.pid}
            environment = {"GOOGLE_API_KEY": "bench",
                           "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{emulator.port}"}
            if has_tls:
                prepared, certificate = nginx.tls_front(folder, emulator.port)
                front = running.enter_context(prepared)
                processes["nginx"] = front.pid
                environment["GOOGLE_GEMINI_BASE_URL"] = f"https://127.0.0.1:{front.port}"
                # Each by the name that a peer knows it by.
                environment |= {"GEMINI_CA_FILE": str(certificate),
                                "SSL_CERT_FILE": str(certificate),
                                "NODE_EXTRA_CA_CERTS": str(certificate)}
            yield folder, running, processes, environment

    def _server(self, name: str, folder: Path, environment: dict[str, str], connections: int,
                port: int = 0) -> ServerProcess:
        peer = self.peers[name]
        environment = environment | peer.environment(self.binaries) | {
            "PORT": str(port), "BENCH_CONNECTIONS": str(connections + 100)}
        return ServerProcess(name, [str(peer.start)], folder, environment)

    def _loadgen(self, peer: str, port: int) -> list[str]:
        command = [str(self.binaries / "runnel-loadgen"), "--port", str(port)]
        return command + ["--v1"] if self.peers[peer].dialect == "v1" else command
