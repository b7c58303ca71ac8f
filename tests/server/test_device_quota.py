"""How much one device may ask for."""

import time
from typing import Any

from flask import Flask

from server.config import LIMITS
from server.core.device_quota import Spent, quota_of
from tests.cast import ON_SQLITE, SignIn

ASKING: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}


@ON_SQLITE
def test_a_device_that_asks_for_too_much_at_once_waits_and_others_do_not(app: Flask, sign_in: SignIn) -> None:
    """Security 37."""
    aino, laptop, liisa = sign_in("aino"), sign_in("aino", device="laptop"), sign_in("liisa")
    running = quota_of(app).running
    running["phone-of-aino"] = LIMITS.device_requests_max
    refused = aino.get("/api/devices")
    assert (refused.status_code, refused.json) == (503, {"problem": {"code": "try_later"}})
    assert refused.headers["Retry-After"] == "1"
    assert [phone.get("/api/devices").status_code for phone in (laptop, liisa)] == [200, 200]
    assert running.pop("phone-of-aino") == LIMITS.device_requests_max
    assert aino.get("/api/devices").status_code == 200


@ON_SQLITE
def test_a_device_exchanges_twice_at_once_at_most(app: Flask, sign_in: SignIn) -> None:
    """Security 37. [R2] asks for no more; what its screens ask is answered meanwhile."""
    aino = sign_in("aino")
    quota_of(app).exchanging["phone-of-aino"] = LIMITS.device_exchanges_max
    assert aino.post("/api/sync", ASKING).status_code == 503
    assert aino.get("/api/devices").status_code == 200


@ON_SQLITE
def test_a_device_that_has_had_much_done_waits_as_long_as_it_is_told(app: Flask, sign_in: SignIn) -> None:
    """Security 37: the processor's time is counted, not requests; others do not wait."""
    aino, liisa = sign_in("aino"), sign_in("liisa")
    spent = quota_of(app).spent
    spent["phone-of-aino"] = Spent(LIMITS.device_work_s + 10, time.monotonic())
    refused = aino.post("/api/sync", ASKING)
    wait_s = int(refused.headers["Retry-After"])
    assert (refused.status_code, 30 < wait_s <= 41) == (503, True)
    assert liisa.post("/api/sync", ASKING).status_code == 200
    spent["phone-of-aino"].at -= wait_s
    assert aino.post("/api/sync", ASKING).status_code == 200


@ON_SQLITE
def test_work_is_counted_and_over_whatever_comes_of_it(app: Flask, sign_in: SignIn) -> None:
    aino = sign_in("aino")
    for path in ("/api/devices", "/api/nothing", "/api/review-queue"):
        aino.get(path)
    aino.post("/api/sync", {"protocol": "x"})
    here = quota_of(app)
    assert not here.running
    assert not here.exchanging
    assert 0 < here.spent["phone-of-aino"].seconds < LIMITS.device_work_s
