"""What a device gets, in what order, and from where it goes on (P)."""

import base64
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from itsdangerous import Signer
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from server import config
from server.config import LIMITS
from server.core.database import writing
from server.core.models import LineageToken, Organisation, Record, db
from server.core.signing import signer
from server.sync import pull, scope
from tests.cast import Cast
from tests.sync.conftest import Phones
from tests.sync.device import Change, Device

TODAY = datetime.now(UTC)


def plan(days: int) -> dict[str, Any]:
    """The values of a visit planned so many days ahead."""
    start = TODAY + timedelta(days=days)
    return {"plan": {"start": start.strftime("%Y-%m-%dT08:00:00Z"), "end": start.strftime("%Y-%m-%dT09:00:00Z")}}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records a page, so that a handful of them makes a long pull."""
    monkeypatch.setattr(pull, "LIMITS", replace(LIMITS, page_records_max=3))


def test_p8_a_fresh_device_gets_everything_that_it_may_read(aino: Device, sanna: Device, liisa: Device) -> None:
    """[P8] [P3] The happy path: people, her two clients, nothing of South."""
    aino.ask(aino.change("n1", {"text": "x"}), aino.change("n2", {"text": "y"}, case="north-2"))
    sanna.ask(sanna.change("s1", {"text": "z"}, case="south-1"))
    replies = liisa.sync()
    notes = [record for record in liisa.records.values() if record["kind"] == "note"]
    assert sorted(record["id"] for record in notes) == ["n1", "n2"]
    people = [record for record in liisa.records.values() if record["kind"] == "person"]
    assert len(people) == 5
    total = len(liisa.records)
    assert replies[-1]["progress"] == {"done": total, "total": total}
    assert [reply["progress"]["total"] for reply in replies] == [total] * len(replies)


def test_p8_the_first_page_is_enough_for_today(aino: Device, liisa: Device) -> None:
    """[P8] The shared file, the heads of the case files and the coming days; the rest follows."""
    changes = [
        aino.change("head-1", {"client_name": "Matti"}, kind="case"),
        aino.change("head-2", {"client_name": "Maija"}, kind="case", case="north-2"),
        aino.change("note", {"text": "x"}),
        aino.change("yesterday", plan(-1), kind="visit"),
        aino.change("soon", plan(3), kind="visit", case="north-2"),
        aino.change("last", plan(14), kind="visit"),
        aino.change("long-ago", plan(-2), kind="visit"),
        aino.change("far-off", plan(16), kind="visit"),
        aino.change("unplanned", {"note": "x"}, kind="visit"),
    ]
    assert set(aino.verdicts(*changes)) == {"applied"}
    first, second = liisa.sync()
    ids = [record["id"] for record in first["records"] if record["kind"] not in {"person", "team"}]
    assert ids == ["head-1", "head-2", "yesterday", "soon", "last"]
    assert {record["kind"] for record in first["records"]} >= {"person", "team"}
    assert [record["id"] for record in second["records"]] == ["note", "long-ago", "far-off", "unplanned"]


@pytest.mark.usefixtures("small_pages")
def test_p8_in_small_pages_each_record_once_file_after_file(aino: Device, liisa: Device) -> None:
    """[P8] Fault 38 and 48: resumable, complete, and the total is known from the start."""
    cases = ["north-2", "north-1"]
    aino.sync(*(aino.change(f"n{n:02d}", {"text": "x"}, case=cases[n % 2]) for n in range(20)))
    replies = liisa.sync()
    sent = [record["id"] for reply in replies for record in reply["records"]]
    assert len(sent) == len(set(sent)) == len(liisa.records) == replies[0]["progress"]["total"]
    assert all(len(reply["records"]) <= 3 for reply in replies)
    notes = [
        (record["case"], record["seq"])
        for reply in replies
        for record in reply["records"]
        if record["id"] < "n99" and record["kind"] == "note"
    ]
    assert notes == sorted(notes)
    done = [reply["progress"]["done"] for reply in replies]
    assert done == sorted(done)
    assert liisa.sync()[-1]["progress"] is None


@pytest.mark.usefixtures("small_pages")
def test_p8_what_is_written_during_the_first_fetch_comes_too(aino: Device, liisa: Device) -> None:
    """[P7] [P8] Fault 48: the feed goes on while the fill does."""
    aino.ask(*(aino.change(f"n{n}", {"text": "x"}) for n in range(12)))
    liisa.take(liisa.ask())
    aino.sync()
    aino.ask(aino.edit("n11", {"text": "new"}), aino.edit("n0", {"text": "new"}), aino.change("n12", {"text": "y"}))
    replies = liisa.sync()
    assert not replies[-1]["more"]
    assert {record: liisa.values(record)["text"] for record in ("n0", "n11", "n12", "n5")} == {
        "n0": ["new"],
        "n11": ["new"],
        "n12": ["y"],
        "n5": ["x"],
    }


def test_p3_a_record_comes_as_it_is_now_not_as_its_past(aino: Device, liisa: Device) -> None:
    """[P3] Ten edits, one record."""
    liisa.sync()
    aino.sync(aino.change("n1", {"text": "0"}))
    for n in range(1, 10):
        aino.sync(aino.edit("n1", {"text": str(n)}))
    reply = liisa.sync()[-1]
    assert [record["fields"]["text"] for record in reply["records"]] == [[[0, "9"]]]


def test_p4_nothing_new_is_one_small_request(aino: Device) -> None:
    """[P4] The cursor says all; the reply holds no records."""
    aino.sync(aino.change("n1", {"text": "x"}))
    reply = aino.ask()
    assert (reply["records"], reply["touched"], reply["files"], reply["more"]) == ([], [], [], False)
    assert reply["progress"] is None


def test_w7_while_more_batches_follow_no_page_comes(aino: Device, liisa: Device) -> None:
    """[W7] [P5] Verdicts and what they concern; of the cursor only the mark moves."""
    liisa.sync()
    aino.ask(aino.change("n0", {"text": "x"}))
    reply = liisa.ask(liisa.change("n1", {"text": "x"}), more_follow=True)
    assert [record["id"] for record in reply["touched"]] == ["n1"]
    assert (reply["records"], reply["files"], reply["more"]) == ([], [], True)
    before, after = pull.read(liisa.cursor or ""), pull.read(reply["cursor"])
    assert before is not None
    assert after is not None
    assert replace(after, lineage=before.lineage) == before
    assert after.lineage[0] == reply["verdicts"][0]["seq"]
    liisa.take(reply)
    assert [record["id"] for record in liisa.take(liisa.ask())["records"]] == ["n0", "n1"]


def test_w8_what_was_touched_does_not_come_twice(aino: Device, liisa: Device) -> None:
    """[W8] Own records stand in `touched`, others' in `records`."""
    liisa.sync()
    aino.ask(aino.change("n0", {"text": "x"}))
    own = liisa.change("n1", {"text": "x"})
    for again in (False, True):  # the second time is the retry after a lost reply
        reply = liisa.ask(own, liisa.change(f"n2-{int(again)}", {"text": "x"}))
        assert [record["id"] for record in reply["touched"]] == ["n1", f"n2-{int(again)}"]
        assert "n1" not in [record["id"] for record in reply["records"]]
        assert "n0" in [record["id"] for record in reply["records"]]
    liisa.take(reply)
    assert liisa.ask()["records"] == []


