"""The clients' survey: one ticket, one sealed answer, and nothing that says whose it is (SPEC Y)."""

import base64
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.config import LIMITS
from server.core.models import SurveyAnswer, db
from server.rules.dates import FINLAND
from tests.cast import ON_SQLITE, Cast, Phone, SignIn

SEALED_BYTES = 2048
SCORES = {"overall": 4, "met": 5, "understood": 3, "home_help": 4}


def today() -> str:
    return datetime.now(FINLAND).date().isoformat()


def said(**more: Any) -> dict[str, Any]:
    return {"day": today(), "language": "fi", "scores": SCORES, "text": "Kiitos avusta."} | more


def fetched(phone: Phone) -> dict[str, Any]:
    reply = phone.post("/api/survey/tickets")
    assert reply.status_code == 200
    found: dict[str, Any] = reply.get_json()
    return found


def sealed(key: str, content: bytes) -> str:
    """As a phone does it, by the description alone."""
    theirs = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    drawn = HKDF(algorithm=SHA256(), length=32, salt=point + theirs, info=b"ovikello survey").derive(shared)
    whole = point + AESGCM(drawn).encrypt(bytes(12), content.ljust(SEALED_BYTES), None)
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def send(app: Flask, ticket: str, key: str, content: Any) -> TestResponse:
    """Without session, cookies or header: from a browser that knows nobody."""
    return send_sealed(app, ticket, sealed(key, orjson.dumps(content)))


def send_sealed(app: Flask, ticket: str, body: str) -> TestResponse:
    return app.test_client().post("/api/survey", json={"ticket": ticket, "sealed": body})


def code_of(reply: TestResponse) -> str:
    return str(reply.get_json()["problem"]["code"])


def test_y1_y3_it_works(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[Y1, Y3] [row 51, row 52] One to five and in words; kept with team and day, and with nothing else."""
    got = fetched(sign_in("aino"))
    assert [each["code"] for each in got["questions"]] == ["overall", "met", "understood", "home_help", "free_text"]
    assert [each["value"] for each in got["scale"]] == [1, 2, 3, 4, 5]
    assert len(set(got["tickets"])) == LIMITS.survey_tickets_batch
    assert send(app, got["tickets"][0], got["key"], said()).status_code == 204
    with app.app_context():
        (row,) = db.session.scalars(select(SurveyAnswer)).all()
        assert (row.org, row.team, row.day, row.language) == (cast.aino.org, cast.aino.team, today(), "fi")
        assert (orjson.loads(row.scores), row.text) == (SCORES, "Kiitos avusta.")
        db.session.rollback()


def test_y1_a_ticket_is_worth_one_answer(app: Flask, sign_in: SignIn) -> None:
    """[Y1] Sent twice it is one; another answer for it is refused, and the first one stands."""
    got = fetched(sign_in("aino"))
    (ticket, *_), key = got["tickets"], got["key"]
    body = sealed(key, orjson.dumps(said()))
    assert [send_sealed(app, ticket, body).status_code for _ in range(2)] == [204, 204]
    assert code_of(send(app, ticket, key, said(scores={}))) == "survey_ticket_spent"
    with app.app_context():
        assert [orjson.loads(row.scores) for row in db.session.scalars(select(SurveyAnswer))] == [SCORES]
        db.session.rollback()


@ON_SQLITE
def test_y1_no_table_names_who_fetched_or_answered(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[Y1, Y3] In no row does anything of a ticket stand beside a person, a device or a session, and no log grew."""
    aino = sign_in("aino")

    def tables() -> dict[str, list[tuple[Any, ...]]]:
        with app.app_context(), db.engine.connect() as connection:
            every = db.metadata.sorted_tables
            return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in every}

    before = tables()
    got = fetched(aino)
    assert send(app, got["tickets"][0], got["key"], said()).status_code == 204
    after = tables()
    grown = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    grown = {name: rows for name, rows in grown.items() if rows}
    assert grown.keys() == {"survey_tickets_made", "survey_ticket", "survey_answer"}
    names = [cast.aino.id, aino.session["device"], aino.session["session"], "aino", "Aino"]
    for row in grown["survey_ticket"] + grown["survey_answer"]:
        assert [name for name in names if name in str(row)] == []
    for row in grown["survey_tickets_made"]:
        assert [ticket for ticket in got["tickets"] if ticket in str(row)] == []
    # Nothing of the answer's row leads to the ticket's.
    (ticket,), (answer,) = grown["survey_ticket"], grown["survey_answer"]
    assert set(ticket) & set(answer) == {cast.aino.org, today()}


