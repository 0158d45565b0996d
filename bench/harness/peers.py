"""The servers that are compared. A peer is a folder in bench/peers:

start      An executable that becomes the server (exec), so that its process id is the server's. It
           finds PORT=0, GOOGLE_API_KEY, GOOGLE_GEMINI_BASE_URL, BENCH_BINARIES (our own programs)
           and BENCH_CONNECTIONS (how many it must take) in the environment, serves
           ws://127.0.0.1:PORT/ws/chat/{session_id}, and prints a line with http://127.0.0.1:PORT
           once it does.
peer.json  title     its name in the table
           dialect   v0 (the workshop's frames) or v1 (runnel.v1 is asked for)
           version   a command that prints what it is; failing means that it cannot be run here
           install   what to do then
           build     targets of our own build that it needs
           order     its place in the table, 0 is first
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import BenchError, clean_environment


@dataclass(frozen=True)
class Peer:
    name: str
    title: str
    dialect: str
    start: Path
    version_command: tuple[str, ...]
    install: str
    build: tuple[str, ...]
    order: int

    def version(self, binaries: Path) -> str:
        command = [part.replace("{binaries}", str(binaries)) for part in self.version_command]
        try:
            result = subprocess.run(command, capture_output=True, text=True, timeout=60,
                                    check=True, env=clean_environment({}))
        except (OSError, subprocess.SubprocessError) as error:
            hint = f" Try: {self.install}." if self.install else ""
            raise BenchError(f"{self.title} cannot be run here ({error}).{hint}") from error
        return result.stdout.strip()


def load_peers(folder: Path, wanted: list[str] | None) -> list[Peer]:
    peers = []
    for description in folder.glob("*/peer.json"):
        said = json.loads(description.read_text())
        peers.append(Peer(name=description.parent.name, title=said["title"],
                          dialect=said["dialect"], start=description.parent / "start",
                          version_command=tuple(said["version"]),
                          install=said.get("install", ""), build=tuple(said.get("build", ())),
                          order=said.get("order", 100)))
    peers.sort(key=lambda peer: (peer.order, peer.name))
    if wanted is None:
        return peers
    unknown = set(wanted) - {peer.name for peer in peers}
    if unknown:
        known = ", ".join(peer.name for peer in peers)
        raise BenchError(f"No such peer: {', '.join(sorted(unknown))}. There are: {known}.")
    return [peer for peer in peers if peer.name in wanted]
