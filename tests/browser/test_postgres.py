"""One smoke test with PostgreSQL behind the server: the rest of the browser tests run on SQLite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.office import Office, found
from tests.browser.phone import Phone
from tests.browser.screens import log_planned, open_client, wait_until_sent
from tests.cast import PASSWORD
from tests.ports import free_port
from tests.postgres import Postgres

NOTE = "Käytiin läpi ensi viikon ajat."


@pytest.mark.postgres
def test_it_works(postgres: Postgres, tmp_path: Path, phones: Callable[[Path | None, str, str], Phone]) -> None:
    """[R1, P8] Sign in, fetch, log, send; the laptop shows it."""
    url = postgres.create_database()
    data_dir = tmp_path / "office"
    data_dir.mkdir()
    founded = found(data_dir, url)
    with Office(data_dir, founded.cast, founded.clients, free_port(), url).open() as office:
        phone = phones(None, "phone", office.address)
        phone.open()
        phone.sign_in("aino", PASSWORD)
        expect(phone.today).to_be_visible()
        sheet = log_planned(phone, office.clients.paavo)
        sheet.note.fill(NOTE)
        sheet.save()
        wait_until_sent(phone)
        assert office.log_of(office.cast.aino) == {"visit": 1}
        laptop = phones(None, "laptop", office.address)
        laptop.open()
        laptop.sign_in("mikko", PASSWORD)
        expect(laptop.today).to_be_visible()
        open_client(laptop, office.clients.paavo)
        laptop.page.get_by_text(NOTE).wait_for()
