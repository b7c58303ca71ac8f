"""Contacts that nobody planned: kind, place, colleague, methods and working time are what was chosen, a fold away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.test_forms import changes, new_visit, sent_from, unfold
from tests.browser.words import fi, label


def test_a_call_is_what_it_was(aino: Phone, ainos_office: Office) -> None:
    """[E6] [row 18] A17: with a landlord, indirect work, with a colleague; a fold away from ＋ Puhelu."""
    before = len(changes(ainos_office))
    sheet = new_visit(aino, ainos_office.clients.eino, "?kind=call")
    unfold(aino, "visit.kindMore")
    aino.field(fi("caseFile.planWhat")).select_option("landlord_contact")
    aino.field(fi("caseFile.planPartner")).select_option(ainos_office.cast.liisa.id)
    aino.page.get_by_role("radio", name=label("time_entry_kind", "client_work_indirect")).check()
    aino.tap(aino.button(fi("visit.allMethods")))
    aino.page.get_by_role("checkbox", name=label("work_method", "network_work")).check()
    sheet.save()
    (change,) = sent_from(aino, ainos_office)[before:]
    wanted: dict[str, Any] = {"visit_kind": "landlord_contact", "mode": "phone", "methods": ["network_work"]}
    assert (
        change["set"] | wanted | {"partner": ainos_office.cast.liisa.id, "minutes/client_work_indirect": 10}
        == change["set"]
    )
    assert "minutes/client_work_direct" not in change["set"]


#: how ＋ begins it, what is chosen a fold away, and what is stored
CONTACTS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "a visit that was an errand for two": (
        "",
        {"caseFile.planWhat": "accompanied_errand", "caseFile.planWhere": "authority", "methods": ["accompanying"]},
        {
            "visit_kind": "accompanied_errand",
            "place": "authority",
            "mode": "face_to_face",
            "methods": ["accompanying"],
            "minutes/client_work_direct": 60,
        },
    ),
    "a meeting without the client": (
        "",
        {"caseFile.planWhat": "network_meeting", "caseFile.planWhere": "office", "work": "client_work_indirect"},
        {
            "visit_kind": "network_meeting",
            "place": "office",
            "mode": "face_to_face",
            "minutes/client_work_indirect": 60,
        },
    ),
    "a call of which only the method is chosen": (
        "?kind=call",
        {"methods": ["guidance_and_advice"]},
        {
            "visit_kind": "phone_support",
            "place": "remote",
            "mode": "phone",
            "methods": ["guidance_and_advice"],
            "minutes/client_work_direct": 10,
        },
    ),
    "a call that nobody answered": (
        "?kind=call",
        {"outcome": "no_answer"},
        {"visit_kind": "phone_support", "place": "remote", "mode": "phone", "outcome": {"code": "no_answer"}},
    ),
    "an errand at a landlord's": (
        "?kind=errand",
        {"caseFile.planWhere": "landlord_premises"},
        {
            "visit_kind": "accompanied_errand",
            "place": "landlord_premises",
            "mode": "face_to_face",
            "minutes/client_work_direct": 60,
        },
    ),
}


@pytest.mark.parametrize("contact", CONTACTS)
def test_an_unplanned_contact_is_what_was_chosen(aino: Phone, ainos_office: Office, contact: str) -> None:
    """[E6] [row 18] A17: nothing else is stored of it, and no minutes of another sort of work."""
    begun, chosen, wanted = CONTACTS[contact]
    before = len(changes(ainos_office))
    sheet = new_visit(aino, ainos_office.clients.eino, begun)
    if "outcome" in chosen:
        sheet.choose(label("visit_outcome", chosen["outcome"]))
    unfold(aino, "visit.kindMore")
    for field in ("caseFile.planWhat", "caseFile.planWhere"):
        if field in chosen:
            aino.field(fi(field)).select_option(chosen[field])
    if "two" in contact:
        aino.field(fi("caseFile.planPartner")).select_option(ainos_office.cast.liisa.id)
        wanted = wanted | {"partner": ainos_office.cast.liisa.id}
    if "work" in chosen:
        aino.page.get_by_role("radio", name=label("time_entry_kind", chosen["work"])).check()
    if "methods" in chosen:
        aino.tap(aino.button(fi("visit.allMethods")))
        for method in chosen["methods"]:
            aino.page.get_by_role("checkbox", name=label("work_method", method)).check()
    sheet.save()
    (change,) = sent_from(aino, ainos_office)[before:]
    said = {path: value for path, value in change["set"].items() if path not in {"actual", "worker"}}
    assert said == {"outcome": {"code": "done"}} | wanted
