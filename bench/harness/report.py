"""The report as Markdown, and its place in a page."""

from pathlib import Path

from . import aims, questions
from .measuring import Finding, Pace
from .results import QUICK, Results
from .rows import markdown, number
from .search import LATE_MS
from .tables import TABLES


def show(results: Results, names: list[str], pace: Pace, about: str) -> str:
    sizes = results.sizes
    words = {"rate": pace.rate, "late": LATE_MS, "idle": sizes.idle[-1], "ways": sizes.ways,
             "memory": sizes.memory, "beside": sizes.idle_beside, "own": results.own.title}
    parts = [about]
    for name in names:
        table = TABLES[name]
        parts += [f"### {table.title.format(**words)}", table.show(results), table.about.format(**words)]
    reached = aims.show(results, is_whole=set(names) == set(TABLES) and sizes != QUICK)
    if reached:
        parts += ["### What was aimed at", reached]
    answers = questions.show(results, pace)
    if answers:
        parts += ["### The workshop's questions", answers]
    return "\n\n".join(parts)


def dispatchers_table(rows: list[tuple[str, Finding]]) -> str:
    return markdown(["event dispatcher", "idle connections", "one ping p50, µs", "p99, µs"],
                    [[title, f"{f['idle']:,}", number(f["p50_us"]), number(f["p99_us"])]
                     for title, f in rows])


def write_block(page: Path, name: str, text: str) -> None:
    """Puts text between the page's markers of that name, and nowhere else."""
    begin, end = f"<!-- bench:{name} -->\n", f"<!-- /bench:{name} -->"
    old = page.read_text()
    if old.count(begin) != 1 or old.count(end) != 1:
        raise ValueError(f"{page} has no single pair of markers {begin.strip()} {end}")
    head, rest = old.split(begin)
    page.write_text(head + begin + text.rstrip() + "\n" + end + rest.split(end)[1])
