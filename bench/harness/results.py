"""What was measured in one run of the bench."""

from dataclasses import dataclass, field

from .measuring import Case, Finding
from .peers import Peer
from .rows import Row, row_of


@dataclass(frozen=True)
class Sizes:
    chats: tuple[int, ...] = (100, 200, 500, 1000)
    idle: tuple[int, ...] = (0, 1_000, 5_000, 10_000)
    idle_beside: int = 100  # chats
    watchers: tuple[int, ...] = (1, 10, 100)
    ways: int = 200   # chats
    memory: int = 500  # chats
    most: int = 4_000  # chats, where the search ends
    starts: int = 3


QUICK = Sizes(chats=(20, 40), idle=(0, 200, 400), idle_beside=20, watchers=(1, 5), ways=20, memory=40,
              most=80, starts=1)


@dataclass(frozen=True)
class Most:
    """The most chats that a server sustained, and the first number that it did not."""

    chats: int
    row: Row | None = None
    beyond: int = 0  # 0: the search ended
    beyond_row: Row | None = None


@dataclass
class Results:
    peers: list[Peer]  # those that are compared; the first is the one that this is about
    ways: list[Peer]   # of running the first
    sizes: Sizes
    findings: dict[Case, list[Finding]] = field(default_factory=dict)
    skipped: dict[Case, str] = field(default_factory=dict)
    most: dict[str, Most] = field(default_factory=dict)
    starts: dict[str, list[Finding]] = field(default_factory=dict)

    @property
    def own(self) -> Peer:
        return self.peers[0]

    def row(self, case: Case) -> Row | None:
        return row_of(self.findings[case]) if case in self.findings else None

    def value(self, case: Case, name: str) -> float | None:
        row = self.row(case)
        return row[name] if row else None
