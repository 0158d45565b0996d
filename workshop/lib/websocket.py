"""A WebSocket client in the standard library alone, for the workshop's small programs."""
import argparse
import base64
import os
import socket
import struct
from urllib.parse import urlsplit

OPCODE_TEXT, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG = 1, 8, 9, 10


HANDSHAKE_LIMIT = 10  # s


class Refused(Exception):
    """The server's answer was not a WebSocket."""


def server_url(text):
    """For argparse: where a server is."""
    try:
        parts = urlsplit(text)
        right = parts.scheme == "http" and parts.hostname and (parts.port or 80)
    except ValueError:
        right = False
    if not right:
        raise argparse.ArgumentTypeError(f"{text!r} is to be an address such as http://127.0.0.1:8000")
    return text.rstrip("/")


def nothing_there(url, error):
    """What to say of an OSError while one connects, and what to do."""
    why = "it says nothing in time" if isinstance(error, TimeoutError) else error.strerror or error
    return f"Nothing answers at {url}: {why}. Start the server with ./run, or name another with --server."


class WebSocket:
    """As much of RFC 6455 as a client needs to read and write text."""

    def __init__(self, url, path, headers, limit=None):
        """Waits at most `limit` seconds for each frame, or for ever: a model may think for long."""
        parts = urlsplit(url)
        self.ended = ""  # why, as far as the server said it
        self.socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=min(limit or HANDSHAKE_LIMIT, HANDSHAKE_LIMIT))
        self.file = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Upgrade: websocket", "Connection: Upgrade",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", *headers]
        try:
            self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            status, body = self.answer()
        except OSError:
            self.close()
            raise
        if " 101 " not in status:
            self.close()
            raise Refused(f"{status}\n{body}".strip() or "It closed the connection without an answer.")
        self.socket.settimeout(limit)

    def answer(self):
        """The first line of the answer to the handshake, and its body."""
        status = self.file.readline().decode(errors="replace").strip()
        length = 0
        while (line := self.file.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, "" if " 101 " in status else self.file.read(length).decode(errors="replace")

    def close(self):
        self.file.close()
        self.socket.close()

    def farewell(self):
        """What to say where texts() has ended before what one waited for came."""
        return f"The server closed the connection{': ' + self.ended.rstrip('.') if self.ended else ''}."

    def send(self, opcode, payload):
        """Clients mask what they send, so that no proxy takes it for a request. Nothing is thrown where the server has closed."""
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else (
            struct.pack("!BH", 0x80 | 126, size) if size < 65536 else struct.pack("!BQ", 0x80 | 127, size))
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        try:
            self.socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)
        except ConnectionError:
            pass  # what it said before it closed may still be read

    def read(self, count):
        data = self.file.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def texts(self):
        """The text frames until the server closes. Runnel's are never in pieces. Throws TimeoutError after the limit."""
        while True:
            try:
                first, size = self.read(2)
                size &= 0x7F
                if size >= 126:
                    size = int.from_bytes(self.read(2 if size == 126 else 8), "big")
                payload = self.read(size)
            except (EOFError, ConnectionError):
                return
            if first & 15 == OPCODE_TEXT:
                yield payload.decode()
            elif first & 15 == OPCODE_PING:
                self.send(OPCODE_PONG, payload)
            elif first & 15 == OPCODE_CLOSE:
                self.ended = f"{int.from_bytes(payload[:2], 'big')} {payload[2:].decode(errors='replace')}".strip() if payload else ""
                return
