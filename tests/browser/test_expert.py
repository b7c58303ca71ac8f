"""An expert by experience on their own phone: the team's groups, and no client anywhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect
from uuid6 import uuid7

from server import directory
from server.auth import passwords
from server.core import timestamps
from server.core.database import writing
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.words import fi, label
from tests.cast import PASSWORD

Phones = Callable[[Path | None, str, str], Phone]


def test_q8_the_groups_and_nothing_of_a_client(phones: Phones, office: Office) -> None:
    """[Q8] [row 78] Named to a group by a worker: what, when and where, without a network too; nothing to write."""
    cast, paavo = office.cast, office.clients.paavo
    with office.inside(), writing() as transaction:
        org = directory.find_or_add_organisation(transaction, "Harjula")
        team = directory.find_or_add_team(transaction, org, "North")
        account = directory.Account(org, "taru", "Taru", "expert_by_experience", team)
        taru = directory.enter(transaction, account, passwords.hash_of(PASSWORD)).id
    begins = datetime.now(UTC) + timedelta(days=2)
    group = {
        "title": "Ruokaryhmä",
        "topic": "food",
        "at": {"start": timestamps.text(begins), "end": timestamps.text(begins + timedelta(hours=2))},
        f"experts/{taru}": True,
        f"present/{paavo.case}": True,
        "note": "Väsynyt, mutta tuli.",
    }
    with office.colleague(cast.liisa) as liisa:
        liisa.write(time.time_ns() // 1_000_000, "session", str(cast.liisa.team), str(uuid7()), group)
    phone = phones(None, "phone", office.address)
    phone.open()
    phone.sign_in("taru", PASSWORD)
    expect(phone.today).to_be_visible()
    page = phone.page
    row = page.get_by_role("listitem").filter(has_text="Ruokaryhmä")
    expect(row).to_contain_text(label("session_topic", "food"))
    expect(row).to_contain_text(fi("reports.groupsNamed"))
    places = page.get_by_role("navigation", name=fi("shell.places")).locator("visible=true").first
    expect(places.get_by_role("link")).to_have_text([fi("shell.today"), fi("shell.settings"), fi("shell.help")])
    expect(page.get_by_role("button", name=fi("shell.add"))).to_have_count(0)
    for secret in (paavo.name, "Väsynyt"):
        assert secret not in page.content()
    phone.wait_for_the_shell()
    phone.offline()
    phone.go("shell.help", "shell.today")
    expect(page.get_by_text(fi("reports.groupsOld", "").split(".")[0], exact=False)).to_be_visible()
    expect(row).to_be_visible()
