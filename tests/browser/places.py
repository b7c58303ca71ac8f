"""Where one can be in the app: an address for every route of `pwa/src/features/routes.ts`, its sheets and its states.

What is pressed here is found by its place and not by its words, so that the walk is the same in every language.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from server.core.database import writing
from server.demo.phone import held
from server.safety import incidents
from tests.browser.office import Office

ROUTES = Path(__file__).resolve().parents[2] / "pwa" / "src" / "features" / "routes.ts"
PATTERN = re.compile(r"\bpath: '([^']+)'")
#: the app's own links work the same way; a reload would ask for the password. What is being left is marked.
GO = """(address) => {
  const isElsewhere = location.pathname + location.search !== address;
  for (const h1 of document.querySelectorAll('h1')) {
    h1.toggleAttribute('data-left', isElsewhere && h1.closest('[data-pane="current"]') !== null);
  }
  history.pushState({ key: crypto.randomUUID(), sheet: null, depth: 1 }, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
CURRENT = '[data-pane="current"]'
VALUE_WAIT_MAX_S = 60
#: nothing has changed for a moment, and nothing moves; what changes for ever is not waited for
SETTLED = """async ([quiet, max]) => {
  const pause = (ms) => new Promise((later) => setTimeout(later, ms));
  let changed = performance.now();
  const watch = new MutationObserver(() => (changed = performance.now()));
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const last = changed + max;
  while (performance.now() < Math.min(changed + quiet, last)) await pause(20);
  watch.disconnect();
  await Promise.race([Promise.allSettled(document.getAnimations().map((one) => one.finished)), pause(max)]);
}"""
QUIET_MS, SETTLED_MAX_MS = 120, 2000

#: each route and where it is walked to; `{file}` is Paavo's case file, whose goal Aino and Liisa wrote differently
ADDRESSES = {
    "/": "/",
    "/clients": "/clients",
    "/clients/new": "/clients/new",
    "/clients/:caseId": "{file}",
    "/clients/:caseId/edit": "{file}/edit",
    "/clients/:caseId/visits/:record": "{file}/visits/{visit}",
    "/clients/:caseId/planning/:record?": "{file}/planning/{visit}",
    "/clients/:caseId/phase": "{file}/phase",
    "/clients/:caseId/entries": "{file}/entries",
    "/clients/:caseId/entries/:record": "{file}/entries/{logged}",
    "/clients/:caseId/own-page": "{file}/own-page",
    "/clients/:caseId/readers": "{file}/readers",
    "/clients/:caseId/same": "{file}/same",
    "/clients/:caseId/openings": "{file}/openings",
    "/clients/:caseId/documents": "{file}/documents",
    "/clients/:caseId/documents/:kind/:record": "{file}/documents/entry_visit/{logged}",
    "/clients/:caseId/hand-over": "{file}/hand-over",
    "/clients/:caseId/hand-over/:record": "{file}/hand-over/{logged}",
    "/clients/:caseId/goals/new": "{file}/goals/new",
    "/clients/:caseId/goals/:record": "{file}/goals/{goal}",
    "/clients/:caseId/goals/:record/edit": "{file}/goals/{goal}/edit",
    "/clients/:caseId/notes/:record": "{file}/notes/new",
    "/clients/:caseId/checklists": "{file}/checklists",
    "/clients/:caseId/differing/:record": "{file}/differing/{goal}",
    "/clients/:caseId/history/:record": "{file}/history/{goal}",
    "/clients/:caseId/:kind/:record/edit": "{file}/rent/new/edit",
    "/clients/:caseId/:kind/:record": "{file}/rent/{goal}",
    "/clients/:caseId/:kind": "{file}/application",
    "/intakes": "/intakes",
    "/intakes/new": "/intakes/new",
    "/registers": "/registers",
    "/records/:kind": "/records/landlord",
    "/records/:kind/:record": "/records/shift/{goal}",
    "/records/:kind/:record/edit": "/records/dwelling/new/edit",
    "/lists/:kind": "/lists/rent",
    "/lists/rent/ledger": "/lists/rent/ledger",
    "/week": "/week",
    "/search": "/search",
    "/reminders/:reminder?": "/reminders",
    "/check-in/:caseId?/:record?": "/check-in/{case}/{visit}",
    "/out": "/out",
    "/incidents": "/incidents",
    "/incidents/new": "/incidents/new",
    "/incidents/:incident": "/incidents/{incident}",
    "/incidents/:incident/edit": "/incidents/{incident}/edit",
    "/reports": "/reports",
    "/reports/:kind": "/reports/delivered_vs_contracted",
    "/team/openings": "/team/openings",
    "/team/break-glass": "/team/break-glass",
    "/team/:kind": "/team/overdue",
    "/outbox": "/outbox",
    "/held": "/held",
    "/more": "/more",
    "/hand-over": "/hand-over",
    "/admin/import": "/admin/import",
    "/admin/data/:id?": "/admin/data",
    "/admin/:place?/:id?/:more?": "/admin",
    "/settings": "/settings",
    "/help": "/help",
    "/introduction": "/introduction",
    "/install": "/install",
    "/accessibility": "/accessibility",
    "*": "/nowhere",
}
#: the same screens with something else on them
MORE_ADDRESSES = {
    "a new visit": "{file}/visits/new",
    "a correction": "{file}/visits/{logged}",
    "a new call": "{file}/visits/new?kind=call",
    "a new plan": "{file}/planning",
    "a search within one client": "/search?of={case}",
    "a reminder that is not here": "/reminders/019273ab-0000-7000-8000-000000000000",
    "a case file that is not here": "/clients/019273ab-0000-7000-8000-000000000000",
}
#: what a leader and an administrator see on a laptop and nobody else does; `{person}` is Aino
OFFICE = {
    "mikko": [
        "/",
        *(f"/team/{kind}" for kind in ("overdue", "terms", "drafts", "phones", "stand_ins", "unrecorded")),
        "/week",
        "/reports",
        "/reports/hours_statement",
        "/intakes",
        "/held",
        "/incidents",
        "/clients",
        "/admin/people/{person}/cases",
    ],
    "satu": [
        "/",
        "/admin",
        *(f"/admin/{place}" for place in ("people", "people/new", "teams", "devices", "lists", "log", "retention")),
        *(f"/admin/people/{{person}}{more}" for more in ("", "/edit")),
        "/admin/log/person/{person}",
        "/admin/data",
        "/admin/data/new",
        "/admin/import",
    ],
}
#: the bar of a check-in, and screens that it stands on: a list, a case file, a form with actions, the week
BAR = ".bar-of-watch"
BESIDE_A_CHECK_IN = ("/clients", "/clients/:caseId", "/clients/:caseId/visits/:record", "/week")
#: a threat that Aino has recorded
INCIDENT = "019273ab-0000-7000-8000-00000000beef"
#: only in the development server, which no test here opens
DEVELOPMENT_ONLY = {"/osat"}

Sight = Callable[[Page], None]


def routes() -> set[str]:
    """The patterns of routes.ts, and Tänään."""
    return {"/", *PATTERN.findall(ROUTES.read_text())}


def addresses(office: Office, logged: str) -> dict[str, str]:
    """Every place that has an address, by route or by what is special on it."""
    paavo = office.clients.paavo
    known = {name: address for name, address in ADDRESSES.items() if name in routes()} | MORE_ADDRESSES
    ids = {
        "file": f"/clients/{paavo.case}",
        "case": paavo.case,
        "visit": paavo.visit,
        "goal": paavo.goal,
        "logged": logged,
        "incident": INCIDENT,
    }
    return {name: address.format(**ids) for name, address in known.items()}


def go(page: Page, address: str) -> None:
    """To this address; what it shows has come and stands still."""
    page.evaluate(GO, address)
    arrive(page)


def arrive(page: Page) -> None:
    expect(page.locator(f"{CURRENT} h1:not([data-left])")).to_be_visible()
    settle(page)


def settle(page: Page) -> None:
    page.evaluate(SETTLED, [QUIET_MS, SETTLED_MAX_MS])


def sights(office: Office, logged: str) -> dict[str, Sight]:
    """What is seen without an address of its own: open sheets, errors, what unfolds, what is empty."""
    at = addresses(office, logged)
    file = at["/clients/:caseId"]
    return {
        "nobody at home": lambda page: choose(page, at["/clients/:caseId/visits/:record"], 1),
        "another outcome": lambda page: choose(page, at["/clients/:caseId/visits/:record"], 3),
        "a visit with errors": lambda page: save_with_errors(page, at["a new visit"]),
        "a plan that repeats": lambda page: choose(page, at["a new plan"], 1, "fieldset >> nth=-1"),
        "a plan with errors": lambda page: save_with_errors(page, at["a new plan"]),
        "a goal with errors": lambda page: save_empty(page, at["/clients/:caseId/goals/new"]),
        "everything unfolded": lambda page: unfold(page, at["/clients/:caseId/visits/:record"]),
        "checklists unfolded": lambda page: unfold(page, at["/clients/:caseId/checklists"]),
        "a case file unfolded": lambda page: unfold(page, file),
        "no hits": lambda page: search_in_vain(page, at["/clients"]),
        "the sheet of additions": lambda page: open_add(page, at["/"]),
        "a new password": lambda page: open_sheet(page, at["/settings"], "section .side button >> nth=-1"),
        "signing out": lambda page: open_sheet(page, at["/settings"], "section button >> nth=-1"),
        # On a phone the team's day, on a laptop its week.
        "the team's visits": lambda page: choose(page, at["/week"], -1),
        "moving a visit": lambda page: move_own(page, at["/week"]),
    }


def everywhere(page: Page, office: Office, logged: str) -> Iterator[str]:
    """Walks through all of it; the name of where the page is now."""
    for name, address in addresses(office, logged).items():
        go(page, address)
        yield name
    for name, show in sights(office, logged).items():
        show(page)
        settle(page)
        yield name
        leave_sheet(page)
    with a_check_in(page, addresses(office, logged)["/check-in/:caseId?/:record?"]):
        for name in BESIDE_A_CHECK_IN:
            go(page, addresses(office, logged)[name])
            expect(page.locator(BAR)).to_be_visible()
            yield f"{name} beside a check-in"


@contextmanager
def a_check_in(page: Page, address: str) -> Iterator[None]:
    """On from here to the end of the block: its bar stands on every other screen (K10)."""
    go(page, address)
    with waiting_for_the_server(page):
        inside(page, ".actions .button.main").click()
        expect(inside(page, "[role=timer]")).to_be_visible()
    yield
    go(page, address)
    with waiting_for_the_server(page):
        inside(page, '.button.main:has(use[href$="#icon-check"])').click()
        expect(inside(page, "[role=timer]")).to_have_count(0)


@contextmanager
def waiting_for_the_server(page: Page) -> Iterator[None]:
    """What turns meanwhile turns rightly (K1): it is not counted among what turned while the device was read (U4)."""
    before = page.evaluate("window.turning?.length ?? 0")
    yield
    page.evaluate("(length) => { if (window.turning) window.turning.length = length; }", before)


def value_of(page: Page, expression: str) -> Any:
    """What this is in the page, once it is something. (`wait_for_function` is an eval, which the page forbids.)"""
    last = time.monotonic() + VALUE_WAIT_MAX_S
    while not (value := page.evaluate(expression)):
        assert time.monotonic() < last, expression
        page.wait_for_timeout(50)
    return value


def leave_sheet(page: Page) -> None:
    if page.locator("dialog[open]").count():
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def inside(page: Page, selector: str) -> Locator:
    return page.locator(CURRENT).locator(selector)


def choose(page: Page, address: str, outcome: int, where: str = "fieldset >> nth=0") -> None:
    """A form with one of the answers to one of its questions: of the log sheet, one of the four outcomes."""
    go(page, address)
    inside(page, where).locator("input[type=radio]").nth(outcome).check()


def press_save(page: Page) -> None:
    inside(page, ".actions button >> visible=true").first.click()


def save_with_errors(page: Page, address: str) -> None:
    """A form whose day is missing, saved."""
    go(page, address)
    day = inside(page, "input[type=date]").first
    if not day.is_visible():
        inside(page, "#visit-times button").click()
    day.fill("")
    press_save(page)
    expect(inside(page, "[role=alert]")).to_be_focused()


def save_empty(page: Page, address: str) -> None:
    go(page, address)
    press_save(page)
    expect(inside(page, "[role=alert]")).to_be_focused()


def unfold(page: Page, address: str) -> None:
    go(page, address)
    inside(page, "details").evaluate_all("(folds) => folds.forEach((fold) => { fold.open = true; })")


def search_in_vain(page: Page, address: str) -> None:
    go(page, address)
    inside(page, "input[type=search]").fill("xyzzy")


def open_add(page: Page, address: str) -> None:
    """The sheet of ＋: in the bottom bar of a phone, in the side bar of a laptop."""
    go(page, address)
    page.locator("nav [aria-haspopup=dialog], aside > .button").locator("visible=true").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()


def open_sheet(page: Page, address: str, button: str) -> None:
    go(page, address)
    inside(page, button).click()
    expect(page.locator("dialog[open]")).to_be_visible()


def move_own(page: Page, address: str) -> None:
    choose(page, address, 0)
    open_sheet(page, address, "li button, .visit button >> visible=true >> nth=0")


def differ(office: Office) -> str:
    """Aino and Liisa have written Paavo's goal differently, and Aino a threat; the id of a logged visit of his."""
    cast, paavo = office.cast, office.clients.paavo
    said = {"incident_kind": "verbal_threat", "at": "2026-11-20T12:00:00Z", "text": "Huusi rappukäytävässä."}
    with office.inside(), writing() as transaction:
        for version in (said, said | {"injured": True, "measures": "Poistuttiin ja soitettiin tiimiin."}):
            incidents.keep(transaction, cast.aino.actor, INCIDENT, version)
    with office.colleague(cast.aino) as aino, office.colleague(cast.liisa) as liisa:
        for desk, words in ((aino, "Oma koti ennen kesää."), (liisa, "Koti läheltä siskoa.")):
            seen = {"client_words": held(desk.records[paavo.goal], "client_words")}
            desk.write(1_790_000_000_000, "goal", paavo.case, paavo.goal, {"client_words": words}, seen)
        visits = [r for r in aino.records.values() if r["case"] == paavo.case and "outcome" in r["fields"]]
    logged: str = visits[0]["id"]
    return logged
