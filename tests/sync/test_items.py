"""Every list of a request is taken item by item, and a reply stands by its own order (W8, W14, W15)."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Access, AuditEvent, Reading, db
from server.core.problems import Problem
from server.sync import erasing, protocol, scope
from server.sync import exchange as exchanging
from server.sync.exchange import exchange
from tests.cast import Cast, Person
from tests.sync.device import Change, Device
from tests.sync.test_pull import plan

#: what addresses, damaged stores and other clients have put in the place of an id
NO_IDS = [
    "north-1.",
    "north-1%20",
    "NORTH-1",
    "north 1",
    "",
    "../x",
    "a" * 65,
    "north-1\n",
    "pohjöinen",
    "\ud800",
    7,
    None,
]


def bodies(device: Device, **lists: Any) -> dict[str, Any]:
    request = {
        "protocol": 2,
        "schema": 1,
        "device": device.name,
        "cursor": device.cursor,
        "changes": [],
        "more_follow": False,
    }
    return request | lists


def send(device: Device, body: bytes) -> dict[str, Any]:
    """What no JSON library of ours would write goes over the wire as text."""
    actor = replace(device.person.actor, device=device.name)
    with device.app.app_context():
        reply: dict[str, Any] = orjson.loads(exchange(actor, body))
    return reply


def places(reply: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(item["list"], item["index"], item["problem"]["code"]) for item in reply.get("refused", ())]


@pytest.mark.parametrize("wrong", NO_IDS, ids=repr)
def test_w14_one_bad_item_of_any_list_refuses_itself_only(aino: Device, wrong: Any) -> None:
    """[W14] [W4] Good items stand around it in every list, and all of them are taken."""
    note = aino.change("r1", {"text": "Siivottiin."})
    aino.sync()
    good, bad = ({"id": f"reading-{case}", "case": case, "at": note["at"]} for case in ("north-1", wrong))
    lists = {
        "changes": [aino.change("r0", {"text": "x"}, case=wrong), note],
        "reads": [good | {"id": wrong}, good, bad | {"id": "reading-2"}],
        "check": [wrong, "north-1"],
        "repair": ["north-2", wrong],
        "escalated": [wrong, note["id"]],
    }
    reply = send(aino, json.dumps(bodies(aino, **lists)).encode())
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["refused", "applied"]
    assert sorted(places(reply)) == [
        ("check", 0, "item_malformed"),
        ("escalated", 0, "item_malformed"),
        ("reads", 0, "item_malformed"),
        ("reads", 2, "item_malformed"),
        ("repair", 1, "item_malformed"),
    ]
    assert [reading.id for reading in db.session.scalars(select(Reading))] == ["reading-north-1"]
    told = [(file["case"], file["event"]) for file in reply["files"]]
    assert ("north-1", "check") in told
    assert ("north-2", "backfill") in told


SPOILT: list[tuple[str, str]] = [
    ("half a character", '"\\ud83d Siivottiin"'),
    ("a number that is none", "NaN"),
    ("more than a number", "1e999"),
    ("more than 64 bits", "9" * 30),
    ("deeper than a body may be", "[" * 40 + "]" * 40),
]


@pytest.mark.parametrize(("what", "value"), SPOILT, ids=[what for what, _ in SPOILT])
def test_w14_an_item_that_is_hardly_json_refuses_itself_only(aino: Device, what: str, value: str) -> None:
    """[W14] [W10] The entry before it and the one after it are taken; of the bad one the text is kept."""
    changes = [aino.change(f"r{number}", {"text": f"Kirjaus {number}"}) for number in range(3)]
    changes[1]["set"] = {"text": "PLACE", "lisä": "Kirjaus"}
    body = json.dumps(bodies(aino, changes=changes, escalated=[changes[1]["id"]])).replace('"PLACE"', value)
    reply = send(aino, body.encode())
    verdicts = [verdict["verdict"] for verdict in reply["verdicts"]]
    assert [verdicts[0], verdicts[2]] == ["applied", "applied"], what
    assert reply["verdicts"][1]["problem"]["code"] in {"change_malformed", "value_invalid"}, what
    assert verdicts[1] in {"in_review", "refused"}


def test_w10_outside_the_lists_a_body_is_whole_or_nothing() -> None:
    """[W10] What damages the request itself is not an item's matter."""
    for damage in ('"cursor":"\\ud800"', '"cursor":NaN', '"extra":Infinity', '"extra":' + "[" * 13 + "]" * 13):
        with pytest.raises(Problem, match="body_malformed"):
            protocol.read(('{"protocol":2,"schema":1,"changes":[],' + damage + "}").encode())


