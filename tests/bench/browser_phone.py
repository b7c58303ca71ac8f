"""One Chromium with a profile of its own, driven as a person does, and timed inside the page.

The engine is asked over the same channel that the screens use: an init script keeps the worker that the app starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.bench import quota
from tests.chromium import PROGRAM, SWITCHES

WAIT_MS = 120_000
#: of the engine's worker and of the page, on one clock: milliseconds since 1970
MARKS = "performance.getEntriesByType('mark').map((mark) => [mark.name, performance.timeOrigin + mark.startTime])"

INIT = """
(() => {
  const bench = (globalThis.bench = { worker: null, clicked: 0, painted: 0 });
  const now = () => performance.timeOrigin + performance.now();
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      bench.worker ??= this;
    }
  };
  addEventListener('submit', () => { bench.clicked = now(); bench.painted = 0; }, true);
  // A visit of today's list in the document, and two frames later on the screen.
  new MutationObserver(() => {
    const isShown = document.querySelector('#main h1') && document.querySelector('#main a[href*="/visits/"]');
    if (bench.painted || !isShown) return;
    bench.painted = -1;
    requestAnimationFrame(() => requestAnimationFrame(() => { bench.painted = now(); }));
  }).observe(document, { childList: true, subtree: true });
  // As pwa/src/engine/rpc.ts speaks.
  bench.ask = (name, ...given) => new Promise((done, failed) => {
    const id = crypto.randomUUID();
    const hear = ({ data }) => {
      if (data?.id !== id) return;
      bench.worker.removeEventListener('message', hear);
      if (data.failed) failed(new Error(data.failed.message));
      else done(data.value);
    };
    bench.worker.addEventListener('message', hear);
    bench.worker.postMessage({ id, name, given });
  });
  bench.timed = async (name, ...given) => {
    const begun = now();
    const value = await bench.ask(name, ...given);
    return { ms: now() - begun, value };
  };
  // How long this takes, and the longest that `other`, asked again and again, waits for its answer meanwhile.
  bench.meanwhile = async (name, other) => {
    let isDone = false;
    const done = bench.timed(name).finally(() => { isDone = true; });
    let waited = 0;
    while (!isDone) {
      waited = Math.max(waited, (await bench.timed(other, [])).ms);
      await new Promise((later) => setTimeout(later, 20));
    }
    return [(await done).ms, waited];
  };
})();
"""


class Phone:
    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.pages[0]
        context.add_init_script(INIT)

    def open(self) -> None:
        self.page.goto(self.address)

    def sign_in(self, name: str, password: str) -> None:
        """Everything up to and with the click; does not wait for what follows."""
        self.page.locator("input").first.wait_for()
        self.page.locator("input[autocomplete=username]").fill(name)
        self.page.locator("input[type=password]").fill(password)
        self.page.locator("button[type=submit]").click()

    def unlock(self, password: str) -> None:
        self.page.locator("input[type=password]").fill(password)
        self.page.locator("button[type=submit]").click()

    def page_mb(self) -> float:
        """What the renderers hold that nobody else does."""
        renderers = [one for one in _browser_processes() if "--type=renderer" in one.cmdline()]
        held: int = max(one.memory_full_info().uss for one in renderers)
        return held / 2**20

    def wait_painted(self) -> None:
        self._wait_until("bench.painted > 0")

    def wait_complete(self) -> None:
        self.wait_mark("first fetch complete")

    def wait_mark(self, name: str) -> None:
        self._wait_until("bench.worker")
        self.page.workers[0].evaluate(
            """async (name) => {
              while (!performance.getEntriesByName(name).length) await new Promise((later) => setTimeout(later, 20));
            }""",
            name,
        )

    def moments(self) -> dict[str, float]:
        """The last of each mark, of the page and of its workers."""
        told: dict[str, float] = dict(self.page.evaluate(MARKS))
        for worker in self.page.workers:
            told |= dict(worker.evaluate(MARKS))
        return told | dict(self.page.evaluate("({ clicked: bench.clicked, painted: bench.painted })"))

    def took(self, kind: str, name: str) -> float:
        """Milliseconds that the engine's last `measure` or `resource` of this name took."""
        found = "(of) => performance.getEntriesByType(of[0]).filter((one) => one.name.endsWith(of[1])).at(-1).duration"
        ms: float = self.page.workers[0].evaluate(found, [kind, name])
        return ms

    def wait_installed(self) -> None:
        """The service worker has stored the app: a person is still typing when that is over."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def _wait_until(self, condition: str) -> None:
        """Playwright's own waiting evaluates text inside the page, which our content policy forbids."""
        again = f"while (!({condition})) await new Promise((later) => setTimeout(later, 20));"
        self.page.evaluate(f"async () => {{ {again} }}")

    def ask(self, name: str, *given: Any) -> Any:
        return self.page.evaluate("([name, given]) => bench.ask(name, ...given)", [name, given])

    def timed(self, name: str, *given: Any) -> tuple[float, Any]:
        """Milliseconds until the engine answered, and its answer."""
        told = self.page.evaluate("([name, given]) => bench.timed(name, ...given)", [name, given])
        return told["ms"], told["value"]

    def timed_meanwhile(self, name: str, other: str) -> tuple[float, float]:
        """Milliseconds that `name` took, and the longest that `other` waited for its answer meanwhile."""
        ms, waited = self.page.evaluate("([name, other]) => bench.meanwhile(name, other)", [name, other])
        return ms, waited

    def tomorrow(self) -> None:
        """The engine's clock is put on by a day."""
        self.page.workers[0].evaluate("() => { const now = Date.now; Date.now = () => now() + 25 * 60 * 60 * 1000; }")

    def slow_down(self, times: float) -> None:
        """The page's own thread. Workers are not slowed by this."""
        session = self.context.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def limited(self, cores: float | None) -> AbstractContextManager[None]:
        """The whole browser on a part of the processor."""
        return nullcontext() if cores is None else quota.limited(cores, _browser_processes())


def _browser_processes() -> list[psutil.Process]:
    """Those that Playwright's driver has started for us; it runs one browser at a time."""
    return [process for process in psutil.Process().children(recursive=True) if _is_chromium(process)]


def _is_chromium(process: psutil.Process) -> bool:
    try:
        name = process.name()
    except psutil.NoSuchProcess:  # it has ended meanwhile
        return False
    return "chromium" in name or "chrome" in name


@contextmanager
def phone(playwright: Playwright, profile: Path, address: str) -> Iterator[Phone]:
    """A browser process on a profile folder: IndexedDB, service worker and cookies stay there."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=PROGRAM,
        args=SWITCHES,
        locale="fi-FI",
        viewport={"width": 412, "height": 839},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(WAIT_MS)
    try:
        yield Phone(context, address)
    finally:
        context.close()
