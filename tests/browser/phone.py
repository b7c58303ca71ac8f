"""A person's browser with a profile of its own on the disk: a phone, or the office laptop."""

from __future__ import annotations

import os
import re
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

from tests.browser.authenticator import Authenticator
from tests.browser.words import fi
from tests.chromium import PROGRAM, SWITCHES

#: the switches that make a copied profile readable for the next browser, and small
PROFILE_SWITCHES = ["--password-store=basic", "--disk-cache-size=1000000"]
#: a picture that moves in place of a camera; whether a page may have it is asked as ever
CAMERA = ["--use-fake-device-for-media-stream"]
GONE_MAX_S = 5
SYNC = re.compile(r"/api/sync$")
#: two cores, and other tests beside: nothing here measures speed
WAIT_MAX_MS = 30_000


def phone_shape(playwright: Playwright) -> dict[str, Any]:
    shape = dict(playwright.devices["Pixel 7"])
    shape.pop("default_browser_type")
    return shape | {"viewport": {"width": 390, "height": 844}, "screen": {"width": 390, "height": 844}}


LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


class Phone:
    """A browser. `tap` counts; `kill` is -9; `open` starts a new process on the same profile."""

    def __init__(self, playwright: Playwright, shape: dict[str, Any], profile: Path, address: str) -> None:
        self._playwright = playwright
        self._shape = shape | {"locale": "fi-FI", "timezone_id": "Europe/Helsinki"}
        self.profile = profile
        self.address = address
        self.context: BrowserContext | None = None
        self.taps = 0
        #: besides those of every browser
        self.switches: list[str] = []
        #: what broke in the page without anybody noticing
        self.errors: list[str] = []

    @property
    def page(self) -> Page:
        assert self.context, "it is not open"
        return self.context.pages[0]

    def open(self, path: str = "/", *, offline: bool = False) -> Page:
        """A new browser process: the app is started cold."""
        self.context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=PROGRAM,
            args=[*SWITCHES, *PROFILE_SWITCHES, *CAMERA, *self.switches],
            offline=offline,
            **self._shape,
        )
        self.context.set_default_timeout(WAIT_MAX_MS)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.on("console", lambda said: self._hear(said.text))
        self.page.goto(self.address + path)
        return self.page

    def another_tab(self, path: str = "/") -> Page:
        assert self.context
        tab = self.context.new_page()
        tab.goto(self.address + path)
        return tab

    def _hear(self, said: str) -> None:
        # Playwright's own evaluate() is an eval; while a page is being replaced the policy may hear of it.
        is_ours = "Evaluating a string as JavaScript" not in said
        if is_ours and ("Content Security Policy" in said or "TrustedHTML" in said):
            self.errors.append(said)

    def offline(self, is_offline: bool = True) -> None:
        assert self.context
        self.context.set_offline(is_offline)

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """-9, the whole browser: it writes nothing any more."""
        process = self._process()
        os.killpg(process, signal.SIGKILL)
        last = time.monotonic() + GONE_MAX_S
        while time.monotonic() < last and self._processes():
            time.sleep(0.02)
        with suppress(Error):
            self.close()
        self.context = None

    def _process(self) -> int:
        """The browser's own process: the leader of its group."""
        (leader,) = {os.getpgid(process) for process in self._processes()}
        return leader

    def _processes(self) -> list[int]:
        wanted = f"--user-data-dir={self.profile}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if wanted in (folder / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
        return found

    # --- a thumb ----------------------------------------------------------------------------------------------------

    def tap(self, target: Locator) -> None:
        """One tap of the thumb, counted."""
        self.taps += 1
        if self._shape.get("has_touch"):
            target.tap()
        else:
            target.click()

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def link(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("link", name=name, exact=exact)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def field_beginning(self, label: str) -> Locator:
        """A field whose label goes on, as those that are optional."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}"))

    def go(self, *words: str) -> None:
        """From place to place by links; a reload would ask for the password."""
        for word in words:
            self.link(fi(word)).locator("visible=true").first.click()

    @property
    def chip(self) -> Locator:
        """The state of sending, in the header of every screen."""
        return self.page.locator("[data-sync]:visible").first

    # --- what a person does before work ------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, app: Authenticator | None = None) -> None:
        """`app`: of whom a second factor is asked for."""
        self.field(fi("session.name")).fill(name)
        self.field(fi("session.password")).fill(password)
        self.tap(self.button(fi("session.signIn")))
        if app:
            self.field(fi("secondFactor.code")).fill(app.code())
            self.tap(self.button(fi("session.signIn")))

    def unlock(self, password: str) -> None:
        """At the start, which is on Tänään."""
        self.unlock_anywhere(password)
        expect(self.today).to_be_visible()

    def unlock_anywhere(self, password: str) -> None:
        self.field(fi("session.password")).fill(password)
        self.tap(self.button(fi("session.open")))

    def fetch(self) -> None:
        """Everything that the office has by now is here: the chip does not say whether that has been asked for yet."""
        for _ in range(2):
            # One exchange begins after the other has ended.
            with self.page.expect_response(SYNC):
                self.page.evaluate("dispatchEvent(new Event('online'))")

    def wait_for_the_shell(self) -> None:
        """Until the app itself lies on the device and starts without a network."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    @property
    def today(self) -> Locator:
        return self.page.get_by_role("heading", level=1, name=fi("shell.today"))
