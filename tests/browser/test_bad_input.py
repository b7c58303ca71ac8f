"""Rules broken on purpose: said at the field in the person's words, and what was typed is kept as a draft."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.rows.entry import Entry, Typed
from tests.browser.rows.form import fill
from tests.browser.words import fi, kind_word


@dataclass(frozen=True)
class Broken:
    """What somebody types, what is said, at which field, and the field in which the draft still has what was typed."""

    name: str
    address: str
    #: of a declared kind by its fields, of a form made by hand by their labels
    typed: dict[str, Typed]
    said: str
    at: str
    kept: str
    #: how the draft is called under *Kesken*
    draft: str
    kind: str = ""


def of_kind(kind: str, rule: str, at: str, kept: str, **typed: Typed) -> Broken:
    address, said = f"/clients/{{case}}/{kind}/new/edit", kind_word(kind, f"!{rule}")
    return Broken(f"{kind} {rule}", address, typed, said, f"{kind}-{at}", kept, kind_word(kind), kind)


LET = "Muuta kotia ei löytynyt."
TABLE = (
    of_kind("stay", "account", "stay_kind", "start", stay_kind="sublet", start="2026-02-02", why_last_resort=LET),
    of_kind("stay", "backwards", "end", "start", stay_kind="hostel", start="2026-02-02", end="2026-02-01"),
    of_kind("exit", "outcomes", "outcomes", "next_plan", reason="own_rental_home", next_plan="Velkaneuvonta."),
    of_kind("decision", "backwards", "end", "start", start="2026-11-01", end="2026-10-31"),
    of_kind("plan", "client_part", "client_part", "worker_part", worker_part="Käyn.", agreed_on="2026-11-20"),
    Broken(
        "a visit of 30 hours",
        "/clients/{case}/visits/new",
        {fi("visit.note"): "Oltiin pitkään.", fi("visit.direct"): "1800"},
        fi("visit.minutesWrong"),
        "visit-minutes",
        fi("visit.note"),
        fi("adding.unfinishedNames.visit"),
    ),
    Broken(
        "a minor without a reason",
        "/clients/new",
        {fi("clientForm.givenNames"): "Kerttu", fi("clientForm.birthYear"): "2012"},
        fi("clientForm.ageOverrideMissing"),
        "client-ageOverride",
        fi("clientForm.birthYear"),
        fi("adding.unfinishedNames.client"),
    ),
)


@pytest.mark.parametrize("broken", TABLE, ids=[one.name for one in TABLE])
def test_e8_a_rule_broken_on_purpose(aino: Phone, ainos_office: Office, broken: Broken) -> None:
    """[E8] [G4] [U18] Without a network: the form says it at the field, and the draft is gone on with from Tänään."""
    aino.offline()
    go(aino.page, broken.address.format(case=ainos_office.clients.eino.case))
    unfold(aino)
    for name, value in broken.typed.items():
        write(aino, broken, name, value)
    aino.tap(aino.button(fi("shell.save")))
    told = aino.page.get_by_role("alert").get_by_role("link", name=broken.said)
    expect(told).to_have_attribute("href", f"#{broken.at}")
    expect(here(aino).get_by_text(broken.said)).to_have_count(2)
    typed = field(aino, broken, broken.kept).input_value()
    aino.tap(aino.button(fi("kind.draft")))
    expect(aino.page.get_by_text(fi("kind.draftKept"))).to_be_visible()
    expect(told).to_have_count(0)
    go(aino.page, "/")
    here(aino).get_by_role("link", name=re.compile(broken.draft)).first.click()
    expect(aino.page.get_by_text(fi("entries.draftFound", "").rstrip(" ."))).to_be_visible()
    assert typed != ""
    expect(field(aino, broken, broken.kept)).to_have_value(typed)
    aino.tap(aino.button(fi("entries.startOver")))
    expect(field(aino, broken, broken.kept)).not_to_have_value(typed)
    aino.offline(False)


def write(phone: Phone, broken: Broken, name: str, value: Typed) -> None:
    if broken.kind:
        fill(phone, Entry((), broken.kind, {}, "", ""), name, value)
    else:
        field(phone, broken, name).fill(str(value))


def field(phone: Phone, broken: Broken, name: str) -> Locator:
    if broken.kind:
        return phone.page.locator(f'[id="{broken.kind}-{name}"]')
    return here(phone).get_by_label(re.compile(f"^{re.escape(name)}")).first


def unfold(phone: Phone) -> None:
    here(phone).locator("details").evaluate_all("(folds) => folds.forEach((fold) => { fold.open = true; })")


def here(phone: Phone) -> Locator:
    return phone.page.locator(CURRENT)
