#!/usr/bin/env python3
"""`docker compose up` as a user does it: the product's own files, a real Docker engine, real images.

RUNNEL_DOCKER_STATE names a folder in which the engine is kept from run to run; without it everything is removed at the end.
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import websockets

from browser import Page
from deployment import SOURCE_DIR, ask, chat, frame, new_session, request, self_signed, temporary_directory

SETUP = Path(__file__).resolve().parent / "setup-docker"

# What an image may weigh on top of debian:trixie-slim (78 MB), in bytes.
SIZE_LIMITS = {"api": 100e6, "frontend": 20e6}

KEY = "AIza-not-a-real-key-3f9c27d1"
# Inside the container nobody listens there, so the "model" is down and no test depends on the world.
NOWHERE = "http://127.0.0.1:9"

docker = None


def report(what, started):
    print(f"  [{time.monotonic() - started:6.1f} s] {what}", flush=True)


class Docker:
    def __init__(self):
        kept = os.environ.get("RUNNEL_DOCKER_STATE")
        self.state = Path(kept or tempfile.mkdtemp(prefix="runnel-", dir="/var/tmp"))
        self.kept = bool(kept)
        started = time.monotonic()
        owner = [] if self.kept else [str(os.getpid())]
        done = subprocess.run([SETUP, "up", self.state, *owner], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=900)
        if done.returncode:
            self.stop()
            raise AssertionError("setup-docker found no engine and could start none; it says above why")
        # Nothing of a user's settings, such as a key, gets into the containers by way of the environment.
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment.update(line.split("=", 1) for line in done.stdout.splitlines())
        self.client = self.environment.pop("DOCKER")
        report("Docker engine", started)

    def stop(self):
        if not self.kept:
            subprocess.run([SETUP, "down", self.state], check=True, timeout=600)

    def run(self, *arguments, check=True, timeout=120, environment=None, **options):
        done = subprocess.run(
            [self.client, *arguments],
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            **options,
        )
        if check and done.returncode:
            raise AssertionError(f"docker {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout[-6000:]}")
        return done if not check else done.stdout

    def inspect(self, what):
        return json.loads(self.run("inspect", what))[0]


class Project:
    """A copy of the repository as a fresh clone has it: without .env, without build trees."""

    def __init__(self):
        self.directory = Path(tempfile.mkdtemp(prefix="runnel-compose-"))
        self.source = self.directory / "runnel"
        left_out = shutil.ignore_patterns(".git", ".env", "build", "data", "node_modules", ".cache", "__pycache__")
        shutil.copytree(SOURCE_DIR, self.source, ignore=left_out, symlinks=True)
        # Port 0: the engine picks a free one. The project's own name, so that nobody's running Runnel is touched.
        self.environment = {"HTTP_PORT": "127.0.0.1:0", "COMPOSE_PROJECT_NAME": f"runnel-test-{os.getpid()}"}
        self.files = ()

    def compose(self, *arguments, **options):
        options["environment"] = {**self.environment, **options.pop("environment", {})}
        return docker.run("compose", *self.files, *arguments, cwd=self.source, **options)

    def container(self, service):
        return self.compose("ps", "--all", "--quiet", service).strip()

    @property
    def address(self):
        return self.compose("port", "frontend", "8080").strip()

    @contextlib.contextmanager
    def up(self):
        started = time.monotonic()
        try:
            try:
                self.compose("up", "--detach", "--wait", "--wait-timeout", "90", "--no-build")
            except AssertionError as error:
                raise AssertionError(f"{error}\n{self.compose('logs', check=False).stdout}") from None
            report("up, all healthy", started)
            yield self
        finally:
            self.compose("down", "--volumes", "--timeout", "2")

    def remove(self):
        self.compose("down", "--volumes", "--timeout", "2", "--rmi", "local")
        shutil.rmtree(self.directory)


project = None


def setUpModule():
    global docker, project
    docker = Docker()
    unittest.addModuleCleanup(docker.stop)
    project = Project()
    unittest.addModuleCleanup(project.remove)
    started = time.monotonic()
    project.compose("build", timeout=1500)
    report("images built", started)


async def chat_once(address, question="Hello"):
    async with chat(address) as client:
        session = await frame(client, "session")
        chunks, end = await ask(client, question)
        return session, "".join(text for _, text in chunks), end


async def first_answer(address, session):
    """What a client that comes is shown of the first answer of a conversation."""
    async with chat(address, session) as client:
        snapshot = await frame(client, "snapshot")
        return snapshot["messages"][1]["content"] if snapshot["messages"] else None


async def connected_again(address, session, timeout=60):
    """Tries as a client does until the chat is there again."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return await chat(address, session)
        except (OSError, websockets.WebSocketException) as error:
            if time.monotonic() > deadline:
                raise AssertionError(f"no chat again within {timeout} s: {error}") from error
            await asyncio.sleep(0.5)  # a client backs off too


