"""From a tap to what it shows, on the ten most used actions: part `taps` of `tests.bench.browser`.

The finger and the keys are Chromium's own input events. As in the web's own measure (Event Timing) the clock starts
with the time stamp of the finger that lifts, or of the key that goes down. It stops in the task after the frame that
paints what the tap was for: the goal marked, the screen's heading, the toast that says that it is saved. That task has
the highest priority, or the worker's messages would go before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from tests.browser.words import fi, kind_word, label

#: Milliseconds from the finger that lifts, or the key that goes down, to the end of the frame that paints `selector`
#: with `text` in it. It looks when something has changed: a look in each frame would make the browser draw frames that
#: nobody needs.
UNTIL_SHOWN = """([selector, text]) => {
  let begun = 0;
  const hear = (event) => { if (event.isTrusted) begun ||= event.timeStamp; };
  for (const name of ['pointerup', 'keydown']) addEventListener(name, hear, { capture: true, once: true });
  const isThere = (visible) => [...document.querySelectorAll(selector)]
    .some((one) => one.textContent.includes(text) && (!visible || one.checkVisibility()));
  globalThis.tapped = new Promise((done) => {
    const ended = new AbortController();
    let asked = false;
    const look = () => {
      if (!begun || asked || !isThere(false)) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        if (!isThere(true)) return;
        changes.disconnect();
        ended.abort();
        scheduler.postTask(() => done(performance.now() - begun), { priority: 'user-blocking' });
      });
    };
    const changes = new MutationObserver(look);
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const name of ['input', 'change']) addEventListener(name, look, ended);
  });
}"""

#: a quick finger
FINGER_MS = 70
CURRENT = "[data-pane=current]"
HEADING = f"{CURRENT} h1"
#: Asiakkaat has all its rows
WHOLE = f"""() => {{
  const {{ textContent }} = document.querySelector('{HEADING} + *');
  return document.querySelectorAll('{CURRENT} .table li').length >= Number.parseInt(textContent);
}}"""


class Taps:
    """What each action took, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: dict[str, list[float]] = {}
        self.devtools = page.context.new_cdp_session(page)

    @contextmanager
    def timed(self, action: str, selector: str, text: str = "") -> Iterator[None]:
        self.page.evaluate(UNTIL_SHOWN, [selector, text])
        yield
        self.told.setdefault(action, []).append(self.page.evaluate("tapped"))

    def tap(self, action: str, target: Locator, selector: str, text: str = "") -> None:
        with self.timed(action, selector, text):
            self.touch(target)

    def touch(self, target: Locator) -> None:
        """A finger that rests on the glass as long as fingers do."""
        target.tap(trial=True)
        box = target.bounding_box()
        assert box is not None
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self.devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        self.page.wait_for_timeout(FINGER_MS)
        self.devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def round(self) -> None:
        """Every action once, from Tänään and back to it."""
        page = self.page
        today = fi("shell.today")
        client = page.locator("#next-visit a")
        self.tap("a client from Tänään", client, f"{CURRENT} h2", fi("goal.goals"))
        self.tap("back", page.locator(f"{CURRENT} header button"), HEADING, today)
        log = page.locator("#main a[href*='/visits/']:visible").last
        self.tap("the log sheet", log, f"{CURRENT} input[type=radio]")
        page.locator(CURRENT).locator("textarea").first.wait_for()
        self.sheet()
        self.tap("Viikko", page.locator("nav a[href='/week']:visible"), HEADING, fi("shell.week"))
        page.locator("nav a[href='/clients']:visible").tap()
        field = page.locator("input[type=search]:visible")
        field.focus()
        # As whoever looked at the list first: it is whole.
        page.wait_for_function(WHOLE)
        with self.timed("a letter that filters Asiakkaat", f"{CURRENT} li", "0"):
            page.keyboard.press("1")
        field.fill("")
        page.locator("nav a[href='/']:visible").tap()
        client.wait_for()

    def sheet(self) -> None:
        page = self.page
        sheet = page.locator(CURRENT)
        absent = sheet.locator("label").filter(has_text=label("visit_outcome", "door_not_opened"))
        moved = sheet.get_by_role("button", name=kind_word("visit", "goal_moves=forward"), exact=True).first
        self.tap("a goal moved", moved, f"{CURRENT} [aria-pressed=true]", kind_word("visit", "goal_moves=forward"))
        lists = sheet.locator("section").filter(has=page.get_by_role("heading", name=fi("visit.checklist")))
        lists.locator("summary").first.tap()
        box = sheet.locator("details[open] .check:has(input:not(:checked))").last
        self.tap("a tick", box.locator("label"), f"{CURRENT} .check:has(input:checked)", box.inner_text().strip())
        sheet.locator("textarea").first.focus()
        with self.timed("a letter in the note", f"{CURRENT} textarea"):
            page.keyboard.press("k")
        self.tap("an outcome", absent, f"{CURRENT} label:has(input:checked)", label("visit_outcome", "door_not_opened"))
        self.tap("Tallenna", page.get_by_role("button", name=fi("visit.save")), ".toast", fi("shell.savedHere"))
        # The same visit again in the next round.
        page.get_by_role("button", name=fi("shell.undo"), exact=True).tap()
        page.get_by_text(fi("shell.undone")).wait_for()


def measured(page: Page, rounds: int, tell: Callable[[str], None]) -> dict[str, list[float]]:
    taps = Taps(page)
    for number in range(rounds + 1):
        if number == 1:
            taps.told.clear()
        taps.round()
        tell(f"round {number}: " + ", ".join(f"{name} {ms[-1]:.0f}" for name, ms in taps.told.items()))
    return taps.told
