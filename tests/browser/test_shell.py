"""The service worker alone, served by a plain file server: what it stores, what it never answers, when it changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.chromium import PROGRAM, SWITCHES
from tests.ports import serve_in_a_thread

STATIC = Path(__file__).resolve().parents[2] / "server" / "static"
REGISTER = """async () => {
  const registration = await navigator.serviceWorker.register('/service-worker.js');
  const worker = registration.installing;
  while (!['activated', 'redundant'].includes(worker.state)) {
    await new Promise((later) => worker.addEventListener('statechange', later, { once: true }));
  }
  return worker.state;
}"""
LOOK_FOR_A_RELEASE = """async () => {
  const registration = await (await navigator.serviceWorker.ready).update();
  const worker = registration.installing ?? registration.waiting;
  while (worker.state === 'installing') {
    await new Promise((later) => worker.addEventListener('statechange', later, { once: true }));
  }
  return worker.state;
}"""
STORED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found.sort();
}"""
STATUS_OF = "(path) => fetch(path).then((answer) => answer.status, () => 'no answer')"


@dataclass
class Files:
    """A server of the built shell; `in_between` answers for it, as a captive portal does."""

    folder: Path
    address: str = ""
    in_between: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    served = Files(shutil.copytree(STATIC, tmp_path / "static"))

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(served.folder))

        def do_GET(self) -> None:
            for start, body in served.in_between.items():
                if self.path.startswith(start):
                    self.send_response(200)
                    self.send_header("Content-Type", "text/html")
                    self.end_headers()
                    self.wfile.write(body)
                    return
            super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, *_arguments: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.address = f"http://localhost:{server.server_port}"
        serve_in_a_thread(server)
        yield served
        server.shutdown()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser, files: Files) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{files.address}/manifest.webmanifest")
    yield page
    context.close()


def test_it_opens_any_place_of_the_app_with_no_network(page: Page, files: Files) -> None:
    assert page.evaluate(REGISTER) == "activated"
    page.context.set_offline(True)
    page.goto(f"{files.address}/asiakas/0192")
    assert page.title() == "Ovikello"


def test_it_stores_the_shell_and_nothing_of_the_server(page: Page, files: Files) -> None:
    files.in_between["/api/"] = b"{}"
    page.evaluate(REGISTER)
    assert page.evaluate(STATUS_OF, "/api/sync") == 200
    stored = page.evaluate(STORED)
    assert {"/", "/manifest.webmanifest"} < set(stored)
    assert [path for path in stored if path != "/" and not path.startswith(("/assets/", "/manifest."))] == []
    page.context.set_offline(True)
    assert page.evaluate(STATUS_OF, "/api/sync") == "no answer"


def test_a_captive_portal_cannot_become_the_app(page: Page, files: Files) -> None:
    files.in_between["/assets/"] = b"<h1>Log in to the train</h1>"
    assert page.evaluate(REGISTER) == "redundant"
    assert page.evaluate("navigator.serviceWorker.controller") is None


def test_a_new_release_waits_for_its_word(page: Page, files: Files) -> None:
    page.evaluate(REGISTER)
    with (files.folder / "service-worker.js").open("a") as script:
        script.write("\n// the next release\n")
    assert page.evaluate(LOOK_FOR_A_RELEASE) == "installed"
    page.evaluate("navigator.serviceWorker.ready.then((it) => it.waiting.postMessage({ type: 'skip-waiting' }))")
    # A promise is truthy whatever becomes of it: what is waited for has to be a plain value.
    page.evaluate("navigator.serviceWorker.ready.then((it) => void (window.registration = it))")
    page.wait_for_function("window.registration.waiting === null", timeout=10_000)