def test_p5_another_epoch_resets_and_applies_nothing(aino: Device) -> None:
    """[P5] [P6] Fault 16: the server was restored; the device offers its entries again."""
    aino.sync(aino.change("n1", {"text": "x"}))
    with writing() as transaction:
        transaction.execute(update(Organisation).values(epoch="restored"))
    change = aino.change("n2", {"text": "y"})
    reply = aino.ask(change)
    assert reply.keys() == {"protocol", "epoch", "server_time", "reset"}
    assert (reply["epoch"], reply["reset"]) == ("restored", True)
    assert db.session.get(Record, ("n2", aino.person.org)) is None
    aino.take(reply)
    assert aino.sync(change)[0]["verdicts"][0]["verdict"] == "applied"


@pytest.mark.parametrize("damage", ["forked", "rolled back"])
def test_p5_a_mark_that_the_server_does_not_know(aino: Device, damage: str) -> None:
    """[P5] Fault 16: the same epoch, but not the same history."""
    aino.sync(aino.change("n1", {"text": "x"}))
    with writing() as transaction:
        if damage == "forked":
            transaction.execute(update(LineageToken).values(mark="another"))
        else:
            transaction.execute(delete(LineageToken))
            transaction.execute(update(Organisation).values(seq=1))
    assert aino.ask(aino.change("n2", {"text": "y"}))["reset"] is True


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "ä", "e30", "bnVsbA", "W10", "eyJlIjoxfQ", "A" * 10_000, "\x00", "////", "eyJlIjoiXHUwMDAwIn0"],
)
def test_p5_a_cursor_that_no_server_wrote(aino: Device, cursor: str) -> None:
    """[P5] [P4] Damaged on the way: the device starts again, it is not stuck."""
    aino.cursor = cursor
    assert aino.ask()["reset"] is True


