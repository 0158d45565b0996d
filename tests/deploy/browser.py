"""A page in Chromium, driven over its own debugging protocol: what a test of a deployment needs and no more."""

import asyncio
import json
import os
import shutil
import time
from pathlib import Path

import websockets

from deployment import Process, request

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-port=0"
).split()


class ScriptFailed(AssertionError):
    pass


class Page(Process):
    """One page of a browser of its own."""

    def __init__(self, directory, url):
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if not chromium:
            raise AssertionError("Chromium is not installed (Debian: apt-get install chromium)")
        profile = Path(directory) / "profile"
        super().__init__(
            [chromium, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            log=Path(directory) / "chromium.log",
            environment={**os.environ, "HOME": str(directory)},
        )
        try:
            address = "127.0.0.1:" + self._debugging_port(profile / "DevToolsActivePort")
            self.target = request(address, "PUT", "/json/new?" + url).json["webSocketDebuggerUrl"]
        except BaseException:
            self.stop()
            raise

    def _debugging_port(self, file, timeout=30):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self.popen.poll() is None:
            if file.exists() and (lines := file.read_text().splitlines()):
                return lines[0]
            time.sleep(0.05)
        raise AssertionError(f"Chromium did not start\n{self.log.read_text()}")

    def run(self, script):
        """The value of a script in the page."""
        return asyncio.run(self._run(script))

    async def _run(self, script):
        async with websockets.connect(self.target, max_size=None) as socket:
            await socket.send(
                json.dumps({"id": 1, "method": "Runtime.evaluate", "params": {"expression": script, "returnByValue": True, "replMode": True}})
            )
            while True:
                answer = json.loads(await asyncio.wait_for(socket.recv(), 20))
                if answer.get("id") == 1:
                    break
        if trouble := answer.get("error") or answer["result"].get("exceptionDetails"):
            raise ScriptFailed(f"{script}\n{json.dumps(trouble)}")
        return answer["result"]["result"].get("value")

    def wait_for(self, condition, timeout=30):
        deadline = time.monotonic() + timeout
        trouble = None
        while time.monotonic() < deadline:
            try:
                if self.run(f"Boolean({condition})"):
                    return
            except ScriptFailed as error:  # a page that is still loading has none of its elements
                trouble = error
            time.sleep(0.1)
        raise AssertionError(f"not within {timeout} s: {condition} ({trouble})\nthe page says: {self.run('document.body?.innerText')!r}")
