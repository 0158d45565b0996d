"""The tables of the report: what each needs to be run, how it looks, and what its columns mean."""

import statistics
from typing import Protocol

from .measuring import Case
from .results import Most, Results
from .rows import Row, doubts, is_behind, limits, load, markdown, number
from .search import LATE_MS

LOAD = "emulator, load generator, % of a core"
CPU = "CPU s per 1,000,000 chunks"


class Table(Protocol):
    title: str
    about: str

    def cases(self, results: Results) -> list[Case]:
        """What has to be run in each round."""

    def show(self, results: Results) -> str: ...


class Chats:
    title = "A running answer"
    about = """Each chat has one answer under way, at {rate:g} chunks a second. *Added latency*: from the emulator's sending
of a chunk to the load generator's reading of its frame. *CPU*: of the server's process, all its threads, by chunk that arrived.
*Mind* says what limits a row."""

    def cases(self, results: Results) -> list[Case]:
        return [Case(peer.name, chats) for chats in results.sizes.chats for peer in results.peers]

    def show(self, results: Results) -> str:
        lines = []
        for chats in results.sizes.chats:
            for peer in results.peers:
                case = Case(peer.name, chats)
                row = results.row(case)
                if row is None:
                    said = results.skipped.get(case, "not measured")
                    lines.append([peer.title, f"{chats:,}", *["-"] * 7, said])
                    continue
                lines.append([
                    peer.title, f"{chats:,}", number(row["p50_ms"]), number(row["p99_ms"]),
                    number(row["p999_ms"]), number(row["cpu_per_million"]),
                    f"{row['chunks_per_second']:,.0f} ({row['wanted_per_second']:,.0f})", load(row),
                    f"{row['idle']:.0%}", doubts(row)])
        return markdown(["server", "chats", "added latency p50, ms", "p99, ms", "p99.9, ms", CPU,
                         "chunks/s (asked for)", LOAD, "machine idle", "mind"], lines)


class MostChats:
    title = "The most chats"
    about = """The most chats at {rate:g} chunks a second with p99 under {late} ms and every chunk delivered: doubled until it
fails, then halved between, in windows of 1.5 s; what is late is tried twice. The processes' shares are those at that number."""

    def cases(self, results: Results) -> list[Case]:
        return []

    def show(self, results: Results) -> str:
        lines = []
        for peer in results.peers:
            most = results.most[peer.name]
            row = most.row
            lines.append([
                peer.title, f"{most.chats:,}", number(row["p99_ms"]) if row else "-",
                f"{row['server']:.0%}, {row['emulator']:.0%}, {row['loadgen']:.0%}".replace("%", "")
                if row else "-", f"{row['idle']:.0%}" if row else "-", self.beyond(most)])
        return markdown(["server", "chats", "p99, ms", f"server, {LOAD}", "machine idle",
                         "what came beyond"], lines)

    @staticmethod
    def beyond(most: Most) -> str:
        row = most.beyond_row
        if row is None:
            return "the search ended, by its bound or its time"
        said = ["falls behind"] if is_behind(row) else []
        if row["p99_ms"] >= LATE_MS:
            said.append(f"p99 {number(row['p99_ms'])} ms")
        if row["lost"]:
            said.append("chunks lost")
        said.append(f"the server takes {row['server']:.0%} of a core")
        return f"at {most.beyond:,}: " + "; ".join(said + limits(row))


class Memory:
    title = "Memory and start"
    about = """Resident memory as ps shows it: of a server that nobody has connected to yet, what {idle:,} idle connections
add to it (each with a chat of its own), and what {memory} running answers add, their connections included. The start is from that of
the process until it accepts a connection, and until a client that dials each millisecond has read the first chunk of an answer."""

    def cases(self, results: Results) -> list[Case]:
        sizes = results.sizes
        return [case for peer in results.peers
                for case in (Case(peer.name, sizes.memory), idle_case(results, peer.name))]

    def show(self, results: Results) -> str:
        lines = []
        for peer in results.peers:
            start = results.starts[peer.name]
            running = results.row(Case(peer.name, results.sizes.memory))
            lines.append([
                peer.title, number(idle_server_mib(results, peer.name)),
                number(idle_connection_kib(results, peer.name)),
                number((running["kib_running"] - running["kib_before"]) / running["chats"])
                if running else "-",
                number(1000 * statistics.median(s["listening"] for s in start)),
                number(1000 * statistics.median(s["first_chunk"] for s in start)),
                "its answers were behind, and waited in memory" if running and is_behind(running)
                else ""])
        return markdown(["server", "idle, MiB", "an idle connection, KiB", "a running answer, KiB",
                         "start to listening, ms", "start to first answer, ms", "mind"], lines)


