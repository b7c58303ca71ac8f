"""The mobile team's shared day: everybody's visits with people as headings, without a network."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.rows.test_team import here
from tests.browser.words import fi

TOMORROW_AT = (9, 11, 13)


def test_q10_the_teams_day(phone_of: PhoneOf, office: Office) -> None:
    """[Q10] [row 75] Tomorrow's visits of Aino and Liisa, the one they make together with both; and back."""
    cast, clients = office.cast, office.clients
    visits = (
        (clients.paavo, {"worker": cast.aino.id}),
        (clients.tyyne, {"worker": cast.liisa.id}),
        (clients.eino, {"worker": cast.liisa.id, "partner": cast.aino.id}),
    )
    with office.colleague(cast.liisa) as liisa:
        for hour, (client, people) in zip(TOMORROW_AT, visits, strict=True):
            plan = {"visit_kind": "home_visit", "plan": tomorrow(hour), **people}
            liisa.write(time.time_ns() // 1_000_000, "visit", client.case, str(uuid7()), plan)
    aino = phone_of("aino")
    aino.offline()
    aino.go("shell.week")
    aino.page.get_by_role("radio", name=fi("week.teamDay"), exact=True).check()
    aino.tap(aino.button(fi("week.dayAfter")))

    def of(name: str) -> Locator:
        heading = aino.page.get_by_role("heading", level=3, name=name, exact=True)
        return here(aino).locator("section").filter(has=heading)

    expect(of("Aino").get_by_role("link", name=re.compile(clients.paavo.name))).to_be_visible()
    expect(of("Liisa").get_by_role("link", name=re.compile(clients.tyyne.name))).to_be_visible()
    together = re.compile(clients.eino.name)
    expect(of("Aino").get_by_role("link", name=together)).to_contain_text(fi("week.withColleague", "Liisa"))
    expect(of("Liisa").get_by_role("link", name=together)).to_contain_text(fi("week.withColleague", "Aino"))
    of("Liisa").get_by_role("link", name=together).click()
    expect(aino.page.get_by_role("heading", level=1, name=clients.eino.name)).to_be_visible()
    aino.go("shell.week")
    expect(of("Liisa").get_by_role("link", name=together)).to_be_visible()
    aino.page.get_by_role("radio", name=fi("week.ownWeek"), exact=True).check()
    expect(of("Liisa")).to_have_count(0)


def tomorrow(hour: int) -> dict[str, str]:
    day = datetime.now(UTC).astimezone(FINLAND) + timedelta(days=1)
    start = day.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)
    return {"start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "end": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"}