@pytest.mark.parametrize(
    "content",
    [
        said(scores={"overall": 6}),
        said(scores={"overall": 0}),
        said(scores={"overall": "4"}),
        said(scores={"free_text": 3}),
        said(scores={"weather": 3}),
        said(language="de"),
        said(text="x" * (LIMITS.survey_text_chars_max + 1)),
        said(text="a\0b"),
        said(name="Paavo Lehto"),
        said(day="2999-01-01"),
        said(day="2020-01-01"),
        said(day="today"),
        [],
        None,
        "4",
    ],
)
@ON_SQLITE
def test_y3_anything_else_is_refused_and_the_ticket_stays(app: Flask, sign_in: SignIn, content: Any) -> None:
    """[Y3] A name has no place in it, nor a day that is not of the ticket's time."""
    got = fetched(sign_in("aino"))
    refused = send(app, got["tickets"][0], got["key"], content)
    assert (refused.status_code, refused.get_json()["problem"]["fields"]) == (422, {"sealed": ["invalid"]})
    assert send(app, got["tickets"][0], got["key"], said()).status_code == 204


@ON_SQLITE
def test_y2_what_is_sealed_to_another_key_is_refused(app: Flask, sign_in: SignIn) -> None:
    """[Y2] Also what was changed on its way, is cut, or is no point of the curve."""
    got = fetched(sign_in("aino"))
    ticket = got["tickets"][0]
    own = ec.generate_private_key(ec.SECP256R1()).public_key()
    other = base64.urlsafe_b64encode(own.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()
    right = sealed(got["key"], orjson.dumps(said()))
    wrong = [sealed(other, orjson.dumps(said())), right[:-8], right[:-4] + "AAAA", "A" * 300, right[4:]]
    for body in wrong:
        assert send_sealed(app, ticket, body).status_code == 422
    assert send_sealed(app, ticket, right).status_code == 204


@ON_SQLITE
def test_y1_tickets_of_others_and_old_ones(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[Y1] A guessed, an altered, one for another purpose, and one of 91 days ago."""
    got = fetched(sign_in("aino"))
    ticket = got["tickets"][0]
    nonce, org, team, _rest = ticket.split(".", 3)
    from server.core.signing import signer

    with app.app_context():
        of_another = signer("calendar").sign(ticket.rpartition(".")[0]).decode()
        short = signer("survey ticket").sign("a.b").decode()
    for bad in ("x", ticket[:-1], f"{nonce}.{org}.{team}x.{_rest}", of_another, short):
        assert code_of(send(app, bad, got["key"], said())) == "survey_ticket_unknown"
    later = datetime.now(FINLAND).date() + timedelta(days=LIMITS.survey_ticket_days_max + 1)
    monkeypatch.setattr("server.api.survey._today", lambda: later)
    assert code_of(send(app, ticket, got["key"], said())) == "survey_ticket_unknown"


@ON_SQLITE
def test_y1_who_gets_tickets_and_how_many(sign_in: SignIn) -> None:
    """[Y1] So many a day and no more; who does not work with clients gets none."""
    aino = sign_in("aino")
    counts = [len(fetched(aino)["tickets"]) for _ in range(LIMITS.survey_tickets_a_day_max // 5 + 1)]
    assert counts == [5, 5, 5, 5, 0]
    assert len(fetched(sign_in("liisa"))["tickets"]) == LIMITS.survey_tickets_batch
    assert code_of(sign_in("satu").post("/api/survey/tickets")) == "not_allowed"
