"""What the deployment tests share: Runnel's server and a real nginx as processes, and a WebSocket client nobody here wrote."""

import asyncio
import contextlib
import http.client
import json
import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import websockets

SOURCE_DIR = Path(os.environ.get("RUNNEL_SOURCE_DIR", Path(__file__).resolve().parents[2]))
BINARY_DIR = Path(os.environ.get("RUNNEL_BINARY_DIR", SOURCE_DIR / "build/release"))
PAGE_DIR = BINARY_DIR / "share/runnel/frontend"

START_TIMEOUT = 20  # seconds; a loaded machine is slow to start things


class Process:
    """A process of ours: ends with the test, by its own id, whatever happens."""

    def __init__(self, arguments, *, log, environment=None, **options):
        self.log = Path(log)
        with open(self.log, "wb") as output:
            self.popen = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stderr=output, env=environment, **{"stdout": output, **options}
            )

    def stop(self, signal_number=signal.SIGTERM, timeout=20):
        """Ends the process and returns its exit code."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal_number)
            try:
                self.popen.wait(timeout)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        if self.popen.stdout:
            self.popen.stdout.close()
        return self.popen.returncode

    def read_address(self):
        """Where it serves, as it says on standard output."""
        selector = selectors.DefaultSelector()
        selector.register(self.popen.stdout, selectors.EVENT_READ)
        seen = b""
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if not selector.select(deadline - time.monotonic()):
                break
            piece = os.read(self.popen.stdout.fileno(), 4096)
            seen += piece
            if match := re.search(rb"Listening on http://([0-9.]+:[0-9]+)\n", seen):
                return match[1].decode()
            if not piece:
                break
        self.stop()
        raise AssertionError(f"it did not say where it listens: {seen!r}\n{self.log.read_text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


CLEAN = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")}


class Emulator(Process):
    """`runnel-emulator` on a port of its own choice."""

    def __init__(self, directory, *flags):
        super().__init__(
            [BINARY_DIR / "bin/runnel-emulator", "--port", "0", *flags],
            log=Path(directory) / "emulator.log", environment=CLEAN, stdout=subprocess.PIPE, cwd=directory,
        )
        self.address = self.read_address()


class Server(Process):
    """`runnel-server` on a port of its own choice, in demo mode unless the environment says otherwise."""

    def __init__(self, directory, **settings):
        # Nothing of the machine's own settings gets in, and no .env is found in an empty directory.
        environment = dict(CLEAN)
        environment.update(HOST="127.0.0.1", PORT="0", TRUSTED_PROXIES="127.0.0.1", **settings)
        if PAGE_DIR.is_dir():
            environment.setdefault("FRONTEND_DIR", str(PAGE_DIR))
        super().__init__(
            [BINARY_DIR / "bin/runnel-server"],
            log=Path(directory) / "server.log",
            environment=environment,
            stdout=subprocess.PIPE,
            cwd=directory,
        )
        self.address = self.read_address()


def edit(text, *replacements):
    """Replaces each pattern, which must be there: a test must not go on quietly with a configuration that it did not change."""
    for pattern, replacement in replacements:
        text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
        if not count:
            raise AssertionError(f"{pattern!r} is not in nginx.conf")
    return text


class Nginx(Process):
    """A real nginx with the product's nginx.conf; only where it listens, writes, reads and asks differs."""

    def __init__(self, directory, upstream, *, page=PAGE_DIR, changes=()):
        self.directory = Path(directory)
        # The listening socket is handed over, so its port is free by construction; nginx takes it by way of an upgrade.
        with socket.create_server(("127.0.0.1", 0), backlog=511) as listener:
            self.port = listener.getsockname()[1]
            self.configuration = self.directory / "nginx.conf"
            self.access_log = self.directory / "access.log"
            self.configuration.write_text(
                edit(
                    (SOURCE_DIR / "nginx/nginx.conf").read_text(),
                    (r" /tmp/", f" {self.directory}/"),
                    (r"listen 8080 default_server;", f"listen 127.0.0.1:{self.port} default_server;"),
                    (r"set \$api api:8000;", f"set $api {upstream};"),
                    (r"root /usr/share/runnel/frontend;", f"root {page};"),
                    (r"access_log /dev/stdout", f"access_log {self.access_log}"),
                    (r"error_log stderr warn;", "error_log stderr notice;"),
                    *changes,
                )
            )
            super().__init__(
                [*self.command(), "-g", f"daemon off; {as_root()}"],
                log=self.directory / "error.log",
                environment={**os.environ, "NGINX": f"{listener.fileno()};"},
                pass_fds=[listener.fileno()],
            )
        self.address = f"127.0.0.1:{self.port}"
        self._wait_until_it_answers()

    def command(self):
        return [nginx_binary(), "-e", "stderr", "-p", self.directory, "-c", self.configuration]

    def check(self, *flags):
        """`nginx -t` or `-T`: its exit code and all that it says."""
        done = subprocess.run([*self.command(), "-g", as_root(), *flags], capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout + done.stderr

    def _wait_until_it_answers(self):
        # The socket listens already, so this waits in the queue until nginx is there.
        try:
            answer = request(self.address, "GET", "/nginx-health", timeout=START_TIMEOUT)
        except OSError as error:
            answer = error
        if getattr(answer, "status", None) != 200:
            self.stop()
            raise AssertionError(f"nginx did not start ({answer})\n{self.log.read_text()}")


class Site(Process):
    """A real nginx with one site of the test's own: what stands in `http { … }`, where PORT is a port that is free."""

    def __init__(self, directory, configuration):
        self.directory = Path(directory)
        with socket.create_server(("127.0.0.1", 0), backlog=511) as listener:
            self.port = listener.getsockname()[1]
            temporary = "".join(
                f"{name}_temp_path {self.directory}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )
            file = self.directory / "site.conf"
            file.write_text(
                f"pid {self.directory}/site.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}"
                + configuration.replace("PORT", str(self.port))
                + "}\n"
            )
            super().__init__(
                [nginx_binary(), "-e", "stderr", "-p", self.directory, "-c", file, "-g", f"daemon off; {as_root()}"],
                log=self.directory / "site.log",
                environment={**os.environ, "NGINX": f"{listener.fileno()};"},
                pass_fds=[listener.fileno()],
            )


def self_signed(directory, name):
    """A certificate that vouches for itself, and its key; `name` as openssl writes it: DNS:chat.example.org, IP:127.0.0.1."""
    certificate, key = Path(directory) / "certificate.pem", Path(directory) / "certificate.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=a test"]
        + ["-addext", f"subjectAltName={name}", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return certificate, key


def nginx_binary():
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if not found:
        raise AssertionError("nginx is not installed (Debian, Ubuntu: apt-get install nginx)")
    return found


def as_root():
    """In the image nginx runs as a plain user throughout. Started by root it would give its workers to another user, who
    cannot read a folder of root's."""
    return "user root;" if os.geteuid() == 0 else ""


@contextlib.contextmanager
def temporary_directory():
    with tempfile.TemporaryDirectory(prefix="runnel-") as directory:
        yield Path(directory)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def request(address, method, path, *, body=None, headers=None, timeout=20):
    connection = http.client.HTTPConnection(address, timeout=timeout)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def new_session():
    return uuid.uuid4().hex


def chat(address, session=None, **options):
    """Connects as the page does: from the page's own origin, with the whole vocabulary."""
    options.setdefault("subprotocols", ["runnel.v1"])
    return websockets.connect(
        f"ws://{address}/ws/chat/{session or new_session()}", origin=f"http://{address}", open_timeout=20, close_timeout=5, **options
    )


async def frame(socket, kind, timeout=30):
    """The next frame of that type."""
    deadline = time.monotonic() + timeout
    while True:
        received = json.loads(await asyncio.wait_for(socket.recv(), deadline - time.monotonic()))
        if received["type"] == kind:
            return received


async def ask(socket, question, timeout=60):
    """Sends a message and returns the answer: a list of (seconds since sending, text) and the frame that ended it."""
    started = time.monotonic()
    await socket.send(json.dumps({"type": "message", "message": question}))
    chunks = []
    while True:
        received = json.loads(await asyncio.wait_for(socket.recv(), started + timeout - time.monotonic()))
        if received["type"] == "chunk":
            chunks.append((time.monotonic() - started, received["content"]))
        elif received["type"] in ("complete", "error"):
            return chunks, received
