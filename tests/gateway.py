"""An SMS gateway and a webhook's receiver on loopback: they keep what comes, and answer as they are told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from server.reminders.outbound import Wire
from tests.push_service import PushService, wire_to

SMS_HOST, HOOK_HOST = "sms.example.org", "hook.example.org"


@dataclass
class Gateway:
    port: int = 0
    #: `(host, headers, body, raw body)`
    received: list[tuple[str, dict[str, str], Any, bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def at(self, host: str) -> list[Any]:
        return [body for to, _, body, _ in self.received if to == host]

    def wire(self, pushes: PushService) -> Wire:
        return wire_to(pushes.port, elsewhere={SMS_HOST: self.port, HOOK_HOST: self.port})


@contextmanager
def gateway() -> Iterator[Gateway]:
    found = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append((self.headers["Host"], dict(self.headers), json.loads(raw), raw))
            self.send_response(found.answers.pop(0) if found.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
