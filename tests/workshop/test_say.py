#!/usr/bin/env python3
"""workshop/say, workshop/crowd and workshop/journey against the real server with its demo model: what they print, and how
they end.

test_say.py BIN
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 30  # s; for a program to end
MOST = 4  # connections of an address
LONGEST = 70_000  # bytes of a message
SHAKEN = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class Server:
    """The real one, on a free port, in a folder of its own; `url` is where."""

    binary = ""

    def __init__(self, **settings):
        self.folder = tempfile.TemporaryDirectory(prefix="runnel-say-")
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder.name, "HOST": "127.0.0.1", "PORT": "0", "DATABASE_URL": "memory:",
                       **settings}
        self.log = open(Path(self.folder.name) / "log", "w", encoding="utf-8")
        self.process = subprocess.Popen([self.binary], cwd=self.folder.name, env=environment, stdout=subprocess.PIPE, stderr=self.log,
                                        text=True)
        for line in self.process.stdout:
            if found := re.match(r"Listening on (http://\S+)", line):
                self.url = found[1]
                return
        raise AssertionError(f"The server does not start: {Path(self.log.name).read_text()}")

    def stop(self):
        """At once: it would otherwise finish its answers first."""
        self.process.kill()
        self.process.wait(LIMIT)
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()


@contextlib.contextmanager
def peer(answer):
    """A server that says these bytes to whoever connects, and then closes; or says nothing for None. Its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def serve():
            with contextlib.suppress(OSError):
                one, _ = listening.accept()
                with one:
                    if answer is None:
                        over.wait(LIMIT)
                        return
                    one.recv(65536)
                    one.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