def test_p4_a_forged_cursor_gives_no_access(aino: Device, sanna: Device) -> None:
    """[P4] [S1] A fill of somebody else's case file brings nothing."""
    sanna.ask(sanna.change("s1", {"text": "z"}, case="south-1"))
    aino.sync()
    cursor = pull.read(aino.cursor or "")
    assert cursor is not None
    for case in ("south-1", "no-such-case"):
        aino.cursor = pull.written(replace(cursor, seq=0, access=0, fills=(pull.Fill(case, 2**50),)))
        replies = aino.sync()
        assert "s1" not in aino.records
        assert not replies[-1]["more"]


def test_p5_a_forged_cursor_breaks_no_statement(aino: Device) -> None:
    """[P5] [P4] Texts and numbers that a database would choke on are none of ours: the device starts again."""
    aino.sync()
    cursor = pull.read(aino.cursor or "")
    assert cursor is not None
    forged = [
        replace(cursor, seq=2**63),
        replace(cursor, access=-1),
        replace(cursor, lineage=(2**60, "m")),
        replace(cursor, fills=(pull.Fill("\x00", 1),)),
        replace(cursor, fills=(pull.Fill(pull.ALL, 2**63),)),
        replace(cursor, fills=(pull.Fill(pull.ALL, 1, ("\x00", 0)),)),
        replace(cursor, fills=(pull.Fill(pull.ALL, 1, ("", 0), ("\ud800", "x"), True),)),
        replace(cursor, fills=(pull.Fill(pull.ALL, 1, ("", -1)),)),
    ]
    for each in forged:
        parts = {"e": each.epoch, "m": each.lineage, "a": each.access, "s": each.seq}
        parts["f"] = [[f.case, f.bound, *f.at, *f.days, f.is_first] for f in each.fills]
        plain = base64.urlsafe_b64encode(json.dumps(parts).encode())
        aino.cursor = signer(pull.PURPOSE).sign(plain).decode()
        assert aino.ask()["reset"] is True, each


def test_p5_a_cursor_that_this_server_did_not_sign_is_none(aino: Device) -> None:
    """[P5] [P4] Whatever it says: 150,000 fills, a true one without its signature or with another."""
    aino.sync()
    true = aino.cursor or ""
    plain, _, signature = true.rpartition(".")
    parts = json.loads(base64.urlsafe_b64decode(plain + "=="))
    many = json.dumps(parts | {"f": [["*", 1, "", 0, "", "", False]] * 150_000, "p": [0, 1]}).encode()
    forged = base64.urlsafe_b64encode(many).decode().rstrip("=")
    others = Signer("another key, as long", salt=pull.PURPOSE, digest_method=sha256).sign(plain.encode()).decode()
    elsewhere = signer("known device").sign(plain.encode()).decode()
    for cursor in (
        forged,
        f"{forged}.{signature}",
        plain,
        f"{plain}.",
        true[:-1],
        f"{true}x",
        others,
        elsewhere,
        ".",
        "ä",
    ):
        aino.cursor = cursor
        assert aino.ask(aino.change("n1", {"text": "x"}))["reset"] is True, cursor[:60]
    aino.cursor = true
    assert not aino.ask().get("reset")


@pytest.mark.usefixtures("office")
def test_p4_a_cursor_reads_back_as_it_was_written() -> None:
    """[P4] Open fills included."""
    fills = (pull.Fill("a", 7, ("", 3)), pull.Fill(pull.ALL, 9, ("b", 2), ("2026-01-01", "2026-01-15"), True))
    for cursor in (pull.Cursor("e", (9, "m"), 3, 9), pull.Cursor("e", (9, "m"), 3, 9, fills, 4, 20)):
        assert pull.read(pull.written(cursor)) == cursor


def test_p7_access_granted_fills_in_what_was_there(aino: Device, phone: Phones, cast: Cast) -> None:
    """[P7] Fault 33: rows far below the cursor."""
    aino.ask(*(aino.change(f"n{n}", {"text": "x"}) for n in range(5)))
    sanna = phone(cast.sanna)
    sanna.sync()
    with writing() as transaction:
        scope.grant(transaction, cast.sanna.org, cast.sanna.id, ["north-1"], "stand_in")
    replies = sanna.sync()
    assert replies[0]["files"] == [{"case": "north-1", "event": "backfill"}]
    assert {f"n{n}" for n in range(5)} <= sanna.records.keys()
    assert replies[-1]["progress"] == {"done": 5, "total": 5}
    assert sanna.sync()[0]["files"] == []


