"""How long somebody waits for a home of their own: on the client's page and above their stays, offline too."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from uuid6 import uuid7

from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill
from tests.browser.rows.test_team import here, send
from tests.browser.screens import open_client, open_kind, save_form
from tests.browser.words import fi, kind_word

WAITED, SINCE_REFERRAL = 40, 47


def test_q7_the_days_until_a_home(phone_of: PhoneOf, office: Office) -> None:
    """[Q7] [row 44] From the decision and from the referral, until a home is entered; a stay asks for its day."""
    paavo, now = office.clients.paavo, datetime.now(UTC)
    with office.colleague(office.cast.liisa) as liisa:
        decided = {"service_type": "supported_housing", "start": day(now, WAITED), "status": "active"}
        asked = {"need_notified_at": f"{day(now, SINCE_REFERRAL)}T12:00:00Z"}
        for kind, values in (("decision", decided), ("referral", asked)):
            liisa.write(time.time_ns() // 1_000_000, kind, paavo.case, str(uuid7()), values)
    aino, liisas = phone_of("aino"), phone_of("liisa")
    aino.offline()
    open_client(aino, paavo)
    waited = f"{fi('kind.homeWaited', WAITED)}, {fi('kind.sinceReferral', SINCE_REFERRAL)}"
    expect(here(aino).get_by_text(waited)).to_be_visible()
    open_kind(aino, "stay")
    expect(here(aino).get_by_text(waited)).to_be_visible()
    aino.tap(aino.page.get_by_role("link", name=kind_word("stay", "@new"), exact=True))
    home = Entry(rows=(44,), kind="stay", typed={}, row="", rule="start")
    fill(aino, home, "stay_kind", "own_rental")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word("stay", "!start"))
    fill(aino, home, "start", day(now, 10))
    save_form(aino)
    send(aino, liisas)
    open_client(liisas, paavo)
    moved = (now.astimezone(FINLAND) - timedelta(days=10)).date()
    found = fi("kind.homeFound", f"{moved.day}.{moved.month}.{moved.year}", WAITED - 10)
    expect(here(liisas).get_by_text(found)).to_be_visible()


def day(now: datetime, before: int) -> str:
    return str((now.astimezone(FINLAND) - timedelta(days=before)).date())