class TheFile(unittest.TestCase):
    def test_is_valid_and_asks_for_port_80_of_this_machine_alone(self):
        project.compose("config", "--quiet")
        for setting, address, expected in (({}, "127.0.0.1", "80"), ({"HTTP_PORT": "8080"}, None, "8080")):
            environment = {"HTTP_PORT": "", **setting}
            services = json.loads(project.compose("config", "--format", "json", environment=environment))["services"]
            published = [(port.get("host_ip"), port["published"]) for port in services["frontend"]["ports"]]
            self.assertEqual(published, [(address, expected)])
            self.assertNotIn("ports", services["api"], "only nginx is reached from outside")


    def test_takes_no_name_but_localhost_unless_one_is_set(self):
        chosen = "https://chat.example.org"
        self.assertEqual(self.origins({}), "http://localhost")
        self.assertEqual(self.origins({"CORS_ORIGINS": chosen}), chosen)
        (project.source / ".env").write_text(f"CORS_ORIGINS={chosen}\n")
        try:
            self.assertEqual(self.origins({}), chosen)
        finally:
            (project.source / ".env").unlink()

    def origins(self, environment):
        settings = json.loads(project.compose("config", "--format", "json", environment=environment))
        return settings["services"]["api"]["environment"]["CORS_ORIGINS"]


class TheImages(unittest.TestCase):
    def test_are_small(self):
        base = docker.inspect("debian:trixie-slim")["Size"]
        for service, limit in SIZE_LIMITS.items():
            with self.subTest(service):
                size = docker.inspect(self.image(service))["Size"]
                print(f"  image {service}: {size / 1e6:.0f} MB, {(size - base) / 1e6:.0f} MB on top of the base", flush=True)
                self.assertLess(size - base, limit)

    def test_hold_nothing_that_only_the_build_needs(self):
        for service in SIZE_LIMITS:
            with self.subTest(service):
                found = docker.run(
                    "run", "--rm", "--entrypoint", "bash", self.image(service), "-c", "type -P g++ cmake npm node curl python3; ls /src; true"
                )
                self.assertEqual(found.strip(), "ls: cannot access '/src': No such file or directory")

    def image(self, service):
        return f"{project.environment['COMPOSE_PROJECT_NAME']}-{service}"


