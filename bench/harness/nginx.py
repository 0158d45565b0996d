"""nginx of the machine: TLS in front of the emulator, as Gemini has it, with a certificate made for the run; and the
product's own configuration in front of the server."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from .processes import BenchError, ServerProcess

PRODUCT = Path(__file__).resolve().parents[2] / "nginx" / "nginx.conf"
# What a bench cannot leave: where it listens and writes and whom it asks; and the limits for one address, behind which
# all of the load is here.
CHANGES = (
    (r" /tmp/", " {folder}/"),
    (r"access_log /dev/stdout", "access_log {folder}/access.log"),
    (r"listen 8080 default_server;", "listen 127.0.0.1:{port} default_server backlog=2048;"),
    (r"set \$api api:8000;", "set $api 127.0.0.1:{upstream};"),
    (r"root /usr/share/runnel/frontend;", "root {folder};"),
    (r"zone=handshakes:10m rate=\d+r/s;", "zone=handshakes:10m rate=100000r/s;"),
    (r"zone=handshakes burst=\d+ nodelay;", "zone=handshakes burst=100000 nodelay;"),
    (r"limit_conn connections \d+;", "limit_conn connections 60000;"),
)

TLS_SITE = """
pid {folder}/nginx.pid; worker_processes 1; worker_rlimit_nofile 32768; error_log stderr error;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    {temporary}
    server {{
        listen 127.0.0.1:{port} ssl backlog=2048;
        ssl_certificate {certificate};
        ssl_certificate_key {key};
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }}
    }}
}}
"""


def make_certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
               "-subj", "/CN=runnel-bench", "-addext", "subjectAltName=IP:127.0.0.1",
               "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise BenchError(f"openssl makes no certificate: {error}") from error
    return certificate, key


def _binary() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if not found:
        raise BenchError("nginx is not installed")
    return found


def version() -> str:
    said = subprocess.run([_binary(), "-v"], capture_output=True, text=True, timeout=30).stderr
    return said.strip().removeprefix("nginx version: ")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _process(folder: Path, port: int, configuration: str) -> ServerProcess:
    file = folder / "nginx.conf"
    file.write_text(configuration)
    # Started by root it would give its workers to another user, who cannot read a folder of root's.
    user = "user root;" if os.geteuid() == 0 else ""
    command = [_binary(), "-e", "stderr", "-p", str(folder), "-c", str(file), "-g", f"daemon off; {user}"]
    return ServerProcess("nginx", command, folder, {}, port=port)


def tls_front(folder: Path, upstream_port: int) -> tuple[ServerProcess, Path]:
    """The server, not yet started, and the certificate that a client has to trust."""
    certificate, key = make_certificate(folder)
    port = _free_port()
    temporary = " ".join(f"{name}_temp_path {folder}/{name};"
                         for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return _process(folder, port, TLS_SITE.format(folder=folder, temporary=temporary, port=port,
                                                  certificate=certificate, key=key,
                                                  upstream=upstream_port)), certificate


def product_front(folder: Path, upstream_port: int) -> ServerProcess:
    """The product's nginx.conf, not yet started."""
    port, text = _free_port(), PRODUCT.read_text()
    for pattern, instead in CHANGES:
        instead = instead.format(folder=folder, port=port, upstream=upstream_port)
        text, count = re.subn(pattern, lambda _, new=instead: new, text)
        if not count:
            raise BenchError(f"{pattern!r} is not in {PRODUCT.name}")
    return _process(folder, port, text)
