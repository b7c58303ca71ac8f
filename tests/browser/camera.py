"""A walk through the app with a camera, in a demo behind the network's edge.

What is pressed is found by its place or its drawing, which are the same in every language.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from server.demo.people import PEOPLE
from tests.browser.edge import Edge
from tests.browser.office import COMMAND
from tests.browser.places import go, inside, leave_sheet, settle
from tests.ports import free_port

SIZES = {"phone": (390, 844), "small": (320, 640), "laptop": (1280, 800)}
THEMES = ("light", "dark")
LOCALES = {"fi": "fi-FI", "en": "en-GB", "sv": "sv-FI"}
WAIT_MAX_MS = 60_000
START_MAX_S = 600
#: so that the first fetch can be seen
FETCHED_SLOWLY_S = 10
FIND = """(pattern) => [...document.querySelectorAll('[data-pane="current"] a[href]')]
  .map((link) => link.getAttribute('href')).find((path) => new RegExp(pattern).test(path))"""
#: The browser here speaks English. With this it draws dates and times in a field's own language, as a phone does.
NATIVE_FIELDS = "--enable-blink-features=LangAttributeAwareFormControlUI"
TELL_FIELDS = """(locale) => {
  for (const field of document.querySelectorAll('input[type=date]:not([lang]), input[type=time]:not([lang])')) {
    const { type } = field;
    Object.assign(field, { lang: locale, type: 'text' });
    field.type = type;
  }
}"""
#: to the end of what is scrolled, if there is more than a glance beneath; and back
TO_END = """() => {
  const pane = document.querySelector('dialog[open], [data-pane="current"]');
  const scrolled = pane && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== 'visible'
    ? pane : document.scrollingElement;
  if (scrolled.scrollHeight < scrolled.clientHeight + 80) return false;
  scrolled.scrollTo(0, scrolled.scrollHeight);
  return true;
}"""
TO_START = """() => {
  for (const one of [document.scrollingElement, ...document.querySelectorAll('dialog[open], [data-pane]')])
    one.scrollTo(0, 0);
}"""


@contextmanager
def served(data_dir: Path, *more: str) -> Iterator[int]:
    """A demo, from when it answers; the first one of a folder takes a while to make its clients."""
    port = free_port()
    command = [str(COMMAND), "demo", "--port", str(port), "--data-dir", str(data_dir), *more]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
    try:
        last = time.monotonic() + START_MAX_S
        while not answers(port):
            if time.monotonic() > last or process.poll() is not None:
                raise RuntimeError("the demo did not start")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    with closing(HTTPConnection("localhost", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/api/health")
        except OSError:
            return False
    return True


@contextmanager
def behind_an_edge(port: int) -> Iterator[Edge]:
    edge = Edge(free_port(), port)
    edge.open()
    try:
        yield edge
    finally:
        edge.close()


@dataclass
class Walk:
    """One language's way through the app: signs in once, takes pictures on the way."""

    browser: Browser
    edge: Edge
    language: str
    wanted: argparse.Namespace
    #: the demo's, for what cannot be written in the app
    data_dir: Path

    def new_page(self, script: str = "", user_agent: str | None = None) -> Page:
        """Another person's browser, not signed in; `script` runs before the app does."""
        context = self.browser.new_context(
            locale=LOCALES[self.language],
            timezone_id="Europe/Helsinki",
            reduced_motion="reduce",
            user_agent=user_agent,
        )
        context.set_default_timeout(WAIT_MAX_MS)
        context.add_init_script(script)
        page = context.new_page()
        page.goto(f"http://localhost:{self.edge.port}")
        page.locator("form button[type=submit]").wait_for()
        return page

    @cached_property
    def page(self) -> Page:
        """Aino's, signed in; what she sees until Tänään is on the way."""
        page = self.new_page()
        self.shoot("sign-in", page)
        page.locator("form button[type=submit]").click()
        self.shoot("sign-in-errors", page)
        self.edge.lossy["POST /api/sync"] = 1
        sign_in(page, "aino")
        page.locator(".panel input").first.wait_for(state="detached")
        page.locator(".panel .button.main").wait_for()
        self.shoot("first-sync-offline", page)
        self.edge.delay_s = FETCHED_SLOWLY_S
        self.edge.lossy.clear()
        # The app may have asked again by itself meanwhile, and the button be gone.
        page.evaluate("document.querySelector('.panel .button.main')?.click()")
        page.locator(".panel .button.main").wait_for(state="detached")
        self.shoot("first-sync", page)
        self.edge.delay_s = 0
        wait_until_sent(page)
        return page

    def shoot(self, name: str, page: Page | None = None, at: Locator | None = None) -> None:
        """What is seen now, in each size and theme; with `at`, scrolled to what it is about."""
        page = page or self.page
        if not re.search(self.wanted.only, name):
            return
        page.mouse.move(0, 0)
        page.evaluate(TELL_FIELDS, LOCALES[self.language])
        self.wanted.out.mkdir(parents=True, exist_ok=True)
        for size in self.wanted.size:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            if at is not None:
                at.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
            for theme in self.wanted.theme:
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=self.wanted.out / f"{name}-{size}-{theme}-{self.language}.png")
            if at is None and page.evaluate(TO_END):
                page.screenshot(path=self.wanted.out / f"{name}~end-{size}-{theme}-{self.language}.png")
                page.evaluate(TO_START)

    def visit(self, name: str, address: str) -> None:
        if re.search(self.wanted.only, name):
            go(self.page, address)
            self.page.wait_for_load_state("networkidle")
            self.shoot(name)

    def see(self, name: str, show: Callable[..., Any], *where: Any) -> None:
        """What has no address of its own: a sheet, errors, what unfolds."""
        show(self.page, *where)
        self.shoot(name)
        leave_sheet(self.page)

    def found(self, address: str, pattern: str) -> str:
        """The first address of this form on a screen."""
        go(self.page, address)
        return found(self.page, pattern)

    @cached_property
    def file(self) -> str:
        """A case file whose goal two people wrote differently."""
        return self.found("/", r"/differing/").partition("/differing/")[0]

    @cached_property
    def goal(self) -> str:
        return self.found(self.file, r"/goals/(?!new)[^/]+$")


