"""TLS in front of the emulator, as Gemini has it: nginx of the machine with a certificate made for the run."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from .processes import BenchError, ServerProcess

SITE = """
pid {folder}/nginx.pid; worker_processes 1; worker_rlimit_nofile 32768; error_log stderr error; {user}
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


def tls_front(folder: Path, upstream_port: int) -> tuple[ServerProcess, Path]:
    """The server, not yet started, and the certificate that a client has to trust."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if not nginx:
        raise BenchError("--tls needs nginx. Try: apt-get install nginx-light")
    certificate, key = make_certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    temporary = " ".join(f"{name}_temp_path {folder}/{name};"
                         for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = folder / "nginx.conf"
    # Started by root it would give its worker to another user, who cannot read a folder of root's.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(SITE.format(folder=folder, user=user, temporary=temporary, port=port,
                                         certificate=certificate, key=key, upstream=upstream_port))
    command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(configuration), "-g", "daemon off;"]
    return ServerProcess("nginx", command, folder, {}, port=port), certificate
