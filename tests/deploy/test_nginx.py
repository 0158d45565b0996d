#!/usr/bin/env python3
"""The product's nginx.conf in a real nginx, in front of a real runnel-server in demo mode; no container."""

import asyncio
import contextlib
import json
import re
import socket
import threading
import time
import unittest

from deployment import (
    HANDSHAKE,
    PAGE_DIR,
    Nginx,
    Server,
    ask,
    chat,
    frame,
    new_session,
    request,
    temporary_directory,
)

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Listener:
    """A peer behind nginx that keeps the head of each request. It answers with `reply`, or not at all."""

    def __init__(self, reply=None):
        self.reply = reply
        self.heads = []
        self.arrived = threading.Condition()
        self.kept = []
        self.server = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = "127.0.0.1:%d" % self.server.getsockname()[1]
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head and (piece := connection.recv(65536)):
                head += piece
            with self.arrived:
                self.heads.append(head.decode())
                self.arrived.notify_all()
            if self.reply:
                connection.sendall(self.reply)
                connection.close()
            else:
                self.kept.append(connection)

    def gets_more_than(self, count, timeout=0.05):
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.heads) > count, timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join()
        for connection in self.kept:
            connection.close()


class WithServer(unittest.TestCase):
    """One server for all tests; each class that needs other limits or another configuration has its own nginx."""

    changes = ()

    @classmethod
    def setUpClass(cls):
        directory = cls.enterClassContext(temporary_directory())
        cls.server = cls.enterClassContext(Server(directory))
        cls.nginx = cls.enterClassContext(Nginx(directory, cls.server.address, changes=cls.changes))

    def get(self, path, **options):
        return request(self.nginx.address, "GET", path, **options)

    def assert_secured(self, answer, policy=True):
        for name, value in SECURITY_HEADERS.items():
            self.assertEqual(answer.headers.get_all(name), [value], name)
        policies = answer.headers.get_all("Content-Security-Policy")
        self.assertEqual(len(policies or []), 1, policies)
        if policy:
            self.assertNotIn("unsafe", policies[0])
            self.assertIn("default-src 'none'", policies[0])
            self.assertIn("frame-ancestors 'none'", policies[0])


class TheConfiguration(WithServer):
    def test_is_accepted_without_a_warning(self):
        status, output = self.nginx.check("-t")
        self.assertEqual(status, 0, output)
        self.assertNotRegex(output, r"\[(warn|error|crit|alert|emerg)\]")

    def test_lets_a_silent_chat_stay_for_an_hour(self):
        status, output = self.nginx.check("-T")
        self.assertEqual(status, 0, output)
        self.assertEqual(re.findall(r"^\s*(proxy_(?:read|send)_timeout .*?);", output, re.M), ["proxy_read_timeout 3600s", "proxy_send_timeout 3600s"])
        self.assertEqual(re.findall(r"^\s*(proxy_buffering .*?);", output, re.M), ["proxy_buffering off"])


