"""From a tap to what it shows, on the ten most used actions: part `taps` of `tests.bench.browser`.

The finger and the keys are Chromium's own input events. The clock starts with the event's own time stamp and stops in
the task after the frame that paints what the tap was for: the goal marked, the screen's heading, the toast that says
that it is saved. That task has the highest priority, or the worker's messages would go before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from tests.browser.words import fi, label

#: milliseconds from the first trusted event to the end of the frame that paints `selector` with `text` in it
UNTIL_SHOWN = """([selector, text]) => {
  let begun = 0;
  const hear = (event) => { if (event.isTrusted) begun ||= event.timeStamp; };
  for (const name of ['pointerdown', 'keydown']) addEventListener(name, hear, { capture: true, once: true });
  const isShown = () => [...document.querySelectorAll(selector)]
    .some((one) => one.checkVisibility() && one.textContent.includes(text));
  globalThis.tapped = new Promise((done) => {
    const look = () => {
      if (!begun || !isShown()) return void requestAnimationFrame(look);
      scheduler.postTask(() => done(performance.now() - begun), { priority: 'user-blocking' });
    };
    requestAnimationFrame(look);
  });
}"""

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

    @contextmanager
    def timed(self, action: str, selector: str, text: str = "") -> Iterator[None]:
        self.page.evaluate(UNTIL_SHOWN, [selector, text])
        yield
        self.told.setdefault(action, []).append(self.page.evaluate("tapped"))

    def tap(self, action: str, target: Locator, selector: str, text: str = "") -> None:
        target.scroll_into_view_if_needed()
        with self.timed(action, selector, text):
            target.tap()

    def round(self) -> None:
        """Every action once, from Tänään and back to it."""
        page = self.page
        today = fi("shell.today")
        client = page.locator("#next-visit a")
        self.tap("a client from Tänään", client, f"{CURRENT} h2", fi("goal.goals"))
        with self.timed("back", HEADING, today):
            page.locator(f"{CURRENT} header button").tap()
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
        moved = sheet.get_by_role("button", name=fi("fields.moves.forward"), exact=True).first
        self.tap("a goal moved", moved, f"{CURRENT} [aria-pressed=true]", fi("fields.moves.forward"))
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
