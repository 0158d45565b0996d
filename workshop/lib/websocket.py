"""A WebSocket client in the standard library alone, for the workshop's small programs."""
import base64
import os
import socket
import struct
from urllib.parse import urlsplit

OPCODE_TEXT, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG = 1, 8, 9, 10


class Refused(Exception):
    """The server's answer was not a WebSocket."""


class WebSocket:
    """As much of RFC 6455 as a client needs to read and write text."""

    def __init__(self, url, path, headers):
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=10)
        self.socket.settimeout(None)  # a model may think for long
        self.file = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Upgrade: websocket", "Connection: Upgrade",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", *headers]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = self.file.readline().decode().strip()
        length = 0
        while (line := self.file.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if " 101 " not in status:
            body = self.file.read(length).decode()
            self.close()
            raise Refused(f"{status}\n{body}")

    def close(self):
        self.file.close()
        self.socket.close()

    def send(self, opcode, payload):
        """Clients mask what they send, so that no proxy takes it for a request."""
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else (
            struct.pack("!BH", 0x80 | 126, size) if size < 65536 else struct.pack("!BQ", 0x80 | 127, size))
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)

    def read(self, count):
        data = self.file.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def texts(self):
        """The text frames until the server closes. Runnel's are never in pieces."""
        while True:
            try:
                first, size = self.read(2)
                size &= 0x7F
                if size >= 126:
                    size = int.from_bytes(self.read(2 if size == 126 else 8), "big")
                payload = self.read(size)
            except EOFError:
                return
            if first & 15 == OPCODE_TEXT:
                yield payload.decode()
            elif first & 15 == OPCODE_PING:
                self.send(OPCODE_PONG, payload)
            elif first & 15 == OPCODE_CLOSE:
                return
