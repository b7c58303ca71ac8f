"""The log: appended, chained, read in pages, and enough to rebuild everything (L); and digests (D)."""

import itertools
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import delete, select, update

from server.config import LIMITS
from server.core.database import writing
from server.core.models import AuditEvent, CaseFile, Change, Reading, Record, User, db
from server.directory import people
from server.kinds import KINDS, Kind
from server.kinds.base import long_text
from server.rules import digest, merge
from server.rules.clock import is_stamp
from server.sync import history, visibility
from tests.cast import Cast, SignIn
from tests.sync.conftest import Phones
from tests.sync.device import Device


@pytest.fixture
def written(aino: Device, liisa: Device) -> list[str]:
    """Five changes of two people to one case file, in three transactions. Their ids."""
    first = aino.sync(aino.change("r1", {"text": "a"}), aino.change("r2", {"text": "b"}))
    liisa.sync()
    second = liisa.sync(liisa.edit("r1", {"text": "c"}))
    third = aino.sync(aino.edit("r2", {"text": "d"}), aino.change("r3", {"text": "e"}))
    replies = (first[0], second[0], third[0])
    return [verdict["id"] for reply in replies for verdict in reply["verdicts"]]


def test_l1_each_applied_change_is_one_line(written: list[str], cast: Cast) -> None:
    """[L1] With author, device, the device's time and the server's."""
    rows = db.session.scalars(select(Change).where(Change.case == "north-1").order_by(Change.chain_index)).all()
    assert [row.id for row in rows] == written
    assert [row.chain_index for row in rows] == list(range(5))
    assert [row.author for row in rows] == [cast.aino.id] * 2 + [cast.liisa.id] + [cast.aino.id] * 2
    assert {row.device for row in rows} == {"phone-of-aino", "phone-of-liisa"}
    assert all(is_stamp(row.at) and is_stamp(row.received) and row.at < row.received for row in rows)
    assert [row.received for row in rows] == sorted(row.received for row in rows)


@pytest.mark.usefixtures("written")
def test_l1_state_follows_from_the_log_alone(cast: Cast) -> None:
    """[L1] Every stored record is what its log says."""
    with db.engine.connect() as connection:
        again = history.rebuilt(connection, cast.aino.org, "north-1")
        rows = connection.execute(select(Record.id, Record.body).where(Record.case == "north-1")).all()
    assert {row.id: merge.unpack(orjson.loads(row.body)) for row in rows} == again
    assert len(again) == 3


def test_l1_a_refused_or_repeated_change_adds_no_line(written: list[str], aino: Device) -> None:
    """[L1] The log holds what was applied, once."""
    known = db.session.scalars(select(Change).where(Change.id == written[0])).one()
    again = {"id": known.id, "record": known.record, "kind": known.kind, "case": known.case, "at": known.at}
    aino.ask(again | orjson.loads(known.content), aino.change("r9", {"text": 7}))
    assert db.session.query(Change).filter_by(case="north-1").count() == 5


def broken(case: str, org: str) -> int | None:
    with db.engine.connect() as connection:
        return history.broken_link(connection, org, case)


@pytest.mark.usefixtures("written")
def test_l2_the_chain_holds(cast: Cast) -> None:
    """[L2] The happy path; an empty file's too, and the shared one's."""
    assert [broken(case, cast.aino.org) for case in ("north-1", "north-2", cast.aino.org)] == [None] * 3


COLUMNS = ("content", "author", "device", "at", "received", "record", "kind", "salt", "hash", "case")


def test_l2_an_edit_is_noticed_where_it_was_made(written: list[str], cast: Cast) -> None:
    """[L2] Of any column, of any line."""
    for place, column in itertools.product(range(5), COLUMNS):
        with db.engine.connect() as connection:  # and rolled back
            line = update(Change).where(Change.org == cast.aino.org, Change.id == written[place])
            connection.execute(line.values({column: "0" * 64}))
            assert history.broken_link(connection, cast.aino.org, "north-1") == place, column


def test_l2_a_deletion_or_a_cut_is_noticed(written: list[str], cast: Cast) -> None:
    """[L2] Of one line, and of all from there on."""
    for place in range(5):
        with db.engine.connect() as connection:  # and rolled back
            for gone in ([written[place]], written[place:]):
                connection.execute(delete(Change).where(Change.id.in_(gone)))
                assert history.broken_link(connection, cast.aino.org, "north-1") == place


