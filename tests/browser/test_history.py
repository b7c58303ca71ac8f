"""The history of an entry in a cellar, on a phone that never looked at it before."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.screens import open_goal
from tests.browser.words import fi
from tests.cast import PASSWORD


def test_history_of_the_coming_days_is_there_without_a_network(phone_of: PhoneOf, office: Office) -> None:
    """[L6] Aino signs in, gets her clients of the week, goes into a cellar and looks at who wrote Kerttu's goal."""
    kerttu, eino, tyyne = office.clients.kerttu, office.clients.eino, office.clients.tyyne
    aino = phone_of("aino", fresh=True)
    # One file after the other, the nearest visit first: when Eino's is asked for, Kerttu's lies sealed.
    with aino.page.expect_request(re.compile(f"/api/cases/{eino.case}/history")):
        aino.sign_in("aino", PASSWORD)
    expect(aino.today).to_be_visible()
    aino.wait_for_the_shell()
    aino.offline()
    open_goal(aino, kerttu)
    aino.go("entries.history")
    moments = aino.page.get_by_role("listitem").filter(has=aino.page.locator("time"))
    expect(moments).to_have_count(1)
    expect(moments).to_contain_text(fi("entries.me"))
    expect(moments).to_contain_text(kerttu.goal_title)
    expect(aino.page.get_by_text(fi("entries.historyPartly"))).to_be_hidden()
    open_goal(aino, tyyne)
    aino.go("entries.history")
    expect(aino.page.get_by_text(fi("entries.historyPartly"))).to_be_visible()