@contextlib.contextmanager
def model():
    """A model that takes requests and says nothing: its address, and an event that is set once it was asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asked, over = threading.Event(), threading.Event()

        def serve():
            with contextlib.suppress(OSError), listening.accept()[0] as one:
                if one.recv(65536):
                    asked.set()
                over.wait(LIMIT)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        finally:
            over.set()
            with contextlib.suppress(OSError):
                socket.create_connection(listening.getsockname(), timeout=LIMIT).close()  # where nobody ever came
            thread.join()


def command(name, *arguments, url=None):
    return [str(ROOT / "workshop" / name), *arguments, *(["--server", url] if url else [])]


def run(name, *arguments, url=None, environment=None):
    """The exit code, and all that it said."""
    result = subprocess.run(command(name, *arguments, url=url), capture_output=True, text=True, timeout=LIMIT, check=False,
                            env={**os.environ, **(environment or {})})
    assert "Traceback" not in result.stderr, result.stderr
    return result.returncode, result.stdout + result.stderr


class WithServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(MAX_CONNECTIONS_PER_ADDRESS=str(MOST), MAX_MESSAGE_BYTES=str(LONGEST))
        cls.addClassCleanup(cls.server.stop)

    def say(self, *arguments):
        return run("say", *arguments, url=self.server.url)


class TestSay(WithServer):
    def test_each_frame_is_a_line_with_its_time_and_all_of_the_session_get_it(self):
        listening = subprocess.Popen(command("say", "--listen", "--v1", "--session", "room_1", url=self.server.url),
                                     stdout=subprocess.PIPE, text=True)
        try:
            first = [json.loads(listening.stdout.readline()) for _ in range(2)]
            self.assertEqual([frame["type"] for frame in first], ["session", "snapshot"])
            self.assertEqual(first[0]["session"], "room_1")
            code, said = self.say("--times", "--session", "room_1", "Hello")
            self.assertEqual(code, 0, said)
            lines = [re.fullmatch(r" *(\d+\.\d) ms  (\{.*\})", line) for line in said.splitlines()]
            self.assertTrue(all(lines), said)
            times = [float(line[1]) for line in lines]
            self.assertEqual(times, sorted(times))
            self.assertGreater(times[-1], 100, "The demo writes at a human pace.")
            frames = [json.loads(line[2]) for line in lines]
            self.assertEqual({frame["type"] for frame in frames[:-1]}, {"chunk"})
            self.assertEqual(frames[-1]["type"], "complete")
            heard = []
            while not heard or heard[-1]["type"] != "complete":
                heard.append(json.loads(listening.stdout.readline()))
            text = "".join(frame["content"] for frame in frames[:-1])
            self.assertIn("demo model", text)
            self.assertEqual("".join(frame["content"] for frame in heard if frame["type"] == "chunk"), text)
            self.assertEqual(next(frame["content"] for frame in heard if frame["type"] == "user"), "Hello")
            listening.send_signal(signal.SIGINT)
            self.assertEqual(listening.wait(LIMIT), 0)
        finally:
            listening.kill()
            listening.wait()
            listening.stdout.close()

    def test_an_error_is_printed_and_ends_it_with_1(self):
        code, said = self.say("--agent", "nobody", "Hello")
        self.assertEqual(code, 1, said)
        self.assertEqual([(frame["type"], frame["code"]) for frame in map(json.loads, said.splitlines())], [("error", "unknown_agent")])

    def test_v1_begins_with_the_session_and_says_more(self):
        code, said = self.say("--v1", "--session", "of_mine", "--agent", "nobody", "Hello")
        frames = [json.loads(line) for line in said.splitlines()]
        self.assertEqual((code, [frame["type"] for frame in frames]), (1, ["session", "snapshot", "error"]))
        self.assertEqual(frames[0]["session"], "of_mine")

    def test_without_a_name_each_has_a_session_of_its_own(self):
        names = {json.loads(self.say("--v1", "--agent", "nobody", "Hello")[1].splitlines()[0])["session"] for _ in range(2)}
        self.assertEqual(len(names), 2)

    def test_a_page_of_a_foreign_origin_is_refused_with_the_servers_words(self):
        code, said = self.say("--origin", "https://evil.example", "Hello")
        self.assertEqual(code, 1)
        self.assertIn("403", said.splitlines()[0])
        self.assertEqual(json.loads(said.splitlines()[1])["code"], "origin_refused")
        self.assertIn("CORS_ORIGINS", said)

    def test_a_message_that_is_too_long_is_answered_with_the_limit(self):
        for length in (20, 200, 66_000, LONGEST + 1):  # lengths of 7, 16 and 64 bits
            code, said = self.say("--agent", "nobody", "a" * length)
            self.assertEqual(code, 1, said)
            frame = json.loads(said)
            self.assertEqual(frame["code"], "too_large" if length > LONGEST else "unknown_agent")
            if length > LONGEST:
                self.assertIn(f"has {length} bytes; at most {LONGEST} are taken", frame["error"])

    def test_a_name_that_no_session_may_have_is_answered_with_the_servers_words(self):
        code, said = self.say("--session", "room & all", "Hello")
        self.assertEqual(code, 1)
        self.assertIn("session", json.loads(said.splitlines()[1])["detail"])

    def test_it_gives_up_when_nothing_comes_and_it_shall_not_wait(self):
        self.assertEqual(self.say("--listen", "--limit", "0.3"), (1, "Nothing came for 0.3 s.\n"))

    def test_who_reads_no_further_is_no_fault(self):
        saying = subprocess.Popen(command("say", "--v1", "Hello", url=self.server.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True)
        self.assertIn('"session"', saying.stdout.readline())
        saying.stdout.close()
        self.assertEqual(saying.stderr.read(), "")
        saying.stderr.close()
        saying.wait(LIMIT)

    def test_where_the_server_is_can_be_an_environment_variable(self):
        code, said = run("say", "--agent", "nobody", "Hello", environment={"RUNNEL_URL": self.server.url})
        self.assertEqual((code, json.loads(said)["code"]), (1, "unknown_agent"))


class TestSayWithoutServer(unittest.TestCase):
    def test_no_server_is_said_with_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        code, said = run("say", "Hello", url=url)
        self.assertEqual((code, said), (1, f"Nothing answers at {url}: Connection refused. Start the server with ./run, or name another "
                                           "with --server.\n"))

    def test_one_that_says_nothing_is_given_up(self):
        with peer(None) as url:
            code, said = run("say", "--limit", "0.3", "Hello", url=url)
        self.assertEqual(code, 1)
        self.assertIn("it says nothing in time. Start the server with ./run", said)

    def test_what_is_no_websocket_is_shown(self):
        for answer, shown in ((b"", "It closed the connection without an answer.\n"),
                              (b"SSH-2.0-\xff\r\n\r\n", "SSH-2.0-\N{REPLACEMENT CHARACTER}\n"),
                              (b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", "HTTP/1.1 404 Not Found\nnope\n")):
            with peer(answer) as url:
                self.assertEqual(run("say", "Hello", url=url), (1, shown))

    def test_a_server_that_ends_in_mid_answer_is_told(self):
        server = Server()
        saying = subprocess.Popen(command("say", "Hello", url=server.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True)
        self.assertIn('"chunk"', saying.stdout.readline())
        server.stop()
        said, faults = saying.communicate(timeout=LIMIT)
        self.assertEqual((saying.returncode, faults), (1, ""))
        self.assertNotIn('"complete"', said)
        self.assertTrue(said.endswith("The server closed the connection.\n"), said)

    def test_a_message_that_is_longer_than_any_frame_may_be_closes_the_connection(self):
        server = Server(MAX_MESSAGE_BYTES="1000")
        try:
            code, said = run("say", "a" * 100_000, url=server.url)
        finally:
            server.stop()
        self.assertEqual(code, 1)
        self.assertRegex(said, r"^The server closed the connection(: 1009 [\w ]+)?\.\n$")  # its reason may be lost with what it did not read

    def test_why_a_server_closes_is_told(self):
        with peer(SHAKEN + b"\x88\x0a\x03\xf1too long") as url:
            self.assertEqual(run("say", "Hello", url=url), (1, "The server closed the connection: 1009 too long.\n"))

    def test_arguments_that_make_no_sense_are_named(self):
        for arguments, words in (((), "say a message, or --listen"), (("--listen", "Hello"), "say a message, or --listen"),
                                 (("--limit", "0", "Hello"), "--limit is to be more than 0 s"),
                                 (("--limit", "soon", "Hello"), "invalid float value"),
                                 (("--server", "nonsense", "Hello"), "'nonsense' is to be an address such as http://127.0.0.1:8000"),
                                 (("--server", "http://127.0.0.1:port", "Hello"), "is to be an address such as"),
                                 (("--server", "https://127.0.0.1", "Hello"), "is to be an address such as"),
                                 (("--loud", "Hello"), "unrecognized arguments: --loud")):
            code, said = run("say", *arguments)
            self.assertEqual(code, 2, said)
            self.assertIn(words, said)


class TestCrowd(WithServer):
    def test_all_are_connected_and_answered(self):
        code, said = run("crowd", str(MOST), url=self.server.url)
        self.assertEqual(code, 0, said)
        self.assertRegex(said, rf"^{MOST} connected in \d+ ms\n{MOST} answered in \d+ ms, each with unknown_agent\n$")

    def test_the_limit_of_an_address_is_told_and_the_others_are_answered(self):
        code, said = run("crowd", str(MOST + 3), url=self.server.url)
        self.assertEqual(code, 1)
        self.assertRegex(said, rf"^{MOST} connected; the next one was refused: HTTP/1.1 429 .*\n.*too_many_connections.*\n{MOST} connected in "
                               rf"\d+ ms\n{MOST} answered in \d+ ms, each with unknown_agent\n$")

    def test_no_server_is_said_with_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        code, said = run("crowd", "3", url=url)
        self.assertEqual(code, 1)
        self.assertIn(f"0 connected. Nothing answers at {url}: Connection refused. Start the server with ./run", said)

    def test_who_gets_no_answer_is_counted(self):
        with peer(SHAKEN) as url:
            code, said = run("crowd", "1", url=url)
        self.assertEqual(code, 1)
        self.assertRegex(said, r"^1 connected in \d+ ms\n0 answered in \d+ ms\n1 had no answer\.\n$")

    def test_too_few_files_are_the_shells_fault_and_not_the_servers(self):
        server = Server(MAX_CONNECTIONS_PER_ADDRESS="1000")
        try:
            for url in (server.url, server.url.replace("127.0.0.1", "localhost")):
                few = subprocess.run(["/bin/sh", "-c", 'ulimit -n 40 && exec "$0" "$@"', *command("crowd", "60", url=url)],
                                     capture_output=True, text=True, timeout=LIMIT, check=False)
                self.assertEqual((few.returncode, few.stderr), (1, ""))
                self.assertRegex(few.stdout, r"^\d\d connected\. This shell may open no more than 40 files: raise it with ulimit -n\.\n$")
        finally:
            server.stop()

    def test_a_number_is_needed(self):
        for argument, words in (("many", "invalid int value: 'many'"), ("0", "one client is the least"), ("-3", "one client is the least")):
            code, said = run("crowd", argument)
            self.assertEqual(code, 2)
            self.assertIn(words, said)


class TestJourney(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(TRACE_TURNS="3")
        cls.addClassCleanup(cls.server.stop)

    def assert_table(self, code, said):
        self.assertEqual(code, 0, said)
        lines = said.splitlines()
        self.assertEqual(lines[0], "| ms | after | what | where |")
        self.assertEqual(lines[2], "| 0.00 | 0.00 | The frame with the message is sent | the client |")
        self.assertIn("| The end has arrived | the client |", lines[-1])

    def test_what_a_message_went_through_is_a_table(self):
        self.assert_table(*run("journey", "Echo: x", environment={"RUNNEL_URL": self.server.url}))

    def test_an_address_may_end_with_a_slash(self):
        self.assert_table(*run("journey", "Echo: x", url=self.server.url + "/"))

    def test_twice_is_two_messages(self):
        server = Server(TRACE_TURNS="10")
        try:
            self.assert_table(*run("journey", "--twice", "Echo: x", url=server.url))
            with urllib.request.urlopen(server.url + "/api/traces", timeout=LIMIT) as answer:
                self.assertEqual(len(json.load(answer)["traces"]), 2)
        finally:
            server.stop()

    def test_without_traces_nothing_is_sent_and_the_setting_is_named_once(self):
        with model() as (address, asked):
            server = Server(GOOGLE_API_KEY="a-key", GOOGLE_GEMINI_BASE_URL=address)
            try:
                code, said = run("journey", "Hello", url=server.url)
            finally:
                server.stop()
            self.assertFalse(asked.is_set())
        self.assertEqual(code, 1)
        self.assertEqual(said.count("TRACE_TURNS=100"), 1, said)
        self.assertIn("This server keeps no traces.", said)

    def test_where_the_server_does_not_name_the_setting_it_is_named(self):
        for body in (b'{"detail": "No."}', b"<h1>No.</h1>", b"[]"):
            with peer(b"HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)) as url:
                code, said = run("journey", "Hello", url=url)
            self.assertEqual(code, 1)
            self.assertRegex(said, r"^The server has no trace: .+ Start it with TRACE_TURNS=100 \./run\n$")

    def test_a_model_that_says_nothing_is_given_up(self):
        with model() as (address, _):
            server = Server(TRACE_TURNS="3", GOOGLE_API_KEY="a-key", GOOGLE_GEMINI_BASE_URL=address)
            try:
                self.assertEqual(run("journey", "--limit", "0.5", "Hello", url=server.url), (1, "Nothing came for 0.5 s.\n"))
            finally:
                server.stop()

    def test_who_interrupts_it_sees_no_traceback(self):
        with model() as (address, asked):
            server = Server(TRACE_TURNS="3", GOOGLE_API_KEY="a-key", GOOGLE_GEMINI_BASE_URL=address)
            try:
                running = subprocess.Popen(command("journey", "Hello", url=server.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                self.assertTrue(asked.wait(LIMIT))
                running.send_signal(signal.SIGINT)
                said = running.communicate(timeout=LIMIT)
                self.assertEqual((running.returncode, *said), (130, "", ""))
            finally:
                server.stop()

    def test_a_server_that_ends_in_mid_answer_is_told(self):
        with model() as (address, asked):
            server = Server(TRACE_TURNS="3", GOOGLE_API_KEY="a-key", GOOGLE_GEMINI_BASE_URL=address)
            running = subprocess.Popen(command("journey", "Hello", url=server.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertTrue(asked.wait(LIMIT))
            server.stop()
            said = running.communicate(timeout=LIMIT)
            self.assertEqual((running.returncode, *said), (1, "The server closed the connection.\n", ""))

    def test_no_server_is_said_with_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.assertEqual(run("journey", "Hello", url=url), (1, f"Nothing answers at {url}: Connection refused. Start the server with ./run, "
                                                                "or name another with --server.\n"))
        with peer(None) as url:
            code, said = run("journey", "--limit", "0.3", "Hello", url=url)
        self.assertEqual(code, 1)
        self.assertIn("it says nothing in time. Start the server with ./run", said)

    def test_what_is_no_runnel_is_told(self):
        for answer in (b"SSH-2.0-\xff\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnope"):
            with peer(answer) as url:
                self.assertEqual(run("journey", "Hello", url=url), (1, f"What answers at {url} is no Runnel.\n"))

    def test_arguments_that_make_no_sense_are_named(self):
        for arguments, words in (((), "required: message"), (("--limit", "0", "Hello"), "--limit is to be more than 0 s"),
                                 (("--server", "nonsense", "Hello"), "'nonsense' is to be an address such as http://127.0.0.1:8000")):
            code, said = run("journey", *arguments)
            self.assertEqual(code, 2, said)
            self.assertIn(words, said)


if __name__ == "__main__":
    Server.binary = str(Path(sys.argv.pop(1)).resolve() / "runnel-server")
    unittest.main()
