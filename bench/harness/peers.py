"""The servers that are compared. A peer is a folder in bench/peers:

start      An executable that becomes the server (exec), so that its process id is the server's. It
           finds PORT (0: a free one), GOOGLE_API_KEY, GOOGLE_GEMINI_BASE_URL, BENCH_BINARIES (our
           own programs), BENCH_PEER_FOLDER (what was prepared) and BENCH_CONNECTIONS (how many it
           must take) in the environment, serves
           ws://127.0.0.1:PORT/ws/chat/{session_id}, and prints a line with http://127.0.0.1:PORT
           once it does.
peer.json  title     its name in the table
           dialect   v0 (the workshop's frames) or v1 (runnel.v1 is asked for)
           version   a command that prints what it is; failing means that it cannot be run here
           prepare   an executable in the folder that puts what the peer needs into
                     BENCH_PEER_FOLDER, in the build tree; called each time (optional)
           install   what to do when one of both fails
           build     targets of our own build that it needs
           order     its place in the tables, 0 is first
           compared  false: not one of the servers that are compared unless asked for, but a way to
                     run the one whose name it begins with
"""

import json
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .processes import BenchError


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
    prepare: Path | None
    is_compared: bool
    folder: Path

    def environment(self, binaries: Path) -> dict[str, str]:
        return {"BENCH_BINARIES": str(binaries), "BENCH_PEER_FOLDER": str(self.folder)}

    def version(self, binaries: Path) -> str:
        """What it is, once it is known to run here."""
        command = [part.replace("{binaries}", str(binaries)) for part in self.version_command]
        try:
            if self.prepare:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._output_of([str(self.prepare)], binaries)
            return self._output_of(command, binaries).strip()
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip()
            reason = said.splitlines()[-1] if said else "no reason given"
            hint = f"\n    {self.install}" if self.install else ""
            raise BenchError(f"{self.title} cannot be run here: {reason}{hint}") from error

    def _output_of(self, command: list[str], binaries: Path) -> str:
        # Not the clean environment: npm may need a proxy.
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True,
                              env=os.environ | self.environment(binaries)).stdout


def load_peers(folder: Path, build: Path, wanted: list[str] | None) -> list[Peer]:
    peers = []
    for description in folder.glob("*/peer.json"):
        said = json.loads(description.read_text())
        peers.append(Peer(name=description.parent.name, title=said["title"],
                          dialect=said["dialect"], start=description.parent / "start",
                          version_command=tuple(said["version"]),
                          install=said.get("install", ""), build=tuple(said.get("build", ())),
                          order=said.get("order", 100),
                          prepare=(description.parent / said["prepare"]
                                   if "prepare" in said else None),
                          is_compared=said.get("compared", True),
                          folder=build / description.parent.name))
    peers.sort(key=lambda peer: (peer.order, peer.name))
    if wanted is None:
        return peers
    unknown = set(wanted) - {peer.name for peer in peers}
    if unknown:
        known = ", ".join(peer.name for peer in peers)
        raise BenchError(f"No such peer: {', '.join(sorted(unknown))}. There are: {known}.")
    return [replace(peer, is_compared=peer.name in wanted) for peer in peers
            if peer.name in wanted or not peer.is_compared]