def test_l2_two_lines_changed_places(written: list[str], cast: Cast) -> None:
    """[L2] Nothing is missing, and still it is noticed."""
    with writing() as transaction:
        for change, index in ((written[1], 99), (written[2], 1), (written[1], 2)):
            transaction.execute(update(Change).where(Change.id == change).values(chain_index=index))
    assert broken("north-1", cast.aino.org) == 1


def test_l3_reading_is_logged_once_also_offline(aino: Device, cast: Cast) -> None:
    """[L3] Sent again with its id after a lost reply, or twice in one body."""
    at = aino.change("r", {})["at"]
    reads = [{"id": f"read-{n}", "case": "north-1", "at": at} for n in range(3)]
    aino.ask(reads=[*reads, reads[0]])
    aino.ask(aino.change("r1", {"text": "x"}), more_follow=True, reads=[*reads, {**reads[0], "id": "read-3"}])
    rows = db.session.scalars(select(Reading).order_by(Reading.id)).all()
    assert [row.id for row in rows] == ["read-0", "read-1", "read-2", "read-3"]
    assert {(row.user, row.device, row.case, row.at) for row in rows} == {(cast.aino.id, aino.name, "north-1", at)}


def test_l3_a_reading_of_what_was_lost_since_is_logged_too(aino: Device) -> None:
    """[L3] It was read; that is what counts."""
    at = aino.change("r", {})["at"]
    aino.ask(reads=[{"id": "read-1", "case": "south-1", "at": at}])
    assert db.session.query(Reading).count() == 1


def test_l4_history_shows_each_change(written: list[str], cast: Cast) -> None:
    """[L4] Who, when, what, and what had been seen; oldest first."""
    with db.engine.connect() as connection:
        told = history.history(connection, cast.liisa.actor, "north-1", "r1")
    assert [entry["change"] for entry in told["entries"]] == [written[0], written[2]]
    assert [entry["set"] for entry in told["entries"]] == [{"text": "a"}, {"text": "c"}]
    assert told["entries"][1]["seen"] == {"text": [written[0]]}
    assert [entry["author"] for entry in told["entries"]] == [cast.aino.id, cast.liisa.id]
    assert told["next"] is None


