"""Pictures of every screen, to be looked at: three sizes, light and dark, Finnish and English, with the demo's clients.

`make pictures` writes them to build/pictures; `--only week`, `--size phone` and the like take fewer of them.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from server.demo.cast import PEOPLE
from tests.browser.office import COMMAND, free_port
from tests.chromium import PROGRAM, SWITCHES

SIZES = {"phone": (390, 844), "small": (320, 640), "laptop": (1280, 800)}
THEMES = ("light", "dark")
LOCALES = {"fi": "fi-FI", "en": "en-GB", "sv": "sv-FI"}
FETCHED_MAX_MS = 120_000
START_MAX_S = 60
#: the app's own links work the same way; a reload would ask for the password
GO = """(path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"""
FIND = """(pattern) => [...document.querySelectorAll('[data-pane="current"] a[href]')]
  .map((link) => link.getAttribute('href')).find((path) => new RegExp(pattern).test(path))"""
SETTLED = "Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)"


def main() -> None:
    wanted = arguments()
    with served(wanted.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
        for language in wanted.language:
            take(browser, address, language, wanted)
        browser.close()
    sys.stdout.write(f"{sum(1 for _ in wanted.out.glob('*.png'))} pictures in {wanted.out}\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="a running demo; without it one is started")
    parser.add_argument("--user", default="aino")
    parser.add_argument("--out", type=Path, default=Path("build/pictures"))
    parser.add_argument("--only", default="", help="a pattern of the pictures' names")
    parser.add_argument("--size", nargs="*", default=[*SIZES], choices=SIZES)
    parser.add_argument("--theme", nargs="*", default=[*THEMES], choices=THEMES)
    parser.add_argument("--language", nargs="*", default=["fi", "en"], choices=LOCALES)
    return parser.parse_args()


@contextmanager
def served(address: str | None) -> Iterator[str]:
    if address:
        yield address
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [str(COMMAND), "demo", "--port", str(port), "--data-dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
        try:
            wait_for(port)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait()


def wait_for(port: int) -> None:
    last = time.monotonic() + START_MAX_S
    while True:
        try:
            HTTPConnection("localhost", port, timeout=2).request("GET", "/api/health")
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
        else:
            return


def take(browser: Browser, address: str, language: str, wanted: argparse.Namespace) -> None:
    """Signs in once and walks through the screens, each in every size and theme."""
    context = browser.new_context(locale=LOCALES[language], timezone_id="Europe/Helsinki", reduced_motion="reduce")
    context.set_default_timeout(FETCHED_MAX_MS)
    page = context.new_page()

    def shoot(name: str) -> None:
        if not re.search(wanted.only, name):
            return
        for size in wanted.size:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            for theme in wanted.theme:
                page.emulate_media(color_scheme=theme)
                page.evaluate(SETTLED)
                wanted.out.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=wanted.out / f"{name}-{size}-{theme}-{language}.png")

    page.goto(address)
    page.locator("form button[type=submit]").wait_for()
    shoot("sign-in")
    page.locator("form button[type=submit]").click()
    shoot("sign-in-errors")
    page.locator("input").first.fill(wanted.user)
    page.locator("input[type=password]").fill(PEOPLE["password"])
    page.locator("form button[type=submit]").click()
    page.locator('[data-sync="sent"], [data-sync="nothing"]').first.wait_for(state="attached")
    for name, go in screens(page):
        if re.search(wanted.only, name):
            go()
            page.locator('[data-pane="current"] h1').wait_for()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(250)
            shoot(name)
    context.close()


def screens(page: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name and way of every screen; what has ids in its address is found through the links of the one before."""

    def to(path: str | Callable[[], str]) -> Callable[[], None]:
        return lambda: page.evaluate(GO, path if isinstance(path, str) else path())

    def sheet(path: str, press: str) -> Callable[[], None]:
        def go() -> None:
            page.evaluate(GO, path)
            page.locator('[data-pane="current"] h1').wait_for()
            page.locator(press).locator("visible=true").first.click()
            page.locator("dialog[open]").wait_for()

        return go

    for name, path in (("today", "/"), ("clients", "/clients"), ("week", "/week"), ("outbox", "/outbox")):
        yield name, to(path)
    yield "move", sheet("/week", '[aria-label^="Siirrä,"], [aria-label^="Flytta,"], [aria-label^="Move,"]')
    page.keyboard.press("Escape")
    yield "add", sheet("/", "[aria-haspopup=dialog], aside button")
    page.keyboard.press("Escape")
    for name in ("more", "settings", "help", "accessibility", "nowhere"):
        yield name, to(f"/{name}")
    one = cache(partial(found, page, "/clients", r"^/clients/[^/]+$"))
    for name in ("visits/new", "plan", "phase", "entries", "goals/new", "notes/new", "checklists"):
        yield f"client-{name.replace('/', '-')}", to(beneath(one, name))
    yield "client", to(one)
    yield "entry", to(lambda: found(page, f"{one()}/entries", r"/entries/[^/]+$"))
    goal = cache(lambda: found(page, one(), r"/goals/(?!new)[^/]+$"))
    yield "goal", to(goal)
    yield "goal-edit", to(lambda: f"{goal()}/edit")
    yield "history", to(lambda: goal().replace("/goals/", "/history/"))
    yield "visit", to(lambda: found(page, "/", r"/visits/(?!new)[^/]+$"))


def beneath(file: Callable[[], str], name: str) -> Callable[[], str]:
    return lambda: f"{file()}/{name}"


def found(page: Page, path: str, pattern: str) -> str:
    """The first address of this form on a screen."""
    page.evaluate(GO, path)
    return str(page.wait_for_function(FIND, arg=pattern).json_value())


if __name__ == "__main__":
    main()
