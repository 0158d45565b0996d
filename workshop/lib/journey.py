"""What one message really went through, as a table: from the server's trace of it, and from the client's own clock.

A trace counts from the moment at which the turn began, and says which wall clock that was; client and server are on one
machine, so the client's times are set against the same clock. The table counts from the client's sending.
"""
import http.client
import json
import re
import time
import urllib.error
import urllib.request

from websocket import HANDSHAKE_LIMIT, OPCODE_TEXT, WebSocket

LIMIT = 60  # s without a frame; a model may think for long

class JourneyError(Exception):
    """Why there is no table."""


def bytes_of(one):
    return f", {one['bytes']:,} bytes" if one.get("bytes") else ""


def station(name, what, where):
    """A row of a station that a trace has once."""
    def row(trace, _):
        step = next((step for step in trace["steps"] if step["station"] == name), None)
        return step and (step["at_ns"], what + bytes_of(step), where)
    return what, row


def frame(kind, field, what, where):
    """A row of the first frame of a kind: when that happened to it which the field says."""
    def row(trace, _):
        one = next((one for one in trace["frames"] if one["type"] == kind and field in one), None)
        return one and (one[field], what + (bytes_of(one) if field == "written_ns" else ""), where)
    return what, row


def client(name, what):
    return what, lambda _, times: (times[name], what, "the client")


# In the order of the walk. The time decides the order of the table; at one time, this.
ROWS = [
    client("sent", "The frame with the message is sent"),
    station("received", "Its text has arrived", "`ChatConnection::onText`"),
    station("decoded", "It is a checked value", "`decodeClientFrame`"),
    station("taken", "The session takes it", "`Session::take`"),
    station("begun", "The turn begins", "`Session::begin`"),
    frame("user", "appended_ns", "The question is in the log", "`Session::append`"),
    station("agent", "The agent is asked for an answer", "`AgentManager::streamChat`"),
    station("asked", "The request is given to Qt's network", "`GeminiReply::ask`"),
    frame("user", "stored_ns", "The question is in the database", "`CommitQueue`"),
    station("sent", "The request has been sent", "`QNetworkAccessManager`"),
    station("answered", "The model's server says that it will answer", "`QNetworkReply`"),
    station("first_bytes", "The first bytes of the answer are read", "`GeminiCall`"),
    frame("chunk", "parsed_ns", "They are an event, and understood", "`SseParser`, `GeminiCodec`"),
    frame("chunk", "appended_ns", "The first chunk is in the log", "`Session::append`"),
    frame("chunk", "stored_ns", "It is in the database", "`CommitQueue`"),
    frame("chunk", "written_ns", "It is written to the socket", "`ChatConnection::pump`"),
    client("first", "The first chunk has arrived"),
    station("ended", "The model's answer has ended", "`Turn::onFinished`"),
    frame("complete", "written_ns", "The end is written to the socket", "`ChatConnection::pump`"),
    client("last", "The end has arrived"),
]
HEAD = ["| ms | after | what | where |", "|--:|--:|---|---|"]


def table(trace, times):
    """The lines of the table. `times`: sent, first and last of the client, in ns since the turn began."""
    rows = [made for _, row in ROWS if (made := row(trace, times))]
    rows.sort(key=lambda made: made[0])
    lines, before = list(HEAD), rows[0][0]
    for at, what, where in rows:
        lines.append(f"| {(at - times['sent']) / 1e6:,.2f} | {(at - before) / 1e6:,.2f} | {what} | {where} |")
        before = at
    return lines


def shape(lines):
    """What of a table does not vary: what happened, and where, without figures and whatever the order."""
    found = [re.match(r"\| [\d.,-]+ \| [\d.,-]+ \| (.+?)(?:, [\d,]+ bytes)? \| (.+) \|$", line) for line in lines]
    return sorted((one[1], one[2]) for one in found if one)


def problem_with(lines):
    """What is wrong with a table in a guide, as far as that can be said without a server; None when nothing is."""
    if lines[:2] != HEAD:
        return "the table of the journey has another head"
    rows = shape(lines[2:])
    if len(rows) != len(lines) - 2:
        return "the table of the journey has a row that workshop/journey does not make"
    known = {what for what, _ in ROWS}
    for what, _ in rows:
        if what not in known:
            return f"workshop/journey knows no step “{what}”"
    missing = known - {what for what, _ in rows}
    return f"the table of the journey lacks “{sorted(missing)[0]}”" if missing else None


def fetch(url, path, limit):
    try:
        with urllib.request.urlopen(url + path, timeout=min(limit, HANDSHAKE_LIMIT)) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            detail = detail_of(error)
        advice = "" if "TRACE_TURNS" in detail else " Start it with TRACE_TURNS=100 ./run"
        raise JourneyError(f"The server has no trace: {detail}{advice}") from None
    except urllib.error.URLError as error:
        raise error.reason if isinstance(error.reason, OSError) else error
    except (http.client.HTTPException, ValueError):
        raise JourneyError(f"What answers at {url} is no Runnel.") from None


def detail_of(error):
    try:
        return json.load(error)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"{error}."


def travel(url, message, session, limit=LIMIT):
    """Sends a message, waits for the end of its answer, and returns its trace and the client's times."""
    fetch(url, "/api/traces", limit)  # an answer without a trace is not worth waiting for
    server = WebSocket(url, f"/ws/chat/{session}", [], limit)
    try:
        times = hear(server, message)
    except TimeoutError:
        raise JourneyError(f"Nothing came for {limit:g} s.") from None
    finally:
        server.close()
    found = fetch(url, "/api/traces", limit)
    newest = next((one for one in found["traces"] if one["session"] == session), None)
    if not newest:
        raise JourneyError("The server has no trace of this message any more: it keeps those of the newest "
                           f"{found['limit']} turns.")
    trace = fetch(url, f"/api/traces/{session}/{newest['turn']}", limit)
    begun = trace["begun_us"] * 1000
    return trace, {name: at - begun for name, at in times.items()}


def hear(server, message):
    """Sends the message; when that was, and when the first frame and the last one came."""
    times = {"sent": time.time_ns()}
    server.send(OPCODE_TEXT, json.dumps({"message": message}).encode())
    for text in server.texts():
        times["last"] = time.time_ns()
        times.setdefault("first", times["last"])
        frame = json.loads(text)
        if frame["type"] == "error":
            raise JourneyError(frame["error"])
        if frame["type"] == "complete":
            return times
    raise JourneyError(server.farewell())
