"""One answer in steps: the model sends a chunk, the server's frame comes to a client, and only then comes the next.

So each chunk passes through the server alone, and what it costs can be counted whatever else the machine does.
"""

import asyncio
import contextlib
import json

import websockets

PATIENCE = 120  # seconds for one step: valgrind and strace are slow
HEAD = (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
WORD = "twenty-four characters. "


def event(text: str, **more: object) -> bytes:
    """An event as Gemini writes it, in a chunk of HTTP's."""
    candidate = {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0} | more
    body = b"data: " + json.dumps({"candidates": [candidate], "modelVersion": "counted"}).encode() + b"\r\n\r\n"
    return b"%x\r\n%s\r\n" % (len(body), body)


class Model:
    """The upstream: takes every request, and says what it is told to."""

    def __init__(self) -> None:
        self.writers: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()

    async def __aenter__(self) -> "Model":
        self.server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        await asyncio.sleep(0.1)  # for the ends of connections to arrive

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n")
                          if line.lower().startswith(b"content-length:"))
            await reader.readexactly(length)
            writer.write(HEAD)
            self.writers.put_nowait(writer)
            await reader.read()  # until the server closes
        writer.close()


class Answer:
    """One client's running answer."""

    def __init__(self, model: Model, port: int) -> None:
        self.model = model
        self.address = f"ws://127.0.0.1:{port}/ws/chat/counted"

    async def __aenter__(self) -> "Answer":
        self.client = await websockets.connect(self.address, subprotocols=["runnel.v1"], compression=None,
                                               ping_interval=None, open_timeout=PATIENCE)
        await self.client.send(json.dumps({"message": "Count."}))
        self.upstream = await asyncio.wait_for(self.model.writers.get(), PATIENCE)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.upstream.write(event("", finishReason="STOP") + b"0\r\n\r\n")
        await self._until("complete")
        await self.client.close()

    async def step(self, times: int) -> None:
        for _ in range(times):
            self.upstream.write(event(WORD))
            frame = await self._until("chunk")
            assert frame["content"] == WORD, frame

    async def _until(self, kind: str) -> dict:
        while True:
            frame = json.loads(await asyncio.wait_for(self.client.recv(), PATIENCE))
            assert frame["type"] != "error", frame
            if frame["type"] == kind:
                return frame


class Idle:
    """Connections of clients that say nothing."""

    def __init__(self, port: int, count: int) -> None:
        self.port = port
        self.count = count
        self.writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> "Idle":
        for first in range(0, self.count, 100):
            self.writers += await asyncio.gather(*(self._open(first + i) for i in range(min(100, self.count - first))))
        return self

    async def __aexit__(self, *_: object) -> None:
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # which closes them

    async def _open(self, number: int) -> asyncio.StreamWriter:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write((f"GET /ws/chat/idle-{number} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        assert b" 101 " in head.split(b"\r\n")[0], head
        return writer
