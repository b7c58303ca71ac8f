"""Debian's nginx with the lines of `deploy/nginx.conf`, but for TLS: in a folder of its own, on a port of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

LINES = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"
MISSING = "The tests need nginx. Run: make nginx (or sudo apt-get install -y --no-install-recommends nginx-light)"


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    """Its port. Whoever serves its requests has to read `folder`, also where root starts it."""
    program = os.environ.get("NGINX", "/usr/sbin/nginx")
    if not Path(program).is_file():
        raise RuntimeError(MISSING)
    port = free_port()
    lines = LINES.read_text(encoding="utf-8")
    lines = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", lines, flags=re.DOTALL)
    lines = re.sub(r"\n    (ssl_[^;]*|listen \[::\][^;]*);", "", lines)
    lines = lines.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    lines = lines.replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace("$scheme", "https")
    paths = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    head = f"daemon off; pid {folder}/pid; error_log {folder}/error; events {{ worker_connections 1024; }}\n"
    config = folder / "nginx.conf"
    config.write_text(f"{head}http {{\n{' '.join(paths)}\n{lines}\n}}\n", encoding="utf-8")
    command = [program, "-c", str(config), "-p", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        answering(port)
        yield port
        process.terminate()


def answering(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
