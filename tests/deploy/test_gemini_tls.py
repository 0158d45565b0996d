#!/usr/bin/env python3
"""Gemini behind TLS: a real nginx with a certificate in front of runnel-emulator, asked by a real runnel-server."""

import asyncio
import unittest

from deployment import Emulator, Server, Site, ask, chat, frame, self_signed, temporary_directory


class GeminiBehindTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = cls.enterClassContext(temporary_directory())
        emulator = cls.enterClassContext(Emulator(cls.directory))
        cls.certificate, key = self_signed(cls.directory, "IP:127.0.0.1")
        site = f"""server {{
            listen 127.0.0.1:PORT ssl http2;
            ssl_certificate {cls.certificate};
            ssl_certificate_key {key};
            location / {{ proxy_pass http://{emulator.address}; proxy_http_version 1.1; proxy_buffering off; }}
        }}"""
        cls.gemini = f"https://127.0.0.1:{cls.enterClassContext(Site(cls.directory, site)).port}"

    def asked(self, **settings):
        """The answer of a server with these settings."""

        async def run(server):
            async with chat(server.address) as client:
                self.assertFalse((await frame(client, "session"))["demo"])
                return await ask(client, "Explain quantum computing in simple terms")

        with temporary_directory() as directory:
            with Server(directory, GOOGLE_API_KEY="any", GOOGLE_GEMINI_BASE_URL=self.gemini, **settings) as server:
                return asyncio.run(run(server))

    def test_streams_word_by_word_with_an_authority_of_its_own(self):
        chunks, end = self.asked(GEMINI_CA_FILE=str(self.certificate))
        self.assertEqual(end["type"], "complete", end)
        self.assertGreater(len(chunks), 10)
        self.assertGreater(chunks[-1][0] - chunks[0][0], 0.5)

    def test_is_not_trusted_without_it_and_says_so(self):
        chunks, end = self.asked()
        self.assertEqual((chunks, end["type"], end["code"]), ([], "error", "model_unreachable"))
        self.assertRegex(end["error"], "(?i)certificate|handshake")
        self.assertIn("GEMINI_CA_FILE", end["error"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