@pytest.mark.usefixtures("small_pages")
def test_p7_a_granted_file_larger_than_a_page_while_others_write(aino: Device, sanna: Device, cast: Cast) -> None:
    """[P7] Fault 48: complete, and what is written later comes in the feed."""
    aino.sync(*(aino.change(f"n{n:02d}", {"text": "x"}) for n in range(11)))
    sanna.sync()
    with writing() as transaction:
        scope.grant(transaction, cast.sanna.org, cast.sanna.id, ["north-1"], "stand_in")
    replies = [sanna.take(sanna.ask())]
    rounds = 0
    while replies[-1]["more"]:
        rounds += 1
        if rounds < 6:
            aino.sync(aino.change(f"new{rounds}", {"text": "y"}), aino.edit(f"n{rounds:02d}", {"text": "edited"}))
        replies.append(sanna.take(sanna.ask()))
    assert {record for record in sanna.records if record[0] == "n"} >= {f"n{n:02d}" for n in range(11)}
    assert all(sanna.values(f"n{n:02d}")["text"] == ["edited"] for n in range(1, 6))
    sanna.sync()
    assert {record["seq"] for record in sanna.records.values() if record["case"] == "north-1"} == {
        record["seq"] for record in aino.records.values() if record["case"] == "north-1"
    }


def test_p7_access_lost_purges_and_nothing_of_it_comes(aino: Device, liisa: Device, cast: Cast) -> None:
    """[P7] [S1] Fault 32: not even what was written before the loss and not fetched yet."""
    aino.sync(aino.change("n1", {"text": "x"}))
    liisa.sync()
    aino.ask(aino.change("n2", {"text": "secret"}))
    with writing() as transaction:
        scope.revoke(transaction, cast.liisa.org, cast.liisa.id, ["north-1"], "moved")
    reply = liisa.take(liisa.ask())
    assert reply["files"] == [{"case": "north-1", "event": "purge"}]
    assert reply["records"] == []
    assert not any(record["case"] == "north-1" for record in liisa.records.values())


def test_p7_granted_again_is_a_purge_and_then_a_fill(aino: Device, liisa: Device, cast: Cast) -> None:
    """[P7] Both while the phone was away."""
    aino.ask(aino.change("n1", {"text": "x"}))
    liisa.sync()
    for _ in range(2):
        with writing() as transaction:
            scope.revoke(transaction, cast.liisa.org, cast.liisa.id, ["north-1"], "moved")
        with writing() as transaction:
            scope.grant(transaction, cast.liisa.org, cast.liisa.id, ["north-1"], "back")
    reply = liisa.ask()
    assert reply["files"] == [{"case": "north-1", "event": "purge"}, {"case": "north-1", "event": "backfill"}]
    liisa.sync()
    assert "n1" in liisa.records


@pytest.mark.usefixtures("small_pages")
def test_p7_access_lost_in_the_middle_of_a_fill(aino: Device, liisa: Device, cast: Cast) -> None:
    """[P7] The fill ends; the page that it would have filled is not sent."""
    aino.ask(*(aino.change(f"n{n:02d}", {"text": "x"}) for n in range(12)))
    while "n01" not in liisa.records:
        liisa.take(liisa.ask())
    with writing() as transaction:
        scope.revoke(transaction, cast.liisa.org, cast.liisa.id, ["north-1"], "moved")
    replies = liisa.sync()
    assert all(record["case"] != "north-1" for reply in replies for record in reply["records"])
    assert not any(record["case"] == "north-1" for record in liisa.records.values())
    assert not replies[-1]["more"]


@pytest.mark.usefixtures("small_pages")
def test_p9_a_page_that_the_scope_empties_still_advances(aino: Device, sanna: Device) -> None:
    """[P9] Ten changes that Sanna may not read: her cursor passes them at once."""
    sanna.sync()
    before = pull.read(sanna.cursor or "")
    aino.ask(*(aino.change(f"n{n}", {"text": "x"}) for n in range(10)))
    reply = sanna.take(sanna.ask())
    after = pull.read(sanna.cursor or "")
    assert before is not None
    assert after is not None
    assert (reply["records"], reply["more"]) == ([], False)
    assert after.seq == before.seq + 10


