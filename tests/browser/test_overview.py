"""How a client is doing, on one screen and without a network: what is open by area of life, and what falls due."""

from __future__ import annotations

import re
import time
from datetime import date, datetime

from playwright.sync_api import expect
from uuid6 import uuid7

from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT
from tests.browser.rows.entries import ENTRIES
from tests.browser.rows.form import fill
from tests.browser.rows.test_rows import open_list
from tests.browser.screens import open_client, save_form
from tests.browser.words import fi, kind_word, label

(RENT,) = (entry for entry in ENTRIES if entry.kind == "rent" and 65 in entry.rows)


def test_q2_a_client_on_one_screen(phone_of: PhoneOf, office: Office) -> None:
    """[Q1, Q2] [row 26, row 93] Unpaid rents, entered offline, are told of at once: by area, as due, on Tänään."""
    paavo = office.clients.paavo
    aino = phone_of("aino")
    aino.offline()
    for month in ("2026-11", "2026-10"):
        open_list(aino, paavo, "rent")
        aino.tap(aino.page.get_by_role("link", name=kind_word("rent", "@new"), exact=True))
        for name, value in (RENT.typed | {"month": month, "due_on": f"{month}-02"}).items():
            fill(aino, RENT, name, value)
        save_form(aino)
    open_client(aino, paavo)
    situation = aino.page.get_by_role("region", name=fi("kind.situation"))
    area = situation.get_by_role("group").filter(has_text=label("guidance_area", "income_finances"))
    expect(area).to_contain_text("lokakuu 2026, marraskuu 2026")
    expect(area.get_by_text(kind_word("rent", "!two_months"))).to_have_count(1)
    expect(situation).to_contain_text(paavo.goal_title)
    facts = aino.page.locator(f"{CURRENT} dl.facts").first
    expect(facts).to_contain_text(fi("kind.rentsLate", 2, "").rstrip())
    told, log = (one.bounding_box() for one in (facts, aino.link(fi("caseFile.log"))))
    assert told is not None
    assert log is not None
    assert told["y"] + told["height"] <= log["y"], "read without a tap and without scrolling"
    due = kind_word("rent", "~rent_unpaid")
    expect(aino.page.get_by_role("link", name=due)).to_have_count(2)
    aino.go("shell.today")
    expect(aino.page.get_by_role("link", name=f"{paavo.name} {due}")).to_have_count(2)


def test_q2_the_page_begins_with_what_is_asked_first(phone_of: PhoneOf, office: Office) -> None:
    """[Q1, Q2] The latest entry, what is late apart from what comes; the name stays when the heading has gone."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.aino) as desk:
        known = {"member_kind": "social_worker", "name": "Katri Lehto"}
        desk.write(time.time_ns() // 1_000_000, "member", paavo.case, str(uuid7()), known)
    aino = phone_of("aino")
    aino.fetch()
    aino.offline()
    open_list(aino, paavo, "rent")
    aino.tap(aino.page.get_by_role("link", name=kind_word("rent", "@new"), exact=True))
    for name, value in (RENT.typed | {"month": "2026-09", "due_on": "2026-09-02"}).items():
        fill(aino, RENT, name, value)
    save_form(aino)
    open_client(aino, paavo)
    page = aino.page.locator(CURRENT)
    late = page.locator("section").filter(has=aino.page.get_by_role("heading", name=fi("kind.lateDue")))
    expect(late.get_by_role("link", name=re.compile(fi("kind.since", "2.9.2026")))).to_have_count(1)
    around = f"Katri Lehto ({label('network_member_kind', 'social_worker').lower()})"
    facts = page.locator("dl.facts").first
    days = (datetime.now(FINLAND).date() - date(2026, 9, 2)).days
    late_rent = f"{fi('kind.days', days)}: {kind_word('rent', '~rent_unpaid')}"
    for said in (around, paavo.goal_title, late_rent, fi("caseFile.hours"), fi("kind.noRisks")):
        expect(facts).to_contain_text(said)
    expect(page.get_by_text(re.compile("^Kotikäynti · Aino$"))).to_be_visible()
    last = page.locator("section").filter(has=aino.page.get_by_role("heading", name=fi("caseFile.lastEntry")))
    expect(last.get_by_role("link")).to_have_count(1)
    shown = page.locator("header .name")
    expect(shown).to_be_hidden()
    aino.page.mouse.wheel(0, 600)
    expect(shown).to_be_visible()
    expect(shown).to_have_text(paavo.name)
