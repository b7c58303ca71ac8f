"""POST /api/sync as HTTP: bodies, encodings, who asks. What it does to records is in tests/sync."""

import gzip
from typing import Any

import orjson
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.config import LIMITS
from server.core.database import writing
from server.sync import scope
from tests.cast import ON_SQLITE, Cast, Phone, SignIn

CASE = "case-1"
STAMP = "1790000000000-0000-0123456789ab"
XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "</textarea><svg onload=alert(1)>",
    "\u2028\u2029\u0000'\"`${1}",
]


@pytest.fixture
def aino(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Her phone; she and Liisa have the one case file."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        for person in (cast.aino, cast.liisa):
            scope.grant(transaction, person.org, person.id, [CASE], "own_client")
    return sign_in("aino")


def request(*changes: dict[str, Any], cursor: str | None = None, **more: Any) -> dict[str, Any]:
    return {"protocol": 2, "schema": 1, "cursor": cursor, "changes": list(changes), "more_follow": False} | more


def note(number: int = 1, text: str = "Entry", **more: Any) -> dict[str, Any]:
    change = {"id": f"change-{number}", "record": f"note-{number}", "kind": "note", "case": CASE}
    return change | {"at": STAMP, "set": {"text": text}, "seen": {}} | more


def send(phone: Phone, body: bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return phone.client.post("/api/sync", data=body, content_type="application/json", headers=phone.headers | named)


def all_of(phone: Phone) -> list[dict[str, Any]]:
    """Every record that a fresh device of this person gets."""
    records: list[dict[str, Any]] = []
    cursor = None
    while True:
        reply = phone.post("/api/sync", request(cursor=cursor)).json
        assert reply is not None
        records += reply["records"]
        cursor = reply["cursor"]
        if not reply["more"]:
            return records


def test_it_works(aino: Phone, cast: Cast) -> None:
    """[W1] [W2]"""
    reply = aino.post("/api/sync", request(note()))
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.json is not None
    assert reply.json["protocol"] == 2
    assert reply.json["epoch"]
    (verdict,) = reply.json["verdicts"]
    assert (verdict["id"], verdict["verdict"]) == ("change-1", "applied")
    (record,) = (record for record in all_of(aino) if record["kind"] == "note")
    assert record["by"] == [["change-1", STAMP, cast.aino.id]]


def test_bodies_are_gzip_both_ways(aino: Phone) -> None:
    """[W10]"""
    packed = gzip.compress(orjson.dumps(request(*(note(number) for number in range(50)))))
    reply = send(aino, packed, Content_Encoding="gzip", Accept_Encoding="gzip")
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in reply.headers["Vary"]
    unpacked = orjson.loads(gzip.decompress(reply.data))
    assert [verdict["verdict"] for verdict in unpacked["verdicts"]] == ["applied"] * 50


@ON_SQLITE
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"protocol": NaN}',
        b'{"protocol": 2, "schema": 1, "changes": [], "cursor": "\\ud800"}',
        b'{"protocol": 2, "schema": 1, "changes": {}}',
        b'{"protocol": "1", "schema": 1}',
        b'{"protocol": 2, "schema": 1, "cursor": 7}',
        b'{"protocol": 2, "schema": 1, "changes": [], "more_follow": "yes"}',
        b"[" * 100_000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b"<html><body>Sign in to the hotel's network</body></html>",
    ],
    ids=range(15),
)
def test_a_broken_body_is_refused_as_a_whole(aino: Phone, body: bytes) -> None:
    """[W10] Faults 6 and 9."""
    reply = send(aino, body)
    assert (reply.status_code, reply.json) == (400, {"problem": {"code": "body_malformed"}})


@ON_SQLITE
@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd"])
def test_a_body_that_is_not_as_it_says_is_refused(aino: Phone, encoding: str) -> None:
    """[W10]"""
    reply = send(aino, orjson.dumps(request(note())), Content_Encoding=encoding)
    assert (reply.status_code, reply.json) == (400, {"problem": {"code": "body_malformed"}})
    assert not [record for record in all_of(aino) if record["kind"] == "note"]


@ON_SQLITE
def test_a_cut_gzip_body_is_refused(aino: Phone) -> None:
    """[W10] Fault 6."""
    packed = gzip.compress(orjson.dumps(request(note())))
    reply = send(aino, packed[:-9], Content_Encoding="gzip")
    assert (reply.status_code, reply.json) == (400, {"problem": {"code": "body_malformed"}})


@ON_SQLITE
def test_a_gzip_bomb_is_refused(aino: Phone) -> None:
    """[W10] Fault 8."""
    bomb = gzip.compress(b" " * (LIMITS.body_bytes_max + 1))
    assert len(bomb) < LIMITS.body_packed_bytes_max
    reply = send(aino, bomb, Content_Encoding="gzip")
    assert (reply.status_code, reply.json) == (413, {"problem": {"code": "body_too_large"}})


def test_a_batch_at_its_limit_is_taken_and_one_past_it_is_not(aino: Phone) -> None:
    """[W10]"""
    changes = [note(number) for number in range(LIMITS.batch_changes_max + 1)]
    too_many = aino.post("/api/sync", request(*changes))
    assert (too_many.status_code, too_many.json) == (413, {"problem": {"code": "body_too_large"}})
    assert aino.post("/api/sync", request(*changes[:-1])).status_code == 200


