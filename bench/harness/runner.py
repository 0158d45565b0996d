"""What is run, and in which order."""

import sys
import time

from .measuring import Bench, Case, Finding, Pace
from .results import Results
from .rows import FALLS_BEHIND, Row, is_behind, is_disturbed, row_of
from .search import find_most, is_sustained
from .tables import TABLES


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _is_plain(case: Case) -> bool:
    return not (case.idle or case.way) and case.watchers == 1


def _too_many(case: Case, results: Results) -> str | None:
    """Why a case need not be run: its server fell behind with half as many chats already."""
    if not _is_plain(case):
        return None
    for other, findings in results.findings.items():
        if other.peer != case.peer or not _is_plain(other) or other.chats * 2 > case.chats:
            continue
        row = row_of(findings)
        if is_behind(row) and not is_disturbed(row):
            return f"not run: it {FALLS_BEHIND} at {other.chats:,}"
    return None


def _run_rounds(bench: Bench, results: Results, tables: list[str], pace: Pace, rounds: int) -> None:
    # Each once, however many tables show it.
    cases = list(dict.fromkeys(case for name in tables for case in TABLES[name].cases(results)))
    for number in range(rounds):
        # There and back, so that whatever else the machine does meets all of them.
        for case in cases if number % 2 == 0 else reversed(cases):
            why_not = results.skipped.get(case) or (_too_many(case, results) if number == 0 else None)
            if why_not:
                results.skipped[case] = why_not
                continue
            # It takes a slow server long to get 10,000 connections, and its figure is clear at once.
            if number > 0 and case.idle and case.peer != results.own.name:
                continue
            _say(f"round {number + 1} of {rounds}: {bench.peers[case.peer].title}, {case}")
            results.findings.setdefault(case, []).append(bench.run(case, pace))


def _find_most(bench: Bench, results: Results, pace: Pace) -> None:
    short = Pace(pace.rate, pace.ramp, pace.warm_up, min(pace.window, 1.5), 1.5)
    for peer in results.peers:
        def probe(chats: int, name: str = peer.name) -> Row:
            finding: Finding = bench.run(Case(name, chats), short)
            row = row_of([finding])
            _say(f"the most chats: {bench.peers[name].title}, {chats}: p99 {row['p99_ms']:.1f} ms")
            return row

        rows = [results.row(Case(peer.name, chats)) for chats in results.sizes.chats]
        # What went wrong while others had the machine is not known.
        known = [row for row in rows if row and (is_sustained(row) or not is_disturbed(row))]
        results.most[peer.name] = find_most(probe, results.sizes.most, known)


def _find_starts(bench: Bench, results: Results) -> None:
    for number in range(results.sizes.starts):
        for peer in results.peers:
            _say(f"start {number + 1} of {results.sizes.starts}: {peer.title}")
            results.starts.setdefault(peer.name, []).append(bench.first_answer(peer.name))


def measure(bench: Bench, results: Results, tables: list[str], pace: Pace, rounds: int) -> None:
    _run_rounds(bench, results, tables, pace, rounds)
    if "most" in tables:
        _find_most(bench, results, pace)
    if "memory" in tables:
        _find_starts(bench, results)