def test_w14_handed_names_a_change_of_the_same_request(aino: Device) -> None:
    """[W14] [S7] What it names besides is told, not dropped in silence."""
    assert places(aino.ask(escalated=["somebody-else"])) == [("escalated", 0, "not_found")]


def test_w14_what_is_asked_beside_more_batches_is_refused_and_not_noted(aino: Device) -> None:
    """[W14] [W7] [D3] `check` and `repair` are answered with the page, and there is none yet."""
    aino.sync()
    reply = aino.ask(aino.change("r1", {"text": "x"}), more_follow=True, check=["north-1"], repair=["north-2"])
    assert places(reply) == [("check", 0, "asked_while_more_follow"), ("repair", 0, "asked_while_more_follow")]
    assert reply["files"] == []
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event == "repair")).all() == []


def test_w14_of_a_file_that_may_not_be_read_nothing_is_said(aino: Device) -> None:
    """[W14] [S3] Foreign and made up are told alike, and neither is noted as repaired."""
    aino.sync()
    reply = aino.ask(check=["south-1", "nowhere"], repair=["south-1", "nowhere", "north-1"])
    assert places(reply) == [
        ("check", 0, "case_unknown"),
        ("check", 1, "case_unknown"),
        ("repair", 0, "case_unknown"),
        ("repair", 1, "case_unknown"),
    ]
    noted = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "repair")).one()
    assert orjson.loads(noted.detail)["cases"] == ["north-1"]


def test_w14_a_revoked_device_asks_for_nothing(aino: Device) -> None:
    """[W14] [W7] Its outbox is taken; digests and fills are refused and not noted."""
    body = orjson.dumps(bodies(aino, changes=[aino.change("r1", {"text": "x"})], check=["north-1"], repair=["north-1"]))
    with aino.app.app_context():
        reply = orjson.loads(exchange(aino.person.actor, body, only_hands_in=True))
    assert places(reply) == [("check", 0, "device_revoked"), ("repair", 0, "device_revoked")]
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event == "repair")).all() == []


def test_w14_asked_twice_is_answered_once(aino: Device) -> None:
    aino.sync()
    files = aino.ask(check=["north-1", "north-1"])["files"]
    assert [file["event"] for file in files] == ["check"]


# --- the order of a reply -------------------------------------------------------------------------------------------


def twice(reply: dict[str, Any]) -> set[str]:
    return {record["id"] for record in reply["touched"]} & {record["id"] for record in reply["records"]}


def kinds_of_change(device: Device) -> list[Change]:
    return [
        device.change("head-1", {"client_name": "Matti"}, kind="case"),
        device.change("soon", plan(3), kind="visit"),
        device.change("late", plan(60), kind="visit"),
        device.change("note", {"text": "x"}),
    ]


def test_w15_a_record_stands_in_touched_or_in_records(aino: Device) -> None:
    """[W15] [P8] Of a device without a cursor too, whose first page brings heads and coming visits by itself."""
    reply = aino.ask(*kinds_of_change(aino))
    assert twice(reply) == set()
    known = {record["id"] for record in [*reply["touched"], *reply["records"]]}
    assert {"head-1", "soon", "late", "note"} <= known


