#!/usr/bin/env python3
"""The site of docs/reverse-proxy.md as it stands there, in a real nginx with TLS and a password, in front of a real runnel-server."""

import asyncio
import base64
import http.client
import re
import socket
import ssl
import subprocess
import time
import unittest

import websockets

from deployment import HANDSHAKE, SOURCE_DIR, START_TIMEOUT, Answer, Server, Site, ask, edit, frame, new_session, self_signed, temporary_directory

ORIGIN = "https://chat.example.org"
GUIDE = (SOURCE_DIR / "docs/reverse-proxy.md").read_text()
SITE = {"Host": "chat.example.org"}


def password(name_and_password):
    return {**SITE, "Authorization": "Basic " + base64.b64encode(name_and_password.encode()).decode()}


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```", GUIDE, re.M | re.S)[1]


def settings():
    """The lines for .env, without their remarks."""
    return dict(re.findall(r"^(\w+)=(\S+)", block("sh"), re.M))


class TheSite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = cls.enterClassContext(temporary_directory())
        server = cls.enterClassContext(Server(directory, **{"CORS_ORIGINS": settings()["CORS_ORIGINS"]}))
        certificate, key = self_signed(directory, "DNS:chat.example.org")
        passwords = directory / "passwords"
        hashed = subprocess.run(["openssl", "passwd", "-apr1", "lovelace"], check=True, capture_output=True, text=True, timeout=20)
        passwords.write_text(f"ada:{hashed.stdout}")
        site = edit(
            block("nginx"),
            (r"listen 443 ssl http2;", "listen 127.0.0.1:PORT ssl http2;"),
            (r"/etc/ssl/chat.example.org.pem", str(certificate)),
            (r"/etc/ssl/chat.example.org.key", str(key)),
            (r"/etc/nginx/runnel.htpasswd", str(passwords)),
            (r"http://127.0.0.1:8000", f"http://{server.address}"),
        )
        cls.port = cls.enterClassContext(Site(directory, site)).port
        cls.tls = ssl.create_default_context(cafile=certificate)

    def get(self, path, headers):
        # The certificate is made out to the site's name, which is not this machine's.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_TIMEOUT)
        try:
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=START_TIMEOUT)
            connection.sock = self.tls.wrap_socket(plain, server_hostname="chat.example.org")
            connection.request("GET", path, headers=headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def signed_in(self):
        """The cookie of who knows the password."""
        answer = self.get("/sign-in", password("ada:lovelace"))
        self.assertEqual((answer.status, answer.headers["Location"]), (302, f"https://chat.example.org:{self.port}/"))
        cookie, *attributes = answer.headers["Set-Cookie"].split("; ")
        self.assertLessEqual({"Secure", "HttpOnly", "SameSite=Lax"}, set(attributes))
        return cookie

    def test_lets_nobody_in_without_the_password(self):
        handshake = {**HANDSHAKE, **SITE, "Origin": ORIGIN}
        chat = f"/ws/chat/{new_session()}"
        for path, headers in (("/", SITE), ("/api/health", SITE), (chat, handshake), (chat, {**handshake, "Cookie": "runnel=guessed"})):
            with self.subTest(path):
                answer = self.get(path, headers)
                self.assertEqual((answer.status, answer.headers["Location"]), (302, f"https://chat.example.org:{self.port}/sign-in"))
        for headers in (SITE, password("ada:wrong"), password("eve:lovelace")):
            answer = self.get("/sign-in", headers)
            self.assertEqual((answer.status, answer.headers["Set-Cookie"]), (401, None))

    def test_serves_the_page_and_the_check_of_the_guide(self):
        signed_in = {**SITE, "Cookie": self.signed_in()}
        self.assertIn(b"<title>", self.get("/", signed_in).body)
        self.assertEqual(self.get("/api/health", signed_in).json["status"], "healthy")

    def test_refuses_every_other_page(self):
        signed_in = {**HANDSHAKE, **SITE, "Cookie": self.signed_in(), "Origin": "https://elsewhere.example"}
        self.assertEqual(self.get(f"/ws/chat/{new_session()}", signed_in).status, 403)

    def test_streams_a_chat_word_by_word(self):
        # As the browsers that send no password with a WebSocket do it.
        cookie = {"Cookie": self.signed_in()}
        headers = "additional_headers" if int(websockets.__version__.split(".")[0]) >= 14 else "extra_headers"

        async def run():
            client = websockets.connect(
                f"wss://chat.example.org/ws/chat/{new_session()}",
                host="127.0.0.1", port=self.port, ssl=self.tls, server_hostname="chat.example.org", origin=ORIGIN,
                subprotocols=["runnel.v1"], **{headers: cookie}, open_timeout=20, close_timeout=5,
            )
            async with client as socket:
                await frame(socket, "session")
                return await ask(socket, "Explain quantum computing in simple terms")

        started = time.monotonic()
        chunks, end = asyncio.run(run())
        self.assertEqual(end["type"], "complete", end)
        self.assertGreater(len(chunks), 10)
        self.assertLess(chunks[0][0], (time.monotonic() - started) / 2, "the first word does not wait for the last")


if __name__ == "__main__":
    unittest.main(verbosity=2)