def sign_in(page: Page, name: str) -> None:
    page.locator("form input").first.fill(name)
    page.locator("input[type=password]").fill(PEOPLE["password"])
    page.locator("form button[type=submit]").click()


def unlock(page: Page, password: str) -> None:
    page.locator("input[type=password]").fill(password)
    page.locator("form button[type=submit]").click()


def wait_until_sent(page: Page) -> None:
    page.locator('[data-sync="sent"], [data-sync="nothingSent"]').first.wait_for(state="attached")


def found(page: Page, pattern: str) -> str:
    """Waits for it; `TimeoutError` after half a minute."""
    return str(page.wait_for_function(FIND, arg=pattern, timeout=30_000).json_value())


def button(page: Page, icon: str) -> Locator:
    """By its drawing, which is the same in every language."""
    drawn = f'.button:has(use[href$="#icon-{icon}"])'
    place = "dialog[open]" if page.locator("dialog[open]").count() else '[data-pane="current"]'
    return page.locator(f"{place} {drawn}").locator("visible=true").first


def press(page: Page, icon: str, address: str = "") -> None:
    if address:
        go(page, address)
    button(page, icon).click()
    settle(page)


def add(page: Page, address: str = "/") -> None:
    go(page, address)
    page.locator("nav [aria-haspopup=dialog], aside > .button").locator("visible=true").first.click()
    page.locator("dialog[open]").wait_for()


def look_for(page: Page, address: str, words: str) -> None:
    go(page, address)
    inside(page, "input[type=search]").fill(words)
    page.wait_for_timeout(700)


def move(page: Page) -> None:
    """The sheet that moves a visit: of the agenda, as a phone shows it, of the next week: this one may be over."""
    page.set_viewport_size({"width": 390, "height": 844})
    press(page, "chevron-right", "/week")
    inside(page, "li button >> visible=true >> nth=0").click()
    page.locator("dialog[open]").wait_for()
