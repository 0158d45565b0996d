"""The workshop's questions on latency and scaling, answered by what was measured."""

from .measuring import Case, Pace
from .results import Results
from .rows import is_behind, number
from .tables import idle_case, idle_connection_kib


def show(results: Results, pace: Pace) -> str:
    """Empty where a figure that an answer rests on was not measured."""
    own = results.own.name
    row = results.row(Case(own, 100))
    most = results.most.get(own)
    idle = results.row(idle_case(results, own))
    if not (row and most and idle and "spoken_ms" in idle):
        return ""
    between = 1000 / pace.rate
    latency = (f"*Latency: where does most of the time go?* In the model, which takes some hundreds of milliseconds to its first word and "
               f"{number(between)} ms between two chunks here. Of these the server adds {number(row['p50_ms'])} ms (p99 "
               f"{number(row['p99_ms'])}) with 100 chats running, {row['p50_ms'] / between:.1%} of the pause.")
    nginx = results.row(Case(own, results.sizes.ways, way="nginx"))
    straight = results.row(Case(own, results.sizes.ways))
    if nginx and straight:
        latency += (f" With {results.sizes.ways} chats it is {number(straight['p50_ms'])} ms, and {number(nginx['p50_ms'])} ms with "
                    f"nginx in front.")

    kib = idle_connection_kib(results, own)
    scaling = (f"*Scaling: what happens if 1,000 users connect at once?* Nothing to speak of: connected they take "
               f"{number(kib * 1000 / 1024)} MiB together, and {idle['idle_connections']:,} who all say something in the same moment are "
               f"answered within {number(idle['spoken_ms'])} ms. Answers are what costs. On this machine, which runs the model and the "
               f"clients as well, {most.chats:,} run at once at {pace.rate} chunks a second with p99 under 10 ms")
    fastapi = results.most.get("fastapi")
    if fastapi:
        scaling += f", {fastapi.chats:,} with FastAPI"
    scaling += "."
    thousand = results.row(Case(own, 1000))
    if thousand and is_behind(thousand):
        scaling += (f" Of 1,000 answers at once {number(thousand['chunks_per_second'])} chunks a second come instead of "
                    f"{number(thousand['wanted_per_second'])}")
        scaling += "; each comes whole, later." if thousand["complete"] == thousand["asked"] and not thousand["lost"] else "."
    elif thousand:
        scaling += (f" With 1,000 answers at once a chunk is {number(thousand['p50_ms'])} ms late (p99 "
                    f"{number(thousand['p99_ms'])}).")
    return latency + "\n\n" + scaling
