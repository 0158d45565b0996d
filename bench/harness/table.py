"""From what the load generator saw to a table that says when not to believe it."""

import os
import statistics
from pathlib import Path
from typing import Any, Callable, Iterable

Finding = dict[str, Any]


def row_of(findings: list[Finding]) -> dict[str, Any]:
    """The medians of the rounds of one peer with one number of chats."""

    def median(value: Callable[[Finding], float]) -> float:
        return statistics.median(value(f) for f in findings)

    cores = os.cpu_count() or 1
    first = findings[0]

    def capacity(f: Finding) -> float:
        return f["window_seconds"] * cores

    return {
        "chats": first["chats"],
        "p50_ms": median(lambda f: f["latency_us"]["p50"]) / 1000,
        "p99_ms": median(lambda f: f["latency_us"]["p99"]) / 1000,
        "cpu_per_million": median(
            lambda f: f["cpu_seconds"]["server"] / f["chunks"] * 1e6 if f["chunks"] else float("nan")),
        "chunks_per_second": median(lambda f: f["chunks"] / f["window_seconds"]),
        "wanted_per_second": first["chats"] * first["rate"],
        "complete": sum(f["complete"] for f in findings),
        "asked": sum(f["chats"] for f in findings),
        "lost": sum(f["lost_chunks"] for f in findings),
        "emulator": median(lambda f: f["cpu_seconds"]["emulator"] / f["window_seconds"]),
        "loadgen": median(lambda f: f["cpu_seconds"]["loadgen"] / f["window_seconds"]),
        "idle": median(lambda f: f["machine"]["idle"] / capacity(f)),
        "others": median(lambda f: max(f["machine"]["busy"] + f["machine"]["stolen"]
                                       - sum(f["cpu_seconds"].values()), 0) / capacity(f)),
        "upstream_late_ms": median(lambda f: f["upstream_late_us"]["p99"]) / 1000,
        "errors": sorted({f["first_error"] for f in findings if f["first_error"]}),
    }


def doubts(row: dict[str, Any]) -> list[str]:
    """What limits the meaning of a row."""
    found = []
    if row["chunks_per_second"] < 0.97 * row["wanted_per_second"] or row["complete"] < row["asked"]:
        found.append("falls behind")
    if row["lost"]:
        found.append(f"{row['lost']} chunks lost")
    if row["idle"] < 0.05:
        found.append("the machine has nothing left")
    if row["others"] > 0.10:
        found.append(f"other programs took {row['others']:.0%} of the machine")
    if row["upstream_late_ms"] > 10:
        found.append(f"the emulator is late (p99 {row['upstream_late_ms']:.0f} ms)")
    for name, said in (("emulator", "the emulator"), ("loadgen", "the load generator")):
        if row[name] > 0.8:
            found.append(f"{said} is the limit")
    found += [f"said: {error[:80]}" for error in row["errors"]]
    return found


def _number(value: float) -> str:
    if value != value:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def chats_table(rows: list[tuple[str, dict[str, Any]]]) -> str:
    header = ["server", "chats", "added latency p50, ms", "p99, ms", "CPU s per 1,000,000 chunks",
              "chunks/s (asked for)", "answers complete", "emulator, load generator, % of a core",
              "machine idle", "mind"]
    lines = []
    for title, row in rows:
        lines.append([
            title, str(row["chats"]), _number(row["p50_ms"]), _number(row["p99_ms"]),
            _number(row["cpu_per_million"]),
            f"{row['chunks_per_second']:,.0f} ({row['wanted_per_second']:,.0f})",
            f"{row['complete']} of {row['asked']}",
            f"{row['emulator']:.0%}, {row['loadgen']:.0%}".replace("%", ""),
            f"{row['idle']:.0%}", "; ".join(doubts(row)).replace("|", "/")])
    return _table(header, lines)


def ratios(rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """The first server of each size against the others."""
    said = []
    for chats in sorted({row["chats"] for _, row in rows}):
        (own_title, own), *others = [(t, r) for t, r in rows if r["chats"] == chats]
        for title, other in others:
            if other["p50_ms"] and other["cpu_per_million"]:
                said.append(f"{own_title} against {title} at {chats} chats: "
                            f"{own['cpu_per_million'] / other['cpu_per_million']:.2g} of the CPU per "
                            f"chunk, {own['p50_ms'] / other['p50_ms']:.2g} of the median latency.")
    return said


def dispatchers_table(rows: list[tuple[str, Finding]]) -> str:
    header = ["event dispatcher", "idle connections", "one ping p50, µs", "p99, µs"]
    return _table(header, [[title, f"{f['idle']:,}", _number(f["p50_us"]), _number(f["p99_us"])]
                           for title, f in rows])


def write_block(page: Path, name: str, text: str) -> None:
    """Puts text between the page's markers of that name, and nowhere else."""
    begin, end = f"<!-- bench:{name} -->\n", f"<!-- /bench:{name} -->"
    old = page.read_text()
    if old.count(begin) != 1 or old.count(end) != 1:
        raise ValueError(f"{page} has no single pair of markers {begin.strip()} {end}")
    head, rest = old.split(begin)
    page.write_text(head + begin + text.rstrip() + "\n" + end + rest.split(end)[1])
