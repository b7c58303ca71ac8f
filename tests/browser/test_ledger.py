"""A landlord's ledger: looked at first, without a network, then saved at once and sent like everything else."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PhoneOf
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi, kind_word

LEDGER = """Asiakas;Kuukausi;Eräpäivä;Vuokra (€);Maksettu
Lehto Paavo;11/2026;2.11.2026;512,40;0
Paavo Lehto;10/2026;31.10.2026;512,40;viisisataa
Tuntematon Vuokralainen;11/2026;2.11.2026;480;0
Kerttu Salmi;11/2026;31.11.2026;480;0
"""


def choose(page: Page, content: bytes) -> None:
    page.get_by_role("link", name=fi("ledger.title")).click()
    payload: FilePayload = {"name": "reskontra.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label(fi("ledger.file")).set_input_files(payload)


def test_a_ledger_says_of_every_line_what_becomes_of_it(phone_of: PhoneOf) -> None:
    """[B1, B2] As Windows writes it, offline: one line is taken, three say why not; twice the same changes nothing."""
    aino = phone_of("aino")
    aino.offline()
    aino.go("shell.more")
    aino.page.get_by_role("link", name=kind_word("rent", "@many")).click()
    choose(aino.page, LEDGER.encode("cp1252"))
    for line in (3, 4, 5):
        expect(aino.page.get_by_text(f"Rivi {line}", exact=True)).to_be_visible()
    expect(aino.page.get_by_text("”viisisataa”")).to_be_visible()
    expect(aino.page.get_by_text("”Tuntematon Vuokralainen”")).to_be_visible()
    expect(aino.page.get_by_text("”31.11.2026”")).to_be_visible()
    expect(aino.page.get_by_text("Rivi 2", exact=True)).to_be_hidden()
    aino.tap(aino.button("Tallenna 1 vuokra"))
    expect(aino.page.get_by_role("link", name="Paavo Lehto · marraskuu 2026")).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    choose(aino.page, LEDGER.encode())
    expect(aino.page.get_by_text(fi("ledger.same"))).to_be_visible()
    expect(aino.button("Tallenna 1 vuokra")).to_be_hidden()


def test_wrong_columns_are_told_of_the_file(phone_of: PhoneOf) -> None:
    """[B1] Which columns are missing, and nothing is offered to be saved."""
    aino = phone_of("aino")
    aino.go("shell.more")
    aino.page.get_by_role("link", name=kind_word("rent", "@many")).click()
    choose(aino.page, b"Nimi,Summa\nPaavo Lehto,5\n")
    expect(aino.page.get_by_text("kuukausi, eräpäivä, maksettu")).to_be_visible()
    expect(aino.page.get_by_text(fi("ledger.taken"))).to_be_hidden()
