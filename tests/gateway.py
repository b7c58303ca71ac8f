"""An SMS gateway and a webhook's receiver on loopback: they keep what comes, and answer as they are told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from server.core.outbound import Wire
from tests.ports import serve_in_a_thread
from tests.push_service import PushService, wire_to

SMS_HOST, HOOK_HOST = "sms.example.org", "hook.example.org"


@dataclass
class Gateway:
    port: int = 0
    #: `(host, headers, body, raw body)`
    received: list[tuple[str, dict[str, str], Any, bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    #: what each of its hosts answers for good
    always: dict[str, int] = field(default_factory=dict)
    #: what the names resolve to; a public address else
    addresses: dict[str, str] = field(default_factory=dict)

    def at(self, host: str) -> list[Any]:
        return [body for to, _, body, _ in self.received if to == host]

    def wire(self, pushes: PushService) -> Wire:
        wire = wire_to(pushes.port, elsewhere={SMS_HOST: self.port, HOOK_HOST: self.port})
        return replace(wire, resolve=lambda host: [self.addresses.get(host) or wire.resolve(host)[0]])


@contextmanager
def gateway() -> Iterator[Gateway]:
    found = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append((self.headers["Host"], dict(self.headers), json.loads(raw), raw))
            always = found.always.get(self.headers["Host"], 200)
            self.send_response(found.answers.pop(0) if found.answers else always)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = serve_in_a_thread(server)
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