class ThePage(WithServer):
    def test_comes_with_every_security_header_once(self):
        answer = self.get("/")
        self.assertEqual(answer.status, 200)
        self.assertIn("text/html", answer.headers["Content-Type"])
        self.assertIn(b"<title>", answer.body)
        self.assert_secured(answer)
        self.assertIn(f"connect-src 'self' ws://{self.nginx.address} wss://{self.nginx.address};", answer.headers["Content-Security-Policy"])

    def test_of_nothing_is_a_404_with_the_same_headers(self):
        answer = self.get("/nothing")
        self.assertEqual(answer.status, 404)
        self.assert_secured(answer)

    def test_of_every_trace_is_one_file(self):
        for path in ("/trace", "/trace/", "/trace/a-session/t1"):
            with self.subTest(path):
                answer = self.get(path)
                self.assertEqual(answer.status, 200)
                self.assertIn("text/html", answer.headers["Content-Type"])
                self.assertEqual(answer.headers["Cache-Control"], "no-cache")
                self.assertIn(b"/js/tracepage.js", answer.body)
                self.assert_secured(answer)
        self.assertEqual(self.get("/traces").status, 404)

    def test_does_not_let_a_made_up_host_write_the_policy(self):
        answer = self.get("/", headers={"Host": "a;script-src-elem"})
        if answer.status == 200:
            self.assertNotIn("script-src-elem", answer.headers["Content-Security-Policy"])
        else:
            self.assertEqual(answer.status, 400)

    def test_does_not_tell_the_version(self):
        self.assertEqual(self.get("/").headers["Server"], "nginx")
        self.assertNotRegex(self.get("/nothing").body, rb"nginx/[0-9]")

    def test_is_asked_for_again_and_answered_with_304(self):
        for path in ("/", "/js/protocol.js"):
            with self.subTest(path):
                first = self.get(path)
                self.assertEqual(first.headers["Cache-Control"], "no-cache")
                again = self.get(path, headers={"If-None-Match": first.headers["ETag"]})
                self.assertEqual((again.status, again.body), (304, b""))
                self.assertEqual(again.headers["Cache-Control"], "no-cache")

    def test_has_libraries_that_a_browser_keeps(self):
        answer = self.get("/vendor/marked/marked.esm.js")
        self.assertEqual(answer.status, 200)
        self.assertIn("javascript", answer.headers["Content-Type"])
        self.assertRegex(answer.headers["Cache-Control"], r"^public, max-age=\d{5,}$")

    def test_has_modules_and_pictures_of_the_right_type(self):
        # A browser runs no module of another type, and nosniff forbids it to guess.
        for file in sorted(PAGE_DIR.rglob("*")):
            expected = {".js": "javascript", ".css": "text/css", ".svg": "image/svg+xml"}.get(file.suffix)
            if expected:
                with self.subTest(file.name):
                    answer = self.get("/" + file.relative_to(PAGE_DIR).as_posix())
                    self.assertEqual(answer.status, 200)
                    self.assertIn(expected, answer.headers["Content-Type"])

    def test_is_compressed_for_who_can_read_it(self):
        path = "/vendor/marked/marked.esm.js"
        plain, packed = self.get(path), self.get(path, headers={"Accept-Encoding": "gzip"})
        self.assertIsNone(plain.headers["Content-Encoding"])
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertIn("Accept-Encoding", packed.headers["Vary"])
        self.assertLess(len(packed.body), len(plain.body) / 2)

    def test_folder_gives_away_no_hidden_file_and_no_list(self):
        for path in ("/.env", "/.git/config", "/js/.hidden", "/vendor/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"):
            with self.subTest(path):
                self.assertIn(self.get(path).status, (400, 403, 404))


