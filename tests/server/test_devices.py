"""GET /api/devices and DELETE /api/devices/<id>."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from server.config import LIMITS
from server.core.database import writing
from server.core.models import Device, User
from tests.cast import Cast, Phone, SignIn, give_second_factor


def ids(phone: Phone) -> dict[str, bool]:
    """Which devices are listed, and whether each is revoked."""
    reply = phone.get("/api/devices")
    assert reply.json is not None
    return {device["id"]: device["revoked"] for device in reply.json["devices"]}


def test_it_works(sign_in: SignIn) -> None:
    phone = sign_in("aino")
    sign_in("aino", device="laptop")
    sign_in("liisa")
    reply = phone.get("/api/devices")
    assert reply.json is not None
    listed = {device["id"]: device for device in reply.json["devices"]}
    assert listed.keys() == {"phone-of-aino", "laptop"}
    signed_in_at = listed["laptop"].pop("created_at")
    assert listed["laptop"].pop("last_sync_at") >= signed_in_at, "signing in is a contact"
    assert len(signed_in_at) == len("2026-01-01T00:00:00Z")
    assert listed["laptop"] == {
        "id": "laptop",
        "name": "Phone",
        "current": False,
        "revoked": False,
        "wipe_asked_at": None,
        "wiped_at": None,
    }
    assert listed["phone-of-aino"]["current"]


def test_the_list_comes_in_pages(app: Flask, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, the newest first, also where one signs in between two pages; an invented place is a place."""
    monkeypatch.setattr("server.core.pages.LIMITS", replace(LIMITS, list_page_max=4))
    monkeypatch.setattr("server.api.devices.LIMITS", replace(LIMITS, list_page_max=4))
    phone = sign_in("aino")
    with app.app_context(), writing() as transaction:
        for number in range(10):
            made = {"created_at": f"2026-01-01T00:00:0{number // 3}Z", "name": "Phone", "credential_hash": None}
            transaction.add(Device(id=f"d-{number}", org=cast.aino.org, user=cast.aino.id, **made))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        reply = phone.get(f"/api/devices?{urlencode({'after': after})}").get_json()
        assert len(reply["devices"]) <= 4
        seen += [device["id"] for device in reply["devices"]]
        after = reply["next"]
        sign_in("aino", device=f"newer-{len(seen)}")
    assert seen == ["phone-of-aino", *(f"d-{number}" for number in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0))]
    assert phone.get(f"/api/devices?{urlencode({'after': 'x'})}").status_code == 200


def test_a_revoked_device_is_refused_on_its_next_request(sign_in: SignIn) -> None:
    """Security 11."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    assert laptop.delete("/api/devices/phone-of-aino").status_code == 204
    assert ids(laptop) == {"phone-of-aino": True, "laptop": False}
    reply = phone.get("/api/devices")
    assert (reply.status_code, reply.json) == (403, {"problem": {"code": "device_revoked"}})
    assert phone.post("/api/password").status_code == 403


def test_a_revoked_device_may_stay_in_touch_and_sign_out(sign_in: SignIn) -> None:
    """Its session lives for one purpose: handing in the outbox."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.delete("/api/devices/phone-of-aino")
    assert phone.refresh().status_code == 200
    assert phone.sign_out().status_code == 204


def test_revoking_twice_is_revoking_once(sign_in: SignIn) -> None:
    laptop = sign_in("aino", device="laptop")
    sign_in("aino")
    assert laptop.delete("/api/devices/phone-of-aino").status_code == 204
    assert laptop.delete("/api/devices/phone-of-aino").status_code == 204


@pytest.mark.parametrize("who", ["mikko", "satu"])
def test_who_answers_for_her_may_revoke(sign_in: SignIn, who: str) -> None:
    sign_in("aino")
    assert sign_in(who).delete("/api/devices/phone-of-aino").status_code == 204


@pytest.mark.parametrize("who", ["liisa", "sanna", "olli"])
def test_nobody_else_may(sign_in: SignIn, who: str) -> None:
    """Security 6."""
    aino = sign_in("aino")
    assert sign_in(who).delete("/api/devices/phone-of-aino").status_code == 404
    assert ids(aino) == {"phone-of-aino": False}


def test_an_administrator_of_another_organisation_may_not(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """Security 8."""
    with app.app_context(), writing() as transaction:
        user = transaction.get_one(User, cast.olli.key)
        user.role = "admin"
        give_second_factor(transaction, user)
    sign_in("aino")
    assert sign_in("olli").delete("/api/devices/phone-of-aino").status_code == 404


def test_a_leader_answers_for_the_own_team_only(sign_in: SignIn) -> None:
    """Security 6."""
    sign_in("sanna")
    assert sign_in("mikko").delete("/api/devices/phone-of-sanna").status_code == 404


def test_a_foreign_device_cannot_be_told_from_none(sign_in: SignIn) -> None:
    """Security 8."""
    sign_in("olli")
    aino = sign_in("aino")
    foreign, absent = (aino.delete(f"/api/devices/{id_}") for id_ in ("phone-of-olli", "none"))
    assert foreign.status_code == absent.status_code == 404
    assert foreign.data == absent.data


def test_v10_a_wiped_device_hears_that_and_nothing_else(sign_in: SignIn) -> None:
    """[V10] Its refresh and its outbox too; once it has reported, its sessions are over."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    assert laptop.post("/api/devices/phone-of-aino/wipe").status_code == 204
    sync: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}
    replies = [
        phone.get("/api/session"),
        phone.post("/api/sync", sync),
        phone.refresh(),
        phone.get("/api/devices"),
    ]
    assert [(reply.status_code, reply.get_json()) for reply in replies] == [
        (403, {"problem": {"code": "device_wiped"}})
    ] * 4
    told = laptop.get("/api/devices").get_json()["devices"]
    (asked,) = (device for device in told if device["id"] == "phone-of-aino")
    assert (asked["wipe_asked_at"] is None, asked["wiped_at"]) == (False, None)
    assert phone.locked("/wiped", "POST").status_code == 204
    assert phone.get("/api/session").status_code == 401
    told = laptop.get("/api/devices").get_json()["devices"]
    assert [device["wiped_at"] is None for device in told if device["id"] == "phone-of-aino"] == [False]


def test_v10_who_may_wipe(sign_in: SignIn) -> None:
    """[V10] Security 6 and 8: oneself, one's leader, an administrator."""
    phone = sign_in("aino")
    for who in ("liisa", "sanna", "olli"):
        foreign, absent = (sign_in(who).post(f"/api/devices/{id_}/wipe") for id_ in ("phone-of-aino", "nothing"))
        assert (foreign.status_code, foreign.data) == (404, absent.data)
    assert phone.delete("/api/devices/%00").status_code == phone.post("/api/devices/%00/wipe").status_code == 404
    assert phone.get("/api/session").status_code == 200
    assert sign_in("mikko").post("/api/devices/phone-of-aino/wipe").status_code == 204
    assert phone.get("/api/session").status_code == 403
