"""Rows of docs/TRACE.md: entered offline, read on a colleague's device, refused once in the person's words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.clients import Client
from tests.browser.conftest import Ready
from tests.browser.office import copy_of
from tests.browser.phone import Phone, phone_shape
from tests.browser.rows.entries import ENTRIES
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill, label_of
from tests.browser.screens import open_client, save_form, wait_until_sent
from tests.browser.words import fi, kind_word
from tests.cast import PASSWORD


@dataclass(frozen=True)
class Pair:
    """Two colleagues who share a client."""

    aino: Phone
    liisa: Phone
    client: Client


@pytest.fixture(scope="module")
def pair(ready: Ready, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both have fetched everything; what one test enters the next finds there."""
    folder = tmp_path_factory.mktemp("rows")
    with copy_of(ready.founded, folder / "office", ready.port).open() as office:
        aino, liisa = phones = [
            _ready_phone(playwright, ready, name, folder, office.address) for name in ("aino", "liisa")
        ]
        yield Pair(aino, liisa, ready.founded.clients.paavo)
        for phone in phones:
            phone.close()
    assert [error for phone in phones for error in phone.errors] == []


def _ready_phone(playwright: Playwright, ready: Ready, name: str, folder: Path, address: str) -> Phone:
    profile = Path(shutil.copytree(ready.profiles / name, folder / name, symlinks=True))
    phone = Phone(playwright, phone_shape(playwright), profile, address)
    phone.open()
    phone.unlock(PASSWORD)
    wait_until_sent(phone)
    return phone


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.title for entry in ENTRIES])
def test_a_row(pair: Pair, entry: Entry) -> None:
    aino, liisa = pair.aino, pair.liisa
    aino.offline()
    open_list(aino, pair.client, entry.kind)
    aino.tap(aino.page.get_by_role("link", name=kind_word(entry.kind, "@new"), exact=True))
    break_the_rule(aino, entry)
    for name, value in entry.typed.items():
        fill(aino, entry, name, value)
    save_form(aino)
    aino.offline(False)
    aino.fetch()
    wait_until_sent(aino)
    liisa.fetch()
    read(liisa, pair.client, entry)


def break_the_rule(phone: Phone, entry: Entry) -> None:
    """The form says what is wrong, at the field; a rule that only warns lets the person go on."""
    for name, value in entry.broken.items():
        fill(phone, entry, name, value)
    said = kind_word(entry.kind, f"!{entry.rule}")
    if not phone.page.get_by_text(said).first.is_visible():
        phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(said).first).to_be_visible()


def open_list(phone: Phone, client: Client, kind: str) -> None:
    open_client(phone, client)
    many = kind_word(kind, "@many")
    here = phone.page.locator('[data-pane="current"]')
    link = here.get_by_role("link", name=re.compile(f"^{re.escape(many)}"))
    folded = here.locator("details:not([open]) > summary")
    link.or_(folded).first.wait_for()
    while link.count() == 0:
        folded.first.click()
    link.first.click()
    expect(phone.page.get_by_role("heading", level=1, name=many)).to_be_visible()


def read(phone: Phone, client: Client, entry: Entry) -> None:
    open_list(phone, client, entry.kind)
    here = phone.page.locator('[data-pane="current"]')
    row = here.get_by_role("link", name=re.compile(re.escape(entry.row)))
    over = here.locator("details:not([open]) > summary")
    row.or_(over).first.wait_for()
    if row.count() == 0:
        over.first.click()
    row.first.click()
    for text in texts_of(entry):
        expect(phone.page.locator('[data-pane="current"]').get_by_text(text).first).to_be_visible()


def texts_of(entry: Entry) -> list[str]:
    """What the page has to say: sentences as they were typed, codes by their label."""
    said = []
    for name, value in entry.typed.items():
        words = value if isinstance(value, tuple) else (value,)
        said += [label_of(entry.kind, name, word) for word in words if isinstance(word, str) and not word[:1].isdigit()]
    return [*said, *entry.reads]