@pytest.mark.usefixtures("small_pages")
def test_p2_a_feed_of_several_pages(aino: Device, liisa: Device) -> None:
    """[P2] In the order of seq, none left out, none twice."""
    liisa.sync()
    aino.ask(*(aino.change(f"n{n}", {"text": "x"}) for n in range(8)))
    replies = liisa.sync()
    seqs = [record["seq"] for reply in replies for record in reply["records"]]
    assert [len(reply["records"]) for reply in replies] == [3, 3, 2]
    assert seqs == sorted(set(seqs))


def test_p10_durable_is_what_a_backup_holds(aino: Device) -> None:
    """[P10] Where none is configured: what is 30 days old."""
    aino.sync(aino.change("n1", {"text": "x"}))
    assert aino.ask()["backed_up_seq"] == 0
    with writing() as transaction:
        old = (TODAY - timedelta(days=31)).strftime("%Y-%m-%dT%H:%M:%SZ")
        transaction.execute(update(LineageToken).where(LineageToken.seq <= 3).values(at=old))
        known = transaction.scalar(
            db.select(db.func.max(LineageToken.seq)).where(LineageToken.seq <= 3, LineageToken.org == aino.person.org)
        )
    assert aino.ask()["backed_up_seq"] == known
    with writing() as transaction:
        transaction.execute(update(Organisation).values(durable_seq=5))
    assert aino.ask()["backed_up_seq"] == 5


def test_d3_a_digest_is_told_of_readable_files_only(aino: Device) -> None:
    """[D3] [S5] Of another's file nothing is said, not even that it exists."""
    aino.sync(aino.change("n1", {"text": "x"}))
    reply = aino.ask(check=["north-1", "south-1", "no-such-case", aino.person.org])
    assert [(file["case"], file["event"]) for file in reply["files"]] == sorted(
        [("north-1", "check"), (aino.person.org, "check")]
    )


def test_d3_a_repair_drops_the_copies_and_fills_them_in_again(aino: Device) -> None:
    """[D3] [P7] Whatever was wrong with the copies is gone; and it is reported."""
    aino.sync(aino.change("n1", {"text": "x"}), aino.change("n2", {"text": "y"}))
    aino.records["n1"]["fields"] = {}
    aino.records["ghost"] = {**aino.records["n2"], "id": "ghost"}
    replies = aino.sync(repair=["north-1", "south-1"])
    assert replies[0]["files"] == [{"case": "north-1", "event": "purge"}, {"case": "north-1", "event": "backfill"}]
    assert aino.values("n1") == {"text": ["x"]}
    assert "ghost" not in aino.records


def test_w13_a_newer_protocol_is_answered_with_ours(aino: Device) -> None:
    """[W13] Fault 30: its push is taken first."""
    reply = aino.ask(aino.change("n1", {"text": "x"}), protocol=config.PROTOCOL + 1, schema=99)
    assert reply["protocol"] == config.PROTOCOL
    assert reply["verdicts"][0]["verdict"] == "applied"


def is_locked(error: OperationalError) -> bool:
    """On a busy machine SQLite's lock may take longer than it is waited for: `try_later`, and a phone asks again."""
    return "locked" in str(error.orig)


def are_taken(device: Device, changes: list[Change]) -> bool:
    """What had been written when the lock came in between is *duplicate* the next time."""
    expected = {"applied"}
    while True:
        try:
            return set(device.verdicts(*changes)) <= expected
        except OperationalError as error:
            if not is_locked(error):
                raise
            expected = {"applied", "duplicate"}


def read(device: Device) -> None:
    try:
        device.sync()
    except OperationalError as error:
        if not is_locked(error):
            raise


@pytest.mark.timeout(300)
def test_p1_eight_writers_and_a_reader_miss_nothing(phone: Phones, cast: Cast) -> None:
    """[P1] [P2] Fault 15: commit order is cursor order."""
    writers, pushes = 8, 12
    reader = phone(cast.liisa)
    reader.sync()
    people = [cast.aino, cast.mikko]

    def write(number: int) -> None:
        device = phone(people[number % 2], f"writer-{number}")
        for turn in range(pushes):
            case = ("north-1", "north-2")[turn % 2]
            changes = [device.change(f"w{number}-{turn}-{n}", {"text": "x"}, case=case) for n in range(3)]
            assert are_taken(device, changes)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        read(reader)
    for thread in threads:
        thread.join()
    reader.sync()
    written = {f"w{w}-{t}-{n}" for w in range(writers) for t in range(pushes) for n in range(3)}
    assert {record for record in reader.records if record.startswith("w")} == written
