"""From what the load generator saw in a few rounds to one row that says when not to believe it."""

import os
import statistics
from typing import Any, Callable, Iterable

from .measuring import Finding

Row = dict[str, Any]

FALLS_BEHIND = "falls behind"


def row_of(findings: list[Finding]) -> Row:
    """The medians of the rounds of one case."""

    def median(value: Callable[[Finding], float]) -> float:
        return statistics.median(value(f) for f in findings)

    def share(name: str) -> float:
        return median(lambda f: f["cpu_seconds"].get(name, 0) / f["window_seconds"])

    def memory(name: str) -> float:
        return median(lambda f: f["memory_kib"]["server"][name])

    cores = os.cpu_count() or 1
    first = findings[0]

    def capacity(f: Finding) -> float:
        return f["window_seconds"] * cores

    row = {
        "rounds": len(findings),
        "chats": first["chats"],
        "idle_connections": first["idle"],
        "p50_ms": median(lambda f: f["latency_us"]["p50"]) / 1000,
        "p99_ms": median(lambda f: f["latency_us"]["p99"]) / 1000,
        "p999_ms": median(lambda f: f["latency_us"]["p999"]) / 1000,
        "cpu_per_million": median(
            lambda f: f["cpu_seconds"]["server"] / f["chunks"] * 1e6 if f["chunks"] else float("nan")),
        "nginx_per_million": median(
            lambda f: f["cpu_seconds"].get("nginx", 0) / f["chunks"] * 1e6 if f["chunks"] else 0),
        "chunks_per_second": median(lambda f: f["chunks"] / f["window_seconds"]),
        "wanted_per_second": first["chats"] * first["watchers"] * first["rate"],
        "complete": sum(f["complete"] for f in findings),
        "asked": sum(f["chats"] * f["watchers"] for f in findings),
        "lost": sum(f["lost_chunks"] for f in findings),
        "idle_missing": sum(f["idle_failed"] for f in findings),
        "server": share("server"),
        "emulator": share("emulator"),
        "loadgen": share("loadgen"),
        "idle": median(lambda f: f["machine"]["idle"] / capacity(f)),
        "others": median(lambda f: max(f["machine"]["busy"] + f["machine"]["stolen"]
                                       - sum(f["cpu_seconds"].values()), 0) / capacity(f)),
        "upstream_late_ms": median(lambda f: f["upstream_late_us"]["p99"]) / 1000,
        "errors": sorted({f["first_error"] for f in findings if f["first_error"]}),
        "kib_before": memory("before"),
        "kib_idle": memory("idle"),
        "kib_running": memory("running"),
    }
    if "speak" in first:
        row |= {
            "spoken_ms": median(lambda f: f["speak"]["us"]["max"]) / 1000,
            "spoken_p50_ms": median(lambda f: f["speak"]["us"]["p50"]) / 1000,
            "spoken_server": median(lambda f: f["speak"]["cpu_seconds"]["server"]),
            "spoken_loadgen": median(lambda f: f["speak"]["cpu_seconds"]["loadgen"]),
            "unanswered": sum(f["idle"] - f["speak"]["answered"] for f in findings),
        }
    return row


def is_behind(row: Row) -> bool:
    return (row["chunks_per_second"] < 0.97 * row["wanted_per_second"]
            or row["complete"] < row["asked"])


def is_disturbed(row: Row) -> bool:
    """Others on the machine had so much of it that the row may be about them."""
    return row["others"] > 0.10


def limits(row: Row) -> list[str]:
    """What, other than the server, a row may be about."""
    found = []
    if row["idle"] < 0.05:
        found.append("the machine has nothing left")
    if is_disturbed(row):
        found.append(f"other programs took {row['others']:.0%} of the machine")
    if row["upstream_late_ms"] > 10:
        found.append(f"the emulator is late (p99 {row['upstream_late_ms']:.0f} ms)")
    for name, said in (("emulator", "the emulator"), ("loadgen", "the load generator")):
        if row[name] > 0.8:
            found.append(f"{said} is the limit")
    return found


def doubts(row: Row) -> str:
    """What limits the meaning of a row."""
    found = [FALLS_BEHIND] if is_behind(row) else []
    if row["lost"]:
        found.append(f"{row['lost']} chunks lost")
    if row["idle_missing"]:
        found.append(f"{row['idle_missing']} idle connections refused or closed")
    if row.get("unanswered"):
        found.append(f"{row['unanswered']} got no answer when all spoke")
    found += limits(row)
    found += [f"said: {error[:80]}" for error in row["errors"]]
    return "; ".join(found).replace("|", "/")


def number(value: float) -> str:
    if value != value:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def load(row: Row) -> str:
    """What the bench's own ends took, of a core."""
    return f"{row['emulator']:.0%}, {row['loadgen']:.0%}".replace("%", "")


def markdown(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