class TheServerBehind(WithServer):
    def test_answers_through_nginx(self):
        interfaces = ("/api/health", "/api/health/live", "/api/health/ready", "/api/agents/list")
        documents = ("/openapi.json", "/asyncapi.json", "/docs", "/docs/websocket", "/docs/assets/docs.js")
        for path in interfaces + documents:
            with self.subTest(path):
                answer = self.get(path)
                self.assertEqual(answer.status, 200)
                self.assert_secured(answer, policy=False)
                self.assertEqual(answer.headers["Content-Type"], request(self.server.address, "GET", path).headers["Content-Type"])

    def test_gets_no_body_over_a_mebibyte(self):
        answer = request(self.nginx.address, "POST", "/api/agents/chat", body=b"x" * (2**20 + 1), headers={"Content-Type": "application/json"})
        self.assertEqual(answer.status, 413)

    def test_gets_conversations_that_are_imported_up_to_16_mebibytes(self):
        messages = [{"message_id": "m1", "role": "user", "content": "x" * 1_500_000, "at": "2026-01-31T12:00:00.000Z"}]
        file = json.dumps({"format": "runnel-conversation", "version": 1, "conversation": {"messages": messages}})
        headers = {"Content-Type": "application/json", "Origin": f"http://{self.nginx.address}"}
        answer = request(self.nginx.address, "POST", "/api/conversations", body=file, headers=headers)
        self.assertEqual(answer.status, 201, answer.body)
        conversation = "/api/conversations/" + json.loads(answer.body)["id"]
        self.assertEqual(request(self.nginx.address, "GET", conversation).status, 200)
        self.assertEqual(request(self.nginx.address, "DELETE", conversation, headers=headers).status, 204)
        large = file.ljust(16 * 1024 * 1024 + 1)
        self.assertEqual(request(self.nginx.address, "POST", "/api/conversations", body=large, headers=headers).status, 413)

    def test_streams_a_chat_as_it_is_written(self):
        async def run():
            async with chat(self.nginx.address) as client:
                self.assertEqual(client.subprotocol, "runnel.v1")
                self.assertTrue((await frame(client, "session"))["demo"])
                return await ask(client, "Explain quantum computing in simple terms")

        chunks, end = asyncio.run(run())
        self.assertEqual(end["type"], "complete", end)
        self.assert_streamed([at for at, _ in chunks])

    def test_streams_an_answer_as_events_as_it_is_written(self):
        arrivals = []
        with socket.create_connection(("127.0.0.1", self.nginx.port), timeout=60) as client:
            body = json.dumps({"message": "Explain quantum computing in simple terms"}).encode()
            client.sendall(
                b"POST /api/agents/chat HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n"
                b"Accept-Encoding: gzip\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (self.nginx.address.encode(), len(body), body)
            )
            received = b""
            while piece := client.recv(65536):
                arrivals += [time.monotonic()] * piece.count(b'"chunk"')
                received += piece
        head = received.partition(b"\r\n\r\n")[0].lower()
        self.assertIn(b" 200 ", head)
        self.assertIn(b"text/event-stream", head)
        self.assertNotIn(b"content-encoding", head)
        self.assert_streamed(arrivals)

    def assert_streamed(self, arrivals):
        """The demo writes at a human pace. A buffer on the way would let the chunks arrive together at the end."""
        self.assertGreater(len(arrivals), 10)
        gaps = [later - earlier for earlier, later in zip(arrivals, arrivals[1:])]
        self.assertGreater(arrivals[-1] - arrivals[0], 0.5)
        self.assertGreater(sum(gap > 0.005 for gap in gaps), len(gaps) / 2, gaps)

    def test_keeps_the_conversation_over_a_new_connection(self):
        async def run():
            session = new_session()
            async with chat(self.nginx.address, session) as client:
                _, end = await ask(client, "Hello")
            async with chat(self.nginx.address, session) as client:
                return end, await frame(client, "snapshot")

        end, snapshot = asyncio.run(run())
        self.assertIn(end["message_id"], [message["message_id"] for message in snapshot["messages"]])

    def test_refuses_a_foreign_page(self):
        answer = self.get(f"/ws/chat/{new_session()}", headers={**HANDSHAKE, "Origin": "http://elsewhere.example"})
        self.assertEqual(answer.status, 403)


class WhatReachesTheServer(unittest.TestCase):
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

    def head_of(self, path, headers):
        with temporary_directory() as directory, Listener(self.reply) as listener, Nginx(directory, listener.address) as nginx:
            answer = request(nginx.address, "GET", path, headers=headers)
            self.assertEqual(answer.status, 200)
            request_line, *lines = listener.heads[0].rstrip().split("\r\n")
            self.assertEqual(request_line, f"GET {path} HTTP/1.1")
            head = {}
            for name, value in (line.split(": ", 1) for line in lines):
                head.setdefault(name.lower(), []).append(value)
            return nginx.address, head

    def test_is_the_upgrade_the_host_with_its_port_and_the_subprotocol(self):
        address, head = self.head_of("/ws/chat/a?after=3", {**HANDSHAKE, "Sec-WebSocket-Protocol": "runnel.v1", "Origin": "http://x"})
        self.assertEqual(head["upgrade"], ["websocket"])
        self.assertEqual(head["connection"], ["upgrade"])
        self.assertEqual(head["host"], [address])
        self.assertEqual(head["origin"], ["http://x"])
        self.assertEqual(head["sec-websocket-protocol"], ["runnel.v1"])

    def test_claims_no_upgrade_that_was_not_asked_for(self):
        _, head = self.head_of("/api/health", {})
        self.assertNotIn("upgrade", head)
        self.assertEqual(head["connection"], ["close"])

    def test_is_the_real_address_whatever_the_client_claims(self):
        _, head = self.head_of(
            "/ws/chat/a", {**HANDSHAKE, "X-Forwarded-For": "203.0.113.7", "Forwarded": "for=203.0.113.7", "X-Real-IP": "203.0.113.7"}
        )
        self.assertEqual(head["x-forwarded-for"], ["127.0.0.1"])
        self.assertNotIn("203.0.113.7", str(head))


