"""Lists across clients are drawn from the small index: no case file is opened for them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from server.demo.rng import from_instant
from server.kinds import KINDS
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT, addresses, go
from tests.browser.screens import open_client, wait_until_sent
from tests.browser.words import fi, kind_word
from tests.cast import PASSWORD

#: as if every case file were still to be fetched; what the index and the outbox keep stays
EMPTY_CASE_FILES = """async () => {
  const { name } = (await indexedDB.databases()).find((it) => it.name.length > 'ovikello'.length);
  return new Promise((done, failed) => {
    const opening = indexedDB.open(name);
    opening.onerror = failed;
    opening.onsuccess = () => {
      const emptying = opening.result.transaction('files', 'readwrite');
      const counting = emptying.objectStore('files').count();
      emptying.objectStore('files').clear();
      emptying.oncomplete = () => { opening.result.close(); done(counting.result); };
    };
  });
}"""
WRITTEN = from_instant("2026-11-20T10:00:00Z")
#: by kind: what is written, and what its list says of it
LISTED: dict[str, tuple[dict[str, Any], str]] = {
    "rent": ({"month": "2026-11-01", "due_on": "2026-11-02", "amount_cents": 51240, "status": "unpaid"}, "512,40"),
    "application": ({"housing_source": "municipal_rental", "status": "sent", "sent_on": "2026-11-20"}, ""),
    "stay": ({"stay_kind": "own_rental", "start": "2026-11-01", "address": "Koivukuja 4"}, ""),
    "decision": ({"start": "2026-01-01", "end": "2026-12-15"}, ""),
    "plan": ({"agreed_on": "2026-11-01"}, ""),
}
SECRET, FLAT = "Salakuja 77", "Piilopolku 5"
#: where lists, rows and titles are, besides the lists of each kind
WALKED = (
    *(
        "/",
        "/clients",
        "/clients/:caseId",
        "/clients/:caseId/entries",
        "/clients/:caseId/own-page",
        "/intakes",
        "/week",
    ),
    *("/clients/:caseId/documents", "/clients/:caseId/same", "/search", "/reminders/:reminder?", "/out", "/outbox"),
    *("/held", "/team/:kind", "/check-in/:caseId?/:record?"),
)
LISTS = ("/clients", "/intakes", *(f"/lists/{kind}" for kind in LISTED))


def test_lists_across_clients_open_no_case_file(phone_of: PhoneOf, office: Office) -> None:
    """[G5] They say the same once every case file is gone from the device, and nothing notes that one was read."""
    paavo = office.clients.paavo
    with office.colleague(office.cast.aino) as desk:
        for number, (kind, (fields, _)) in enumerate(LISTED.items()):
            record = f"019273ab-0000-7000-8000-00000000{number:04x}"
            desk.write(WRITTEN, kind, paavo.case, record, fields)
    phone = phone_of("aino")
    phone.fetch()
    wait_until_sent(phone)
    before = readings(office)
    whole = said(phone.page)
    for kind, (_, words) in LISTED.items():
        assert paavo.name in whole[f"/lists/{kind}"], kind
        assert words in whole[f"/lists/{kind}"], kind
    phone.fetch()
    assert readings(office) == before
    assert phone.page.evaluate(EMPTY_CASE_FILES) >= 4
    phone.close()
    phone.open(offline=True)
    phone.unlock(PASSWORD)
    assert said(phone.page) == whole
    # They were gone indeed: a client's own page has nothing of the rent.
    open_client(phone, paavo)
    expect(phone.page.get_by_text(kind_word("rent", "~rent_unpaid"))).to_have_count(0)


def test_g12_no_list_tells_where_a_protected_client_lives(phone_of: PhoneOf, office: Office) -> None:
    """[G12] Not Tänään, where two wrote the address differently, no list, row or title; a page when asked."""
    paavo = office.clients.paavo
    stay, application, dwelling = (f"019273ab-0000-7000-8000-00000000{number:04x}" for number in (1, 2, 3))
    with office.colleague(office.cast.liisa) as desk:
        desk.write(WRITTEN, "dwelling", office.cast.aino.org, dwelling, {"address": FLAT})
        desk.write(WRITTEN, "stay", paavo.case, stay, LISTED["stay"][0] | {"address": SECRET, "dwelling": dwelling})
        desk.write(WRITTEN, "application", paavo.case, application, LISTED["application"][0] | {"address": SECRET})
        (client,) = [one for one in desk.records.values() if one["kind"] == "case" and one["case"] == paavo.case]
        for number, flags in ((1, ["non_disclosure"]), (2, ["dog"])):
            values = {"safety": flags, "address": f"{SECRET} A {number}", "door_code": f"{SECRET} {number}"}
            desk.write(WRITTEN + number, "case", paavo.case, client["id"], values, {})
    phone = phone_of("aino")
    phone.fetch()
    at = addresses(office, application)
    kinds = [name for name, kind in KINDS.items() if kind.home_file in {"case", "intake"} and not kind.made_by_hand]
    told = {}
    for address in (*(at[name] for name in WALKED), *(f"/lists/{kind}" for kind in kinds)):
        go(phone.page, address)
        told[address] = phone.page.locator("body").inner_text()
    file = at["/clients/:caseId"]
    for address in (*(f"{file}/{kind}" for kind in kinds), f"{file}/stay/{stay}", f"{file}/application/{application}"):
        go(phone.page, address)
        told[address] = phone.page.locator("body").inner_text()
    assert [address for address, said_there in told.items() if SECRET in said_there or FLAT in said_there] == []
    assert kind_word("case", "address") in told["/"]
    go(phone.page, f"{file}/stay/{stay}")
    phone.button(fi("caseFile.showAddress")).first.click()
    shown = phone.page.locator(CURRENT)
    expect(shown).to_contain_text(SECRET)
    expect(shown).to_contain_text(FLAT)


def said(page: Page) -> dict[str, str]:
    found = {}
    for address in LISTS:
        go(page, address)
        # Beneath the header's word on sending.
        found[address] = page.locator(CURRENT).inner_text().partition("\n")[2]
    return found


def readings(office: Office) -> int:
    ((count,),) = office.rows("SELECT count(*) FROM reading")
    return int(count)