def idle_case(results: Results, peer: str, idle: int | None = None) -> Case:
    return Case(peer, results.sizes.idle_beside,
                idle=results.sizes.idle[-1] if idle is None else idle)


def idle_server_mib(results: Results, peer: str) -> float:
    found = [f["memory_kib"]["server"]["before"]
             for case, findings in results.findings.items() if case.peer == peer for f in findings]
    return statistics.median(found) / 1024 if found else float("nan")


def idle_connection_kib(results: Results, peer: str) -> float:
    row = results.row(idle_case(results, peer))
    if row is None:
        return float("nan")
    return (row["kib_idle"] - row["kib_before"]) / row["idle_connections"]


class Idle:
    title = "Idle connections beside running answers"
    about = """{beside} chats run while others are connected and say nothing. At the end *all of these speak at once*: each
sends a message for an agent that does not exist, which the server reads, looks up in the session and answers with an error frame.
The times are from the first message sent to the answer of half of them and of the last; the load generator, on the same two cores,
sends and reads in that time too. The servers compared are run once."""

    def cases(self, results: Results) -> list[Case]:
        return ([idle_case(results, results.own.name, idle) for idle in results.sizes.idle]
                + [idle_case(results, peer.name) for peer in results.peers[1:]])

    def show(self, results: Results) -> str:
        lines = []
        for case in self.cases(results):
            row = results.row(case)
            if row is None:
                continue
            spoken = ["-", "-"]
            if case.idle:
                spoken = [f"{number(row['spoken_p50_ms'])}, {number(row['spoken_ms'])}",
                          f"{row['spoken_server']:.2f}, {row['spoken_loadgen']:.2f}"]
            title = next(peer.title for peer in results.peers if peer.name == case.peer)
            lines.append([title, f"{case.idle:,}", number(row["cpu_per_million"]),
                          number(row["p50_ms"]), number(row["p99_ms"]),
                          *spoken, load(row), doubts(row)])
        return markdown(["server", "idle connections", CPU, "added latency p50, ms", "p99, ms",
                         "all speak: half answered, all answered, ms",
                         "server, load generator, CPU s for that", LOAD, "mind"], lines)


class Ways:
    title = "Ways to run {own}"
    about = """{ways} chats. *nginx*: its configuration from nginx/ stands before the server, without its limits for one
address. *TLS*: another nginx stands between server and emulator, as Gemini has it. *In memory*: DATABASE_URL=memory:, so nothing is
written to the disk."""

    def ways(self, results: Results) -> list[tuple[str, Case]]:
        own, chats = results.own.name, results.sizes.ways
        return [("as it is: journal in SQLite", Case(own, chats)),
                *((peer.title.split(", ", 1)[-1], Case(peer.name, chats)) for peer in results.ways),
                ("through nginx", Case(own, chats, way="nginx")),
                ("TLS to the upstream", Case(own, chats, way="tls"))]

    def cases(self, results: Results) -> list[Case]:
        return [case for _, case in self.ways(results)]

    def show(self, results: Results) -> str:
        lines = []
        for said, case in self.ways(results):
            row = results.row(case)
            if row is None:
                continue
            lines.append([
                said, number(row["p50_ms"]), number(row["p99_ms"]), number(row["p999_ms"]),
                number(row["cpu_per_million"]),
                number(row["nginx_per_million"]) if case.way else "-",
                load(row), f"{row['idle']:.0%}", doubts(row)])
        return markdown(["way", "added latency p50, ms", "p99, ms", "p99.9, ms", CPU, "nginx's",
                         LOAD, "machine idle", "mind"], lines)


class Watchers:
    title = "Many clients on one session"
    about = """One answer, seen by several clients of its session, beside as many sessions with a client each. *CPU* by
frame that arrived anywhere."""

    def ways(self, results: Results) -> list[Case]:
        own = results.own.name
        return [*(Case(own, 1, watchers=n) for n in results.sizes.watchers), self.apart(results)]

    @staticmethod
    def apart(results: Results) -> Case:
        return Case(results.own.name, results.sizes.watchers[-1])

    def cases(self, results: Results) -> list[Case]:
        return self.ways(results)

    def show(self, results: Results) -> str:
        lines = []
        for case in self.ways(results):
            row: Row | None = results.row(case)
            if row is None:
                continue
            lines.append([str(case.chats), str(case.watchers), number(row["cpu_per_million"]),
                          number(row["p50_ms"]), number(row["p99_ms"]), load(row), doubts(row)])
        return markdown(["sessions", "clients each", "CPU s per 1,000,000 frames",
                         "added latency p50, ms", "p99, ms", LOAD, "mind"], lines)


TABLES: dict[str, Table] = {"chats": Chats(), "most": MostChats(), "memory": Memory(), "idle": Idle(),
                            "ways": Ways(), "watchers": Watchers()}
