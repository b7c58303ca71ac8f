"""Pictures of every screen and of what it may be in, to be looked at: three sizes, light and dark, Finnish and English.

`make pictures` writes them to build/pictures. `--chapter lock`, `--only week`, `--size phone` and the like take fewer.
What is longer than its window is taken once more from its end.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from server.demo.cast import PEOPLE
from tests.browser.edge import Edge
from tests.browser.office import COMMAND, free_port
from tests.browser.places import go, inside, leave_sheet, save_empty, save_with_errors, settle, unfold
from tests.browser.test_passkey import PLATFORM
from tests.chromium import PROGRAM, SWITCHES

SIZES = {"phone": (390, 844), "small": (320, 640), "laptop": (1280, 800)}
THEMES = ("light", "dark")
LOCALES = {"fi": "fi-FI", "en": "en-GB", "sv": "sv-FI"}
WAIT_MAX_MS = 60_000
START_MAX_S = 180
#: so that the first fetch can be seen
FETCHED_SLOWLY_S = 10
FIND = """(pattern) => [...document.querySelectorAll('[data-pane="current"] a[href]')]
  .map((link) => link.getAttribute('href')).find((path) => new RegExp(pattern).test(path))"""
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
NOTE = {
    "fi": "Käytiin läpi avatut kirjeet ja sovittiin vuokran maksusta. Keittiö siivottiin yhdessä.",
    "en": "We went through the opened letters and agreed on paying the rent. Cleaned the kitchen together.",
    "sv": "Vi gick igenom de öppnade breven och kom överens om hyran. Köket städades tillsammans.",
}


def main() -> None:
    wanted = arguments()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        founded = wanted.demo or Path(folder) / "founded"
        with served(founded):
            pass
        for language in wanted.language:
            # What one language's walk writes, the next shall not find.
            data_dir = Path(shutil.copytree(founded, Path(folder) / language))
            with served(data_dir) as port, behind_an_edge(port) as edge:
                browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*SWITCHES, f"--lang={LOCALES[language]}"])
                walk = Walk(browser, edge, language, wanted)
                for name in wanted.chapter:
                    CHAPTERS[name](walk)
                browser.close()
    sys.stdout.write(f"{sum(1 for _ in wanted.out.glob('*.png'))} pictures in {wanted.out}\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/pictures"))
    parser.add_argument("--demo", type=Path, help="keeps the demo's data in this folder: made once, it starts faster")
    parser.add_argument("--only", default="", help="a pattern of the pictures' names")
    parser.add_argument("--chapter", nargs="*", default=[*CHAPTERS], choices=CHAPTERS)
    parser.add_argument("--size", nargs="*", default=[*SIZES], choices=SIZES)
    parser.add_argument("--theme", nargs="*", default=[*THEMES], choices=THEMES)
    parser.add_argument("--language", nargs="*", default=["fi", "en"], choices=LOCALES)
    return parser.parse_args()


@contextmanager
def served(data_dir: Path) -> Iterator[int]:
    """A demo, from when it answers; the first one of a folder takes a while to make its clients."""
    port = free_port()
    command = [str(COMMAND), "demo", "--port", str(port), "--data-dir", str(data_dir)]
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
    try:
        HTTPConnection("localhost", port, timeout=2).request("GET", "/api/health")
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

    def new_page(self) -> Page:
        context = self.browser.new_context(
            locale=LOCALES[self.language], timezone_id="Europe/Helsinki", reduced_motion="reduce"
        )
        context.set_default_timeout(WAIT_MAX_MS)
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
        self.edge.lossy.clear()
        self.edge.delay_s = FETCHED_SLOWLY_S
        page.locator(".panel .button.main").click()
        page.locator(".panel .button.main").wait_for(state="detached")
        self.shoot("first-sync", page)
        self.edge.delay_s = 0
        wait_until_sent(page)
        return page

    def shoot(self, name: str, page: Page | None = None) -> None:
        """What is seen now, in each size and theme."""
        page = page or self.page
        if not re.search(self.wanted.only, name):
            return
        page.mouse.move(0, 0)
        self.wanted.out.mkdir(parents=True, exist_ok=True)
        for size in self.wanted.size:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            for theme in self.wanted.theme:
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=self.wanted.out / f"{name}-{size}-{theme}-{self.language}.png")
            if page.evaluate(TO_END):
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
    page.locator('[data-sync="sent"], [data-sync="nothing"]').first.wait_for(state="attached")


def found(page: Page, pattern: str) -> str:
    while not (path := page.evaluate(FIND, pattern)):
        page.wait_for_timeout(50)
    return str(path)


def button(page: Page, icon: str) -> Locator:
    """By its drawing, which is the same in every language."""
    drawn = f'.button:has(use[href$="#icon-{icon}"])'
    return page.locator(f'dialog[open] {drawn}, [data-pane="current"] {drawn}').locator("visible=true").first


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
    """The sheet that moves a visit: of the agenda, as a phone shows it."""
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "/week")
    inside(page, "li button >> visible=true >> nth=0").click()
    page.locator("dialog[open]").wait_for()


def at_the_door(walk: Walk) -> None:
    """Tänään of the first day, with the introduction; then of every day."""
    page = walk.page
    for number in (1, 2, 3):
        walk.shoot(f"today-introduction-{number}")
        page.locator("[aria-labelledby=intro] .button").first.click()
    for name, address in (("today", "/"), ("clients", "/clients"), ("week", "/week"), ("outbox", "/outbox")):
        walk.visit(name, address)
    for name in ("more", "settings", "help", "install", "introduction", "accessibility", "search", "held", "nowhere"):
        walk.visit(name, f"/{name}")
    walk.visit("case-not-here", "/clients/019273ab-0000-7000-8000-000000000000")
    walk.see("add", add)
    walk.see("move", move)
    walk.see("week-next", press, "chevron-right", "/week")
    walk.see("search-hits", look_for, "/search", "vuokra")
    walk.see("search-none", look_for, "/search", "xyzzy")
    walk.see("clients-hits", look_for, "/clients", "a")
    walk.see("clients-none", look_for, "/clients", "xyzzy")
    look_for(page, "/clients", "")


def in_the_case_file(walk: Walk) -> None:
    file, goal = walk.file, walk.goal
    walk.visit("client", file)
    for name in ("visits/new", "plan", "visits/new?kind=call", "phase", "entries", "goals/new", "notes/new"):
        walk.visit("client-" + re.sub(r"\W+", "-", name), f"{file}/{name}")
    walk.visit("checklists", f"{file}/checklists")
    walk.see("client-unfolded", unfold, file)
    walk.see("client-add", lambda page: (go(page, file), inside(page, ".actions button").last.click()))
    walk.visit("entry", walk.found(f"{file}/entries", r"/entries/[^/]+$"))
    walk.visit("goal", goal)
    walk.visit("goal-edit", f"{goal}/edit")
    walk.visit("history", goal.replace("/goals/", "/history/"))
    go(walk.page, "/")
    for number, address in enumerate(sorted({*walk.page.evaluate(FIND.replace(".find(", ".filter("), "/differing/")})):
        walk.visit(f"differing-{number}", address)
    walk.see("differing-both", lambda page: inside(page, ".button").last.click())


def forms(walk: Walk) -> None:
    page, file = walk.page, walk.file
    visit = walk.found("/", r"/visits/(?!new)[^/]+$")
    walk.visit("visit", visit)
    walk.see("visit-unfolded", unfold, visit)
    for number, name in enumerate(("done", "not-home", "partly", "other")):
        go(page, visit)
        inside(page, "fieldset >> nth=0").locator("input[type=radio]").nth(number).check()
        walk.shoot(f"visit-{name}")
    walk.see("visit-errors", save_with_errors, f"{file}/visits/new")
    walk.see("plan-errors", save_with_errors, f"{file}/plan")
    walk.see("goal-errors", save_empty, f"{file}/goals/new")
    walk.see("phase-errors", save_empty, f"{file}/phase")
    walk.see("note-errors", save_empty, f"{file}/notes/new")


def without_a_network(walk: Walk) -> None:
    page = walk.page
    page.context.set_offline(True)
    go(page, walk.found("/", r"/visits/(?!new)[^/]+$"))
    inside(page, "textarea").first.fill(NOTE[walk.language])
    inside(page, ".actions .button").click()
    page.locator('[data-sync="offline"], [data-sync="waiting"]').first.wait_for(state="attached")
    walk.shoot("offline-saved")
    go(page, f"{walk.file}/notes/new")
    inside(page, "textarea").fill(NOTE[walk.language])
    page.wait_for_timeout(1000)
    walk.visit("offline-unfinished", "/")
    walk.visit("offline-draft", f"{walk.file}/notes/new")
    walk.visit("outbox-waiting", "/outbox")
    walk.see("sign-out-unsent", press, "log-out", "/settings")
    page.context.set_offline(False)
    wait_until_sent(page)
    walk.see("outbox-sent", unfold, "/outbox")


def refused(walk: Walk) -> None:
    """An app that did not know the office's limit of a goal's title."""
    page = walk.page
    go(page, f"{walk.file}/goals/new")
    title = inside(page, "#goal-title")
    title.evaluate("(field) => field.removeAttribute('maxlength')")
    title.fill((NOTE[walk.language] + " ") * 4)
    inside(page, ".actions .button").click()
    page.locator('[data-sync="fix"]').first.wait_for(state="attached")
    walk.visit("outbox-fix", "/outbox")
    walk.visit("today-fix", "/")
    walk.visit("more-fix", "/more")
    walk.see("outbox-mend", press, "pencil", "/outbox")
    press(page, "user-round", "/outbox")
    wait_until_sent(page)
    walk.shoot("outbox-held")


def the_leader(walk: Walk) -> None:
    page = walk.new_page()
    sign_in(page, "mikko")
    wait_until_sent(page)
    page.locator("[aria-labelledby=intro] .button").last.click()
    for name, address in (("today", "/"), ("clients", "/clients"), ("more", "/more"), ("held", "/held")):
        go(page, address)
        page.wait_for_timeout(500)
        walk.shoot(f"leader-{name}", page)
    if button(page, "check").count():
        inside(page, ".button.quiet").first.click()
        walk.shoot("leader-leave", page)
    page.context.close()


def settings(walk: Walk) -> None:
    page = walk.page
    walk.see("settings-password", press, "key-round", "/settings")
    walk.see("settings-sign-out", press, "log-out", "/settings")
    press(page, "smartphone", "/settings")
    page.wait_for_timeout(500)
    walk.shoot("settings-devices")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
    go(page, "/more")
    walk.visit("settings-quick-offered", "/settings")
    press(page, "fingerprint", "/settings")
    walk.shoot("settings-quick-sheet")
    press(page, "fingerprint")
    page.locator("dialog[open]").wait_for(state="hidden")
    walk.shoot("settings-quick-on")


def the_lock(walk: Walk) -> None:
    page = walk.page
    press(page, "lock", "/settings")
    page.locator("main .panel").wait_for()
    walk.shoot("lock" if page.locator("input[type=password]").count() else "lock-touch")
    if not page.locator("input[type=password]").count():
        page.locator("main .button.quiet").first.click()
    walk.shoot("lock")
    page.locator("main summary").first.click()
    walk.shoot("lock-forgot")
    unlock(page, "wrong")
    page.locator("[aria-invalid=true]").wait_for()
    walk.shoot("lock-wrong")
    page.locator("main .others .button").last.click()
    sign_in(page, "liisa")
    wait_until_sent(page)
    press(page, "lock", "/more")
    page.locator("main .panel").wait_for()
    walk.shoot("lock-two")
    unlock(page, PEOPLE["password"])
    wait_until_sent(page)


def a_new_release(walk: Walk) -> None:
    page = walk.page
    walk.edge.altered["/service-worker.js"] = lambda content: content + b"\n// newer"
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).then(() => null)")
    page.locator(".update").wait_for()
    walk.visit("update", "/")
    go(page, f"{walk.file}/notes/new")
    inside(page, "textarea").fill(NOTE[walk.language])
    walk.shoot("update-writing")


CHAPTERS: dict[str, Callable[[Walk], None]] = {
    "door": at_the_door,
    "file": in_the_case_file,
    "forms": forms,
    "offline": without_a_network,
    "refused": refused,
    "leader": the_leader,
    "settings": settings,
    "release": a_new_release,
    "lock": the_lock,
}

if __name__ == "__main__":
    main()