class TheQuickStart(unittest.TestCase):
    """Without a key and without .env."""

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(project.up())

    def test_serves_the_page(self):
        answer = request(project.address, "GET", "/")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"<title>", answer.body)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(request(project.address, "GET", "/vendor/marked/marked.esm.js").status, 200)

    def test_serves_the_documents(self):
        for path in ("/api/health", "/openapi.json", "/asyncapi.json", "/docs", "/vendor/swagger-ui/swagger-ui.css"):
            with self.subTest(path):
                self.assertEqual(request(project.address, "GET", path).status, 200)

    def test_shows_conversations_by_no_name_that_somebody_made_resolve_to_this_machine(self):
        for host, status in ((project.address, 200), ("localhost:8080", 200), ("[::1]", 200), ("evil.example", 403)):
            with self.subTest(host):
                answer = request(project.address, "GET", "/api/conversations", headers={"Host": host})
                self.assertEqual(answer.status, status)

    def test_chats_through_nginx_and_says_that_it_is_a_demo(self):
        session, answer, end = asyncio.run(chat_once(project.address))
        self.assertTrue(session["demo"])
        self.assertTrue(answer.strip())
        self.assertEqual(end["type"], "complete", end)

    def test_runs_healthy_without_root_and_without_a_way_to_change_itself(self):
        for service in ("api", "frontend"):
            with self.subTest(service):
                state = docker.inspect(project.container(service))
                self.assertEqual(state["State"]["Health"]["Status"], "healthy")
                self.assertEqual(state["HostConfig"]["RestartPolicy"]["Name"], "unless-stopped")
                self.assertGreater(state["HostConfig"]["Memory"], 0)
                process = self.inside(service, "cat /proc/1/status")
                fields = dict(line.split(":\t", 1) for line in process.splitlines() if ":\t" in line)
                self.assertEqual(fields["Uid"].split(), ["10001"] * 4)
                self.assertEqual(fields["Gid"].split(), ["10001"] * 4)
                self.assertEqual({int(fields[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")}, {0})
                self.assertEqual(fields["NoNewPrivs"], "1")
                self.assertIn("Read-only file system", self.inside(service, "touch /usr/local/x 2>&1; touch /x 2>&1; true"))
                self.inside(service, "touch /tmp/x && rm /tmp/x")

    def inside(self, service, script):
        return project.compose("exec", "--no-TTY", service, "bash", "-c", script)

    def test_a_page_that_is_open_comes_back_after_a_restart_of_the_server(self):
        with temporary_directory() as directory, Page(directory, f"http://{project.address}/") as page:
            page.wait_for("document.querySelector('#state .word').textContent === 'Connected'")
            page.run(
                "window.words = [];"
                "new MutationObserver(() => words.push(document.querySelector('#state .word').textContent))"
                ".observe(document.querySelector('#state'), { subtree: true, childList: true, characterData: true })"
            )
            project.compose("restart", "api")
            page.wait_for("words.at(-1) === 'Connected'", timeout=90)
            self.assertRegex(" ".join(page.run("words")), "Reconnecting|Offline|Connecting")
            page.run(
                "const box = document.querySelector('#composer-text');"
                "box.value = 'Hello again';"
                "box.dispatchEvent(new InputEvent('input', { bubbles: true }));"
                "document.querySelector('#composer').requestSubmit()"
            )
            page.wait_for("document.querySelector('#messages').textContent.includes('Hello again')")

    def test_finds_a_server_that_came_back_with_another_address(self):
        def address():
            (network,) = docker.inspect(project.container("api"))["NetworkSettings"]["Networks"].items()
            return network[0], network[1]["IPAddress"]

        network, before = address()
        project.compose("stop", "api")
        # Another container takes the address that has become free.
        squatter = docker.run(
            "run", "--detach", "--rm", "--network", network, "--stop-signal", "KILL", "debian:trixie-slim", "sleep", "600"
        ).strip()
        try:
            project.compose("up", "--detach", "--wait", "--no-build", "--no-recreate", "api")
            self.assertNotEqual(address()[1], before)

            async def run():
                client = await connected_again(project.address, new_session())
                try:
                    return await ask(client, "Hello")
                finally:
                    await client.close()

            _, end = asyncio.run(run())
            self.assertEqual(end["type"], "complete", end)
        finally:
            docker.run("stop", squatter)

    def test_while_the_server_is_away_the_page_still_comes(self):
        project.compose("stop", "api")
        try:
            self.assertEqual(request(project.address, "GET", "/").status, 200)
            answer = request(project.address, "GET", "/api/health")
            self.assertEqual((answer.status, answer.json["status"]), (503, 503))
        finally:
            project.compose("up", "--detach", "--wait", "--no-build", "--no-recreate")


class TheConversations(unittest.TestCase):
    def test_outlast_the_containers_and_can_be_copied_while_they_run(self):
        question = new_session()
        with project.up():
            answer = asyncio.run(self.ask_in(question))
            copied = project.compose("exec", "--no-TTY", "api", "runnel-server", "--backup", "/var/lib/runnel/copy.db")
            self.assertRegex(copied, "is backed up to .* 2 messages")
            # As an upgrade does it: the containers go, the volume stays.
            project.compose("down", "--timeout", "2")
            project.compose("up", "--detach", "--wait", "--wait-timeout", "90", "--no-build")
            self.assertEqual(asyncio.run(first_answer(project.address, question)), answer)
            self.assertIn("is sound", project.compose("exec", "--no-TTY", "api", "runnel-server", "--check-database"))

    async def ask_in(self, session):
        async with chat(project.address, session) as client:
            chunks, _ = await ask(client, "Hello")
            return "".join(text for _, text in chunks)


class TheEnd(unittest.TestCase):
    def test_lets_an_answer_under_way_come_to_its_end_and_leaves_nothing(self):
        async def run():
            async with chat(project.address) as client:
                # The demo writes its answer to this in about 4 s; nginx waits for 9.
                await client.send(json.dumps({"type": "message", "message": "Hello"}))
                await frame(client, "chunk")
                started = time.monotonic()
                stopping = asyncio.create_task(asyncio.to_thread(project.compose, "stop"))
                end = await frame(client, "complete")
                await stopping
                return end, time.monotonic() - started

        with project.up():
            end, took = asyncio.run(run())
            self.assertEqual(end["finish_reason"], "stop")
            print(f"  stopped under a running answer in {took:.1f} s", flush=True)
            # 15 s are the longest that each of the two containers is given before it is killed.
            self.assertLess(took, 30)
            for service in ("frontend", "api"):
                state = docker.inspect(project.container(service))["State"]
                self.assertEqual((state["Status"], state["ExitCode"]), ("exited", 0), service)

        self.assert_nothing_left()

    def assert_nothing_left(self):
        name = project.environment["COMPOSE_PROJECT_NAME"]
        for kind in ("container", "network", "volume"):
            all_of_them = ["--all"] if kind == "container" else []
            left = docker.run(kind, "ls", *all_of_them, "--quiet", "--filter", f"label=com.docker.compose.project={name}")
            self.assertEqual(left, "", kind)


class WithAKey(unittest.TestCase):
    def tearDown(self):
        project.files = ()
        for name in (".env", "key"):
            (project.source / name).unlink(missing_ok=True)

    def ask_in_vain(self):
        session, _, end = asyncio.run(chat_once(project.address))
        self.assertFalse(session["demo"])
        self.assertEqual((end["type"], end["code"]), ("error", "model_unreachable"))
        self.assertNotIn(KEY, json.dumps(end))
        self.assertNotIn(KEY, project.compose("logs"))

    def test_in_a_file_env_it_reaches_the_server_and_neither_log_nor_image(self):
        (project.source / ".env").write_text(f"GOOGLE_API_KEY={KEY}\nGOOGLE_GEMINI_BASE_URL={NOWHERE}\nLOG_LEVEL=debug\nHOST=127.0.0.1\nPORT=1\n")
        project.compose("build", timeout=600)  # with the key lying about
        with project.up():
            self.ask_in_vain()
        for service in SIZE_LIMITS:
            self.assertFalse(self.image_contains(f"{project.environment['COMPOSE_PROJECT_NAME']}-{service}", KEY))

    def test_in_a_mounted_secret_it_stands_in_no_environment(self):
        key = project.source / "key"
        key.write_text(KEY + "\n")
        key.chmod(0o444)
        (project.source / ".env").write_text(f"GOOGLE_GEMINI_BASE_URL={NOWHERE}\nGOOGLE_API_KEY_FILE=./key\n")
        project.files = ("-f", "docker-compose.yml", "-f", "docker-compose.secret.yml")
        with project.up():
            self.assertNotIn(KEY, docker.run("inspect", project.container("api")))
            self.ask_in_vain()

    def test_trusts_an_authority_that_is_mounted(self):
        authority, _ = self_signed(project.source, "DNS:gateway.example")
        authority.chmod(0o444)
        (project.source / ".env").write_text(f"GOOGLE_API_KEY={KEY}\nGOOGLE_GEMINI_BASE_URL={NOWHERE}\nGEMINI_CA_FILE=./{authority.name}\n")
        project.files = ("-f", "docker-compose.yml", "-f", "docker-compose.ca.yml")
        with project.up():  # a file that it cannot read would stop the start
            self.assertIn("GEMINI_CA_FILE=/run/secrets/gemini_ca", docker.run("inspect", project.container("api")))

    def image_contains(self, image, text):
        searched = subprocess.Popen([docker.client, "save", image], env=docker.environment, stdout=subprocess.PIPE)
        with searched:
            before = b""
            while piece := searched.stdout.read(1 << 20):
                if text.encode() in before + piece:
                    return True
                before = piece[-len(text) :]
        self.assertEqual(searched.returncode, 0)
        return False


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and so clean up
    unittest.main(verbosity=2)
