#!/usr/bin/env python3
"""What a chunk costs the server, counted: instructions, allocations, system calls, wake-ups.

    tests/counts/test_counts.py          compares with counts.json
    tests/counts/test_counts.py --keep   writes what it counts there; look at the difference before you commit it

Counts do not depend on how busy the machine is, but on the version of Qt and its libraries: counts.json has a block for
each version of Qt. With another version the nearest bounds hold loosely. Needs valgrind, strace and python3-websockets.
"""

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BINARIES = Path(os.environ.get("RUNNEL_BINARY_DIR", ROOT / "build/ci")) / "bin"
sys.path[:0] = [str(HERE), str(ROOT / "bench")]
sys.dont_write_bytecode = True

from harness.machine import qt_version  # noqa: E402
from harness.processes import ServerProcess  # noqa: E402
from steps import Answer, Idle, Model  # noqa: E402

KEPT = HERE / "counts.json"
WITHIN = 0.10  # of a number that is kept
WITHIN_OTHER_QT = 0.50
SHORT, LONG = 100, 500  # chunks: their difference leaves start and end out
IDLE = 10_000
ALLOCATORS = re.compile(r"malloc|calloc|realloc|posix_memalign|aligned_alloc")


def server(folder: Path, model: Model, wrapper: tuple[str, ...] = ()) -> ServerProcess:
    environment = {"PORT": "0", "GOOGLE_API_KEY": "counted", "LOG_LEVEL": "warning",
                   "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{model.port}",
                   "DATABASE_URL": f"sqlite:{folder}/counted.db",
                   "MAX_CONNECTIONS": str(IDLE + 100), "MAX_CONNECTIONS_PER_ADDRESS": str(IDLE + 100)}
    return ServerProcess("server", [*wrapper, str(BINARIES / "runnel-server")], folder, environment, start_seconds=120)


# ---- instructions and allocations

def read_callgrind(file: Path) -> tuple[int, int]:
    """All instructions, and the calls of the C library's allocating functions."""
    instructions = calls = 0
    names: dict[str, str] = {}
    callee = ""
    for line in file.read_text(errors="replace").splitlines():
        if line.startswith(("totals:", "summary:")):
            instructions = int(line.split()[1])
        elif line.startswith(("fn=", "cfn=")):
            number, _, name = line.split("=", 1)[1].partition(" ")
            if name:
                names[number] = name
            if line.startswith("cfn="):
                callee = names[number]
        elif line.startswith("calls=") and ALLOCATORS.fullmatch(callee):
            calls += int(line[6:].split()[0])
    return instructions, calls


async def under_callgrind(chunks: int) -> tuple[int, int]:
    with tempfile.TemporaryDirectory(prefix="runnel-counts-") as temporary:
        folder = Path(temporary)
        counted = folder / "callgrind.out"
        wrapper = ("valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={counted}")
        async with Model() as model:
            with server(folder, model, wrapper) as process:
                async with Answer(model, process.port) as answer:
                    await answer.step(chunks)
        return read_callgrind(counted)


async def count_instructions() -> dict[str, float]:
    short, long = [await under_callgrind(chunks) for chunks in (SHORT, LONG)]
    instructions, allocations = [(b - a) / (LONG - SHORT) for a, b in zip(short, long)]
    return {"instructions": round(instructions), "allocations": round(allocations, 1)}


# ---- system calls

class Strace:
    """Counts the calls of a process and its threads from now until the end of the block."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self.file = folder / "strace"

    async def __aenter__(self) -> "Strace":
        self.process = await asyncio.create_subprocess_exec(
            "strace", "-f", "-c", "-U", "calls,name", "-o", str(self.file), "-p", str(self.pid),
            stderr=asyncio.subprocess.PIPE)
        said = await asyncio.wait_for(self.process.stderr.readline(), 30)
        assert b"attached" in said, said
        return self

    async def __aexit__(self, *_: object) -> None:
        self.process.send_signal(subprocess.signal.SIGINT)
        await asyncio.wait_for(self.process.communicate(), 30)

    def calls(self) -> dict[str, int]:
        rows = [line.split() for line in self.file.read_text().splitlines()]
        return {row[1]: int(row[0]) for row in rows if len(row) == 2 and row[0].isdigit() and row[1] != "total"}


async def under_strace(idle: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="runnel-counts-") as temporary:
        folder = Path(temporary)
        async with Model() as model:
            with server(folder, model) as process:
                async with Idle(process.port, idle), Answer(model, process.port) as answer:
                    await answer.step(SHORT)
                    async with Strace(process.pid, folder) as strace:
                        await answer.step(LONG)
        calls = strace.calls()
        if os.environ.get("RUNNEL_COUNTS_VERBOSE"):
            print(f"with {idle} idle connections:", calls, flush=True)
        return {"system_calls": round(sum(calls.values()) / LONG, 2),
                "waits": round(sum(n for name, n in calls.items() if name.startswith("epoll_")) / LONG, 2)}


# ---- what must hold

class Counts(unittest.TestCase):
    """Run by ctest; each number is of one chunk."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.qt = qt_version(BINARIES / "runnel-server")
        kept = json.loads(KEPT.read_text())
        cls.within = WITHIN if cls.qt in kept else WITHIN_OTHER_QT
        cls.kept = kept.get(cls.qt) or kept[max(kept)]

    def compare(self, counted: dict[str, float]) -> None:
        for name, number in counted.items():
            kept = self.kept[name]
            print(f"{name}: {number:g} a chunk, {kept:g} are kept", flush=True)
            with self.subTest(name):
                self.assertLessEqual(number, kept * (1 + self.within),
                                     "A chunk costs more than before: find out why, or say why it must (--keep).")
                self.assertGreaterEqual(number, kept * (1 - self.within),
                                        "A chunk costs less than before: keep that with --keep.")

    def test_instructions_and_allocations(self) -> None:
        self.compare(asyncio.run(count_instructions()))

    def test_system_calls_also_among_idle_connections(self) -> None:
        alone = asyncio.run(under_strace(0))
        self.compare(alone)
        among = asyncio.run(under_strace(IDLE))
        print(f"among {IDLE} idle connections: {among}", flush=True)
        for name, number in among.items():
            self.assertLessEqual(number, alone[name] * 1.05, f"{name} grow with idle connections")


def keep() -> None:
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    counted = asyncio.run(count_instructions()) | asyncio.run(under_strace(0))
    kept[qt_version(BINARIES / "runnel-server")] = counted
    KEPT.write_text(json.dumps(kept, indent=2) + "\n")
    print(json.dumps(counted))


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if sys.argv[1:] == ["--keep"]:
        keep()
    else:
        unittest.main()
