"""What takes two people, two devices or the office, for the pictures: a threat on record, a check-in as others see it,
a second device, a password that was reset."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page

from server import create_app, directory
from server.config import settings_from
from server.core import timestamps
from server.core.database import writing
from server.demo import command
from server.demo.people import PEOPLE
from tests.browser.camera import Walk, button, press, sign_in, unlock, wait_until_sent
from tests.browser.places import go, inside, leave_sheet, settle, unfold

#: as long ago is the deadline of somebody whose supervisor has just been told
LATE_MIN = 21
RESET = "uusi salasana toistaiseksi"


def as_others_see_it(walk: Walk) -> None:
    """A threat on record, reminders that were dealt with, and one's check-in at the lock and at the supervisor's."""
    page = walk.page
    go(page, "/incidents/new")
    inside(page, "select").select_option(index=1)
    inside(page, "textarea").first.fill("Huusi rappukäytävässä ja löi oven kiinni.")
    inside(page, ".actions .button").click()
    inside(page, "textarea").first.wait_for(state="hidden")
    incident = walk.found("/incidents", r"^/incidents/(?!new)[^/]+$")
    walk.visit("incidents-one", "/incidents")
    walk.visit("incident", incident)
    walk.visit("incident-edit", f"{incident}/edit")
    go(page, "/reminders")
    inside(page, ".ways .button").first.click()
    inside(page, ".ways >> nth=1").locator(".button").last.click()
    page.wait_for_timeout(500)
    walk.shoot("reminders-dealt-with")
    walk.visit("reminder-gone", "/reminders/019273ab-0000-7000-8000-000000000000")

    go(page, "/check-in")
    inside(page, ".button.main").last.click()
    button(page, "check").wait_for()
    press(page, "lock", "/more")
    page.locator("main .panel .notice").wait_for()
    walk.shoot("lock-check-in")
    unlock(page, PEOPLE["password"])
    page.locator("main .panel").wait_for(state="detached")
    leader = first_day_of(walk, "mikko")
    go(leader, "/out")
    leader.wait_for_timeout(500)
    walk.shoot("leader-out-on", leader)
    walk.edge.altered["/api/checkins"] = unanswered
    for name, address in (("today", "/"), ("out", "/out")):
        go(leader, address)
        leader.wait_for_timeout(500)
        walk.shoot(f"leader-{name}-late", leader)
    walk.edge.altered.clear()
    go(page, "/check-in")
    for _ in range(2):
        inside(page, ".help .button").click()
    page.wait_for_timeout(1000)
    walk.shoot("check-in-alert")
    go(leader, "/")
    go(leader, "/out")
    leader.wait_for_timeout(500)
    walk.shoot("leader-out-alert", leader)
    leader.context.close()
    press(page, "check", "/check-in")


def another_device(walk: Walk) -> None:
    """The times of reminders, the calendar's address, and a device that is not at hand."""
    first_day_of(walk, "aino").context.close()
    page = walk.page
    unfold(page, "/settings")
    settle(page)
    walk.shoot("settings-reminder-times", at=inside(page, "details legend").first)
    press(page, "calendar-days", "/settings")
    press(page, "plus")
    page.wait_for_timeout(500)
    walk.shoot("settings-calendar", at=inside(page, ".address"))
    press(page, "smartphone", "/settings")
    inside(page, "li .button").last.wait_for()
    walk.shoot("settings-devices-two", at=inside(page, "li .button").first)
    for name, number in (("revoke", 0), ("wipe", 1)):
        inside(page, "li .button").nth(number).click()
        walk.shoot(f"settings-{name}")
        leave_sheet(page)


def a_password_reset(walk: Walk) -> None:
    """By the office: the new one signs in, and the old one opens what lies on the device."""
    page = first_day_of(walk, "liisa")
    reset(walk.data_dir, "liisa")
    press(page, "lock", "/more")
    page.locator("main summary").first.click()
    page.locator("main details .button").click()
    page.locator("form input").first.fill("liisa")
    unlock(page, RESET)
    page.locator("#old-password").wait_for()
    walk.shoot("old-password", page)
    page.locator("form .button.quiet").last.click()
    page.locator("#old-password").wait_for(state="detached")
    walk.shoot("old-password-lost", page)
    page.context.close()


def first_day_of(walk: Walk, name: str) -> Page:
    """A browser of this person's, with everything fetched and the introduction left."""
    page = walk.new_page()
    sign_in(page, name)
    wait_until_sent(page)
    page.locator("[aria-labelledby=intro] .button").last.click()
    return page


def unanswered(answer: bytes) -> bytes:
    """Those who are out, as the list says it once their supervisor has been told."""
    told = json.loads(answer)
    due = timestamps.moment(told["server_time"]) - timedelta(minutes=LATE_MIN)
    for one in told["check_ins"]:
        one |= {"stage": "supervisor", "deadline": timestamps.text(due)}
    return json.dumps(told).encode()


def reset(data_dir: Path, name: str) -> None:
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(data_dir)}))
    with command.using(app), writing() as transaction:
        directory.reset_password(transaction, directory.user_named(transaction, name), RESET)