def test_w15_nor_twice_where_a_fill_or_a_colleague_brings_it(
    aino: Device, liisa: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[W15] A file that is filled anew with the very request; a colleague who writes between push and page."""
    aino.sync(aino.change("r1", {"text": "alku"}))
    assert twice(aino.ask(aino.edit("r1", {"text": "uusi"}), repair=["north-1"])) == set()
    right = exchanging._page

    def page(*given: Any) -> Any:
        monkeypatch.setattr(exchanging, "_page", right)
        liisa.sync()
        liisa.ask(liisa.edit("r2", {"text": "Liisan"}))
        return right(*given)

    monkeypatch.setattr(exchanging, "_page", page)
    reply = aino.ask(aino.change("r2", {"text": "Ainon"}))
    assert twice(reply) == set()
    (record,) = (each for each in [*reply["touched"], *reply["records"]] if each["id"] == "r2")
    assert [value for _, value in record["fields"]["text"]] == ["Liisan"]


def moved_on(transaction: Transaction, person: Person) -> None:
    scope.revoke(transaction, person.org, person.id, ["north-1"], "moved on")


def time_is_over(transaction: Transaction, person: Person) -> None:
    """Of a stand-in, whose end another device's request writes down."""
    transaction.get_one(Access, (person.org, person.id, "north-1")).expires_at = timestamps.ago(seconds=1)
    transaction.flush()
    scope.expire_stand_ins(transaction, person.org, person.id)


def is_erased(transaction: Transaction, person: Person) -> None:
    erasing.erase(transaction, person.org, ["north-1"], None)


@pytest.mark.parametrize("lose", [moved_on, time_is_over, is_erased])
def test_w15_touched_brings_nothing_of_a_file_that_the_reply_purges(
    aino: Device, cast: Cast, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Transaction, Person], None]
) -> None:
    """[W15] [P7] Access ends between push and page: files come before touched, so what is purged stays away."""
    aino.sync(aino.change("r1", {"text": "x"}))
    right = exchanging._page

    def page(*given: Any) -> Any:
        with writing() as transaction:
            lose(transaction, cast.aino)
        return right(*given)

    monkeypatch.setattr(exchanging, "_page", page)
    reply = aino.ask(aino.edit("r1", {"text": "y"}), aino.change("r2", {"text": "z"}, case="north-2"))
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied", "applied"]
    assert {"case": "north-1", "event": "purge"} in reply["files"]
    assert [record["id"] for record in [*reply["touched"], *reply["records"]]] == ["r2"]
    aino.take(reply)
    assert {record["case"] for record in aino.records.values()} == {"north-2", cast.aino.org}


def test_w15_a_time_that_runs_out_before_anybody_notes_it_is_purged_next(
    aino: Device, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[W15] [S6] No event stands yet: this reply purges nothing, and the next one takes what it brought."""
    aino.sync(aino.change("r1", {"text": "x"}))
    right = exchanging._page

    def page(*given: Any) -> Any:
        monkeypatch.setattr(exchanging, "_page", right)
        with writing() as transaction:
            transaction.get_one(Access, (cast.aino.org, cast.aino.id, "north-1")).expires_at = timestamps.ago(seconds=1)
        return right(*given)

    monkeypatch.setattr(exchanging, "_page", page)
    reply = aino.take(aino.ask(aino.edit("r1", {"text": "y"}), repair=["north-1"]))
    assert twice(reply) == set()
    after = aino.take(aino.ask())
    assert {"case": "north-1", "event": "purge"} in after["files"]
    assert not any(record["case"] == "north-1" for record in aino.records.values())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_w15_who_hands_a_client_on_in_this_very_push_gets_none_of_it(
    aino: Device, cast: Cast, order: tuple[int, ...]
) -> None:
    """[W15] [S9] The header stands before, between or behind what else is written into the file."""
    aino.sync(aino.change("new-1", {"client_name": "Uusi", "own_worker": cast.aino.id}, kind="case", case="new-1"))
    aino.sync(aino.change("n1", {"text": "x"}, case="new-1"))
    changes = [
        aino.edit("new-1", {"own_worker": cast.liisa.id}),
        aino.edit("n1", {"text": "y"}),
        aino.change("n2", {"text": "z"}, case="new-1"),
    ]
    reply = aino.ask(*(changes[place] for place in order), aino.change("r2", {"text": "z"}))
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied"] * 4
    assert {"case": "new-1", "event": "purge"} in reply["files"]
    assert [record["id"] for record in [*reply["touched"], *reply["records"]]] == ["r2"]
    aino.take(reply)
    assert not any(record["case"] == "new-1" for record in aino.records.values())


def test_w15_a_file_that_is_lost_and_granted_again_comes_with_its_fill(aino: Device, cast: Cast) -> None:
    """[W15] [P7] Purge, then fill: the device has at the end what it had just written."""
    aino.sync(aino.change("r1", {"text": "x"}))
    with writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.aino.id, ["north-1"], "moved on")
        scope.grant(transaction, cast.aino.org, cast.aino.id, ["north-1"], "team")
    replies = aino.sync(aino.edit("r1", {"text": "y"}))
    assert all(twice(reply) == set() for reply in replies)
    assert aino.values("r1") == {"text": ["y"]}


def test_w14_the_limits_of_a_list_are_its_own(aino: Device) -> None:
    """[W14] A full list with a bad item in it is taken but for that one."""
    at = aino.change("r1", {"text": "x"})["at"]
    reads = [{"id": f"reading-{number}", "case": "north-1", "at": at} for number in range(LIMITS.reads_max)]
    reads[500]["at"] = "yesterday"
    assert places(aino.ask(reads=reads)) == [("reads", 500, "item_malformed")]
    assert len(db.session.scalars(select(Reading.id)).all()) == LIMITS.reads_max - 1
