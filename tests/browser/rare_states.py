"""What a worker seldom sees, for the pictures: a check-in that runs and is late, a full device, Safari, large text."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from server import create_app
from server.config import settings_from
from server.core import timestamps
from server.demo import command, setup
from tests.browser.camera import Walk, button, press, sign_in, wait_until_sent
from tests.browser.places import go, inside, open_add, save_empty

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
ALMOST_FULL = "navigator.storage.estimate = () => Promise.resolve({ usage: 850_000_000, quota: 1_000_000_000 })"
LONG = {
    "client_name": "Wilhelmiina-Aleksandra Korkeamäki-Lähteenkorvanpää",
    "address": "Esimerkkisotilaanpuistikkokatu 128 B 114, sisäpihan puolelta, 3. kerros",
}
DOUBLE_TEXT_PX, PLAIN_TEXT_PX = 32, 16
#: soon after a check-in of half an hour has run out; after the supervisor was told
LATE_MIN, TOLD_MIN = 31, 51


def safety(walk: Walk) -> None:
    """Reminders, the check-in from before the door to after it, and the record of a threat."""
    page = walk.page
    for name in ("reminders", "incidents", "incidents/new"):
        walk.visit(name.replace("/", "-"), f"/{name}")
    walk.see("incident-errors", save_empty, "/incidents/new")
    walk.visit("out", "/out")
    # Of the case file, which offers it at any hour; Tänään does before a visit only.
    start = walk.file.replace("/clients", "/check-in")
    walk.visit("check-in", start)
    go(page, start)
    inside(page, "fieldset >> nth=0").locator("input[type=radio]").first.check()
    page.context.set_offline(True)
    inside(page, ".button.main").last.click()
    page.wait_for_timeout(500)
    walk.shoot("check-in-not-on")
    page.context.set_offline(False)
    inside(page, ".button.main").last.click()
    button(page, "check").wait_for()
    walk.shoot("check-in-on")
    walk.visit("today-check-in", "/")
    for name, late_min in (("late", LATE_MIN), ("told", TOLD_MIN)):
        walk.edge.altered["/api/checkins/mine"] = partial(later, minutes=late_min)
        go(page, "/")
        go(page, "/check-in")
        page.wait_for_timeout(1500)
        walk.shoot(f"check-in-{name}")
    walk.visit("today-check-in-late", "/")
    walk.edge.altered.clear()
    go(page, "/check-in")
    press(page, "check")
    page.wait_for_timeout(1500)
    walk.shoot("check-in-ended")


def later(answer: bytes, minutes: int) -> bytes:
    """The server's answer as it would be then: the phone counts on the server's clock."""
    told: dict[str, str] = json.loads(answer)
    told["server_time"] = timestamps.text(timestamps.moment(told["server_time"]) + timedelta(minutes=minutes))
    return json.dumps(told).encode()


def a_full_device(walk: Walk) -> None:
    page = walk.new_page(ALMOST_FULL)
    sign_in(page, "liisa")
    wait_until_sent(page)
    page.locator("[aria-labelledby=intro] .button").last.click()
    for name, address in (("storage-today", "/"), ("storage-settings", "/settings")):
        go(page, address)
        page.wait_for_timeout(500)
        walk.shoot(name, page)
    page.context.close()


def an_iphone(walk: Walk) -> None:
    """Safari's tab, as far as it can be told here: its name for itself."""
    page = walk.new_page(user_agent=IPHONE)
    walk.edge.lossy["POST /api/sync"] = 1
    sign_in(page, "liisa")
    page.locator(".panel input").first.wait_for(state="detached")
    page.locator(".panel .button.main").wait_for()
    walk.shoot("iphone-first-sync", page)
    walk.edge.lossy.clear()
    wait_until_sent(page)
    page.locator("[aria-labelledby=intro] .button").last.click()
    go(page, "/install")
    walk.shoot("iphone-install", page)
    page.context.close()


def large_text(walk: Walk) -> None:
    """What a person sees whose phone writes twice as large."""
    page = walk.page
    set_text(page, DOUBLE_TEXT_PX)
    visit = walk.found("/", r"/visits/(?!new)[^/]+$")
    addresses = {"today": "/", "clients": "/clients", "client": walk.file, "visit": visit, "week": "/week"}
    for name, address in (addresses | {"more": "/more", "settings": "/settings", "outbox": "/outbox"}).items():
        walk.visit(f"large-{name}", address)
    set_text(page, PLAIN_TEXT_PX)


def long_names(walk: Walk) -> None:
    """A client whose name and address are as long as they come, wherever they stand."""
    page = walk.page
    # Of the case file, which offers it at any hour; Tänään does before a visit only.
    start = walk.file.replace("/clients", "/check-in")
    _, _, case, visit = start.split("/")
    move_in(walk.data_dir, case)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text(LONG["client_name"]).first.wait_for()
    introduction = page.locator("[aria-labelledby=intro] .button")
    if introduction.count():
        introduction.last.click()
    file = f"/clients/{case}"
    addresses = {
        "today": "/",
        "clients": "/clients",
        "client": file,
        "visit": f"{file}/visits/{visit}",
        "week": "/week",
    }
    more = {
        "plan": f"{file}/planning/{visit}",
        "entries": f"{file}/entries",
        "check-in": start,
        "reminders": "/reminders",
    }
    for name, address in (addresses | more).items():
        walk.visit(f"long-{name}", address)
    walk.see("long-add", open_add, "/")
    go(page, start)
    inside(page, ".button.main").last.click()
    button(page, "check").wait_for()
    walk.shoot("long-check-in-on")
    walk.visit("long-today-check-in", "/")
    go(page, "/check-in")
    press(page, "check")
    inside(page, "a.button.main").wait_for()
    walk.shoot("long-check-in-ended")


def move_in(data_dir: Path, case: str) -> None:
    """Aino's client is called so from now on, and lives there; as a phone of hers would write it."""
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with command.using(app):
        (aino,) = [worker for worker in setup.field_workers() if worker.sign_in == "aino"]
        phone = setup.phone_of(aino, command.exchange_locally)
        phone.receive()
        (client,) = [one["id"] for one in phone.records.values() if (one["kind"], one["case"]) == ("case", case)]
        phone.write(time.time_ns() // 1_000_000, "case", case, client, LONG)
        phone.send()


def set_text(page: Page, size_px: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size_px, "fixed": size_px - 3}})
