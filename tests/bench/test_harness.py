#!/usr/bin/env python3
"""What the bench makes of figures: which rows it doubts, how it searches, what it calls reached. Nothing is started."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(os.environ.get("RUNNEL_SOURCE_DIR", Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / "bench"))

from harness import aims, nginx, questions, report  # noqa: E402
from harness.measuring import Case, Pace  # noqa: E402
from harness.peers import load_peers  # noqa: E402
from harness.processes import BenchError  # noqa: E402
from harness.results import Most, Results, Sizes  # noqa: E402
from harness.rows import doubts, is_behind, number, row_of  # noqa: E402
from harness.runner import measure  # noqa: E402
from harness.search import between, find_most, is_sustained  # noqa: E402
from harness.tables import TABLES  # noqa: E402


def finding(chats=100, *, watchers=1, idle=0, p50=300, p99=1000, cpu=0.1, received=1.0, **changes):
    """What the load generator says of a second; times in microseconds."""
    connections = chats * watchers
    found = {
        "chats": chats, "watchers": watchers, "idle": idle, "idle_opened": idle, "idle_failed": 0, "rate": 20,
        "opened": connections, "complete": connections if received == 1 else connections - 1, "lost_chunks": 0,
        "first_error": "", "window_seconds": 1, "chunks": round(connections * 20 * received),
        "latency_us": {"p50": p50, "p99": p99, "p999": 2 * p99},
        "upstream_late_us": {"p99": 100},
        "cpu_seconds": {"server": cpu, "emulator": 0.01, "loadgen": 0.02},
        "machine": {"busy": cpu + 0.03, "idle": (os.cpu_count() or 1) / 2, "stolen": 0},
        "memory_kib": {"server": {"before": 20_000, "idle": 20_000 + 10 * idle, "running": 20_000 + 10 * idle + 50 * connections}},
    }
    if idle:
        found["speak"] = {"answered": idle, "us": {"p50": 1000, "max": 5000}, "cpu_seconds": {"server": 0.5, "loadgen": 0.2}}
    return found | changes


class Rows(unittest.TestCase):
    def test_are_medians(self):
        row = row_of([finding(p50=time) for time in (900, 100, 200)])
        self.assertEqual(row["p50_ms"], 0.2)
        self.assertEqual(row["cpu_per_million"], 50)

    def test_without_a_flaw_say_nothing(self):
        self.assertEqual(doubts(row_of([finding()])), "")

    def test_say_what_limits_them(self):
        cores = os.cpu_count() or 1
        cases = {
            "falls behind": {"received": 0.9},
            "3 chunks lost": {"lost_chunks": 3},
            "2 idle connections refused or closed": {"idle": 5, "idle_failed": 2},
            "1 got no answer": {"idle": 5, "speak": finding(idle=5)["speak"] | {"answered": 4}},
            "nothing left": {"machine": {"busy": 0, "idle": 0, "stolen": 0}},
            "other programs took": {"machine": {"busy": cores / 2, "idle": cores / 2, "stolen": 0}},
            "the emulator is late": {"upstream_late_us": {"p99": 20_000}},
            "the load generator is the limit": {"cpu_seconds": {"server": 0.1, "emulator": 0.1, "loadgen": 0.9}},
            "said: refused": {"first_error": "refused"},
        }
        for said, changes in cases.items():
            with self.subTest(said):
                self.assertIn(said, doubts(row_of([finding(**changes)])))

    def test_are_behind_when_an_answer_is_not_complete(self):
        self.assertTrue(is_behind(row_of([finding(complete=99)])))

    def test_have_numbers_to_read(self):
        self.assertEqual([number(n) for n in (12345.6, 99.94, 0.12345, float("nan"))], ["12,346", "99.9", "0.123", "-"])


class TheSearch(unittest.TestCase):
    def most_of(self, limit, known=(), most=4000, hiccups=()):
        tried = []

        def probe(chats):
            tried.append(chats)
            late = chats > limit or (chats in hiccups and tried.count(chats) == 1)
            return row_of([finding(chats, p99=50_000 if late else 1000)])

        return find_most(probe, most, list(known)), tried

    def test_comes_close_to_the_limit(self):
        for limit in (60, 130, 333, 480, 777, 1100, 2900, 3999):
            with self.subTest(limit):
                most, tried = self.most_of(limit)
                self.assertLessEqual(most.chats, limit)
                self.assertGreater(most.beyond, limit)
                self.assertLessEqual(most.beyond - most.chats, max(50, 0.13 * limit))
                self.assertLess(len(tried), 20)

    def test_ends_where_it_is_told_to(self):
        most, tried = self.most_of(10_000)
        self.assertEqual((most.chats, most.beyond, most.beyond_row), (4000, 0, None))
        self.assertLessEqual(max(tried), 4000)

    def test_begins_with_what_is_known(self):
        known = [row_of([finding(200)]), row_of([finding(500, p99=90_000)])]
        most, tried = self.most_of(300, known)
        self.assertTrue(all(200 < chats < 500 for chats in tried), tried)
        self.assertLessEqual(most.chats, 300)

    def test_ends_for_a_server_that_sustains_nothing(self):
        most, tried = self.most_of(0)
        self.assertEqual(most.chats, 0)
        self.assertLess(len(tried), 12)

    def test_forgives_a_hiccup(self):
        self.assertEqual(self.most_of(4000, hiccups=(200, 1600))[0].chats, 4000)

    def test_tries_once_what_is_beyond_doubt(self):
        tried = []

        def probe(chats):
            tried.append(chats)
            return row_of([finding(chats, received=0.5 if chats > 100 else 1)])

        find_most(probe, 4000, [])
        self.assertEqual(len(tried), len(set(tried)), tried)

    def test_ends_when_its_time_is_up(self):
        now = [0]

        def probe(chats):
            now[0] += 20
            return row_of([finding(chats)])

        most = find_most(probe, 4000, [], lambda: now[0])
        self.assertEqual((most.chats, most.beyond), (100, 0))

    def test_wants_every_chunk(self):
        self.assertTrue(is_sustained(row_of([finding()])))
        self.assertFalse(is_sustained(row_of([finding(received=0.9)])))
        self.assertFalse(is_sustained(row_of([finding(lost_chunks=1)])))
        self.assertFalse(is_sustained(row_of([finding(p99=10_000)])))

    def test_never_tries_what_it_knows(self):
        for good, bad in ((0, 10), (50, 60), (100, 111), (1000, 1100), (4000, None)):
            self.assertIsNone(between(good, bad, 4000), (good, bad))


class Recorded:
    """In place of a Bench: what a server of that much CPU a chunk would show."""

    COST = {"runnel": 20, "fastapi": 200, "node": 40, "limit": 5}  # microseconds

    def __init__(self, peers):
        self.peers = {peer.name: peer for peer in peers}
        self.ran = []

    def run(self, case, pace):
        self.ran.append(case)
        cost = self.COST[case.peer.removesuffix("-memory")] / 1e6
        load = case.chats * case.watchers * 20 * cost
        changes = {} if load < 0.9 else {"received": 0.9 / load, "p99": 50_000}
        found = finding(case.chats, watchers=case.watchers, idle=case.idle, cpu=load / (case.watchers + 3) * 4, p50=cost * 1e7, **changes)
        found["cpu_seconds"] |= {"nginx": 0.05} if case.way else {}
        return found

    def first_answer(self, peer):
        return {"listening": 0.05, "first_chunk": 0.06}


class ARun(unittest.TestCase):
    def results(self, tables, peers=None, rounds=3):
        loaded = load_peers(ROOT / "bench/peers", Path("/nonexistent"), peers)
        compared = [peer for peer in loaded if peer.is_compared]
        results = Results(compared, [peer for peer in loaded if peer.name == f"{compared[0].name}-memory"], Sizes())
        bench = Recorded(loaded)
        measure(bench, results, tables, Pace(), rounds)
        return results, bench

    def setUp(self):
        # It says on standard error what it does.
        self.errors, sys.stderr = sys.stderr, open(os.devnull, "w")

    def tearDown(self):
        sys.stderr.close()
        sys.stderr = self.errors

    def test_shows_every_table_and_every_aim(self):
        results, _ = self.results(list(TABLES))
        text = report.show(results, list(TABLES), Pace(), "A machine.")
        for table in TABLES.values():
            self.assertIn(f"### {table.title.format(own='Runnel')}", text)
        for line in text.splitlines():
            self.assertNotIn("{", line)
        self.assertEqual([peer.name for peer in results.peers], ["runnel", "fastapi", "node", "limit"])
        reached = aims.show(results, is_whole=True).splitlines()[2:]
        self.assertEqual(len(reached), 13, reached)
        self.assertNotIn("not measured", text)
        # 10 KiB a connection, an answer in 5 ms at most.
        self.assertIn("9.77 MiB together, and 10,000 who all say something in the same moment are answered within 5 ms", text)
        self.assertIn("run at once at 20 chunks a second with p99 under 10 ms, 200 with FastAPI.", text)
        # By what Recorded knows: 20 of 200 is a tenth, of 5 four times.
        self.assertIn("| at most 0.33 | 0.1 times |", reached[1])
        self.assertIn("| at most 5 times | 4 times |", reached[2])

    def test_answers_the_questions_only_with_figures(self):
        results, _ = self.results(["chats", "idle"])
        self.assertEqual(questions.show(results, Pace()), "", "the most chats were not looked for")
        results.most = {"runnel": Most(300)}
        self.assertIn("300 run at once", questions.show(results, Pace()))
        for complete, said in ((1000, "; each comes whole, later."), (999, " instead of 20,000.")):
            late = finding(1000, received=0.9, complete=complete)
            results.findings[Case("runnel", 1000)] = [late]
            self.assertTrue(questions.show(results, Pace()).endswith(said), questions.show(results, Pace()))

    def test_runs_once_what_two_tables_show(self):
        _, bench = self.results(["chats", "ways", "watchers"], rounds=1)
        self.assertEqual(len(bench.ran), len(set(bench.ran)))

    def test_spares_a_server_what_it_cannot_do(self):
        results, bench = self.results(["chats"])
        self.assertEqual(results.skipped, {Case("fastapi", 1000): "not run: it falls behind at 500"})
        self.assertNotIn(Case("fastapi", 1000), bench.ran)
        self.assertEqual(bench.ran.count(Case("fastapi", 500)), 3)
        self.assertIn("not run", TABLES["chats"].show(results))

    def test_does_not_blame_a_server_for_what_others_took(self):
        loaded = load_peers(ROOT / "bench/peers", Path("/nonexistent"), ["fastapi"])
        results = Results([peer for peer in loaded if peer.is_compared], [], Sizes())
        bench = Recorded(results.peers)
        as_it_was = bench.run
        busy = {"busy": 100 * (os.cpu_count() or 1), "idle": 0, "stolen": 0}
        bench.run = lambda case, pace: as_it_was(case, pace) | {"machine": busy}
        measure(bench, results, ["chats"], Pace(), 1)
        self.assertEqual(results.skipped, {})
        self.assertIn(Case("fastapi", 1000), results.findings)

    def test_alternates(self):
        _, bench = self.results(["chats"], peers=["runnel", "node"], rounds=2)
        self.assertEqual(bench.ran[:8], list(reversed(bench.ran[8:])))

    def test_searches_from_the_table_of_chats_on(self):
        results, bench = self.results(["chats", "watchers", "most"], rounds=1)
        tried = [case for case in bench.ran if case.peer == "fastapi"]
        self.assertEqual(tried[:3], [Case("fastapi", chats) for chats in (100, 200, 500)])
        self.assertTrue(tried[3:] and all(200 < case.chats < 500 for case in tried[3:]), tried)
        # Of 200 microseconds a chunk Recorded gives out less than 0.9 seconds: not quite 225 chats.
        self.assertEqual((results.most["fastapi"].chats, results.most["fastapi"].beyond), (200, 225))
        self.assertEqual(results.most["limit"].beyond, 0)

    def test_says_what_is_missed(self):
        results, _ = self.results(["chats"])
        results.most = {"runnel": Most(300), "fastapi": Most(100)}
        self.assertIn("| at least 4 times | 3 times: **missed** |", aims.show(results, is_whole=False))

    def test_does_not_keep_quiet_about_an_aim_without_a_figure(self):
        results, _ = self.results(["chats"], peers=["runnel", "node", "limit"])
        self.assertNotIn("not measured", aims.show(results, is_whole=False))
        self.assertIn("against FastAPI's | at most 0.33 | not measured |", aims.show(results, is_whole=True))


class Peers(unittest.TestCase):
    def test_that_do_not_exist_are_named_with_those_that_do(self):
        with self.assertRaisesRegex(BenchError, r"No such peer: nobody\. There are: .*node"):
            load_peers(ROOT / "bench/peers", Path("/nonexistent"), ["runnel", "nobody"])

    def test_that_cannot_run_say_how_they_could(self):
        with tempfile.TemporaryDirectory() as folder:
            peer = Path(folder) / "odd"
            peer.mkdir()
            (peer / "peer.json").write_text('{"title": "Odd", "dialect": "v0", "version": ["false"], "install": "apt-get install odd"}')
            [odd] = load_peers(Path(folder), Path(folder) / "build", None)
            with self.assertRaisesRegex(BenchError, "(?s)Odd cannot be run here.*apt-get install odd"):
                odd.version(Path("/nonexistent"))

    def test_all_have_a_start_that_can_be_run(self):
        for peer in load_peers(ROOT / "bench/peers", Path("/nonexistent"), None):
            with self.subTest(peer.name):
                self.assertTrue(os.access(peer.start, os.X_OK))
                self.assertTrue(peer.prepare is None or os.access(peer.prepare, os.X_OK))


class TheProductsNginx(unittest.TestCase):
    def test_has_everything_that_the_bench_changes(self):
        with tempfile.TemporaryDirectory() as folder:
            try:
                nginx.product_front(Path(folder), 4711)
            except BenchError as error:
                if "not installed" in str(error):
                    self.skipTest(str(error))
                raise
            text = (Path(folder) / "nginx.conf").read_text()
        self.assertIn("set $api 127.0.0.1:4711;", text)
        self.assertNotIn("/dev/stdout", text)


class ThePage(unittest.TestCase):
    def test_changes_between_its_markers_only(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.md"
            page.write_text("before\n<!-- bench:report -->\nold\n<!-- /bench:report -->\nafter\n")
            report.write_block(page, "report", "new\n")
            self.assertEqual(page.read_text(), "before\n<!-- bench:report -->\nnew\n<!-- /bench:report -->\nafter\n")

    def test_has_the_markers(self):
        text = (ROOT / "docs/performance.md").read_text()
        for name in ("report", "dispatchers"):
            self.assertEqual((text.count(f"<!-- bench:{name} -->\n"), text.count(f"<!-- /bench:{name} -->")), (1, 1), name)


if __name__ == "__main__":
    unittest.main()
