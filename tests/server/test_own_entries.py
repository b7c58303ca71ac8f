"""/api/catalogue: what an organisation adds to lists, in which order, under which words; retired, never removed."""

from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.catalogue import OPEN_LISTS, OWN_PREFIX, catalogue
from server.config import LIMITS
from server.core.models import AuditEvent, db
from server.documents.declaration import PATH as DECLARED
from tests.cast import Cast, Phone, SignIn
from tests.reminding import CASE, Entries, Now, open_case

PATH, TOPIC = "/api/catalogue", "session_topic"
WORDS = {"fi": "Polkupyöräpaja", "sv": "Cykelverkstad", "en": "Bicycle workshop"}


def add(phone: Phone, list_: str = TOPIC, **words: str) -> TestResponse:
    return phone.post(PATH, {"catalogue": list_, **WORDS, **words})


def entries(phone: Phone) -> list[dict[str, Any]]:
    answer = phone.get(PATH)
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return list(answer.json["entries"])


def problem(answer: TestResponse) -> tuple[int, Any]:
    assert answer.json is not None
    said = answer.json["problem"]
    return answer.status_code, said.get("fields") or said["code"]


def test_a20_added_named_ordered_and_retired(app: Flask, sign_in: SignIn) -> None:
    """[A20] Everybody's device is told, and of another organisation nobody; the log holds what was said."""
    satu, aino = sign_in("satu"), sign_in("aino")
    assert add(satu).status_code == 200
    assert add(satu, fi="Talonyhtiöt", sv="Husbolag", en="Housing companies").status_code == 200
    first, second = entries(aino)
    assert first == {"code": first["code"], "catalogue": TOPIC, "retired": False, **WORDS}
    assert first["code"].startswith(OWN_PREFIX)
    order = {"catalogue": TOPIC, "codes": [second["code"], first["code"]]}
    assert satu.put(f"{PATH}/order", order).status_code == 200
    assert [each["fi"] for each in entries(aino)] == ["Talonyhtiöt", "Polkupyöräpaja"]
    changed = WORDS | {"sv": "Cykelverkstaden", "retired": True}
    assert satu.put(f"{PATH}/entries/{first['code']}", changed).status_code == 200
    assert entries(aino)[1] == {**first, "sv": "Cykelverkstaden", "retired": True}
    assert entries(sign_in("olli")) == []
    with app.app_context():
        noted = select(AuditEvent.event, AuditEvent.detail).where(AuditEvent.event.like("own_entr%"))
        said = [(row.event, orjson.loads(row.detail)) for row in db.session.execute(noted.order_by(AuditEvent.at))]
    assert [event for event, _ in said] == ["own_entry_added"] * 2 + ["own_entries_ordered", "own_entry_changed"]
    assert said[-1][1] == {"code": first["code"], **changed}


def test_a20_what_is_refused(sign_in: SignIn) -> None:
    """[A20] In the field where it can be mended; nothing is removed; a foreign code is no code; others only read."""
    satu = sign_in("satu")
    assert add(satu).status_code == 200
    (own,) = entries(satu)
    assert problem(add(satu, fi="polkupyöräPAJA", sv="B", en="C")) == (422, {"fi": ["taken"]})
    assert problem(add(satu, fi="B\u0007", sv="B", en="B")) == (422, {"fi": ["invalid"]})
    assert add(satu, "role").status_code == 422
    assert add(satu, en=" ").status_code == 422
    assert problem(satu.put(f"{PATH}/order", {"catalogue": TOPIC, "codes": ["org.0"]})) == (422, {"codes": ["others"]})
    for unknown in ("org.000000000000", "org.%00"):
        assert problem(satu.put(f"{PATH}/entries/{unknown}", WORDS | {"retired": True}))[0] == 404
    assert satu.delete(f"{PATH}/entries/{own['code']}").status_code == 405
    for name in ("aino", "mikko"):
        assert problem(add(sign_in(name), fi="B", sv="B", en="B")) == (403, "not_allowed")
    assert [each["code"] for each in entries(satu)] == [own["code"]]
    for number in range(1, LIMITS.own_entries_max):
        assert add(satu, **{language: f"{language} {number}" for language in WORDS}).status_code == 200
    assert problem(add(satu, fi="B", sv="B", en="B")) == (422, {"catalogue": ["too_many"]})


def test_a20_a_record_says_it_and_a_report_calls_it_by_its_name(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A20, W11] Taken at the door also where it is retired; what only looks like a code is refused as ever."""
    satu = sign_in("satu")
    assert add(satu, "unmet_need_kind", fi="Pyykkitupa", sv="Tvättstuga", en="Laundry").status_code == 200
    (own,) = entries(satu)
    open_case(app, cast.aino, cast.mikko)
    enter = Entries(app, Now())
    enter(cast.aino, "header-own", {"client_id": "A-1"}, kind="case", case=CASE)
    enter(cast.aino, "need-1", {"unmet_need_kind": own["code"], "on": "2025-06-01"}, kind="unmet_need", case=CASE)
    assert satu.put(f"{PATH}/entries/{own['code']}", {**WORDS, "fi": "Pesutupa", "retired": True}).status_code == 200
    for language, called in (("fi", "Pesutupa"), ("en", WORDS["en"])):
        asked = f"/api/reports/unmet_needs?from=2025-01-01&to=2025-12-31&language={language}"
        answer = sign_in("mikko").get(asked)
        assert answer.json is not None
        labels = [row["cells"][0] for table in answer.json["tables"] for row in table["rows"]]
        assert called in labels, labels
        assert own["code"] not in labels
    with pytest.raises(AssertionError):
        enter(cast.aino, "need-2", {"unmet_need_kind": "org.made_up"}, kind="unmet_need", case=CASE)


def test_a20_open_lists_decide_nothing() -> None:
    """[A20] No code of the product looks like an own one; no national document reads a list that is added to."""
    codes = [entry["code"] for entries in catalogue()["catalogues"].values() for entry in entries]
    assert not [code for code in codes if code.startswith(OWN_PREFIX)]
    written = DECLARED.read_text(encoding="utf-8")
    assert not [name for name in OPEN_LISTS if f'"{name}"' in written]