def test_what_a_body_claims_of_its_sender_is_ignored(aino: Phone, sign_in: SignIn, cast: Cast) -> None:
    """[W6] Security 9."""
    claims: dict[str, Any] = {
        "author": cast.liisa.id,
        "user": cast.liisa.id,
        "org": cast.olli.org,
        "role": "admin",
        "seq": 1,
    }
    reply = aino.post("/api/sync", request(note() | claims, device="phone-of-liisa", **claims))
    assert reply.status_code == 200
    (record,) = (record for record in all_of(sign_in("liisa")) if record["kind"] == "note")
    assert record["by"] == [["change-1", STAMP, cast.aino.id]]
    assert not [record for record in all_of(sign_in("olli")) if record["kind"] == "note"]


def test_people_are_written_in_the_office_only(aino: Phone, cast: Cast) -> None:
    """[W12] Security 9: nobody promotes themselves."""
    change = note() | {
        "record": cast.aino.id,
        "kind": "person",
        "case": cast.aino.org,
        "set": {"role": "admin"},
    }
    reply = aino.post("/api/sync", request(change)).json
    assert reply is not None
    assert reply["verdicts"][0]["problem"] == {"code": "kind_read_only"}
    assert aino.get("/api/review-queue").status_code == 403


@pytest.mark.parametrize("who", ["sanna", "satu", "olli"])
def test_others_read_and_write_nothing_of_the_case(aino: Phone, sign_in: SignIn, who: str) -> None:
    """[S3] Security 6, 7 and 8: not to be told from a case that does not exist."""
    aino.post("/api/sync", request(note(text="Only for two")))
    other = sign_in(who)
    assert not [record for record in all_of(other) if record["case"] == CASE]
    foreign, absent = (
        other.post("/api/sync", request(note(9, case=case), check=[case], repair=[case])).json
        for case in (CASE, "no-such-case")
    )
    assert foreign is not None
    assert absent is not None
    assert foreign["verdicts"] == absent["verdicts"]
    assert foreign["verdicts"][0]["problem"] == {"code": "case_unknown"}
    assert foreign["files"] == absent["files"]


@pytest.mark.parametrize("text", XSS)
def test_markup_is_text_like_any_other(aino: Phone, text: str) -> None:
    """Security 30: it comes back as it was written, in JSON that no browser runs."""
    reply = aino.post("/api/sync", request(note(text=text)))
    assert reply.mimetype == "application/json"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    (record,) = (record for record in all_of(aino) if record["kind"] == "note")
    assert record["fields"]["text"] == [[0, text]]


@ON_SQLITE
def test_without_a_session_nothing_is_read(app: Flask) -> None:
    reply = app.test_client().post("/api/sync", data=b"{", content_type="application/json")
    assert (reply.status_code, reply.json) == (401, {"problem": {"code": "sign_in_needed"}})


# --- the history of a record ----------------------------------------------------------------------


def history(phone: Phone, case: str = CASE, record: str = "note-1", after: int = -1) -> TestResponse:
    return phone.get(f"/api/cases/{case}/records/{record}/history?after={after}")


def test_history_works(aino: Phone, cast: Cast) -> None:
    """[L4]"""
    aino.post("/api/sync", request(note(1, "First")))
    aino.post("/api/sync", request(note(1, "Second") | {"id": "change-2", "seen": {"text": ["change-1"]}}))
    reply = history(aino).json
    assert reply is not None
    assert reply["next"] is None
    assert [entry["set"]["text"] for entry in reply["entries"]] == ["First", "Second"]
    assert {entry["author"] for entry in reply["entries"]} == {cast.aino.id}


@pytest.mark.parametrize("who", ["sanna", "mikko", "satu", "olli"])
def test_history_needs_the_case(aino: Phone, sign_in: SignIn, who: str) -> None:
    """[L4] Security 6, 7 and 8."""
    aino.post("/api/sync", request(note()))
    other = sign_in(who)
    foreign, absent = history(other), history(other, case="no-such-case")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.data == absent.data


def test_history_is_of_the_case_that_was_named(app: Flask, aino: Phone, sign_in: SignIn, cast: Cast) -> None:
    """[L4] A record's id does not open it through another case file."""
    aino.post("/api/sync", request(note()))
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.sanna.org, "case-2", None)
        scope.grant(transaction, cast.sanna.org, cast.sanna.id, ["case-2"], "own_client")
    reply = history(sign_in("sanna"), case="case-2").json
    assert reply == {"entries": [], "next": None}


@ON_SQLITE
@pytest.mark.parametrize("after", ["x", "-2", str(2**53), "1.5"])
def test_history_refuses_nonsense(aino: Phone, after: str) -> None:
    reply = aino.get(f"/api/cases/{CASE}/records/note-1/history?after={after}")
    assert (reply.status_code, reply.json) == (
        422,
        {"problem": {"code": "fields_invalid", "fields": {"after": ["invalid"]}}},
    )