def test_l4_history_in_pages(aino: Device, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """[L4] A page that is just full has no successor."""
    aino.sync(aino.change("r1", {"text": "0"}))
    for n in range(1, 6):
        aino.sync(aino.edit("r1", {"text": str(n)}), aino.change(f"other-{n}", {"text": "x"}))
    monkeypatch.setattr(history, "LIMITS", replace(LIMITS, history_page_entries_max=3))
    with db.engine.connect() as connection:
        first = history.history(connection, cast.aino.actor, "north-1", "r1")
        second = history.history(connection, cast.aino.actor, "north-1", "r1", first["next"] or 0)
    texts = [entry["set"]["text"] for page in (first, second) for entry in page["entries"]]
    assert texts == ["0", "1", "2", "3", "4", "5"]
    assert (len(first["entries"]), second["next"]) == (3, None)


def test_l4_history_over_http(written: list[str], sign_in: SignIn) -> None:
    """[L4] The same, and absent for whoever may not read it."""
    told = sign_in("liisa").get("/api/cases/north-1/records/r1/history")
    assert [entry["change"] for entry in told.get_json()["entries"]] == [written[0], written[2]]
    sanna = sign_in("sanna")
    for path in ("north-1/records/r1", "nothing/records/r1", "NORTH/records/..", "north-1/records/%00"):
        reply = sanna.get(f"/api/cases/{path}/history")
        assert (reply.status_code, reply.get_json()["problem"]["code"]) == (404, "not_found")
    assert sign_in("liisa").get("/api/cases/north-1/records/r1/history?after=x").status_code == 422


def test_l6_the_log_of_a_whole_file_comes_in_pages(
    written: list[str], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[L6] In the order of the log, each change once; what came later follows from the place that was reached."""
    limits = replace(LIMITS, history_page_entries_max=2)
    monkeypatch.setattr("server.sync.history.LIMITS", limits)
    phone = sign_in("liisa")
    pages = [phone.get("/api/cases/north-1/history").get_json()]
    while pages[-1]["next"] is not None:
        pages.append(phone.get(f"/api/cases/north-1/history?after={pages[-1]['next']}").get_json())
    assert [[entry["change"] for entry in page["entries"]] for page in pages] == [
        written[:2],
        written[2:4],
        written[4:],
    ]
    first = pages[0]["entries"][0]
    assert (first["record"], first["set"]) == ("r1", {"text": "a"})
    assert first["at_ms"] <= first["received_ms"]
    again = phone.get(f"/api/cases/north-1/history?after={pages[-1]['last']}").get_json()
    assert again == {"entries": [], "last": pages[-1]["last"], "next": None}


@pytest.mark.usefixtures("written")
def test_l6_of_a_file_that_one_may_not_read_nothing_is_said(sign_in: SignIn) -> None:
    """[L6] Security 6, 7 and 8: another team's, another organisation's and an absent one look alike."""
    replies = [
        sign_in(who).get(f"/api/cases/{case}/history")
        for who, case in (("sanna", "north-1"), ("olli", "north-1"), ("sanna", "nothing"), ("sanna", "%00"))
    ]
    assert {(reply.status_code, reply.data) for reply in replies} == {(404, replies[0].data)}
    assert sign_in("liisa").get("/api/cases/north-1/history?after=x").status_code == 422


@pytest.mark.usefixtures("written")
def test_d2_the_digest_kept_is_the_digest_computed_anew(aino: Device, cast: Cast) -> None:
    """[D2] [D1] After new records, edits, differing entries, and a change superseded on arrival."""
    aino.ask(aino.change("r1", {"text": "another"}))
    late = aino.change("r4", {"text": "eka", "areas": []})
    aino.ask(aino.change("r4", {"text": "toka"}, seen={"text": [late["id"]]}))
    for changes in ([], [late], [aino.change("r5", {"text": None})]):
        aino.ask(*changes)
        rows = db.session.scalars(select(Record).where(Record.case == "north-1")).all()
        anew = digest.digest((row.id, merge.unpack(orjson.loads(row.body))) for row in rows)
        kept = db.session.get_one(CaseFile, ("north-1", cast.aino.org)).digests
        assert orjson.loads(kept) == {"file": anew}
        db.session.rollback()


@pytest.mark.usefixtures("written")
def test_d3_equal_copies_have_equal_digests(aino: Device, liisa: Device) -> None:
    """[D3] I3: what a device computes of its copy is what the server tells."""
    for device in (aino, liisa):
        device.sync()
        told = device.ask(check=["north-1"])["files"][0]
        copies = [(key, merge.unpack(r)) for key, r in device.records.items() if r["case"] == "north-1"]
        assert told["digest"] == digest.digest(copies)
        assert told["seq"] == max(r["seq"] for r in device.records.values() if r["case"] == "north-1")


@pytest.mark.usefixtures("written")
def test_d3_a_repair_is_reported(aino: Device, cast: Cast) -> None:
    """[D3] Who, which device, which file."""
    aino.sync(repair=["north-1"])
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "repair")).one()
    assert event.actor == cast.aino.id
    assert orjson.loads(event.detail) == {"cases": ["north-1"], "device": aino.name}


def test_w12_the_office_publishes_what_changed_and_no_more(aino: Device, cast: Cast) -> None:
    """[W12] People and teams: written by the server, read by every device."""
    aino.sync()
    assert aino.values(cast.mikko.id) == {"name": ["Mikko"], "role": ["team_leader"], "team": [cast.mikko.team]}
    assert aino.values(cast.mikko.team or "") == {"name": ["North"], "leader": [cast.mikko.id]}
    with writing() as transaction:
        assert people.publish(transaction, cast.aino.org) == 0
        user = transaction.get_one(User, cast.mikko.key)
        user.phone, user.active = "040 000 0000", False
        assert people.publish(transaction, cast.aino.org) == 2
    aino.sync()
    assert aino.values(cast.mikko.id)["phone"] == ["040 000 0000"]
    assert aino.values(cast.mikko.id)["role"] == [None]
    assert aino.values(cast.mikko.team or "")["leader"] == [None]


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that only leaders read."""

    class Diary(Kind):
        visibility_class = "leaders"
        readers = frozenset({"team_leader"})
        text = long_text()

    monkeypatch.setitem(KINDS, "diary", Diary)


@pytest.mark.usefixtures("diary")
def test_d4_a_class_that_one_may_not_read(phone: Phones, aino: Device, liisa: Device, cast: Cast) -> None:
    """[D4] Its records, their history and their digest are there for its readers, and for nobody else."""
    mikko = phone(cast.mikko)
    mikko.sync(mikko.change("r1", {"text": "for all"}), mikko.change("d1", {"text": "for leaders"}, kind="diary"))
    told = mikko.take(mikko.ask(check=["north-1"]))["files"]
    assert [file["class"] for file in told] == ["file", "leaders"]
    aino.sync()
    liisa.sync()
    late = liisa.take(liisa.ask(liisa.change("d1", {"text": "blind"}, kind="diary")))
    assert late["touched"] == []
    (blind,) = late["verdicts"]
    assert (blind["verdict"], blind["problem"]["code"]) == ("refused", "not_allowed")
    aino.sync()
    fresh = phone(cast.aino, "laptop")
    fresh.sync()
    for device in (aino, liisa, fresh):
        assert "d1" not in device.records
        (only,) = device.ask(check=["north-1"])["files"]
        assert (only["class"], only["digest"]) == ("file", digests_of(device)["file"])
    mikko.sync()
    assert mikko.records["d1"]["class"] == "leaders"
    assert {file["class"]: file["digest"] for file in mikko.ask(check=["north-1"])["files"]} == digests_of(mikko)
    with db.engine.connect() as connection:
        assert history.history(connection, cast.aino.actor, "north-1", "d1")["entries"] == []
        assert len(history.history(connection, cast.mikko.actor, "north-1", "d1")["entries"]) == 1


@pytest.mark.usefixtures("diary")
def test_d4_nobody_writes_where_they_may_not_read(phone: Phones, liisa: Device, cast: Cast) -> None:
    """[D4] Neither a new record of a hidden class nor another kind's change of one; the others of the batch go."""
    mikko = phone(cast.mikko)
    mikko.sync(mikko.change("d1", {"text": "for leaders"}, kind="diary"))
    liisa.sync()
    told = liisa.ask(
        liisa.change("d2", {"text": "new"}, kind="diary"),
        liisa.change("d1", {"text": "as a note"}, kind="note"),
        liisa.change("n1", {"text": "for all"}, kind="note"),
    )
    assert [verdict["verdict"] for verdict in told["verdicts"]] == ["refused", "refused", "applied"]
    assert [verdict["problem"]["code"] for verdict in told["verdicts"][:2]] == ["not_allowed"] * 2
    mikko.sync()
    assert mikko.values("d1") == {"text": ["for leaders"]}
    assert "d2" not in mikko.records


@pytest.mark.usefixtures("diary")
def test_d4_progress_counts_what_is_sent(phone: Phones, cast: Cast) -> None:
    """[D4] [P8] The total of a first fetch is that of the records which this person gets."""
    mikko = phone(cast.mikko)
    mikko.sync(*(mikko.change(f"d{n}", {"text": "for leaders"}, kind="diary") for n in range(3)))
    for person in (cast.aino, cast.mikko):
        fresh = phone(person, "laptop")
        progress = []
        more = True
        while more:
            reply = fresh.take(fresh.ask())
            progress.append(reply["progress"])
            more = reply["more"]
        here = len(fresh.records)
        assert progress[-1] == {"done": here, "total": here}
        assert {told["total"] for told in progress} == {here}


def test_d4_a_kind_that_changes_its_class(
    request: pytest.FixtureRequest, phone: Phones, aino: Device, cast: Cast
) -> None:
    """[D4] [D2] From the next write on its record counts in the new class, and no more in the old one."""
    aino.sync(aino.change("d1", {"text": "eka"}, kind="diary"))
    request.getfixturevalue("diary")
    mikko = phone(cast.mikko)
    mikko.sync(mikko.change("d1", {"text": "toka"}, kind="diary"))
    (row,) = db.session.scalars(select(Record).where(Record.id == "d1"))
    kept = orjson.loads(db.session.get_one(CaseFile, ("north-1", cast.aino.org)).digests)
    anew = digest.digest([("d1", merge.unpack(orjson.loads(row.body)))])
    assert kept == {"file": digest.EMPTY, "leaders": anew}


def digests_of(device: Device) -> dict[str, str]:
    inside = [record for record in device.records.values() if record["case"] == "north-1"]
    return digest.digests((record["id"], visibility.class_in(record), merge.unpack(record)) for record in inside)
