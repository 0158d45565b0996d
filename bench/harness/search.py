"""The most chats that a server sustains: doubling, then halving what lies between."""

import time
from typing import Callable

from .results import Most
from .rows import Row, is_behind, is_disturbed

LATE_MS = 10
CLOSE_ENOUGH = 0.12  # of the number found
PATIENCE = 30  # seconds for a server; then what is known by then counts


def is_sustained(row: Row) -> bool:
    return row["p99_ms"] < LATE_MS and not is_behind(row) and not row["lost"]


def between(good: int, bad: int | None, most: int) -> int | None:
    """What to try next; nothing when the answer is known well enough."""
    if bad is None:
        return min(good * 2, most) if good < most else None
    step = 10 if bad <= 200 else 25 if bad <= 500 else 50
    middle = (good + bad) // 2 // step * step
    if bad - good <= max(step, CLOSE_ENOUGH * good) or middle <= good:
        return None
    return middle


def find_most(probe: Callable[[int], Row], most: int, known: list[Row],
              clock: Callable[[], float] = time.monotonic) -> Most:
    """Begins where the rows that are known end. What was late is tried once more, as others on the
    machine may have been the reason."""
    kept = sorted((row for row in known if is_sustained(row)), key=lambda row: row["chats"])
    best = kept[-1] if kept else None
    good = min(best["chats"], most) if best else 0
    failed = [row for row in known if row["chats"] > good and not is_sustained(row)]
    worst = min(failed, key=lambda row: row["chats"]) if failed else None
    ends = clock() + PATIENCE
    while True:
        bad = worst["chats"] if worst else None
        chats = between(good, bad, most) if good or bad else min(50, most)
        if chats is None or clock() > ends:
            return Most(good, best, bad or 0, worst)
        for _ in range(2):
            row = probe(chats)
            is_beyond_doubt = is_behind(row) and not is_disturbed(row)
            if is_sustained(row) or is_beyond_doubt:
                break
        if is_sustained(row):
            good, best = chats, row
        else:
            worst = row
