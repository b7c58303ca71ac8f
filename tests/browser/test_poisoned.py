"""Text out of an address does not stop what waits: found as A1, a client's address with a full stop behind its id."""

from __future__ import annotations

import re

import orjson
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.screens import log_unplanned, open_client, wait_until_sent
from tests.browser.test_outbox import section, write_note
from tests.browser.words import fi
from tests.cast import PASSWORD


@pytest.mark.parametrize("behind", [".", "%20", "/visits/new."])
def test_r11_an_address_with_something_behind_the_id(phone_of: PhoneOf, office: Office, behind: str) -> None:
    """[R11, R13] It is no screen of a client; what is written afterwards is sent, also after a reload."""
    phone = phone_of("aino")
    eino = office.clients.eino
    phone.page.goto(f"{phone.address}/clients/{eino.case}{behind}")
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page.get_by_role("heading", level=1, name=fi("help.notFound"))).to_be_visible()
    phone.tap(phone.page.get_by_role("main").get_by_role("link", name=fi("shell.today")).last)
    write_note(phone, office, "Soitettiin yhdessä vuokranantajalle.")
    wait_until_sent(phone)
    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    log_unplanned(phone, office.clients.kerttu).save()
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"note": 1, "visit": 1}
    known = [client.case for client in vars(office.clients).values()]
    assert {case for (case,) in office.rows('SELECT "case" FROM reading')} <= set(known)


def test_r13_a_reading_that_the_office_does_not_take(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R13, W14] It stands in Lähtevät with its reason, nothing waits for it, and it can be put away."""
    phone = phone_of("aino")

    def refusing(asked: bytes, answer: bytes) -> bytes:
        """The reading is refused as often as it is sent: a phone that gave up on a reply sends it again."""
        reply = orjson.loads(answer)
        if not orjson.loads(asked).get("reads") or "records" not in reply:
            return answer
        refused = [{"list": "reads", "index": 0, "problem": {"code": "item_malformed"}}]
        head = orjson.dumps({key: value for key, value in reply.items() if key != "records"} | {"refused": refused})
        return head[:-1] + b',"records":' + orjson.dumps(reply["records"]) + b"}"

    edge.answered["/api/sync"] = refusing
    open_client(phone, office.clients.eino)
    phone.fetch()
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    phone.tap(phone.chip)
    card = phone.page.get_by_role("region", name=re.compile(fi("outbox.reading")))
    expect(card).to_contain_text(office.clients.eino.case)
    expect(card.get_by_role("button")).to_have_count(1)
    phone.tap(card.get_by_role("button", name=fi("outbox.putAway")))
    expect(card).to_have_count(0)
    expect(section(phone, "outbox.needsFixing")).to_have_count(0)
    del edge.answered["/api/sync"]
    log_unplanned(phone, office.clients.kerttu).save()
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}
