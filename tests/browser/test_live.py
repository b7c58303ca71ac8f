"""What a colleague sent stands on the screen at once, though nobody asked for it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.screens import open_client
from tests.browser.test_new_client import write_note


def test_p11_a_colleagues_note_comes_by_itself(phone_of: PhoneOf, office: Office) -> None:
    """[P11] Within seconds, where it would come within a minute otherwise; a second one too; and after a restart."""
    office.kill()
    office.live = True
    office.start()
    office.wait()
    aino, mikko = phone_of("aino"), phone_of("mikko")
    for phone in (aino, mikko):
        phone.fetch()
        open_client(phone, office.clients.paavo)
    write_note(aino, "Avain on huoltoyhtiöllä.")
    expect(mikko.page.get_by_text("Avain on huoltoyhtiöllä.").first).to_be_visible()
    open_client(aino, office.clients.paavo)
    write_note(aino, "Huoltomies käy huomenna.")
    expect(mikko.page.get_by_text("Huoltomies käy huomenna.").first).to_be_visible()
