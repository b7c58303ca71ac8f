"""A goal as it goes, its review, and checklists that begin with what is open."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from server.demo.phone import held
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.screens import open_goal
from tests.browser.words import fi, kind_word


def test_u41_the_last_visits_are_told_as_they_were(phone_of: PhoneOf, office: Office) -> None:
    """[U41] Two that said unchanged are not called progress; twelve dots, counted in a sentence."""
    paavo = office.clients.paavo
    move_at_visits(office, ["forward", "forward", "same", "same"])
    phone = phone_of("aino")
    open_goal(phone, paavo)
    said = phone.page.locator("[data-pane=current]")
    expect(said).to_contain_text(f"{fi('goal.trend.same')}, {fi('goal.inARow', 2)}")
    assert fi("goal.trend.forward") not in said.inner_text()
    counts = " · ".join(f"{kind_word('visit', f'goal_moves={move}')} 2" for move in ("forward", "same"))
    expect(said).to_contain_text(f"{fi('goal.lately', 4)}: {counts}")
    expect(said.locator(".dots > *")).to_have_count(12)


def test_u41_an_overdue_review_is_one_tap(phone_of: PhoneOf, office: Office) -> None:
    """[U41] Its button writes today as the review and proposes the next one; Kumoa takes it back."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.liisa) as liisa:
        seen = {"review_on": held(liisa.records[paavo.goal], "review_on")}
        review = {"review_on": "2026-01-02"}
        liisa.write(time.time_ns() // 1_000_000, "goal", paavo.case, paavo.goal, review, seen)
    phone = phone_of("aino")
    open_goal(phone, paavo)
    expect(phone.page.get_by_text(fi("goal.reviewDue", "2.1."))).to_be_visible()
    phone.taps = 0
    phone.tap(phone.button(fi("goal.reviewed")))
    expect(phone.page.get_by_text(fi("goal.reviewDue", "2.1."))).to_have_count(0)
    assert phone.taps == 1
    phone.tap(phone.button(fi("shell.undo")))
    expect(phone.page.get_by_text(fi("goal.reviewDue", "2.1."))).to_be_visible()


def test_u42_open_items_come_first(phone_of: PhoneOf, office: Office) -> None:
    """[U42] A tick moves nothing while the list is looked at; opened again, what is done stands last."""
    phone = phone_of("aino")
    address = f"/clients/{office.clients.paavo.case}/checklists"
    go(phone.page, address)
    boxes = phone.page.locator("[data-pane=current] details[open] input[type=checkbox]")
    before = names(phone)
    boxes.first.check()
    expect(boxes.first).to_be_checked()
    assert names(phone) == before
    go(phone.page, "/")
    go(phone.page, address)
    expect(boxes.last).to_be_checked()
    assert names(phone) == [*before[1:], before[0]]


def names(phone: Phone) -> list[str]:
    found: list[str] = phone.page.locator("[data-pane=current] details[open] .check label").all_inner_texts()
    return found


def move_at_visits(office: Office, moves: list[str]) -> None:
    """Logged visits of the last days, the oldest first, that moved Paavo's goal so."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.aino) as aino:
        for number, move in enumerate(moves):
            start = datetime.now(UTC) - timedelta(hours=len(moves) - number + 1)
            at = start.strftime("%Y-%m-%dT%H:%M:%SZ")
            end = (start + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
            values = {
                "actual": {"start": at, "end": end},
                "outcome": {"code": "done"},
                "visit_kind": "support_visit",
                "worker": office.cast.aino.id,
                f"goal_moves/{paavo.goal}": move,
            }
            aino.write(time.time_ns() // 1_000_000, "visit", paavo.case, f"u41-{number}", values, {})