class WithoutTheUpgradeLines(WithServer):
    """The question of the workshop: what if the Upgrade headers are removed?"""

    changes = ((r"^\s*proxy_set_header Upgrade .*\n", ""), (r"^\s*proxy_set_header Connection .*\n", ""))

    def test_a_client_is_told_426_and_why(self):
        answer = self.get(f"/ws/chat/{new_session()}", headers={**HANDSHAKE, "Origin": f"http://{self.nginx.address}"})
        self.assertEqual(answer.status, 426)
        self.assertEqual(answer.headers["Upgrade"], "websocket")
        self.assertRegex(json.dumps(answer.json), "(?i)upgrade")

    def test_the_rest_still_works(self):
        self.assertEqual(self.get("/").status, 200)
        self.assertEqual(self.get("/api/health").status, 200)


class TheLimits(unittest.TestCase):
    def assert_refused(self, answer):
        self.assertEqual(answer.status, 429)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json")
        self.assertEqual(answer.json["status"], 429)
        self.assertEqual(answer.headers["Retry-After"], "5")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_hold_back_who_dials_without_pause(self):
        with temporary_directory() as directory, Listener(WhatReachesTheServer.reply) as listener, Nginx(directory, listener.address) as nginx:
            answers = []
            while len(answers) < 1000 and (not answers or answers[-1].status == 200):
                answers.append(request(nginx.address, "GET", "/ws/chat/a", headers=HANDSHAKE))
            self.assertGreater(len(answers), 40, "a class behind one address opens the page")
            self.assert_refused(answers[-1])
            self.assertEqual(len(listener.heads), len(answers) - 1, "what is refused does not get through")
            self.assertEqual(request(nginx.address, "GET", "/").status, 200, "the page is not limited")

    def test_hold_back_who_opens_without_end(self):
        with temporary_directory() as directory, Listener() as listener, Nginx(directory, listener.address) as nginx, contextlib.ExitStack() as clients:
            # Two hundred may stay open. More than the rate allows are refused on the way there, so this dials until
            # nginx says that it refused one for their number.
            for _ in range(2000):
                came_through = len(listener.heads)
                client = clients.enter_context(socket.create_connection(("127.0.0.1", nginx.port), timeout=20))
                client.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if listener.gets_more_than(came_through):
                    continue
                if 'limiting connections by zone "connections"' in nginx.log.read_text():
                    break
            else:
                self.fail("nginx refused none of two thousand connections for their number")
            self.assertEqual(len(listener.heads), 200)
            self.assertIn(b" 429 ", client.recv(4096))


class WithoutAServer(unittest.TestCase):
    def test_a_client_is_told_to_come_back(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            closed = "127.0.0.1:%d" % unused.getsockname()[1]
        with temporary_directory() as directory, Nginx(directory, closed) as nginx:
            answer = request(nginx.address, "GET", "/api/health")
            self.assertEqual((answer.status, answer.json["status"]), (503, 503))
            self.assertEqual(answer.headers["Retry-After"], "5")
            self.assertEqual(request(nginx.address, "GET", "/").status, 200, "the page comes all the same and says so itself")


if __name__ == "__main__":
    unittest.main(verbosity=2)
