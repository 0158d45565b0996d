#!/usr/bin/env python3
"""workshop/nginx: the nginx of this machine in front of a server, and what it says where it cannot be. A small server stands for Runnel."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "workshop" / "page"
PATIENCE = 60  # s


class Health(BaseHTTPRequestHandler):
    """Answers as long as it is asked for its health, with the host that it was asked for."""

    def do_GET(self):  # the name is the library's
        body = self.headers["Host"].encode()
        self.send_response(200 if self.path.startswith("/api/health") else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class Nginx(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runnel-test-nginx-")
        self.addCleanup(folder.cleanup)
        self.temporary = Path(folder.name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Health)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.server = f"http://127.0.0.1:{server.server_port}"
        self.port = free_port()

    def start(self, *arguments, page=PAGE, tree=ROOT, **environment):
        command = [tree / "workshop" / "nginx", "--port", str(self.port), "--server", self.server, "--page", page, *arguments]
        process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(self.temporary), **environment}, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, start_new_session=True)

        def end():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()

        self.addCleanup(end)
        return process

    def refused(self, *arguments, **more):
        """What it says where it does not start; it leaves nothing."""
        process = self.start(*arguments, **more)
        said, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 1, said)
        self.assertEqual(list(self.temporary.iterdir()), [])
        return said

    def ask(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def test_a_fault_of_the_configuration_is_shown_with_its_line(self):
        for part in ("nginx", "lib"):  # a tree of its own, whose configuration has a fault
            (self.temporary / "tree" / "workshop").mkdir(parents=True, exist_ok=True)
            source = ROOT / "workshop" / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.temporary / "tree" / "workshop" / part)
        (self.temporary / "tree" / "nginx").mkdir()
        (self.temporary / "tree" / "nginx" / "nginx.conf").write_text("events {}\nhttp {\n    upgrade on;\n}\n")
        (self.temporary / "left").mkdir()
        process = self.start(tree=self.temporary / "tree", TMPDIR=str(self.temporary / "left"))
        said, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 1)
        self.assertIn('unknown directive "upgrade" in nginx/nginx.conf:3\nworkshop/nginx: nginx does not start with nginx/nginx.conf.', said)
        self.assertEqual(list((self.temporary / "left").iterdir()), [])

    def test_it_serves_the_page_passes_on_what_is_the_server_s_and_leaves_nothing(self):
        process = self.start()
        self.assertEqual(process.stdout.readline(), f"nginx is at http://127.0.0.1:{self.port}, in front of {self.server}. Ctrl+C ends it.\n")
        self.assertEqual(self.ask("/"), (PAGE / "index.html").read_text())
        self.assertEqual(self.ask("/api/health"), f"127.0.0.1:{self.port}")
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, said)
        self.assertRegex(said, r'"GET /index.html" 200 .*\n.*"GET /api/health" 200 ')
        self.assertEqual(list(self.temporary.iterdir()), [])
        with self.assertRaises(OSError):
            self.ask("/")

    def test_a_port_that_is_in_use_is_named_and_another_one(self):
        with socket.create_server(("127.0.0.1", self.port)):
            said = self.refused()
        self.assertEqual(said, f"workshop/nginx: Port {self.port} of 127.0.0.1 is in use. Name another: --port {self.port + 1}\n")

    def test_a_server_that_is_not_there_is_named(self):
        nowhere = f"http://127.0.0.1:{free_port()}"
        self.assertIn(f"Nothing answers at {nowhere}. Start the server with ./run", self.refused("--server", nowhere))

    def test_without_nginx_it_says_how_to_get_it(self):
        self.assertIn("There is no nginx. Install it: apt-get install nginx-light", self.refused(RUNNEL_NGINX="/nowhere/nginx"))

    def test_a_folder_that_is_no_page_is_named(self):
        self.assertIn(f"There is no index.html in {self.temporary}.", self.refused(page=self.temporary))

    def test_an_option_that_it_does_not_know_is_named(self):
        self.assertIn("--sever'. There are --port, --server and --page.", self.refused("--sever", "x"))


if __name__ == "__main__":
    unittest.main()
