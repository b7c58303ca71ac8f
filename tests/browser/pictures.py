"""Pictures of every screen and of what it may be in, to be looked at: three sizes, light and dark, Finnish and English.

`make pictures` writes them to build/pictures. `--chapter lock`, `--only week`, `--size phone` and the like take fewer.
What is longer than its window is taken once more from its end.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.camera import (
    FIND,
    LOCALES,
    NATIVE_FIELDS,
    SIZES,
    THEMES,
    Walk,
    add,
    behind_an_edge,
    button,
    look_for,
    move,
    press,
    served,
    sign_in,
    unlock,
    wait_until_sent,
)
from tests.browser.places import go, inside, leave_sheet, save_empty, save_with_errors, unfold
from tests.browser.rare_states import a_full_device, an_iphone, large_text, long_names, safety
from tests.browser.screens import knowing_no_limits
from tests.browser.shared_states import a_password_reset, another_device, as_others_see_it
from tests.browser.test_passkey import PLATFORM
from tests.chromium import PROGRAM, SWITCHES

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
                browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*SWITCHES, NATIVE_FIELDS])
                walk = Walk(browser, edge, language, wanted, data_dir)
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


def at_the_door(walk: Walk) -> None:
    """Tänään of the first day, with the introduction; then of every day."""
    page = walk.page
    for number in (1, 2, 3):
        walk.shoot(f"today-introduction-{number}")
        page.locator("[aria-labelledby=intro] .button").first.click()
    for name, address in (("today", "/"), ("clients", "/clients"), ("week", "/week"), ("outbox", "/outbox")):
        walk.visit(name, address)
    for name in (
        "more",
        "settings",
        "help",
        "install",
        "introduction",
        "accessibility",
        "search",
        "in_review",
        "nowhere",
    ):
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


def more(page: Page, file: str) -> None:
    """What else can be written down of this client."""
    go(page, file)
    inside(page, ".actions button").last.click()


def in_the_case_file(walk: Walk) -> None:
    file, goal = walk.file, walk.goal
    walk.visit("client", file)
    for name in ("visits/new", "plan", "visits/new?kind=call", "phase", "entries", "goals/new", "notes/new"):
        walk.visit("client-" + re.sub(r"\W+", "-", name), f"{file}/{name}")
    walk.visit("checklists", f"{file}/checklists")
    walk.see("client-unfolded", unfold, file)
    walk.see("client-add", more, file)
    entry = walk.found(f"{file}/entries", r"/entries/[^/]+$")
    walk.visit("entry", entry)
    walk.visit("visit-correct", entry.replace("/entries/", "/visits/"))
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
    walk.see("plan-errors", save_with_errors, f"{file}/planning")
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
    with knowing_no_limits(page):
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
    for name, address in (
        ("today", "/"),
        ("clients", "/clients"),
        ("more", "/more"),
        ("in_review", "/held"),
        ("out", "/out"),
    ):
        go(page, address)
        page.wait_for_timeout(500)
        walk.shoot(f"leader-{name}", page)
        if name == "in_review" and button(page, "check").count():
            inside(page, ".button.quiet").first.click()
            walk.shoot("leader-leave", page)
            leave_sheet(page)
    page.context.close()


def settings(walk: Walk) -> None:
    page = walk.page
    walk.see("settings-password", press, "key-round", "/settings")
    walk.see("settings-sign-out", press, "log-out", "/settings")
    go(page, "/settings")
    # What another chapter asked for may still stand there.
    if (show := button(page, "smartphone")).count():
        show.click()
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
    "safety": safety,
    "others": as_others_see_it,
    "large": large_text,
    "long": long_names,
    "file": in_the_case_file,
    "forms": forms,
    "offline": without_a_network,
    "refused": refused,
    "leader": the_leader,
    "full": a_full_device,
    "iphone": an_iphone,
    "device": another_device,
    "password": a_password_reset,
    "settings": settings,
    "release": a_new_release,
    "lock": the_lock,
}

if __name__ == "__main__":
    main()
