"""What the server set out to reach beside others, as ratios within one run, and what it reached."""

import statistics
from typing import Iterator

from .measuring import Case
from .results import Results
from .rows import markdown, number
from .tables import Watchers, idle_case, idle_connection_kib, idle_server_mib

Aim = tuple[str, str, str]  # what, aim, reached


def _ratio(a: float | None, b: float | None) -> float | None:
    return a / b if a and b else None


def _reached(value: float | None, holds: bool | None, unit: str = "") -> str:
    return f"{number(value)}{unit}" + ("" if holds else ": **missed**") if value is not None else ""


def _at_most(ratio: float | None, most: float, unit: str = " times") -> str:
    return _reached(ratio, ratio is not None and ratio <= most, unit)


def _against(results: Results) -> Iterator[Aim]:
    own = results.own.name

    def ratio(other: str, chats: int, name: str) -> float | None:
        return _ratio(results.value(Case(own, chats), name), results.value(Case(other, chats), name))

    most = results.most
    times = _ratio(most[own].chats, most["fastapi"].chats) if {own, "fastapi"} <= most.keys() else None
    yield ("chats sustained, against FastAPI's", "at least 4 times",
           _reached(times, times is not None and times >= 4, " times"))
    yield ("CPU per chunk at 200 chats, against FastAPI's", "at most 0.33",
           _at_most(ratio("fastapi", 200, "cpu_per_million"), 1 / 3))
    yield ("CPU per chunk at 200 chats, against the bare epoll server's", "at most 5 times",
           _at_most(ratio("limit", 200, "cpu_per_million"), 5))
    yield ("added latency p50 at 100 chats, against FastAPI's", "at most 0.33",
           _at_most(ratio("fastapi", 100, "p50_ms"), 1 / 3))
    yield ("CPU per chunk at 500 chats, against Node's", "below 1",
           _at_most(ratio("node", 500, "cpu_per_million"), 1))
    yield ("added latency p99 at 1,000 chats, against Node's", "below 1",
           _at_most(ratio("node", 1000, "p99_ms"), 1))


def _alone(results: Results) -> Iterator[Aim]:
    own = results.own.name
    for name, said in (("cpu_per_million", "CPU per chunk"), ("p50_ms", "added latency p50")):
        yield (f"{said} of 100 chats with 5,000 idle connections, against none idle", "at most 1.3 times",
               _at_most(_ratio(results.value(idle_case(results, own, 5_000), name),
                               results.value(idle_case(results, own, 0), name)), 1.3))
    many = idle_case(results, own, 10_000)
    memory = idle_connection_kib(results, own) if results.row(many) else None
    yield ("10,000 idle connections: memory of each", "under 25 KiB", _at_most(memory, 25, " KiB"))
    yield ("10,000 idle connections speak at once: all answered", "within 1,000 ms",
           _at_most(results.value(many, "spoken_ms"), 1000, " ms"))
    yield ("CPU per delivered frame of a session that 100 clients watch, against 100 sessions",
           "at most 0.25",
           _at_most(_ratio(results.value(Case(own, 1, watchers=100), "cpu_per_million"),
                           results.value(Watchers.apart(results), "cpu_per_million")), 0.25))
    starts = [1000 * start["listening"] for start in results.starts.get(own, [])]
    yield ("idle server", "under 30 MiB",
           _at_most(idle_server_mib(results, own) if starts else None, 30, " MiB"))
    yield ("serves after its start", "within 150 ms",
           _at_most(statistics.median(starts) if starts else None, 150, " ms"))


def show(results: Results, is_whole: bool) -> str:
    """In a whole report an aim without a figure says so; where some tables are left out it is."""
    aims = [[said, aim, reached or "not measured"] for said, aim, reached in
            (*_against(results), *_alone(results)) if reached or is_whole]
    return markdown(["", "aim", "reached"], aims) if aims else ""
