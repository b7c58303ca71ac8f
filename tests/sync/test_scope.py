"""Who may, who could once, and what the answer gives away (S)."""

import itertools
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import (
    Access,
    AccessEvent,
    AuditEvent,
    CaseFile,
    LineageToken,
    Organisation,
    Record,
    ReviewItem,
    db,
)
from server.core.problems import Problem
from server.sync import history, review_queue, scope
from tests.cast import Cast, Person
from tests.sync.conftest import Phones
from tests.sync.device import Change, Device


def take_away(person: Person, *cases: str) -> None:
    with writing() as transaction:
        scope.revoke(transaction, person.org, person.id, cases, "moved")


def give(person: Person, *cases: str, until: str | None = None) -> None:
    with writing() as transaction:
        scope.grant(transaction, person.org, person.id, cases, "stand_in", expires_at=until)


@pytest.mark.usefixtures("office")
def test_s1_a_person_reads_the_own_case_files_and_the_shared_one(cast: Cast) -> None:
    """[S1] The happy path."""
    with db.engine.connect() as connection:
        assert scope.readable_cases(connection, cast.aino.actor) == [cast.aino.org, "north-1", "north-2"]
        assert scope.readable_cases(connection, cast.sanna.actor) == [cast.sanna.org, "south-1"]


@pytest.mark.parametrize("case", ["south-1", "west-1", "no-such-case"])
def test_s3_never_a_member_is_not_to_be_told_from_absent(aino: Device, case: str) -> None:
    """[S3] [S5] Another team's client, another organisation's, and none at all: the same answer."""
    change = aino.change("r1", {"text": "x"}, case=case)
    reply = aino.ask(change)
    assert reply["verdicts"] == [{"id": change["id"], "verdict": "refused", "problem": {"code": "case_unknown"}}]
    assert reply["touched"] == []


def test_s2_a_change_that_claims_another_case_for_its_record(aino: Device, sanna: Device) -> None:
    """[S2] Fault 47: refused, also within the batch that makes the record."""
    aino.ask(aino.change("r1", {"text": "x"}))
    assert aino.problem(aino.change("r1", {"text": "y"}, case="north-2")) == "record_elsewhere"
    assert sanna.problem(sanna.change("r1", {"text": "y"}, case="south-1")) == "record_elsewhere"
    made, moved = aino.change("r2", {"text": "x"}), aino.change("r2", {"text": "y"}, case="north-2")
    assert aino.verdicts(made, moved) == ["applied", "refused"]


def test_s2_organisations_share_nothing_but_the_server(aino: Device, phone: Phones, cast: Cast) -> None:
    """[S2] The same record id in two organisations is two records."""
    olli = phone(cast.olli)
    aino.sync(aino.change("r1", {"text": "x"}))
    olli.sync(olli.change("r1", {"text": "y"}, case="west-1"))
    assert (aino.values("r1"), olli.values("r1")) == ({"text": ["x"]}, {"text": ["y"]})
    assert {record["case"] for record in olli.records.values()} == {"west-1", cast.olli.org}


def test_s4_access_was_lost_before_the_change_arrived(aino: Device, cast: Cast) -> None:
    """[S4] [S5] Fault 32: held with all that it says; nothing is revealed, nothing applied."""
    aino.sync(aino.change("r1", {"text": "x"}))
    late = aino.edit("r1", {"text": "late"})
    take_away(cast.aino, "north-1")
    reply = aino.ask(late)
    held = {"id": late["id"], "verdict": "in_review", "problem": {"code": "case_access_lost"}}
    assert reply["verdicts"] == [held]
    assert reply["touched"] == []
    assert aino.ask(late)["verdicts"] == [held], "sent again: held once"
    row = db.session.get_one(ReviewItem, (late["id"], cast.aino.org))
    assert (row.author, row.device, orjson.loads(row.change)) == (cast.aino.id, aino.name, late)
    assert text_of("r1") == [[0, "x"]]


def test_s4_one_batch_on_both_sides_of_the_loss(aino: Device, cast: Cast) -> None:
    """[S4] [W4] What may be applied is; a held id comes twice in the batch and is held once."""
    kept, late = aino.change("r2", {"text": "x"}, case="north-2"), aino.change("r1", {"text": "y"})
    take_away(cast.aino, "north-1")
    assert aino.verdicts(late, kept, late, late | {"set": {"text": "z"}}) == [
        "in_review",
        "applied",
        "in_review",
        "refused",
    ]
    assert aino.problem(late | {"set": {"text": "z"}}) == "change_id_reused"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"set": {"text": 7}}, "value_invalid"),
        ({"set": {"text": "x", "newer": 1.5}}, "value_invalid"),
        ({"set": {"text": "x", "Bad Path": 1}}, "value_invalid"),
        ({"set": {}}, "change_malformed"),
        ({"at": "yesterday"}, "change_malformed"),
        ({"seen": {"text": [None]}}, "change_malformed"),
        ({"seen": {"areas": ["a"]}}, "seen_without_set"),
        ({"kind": "person", "set": {"name": "x"}}, "kind_read_only"),
        ({"set": {"newer": "x" * LIMITS.change_bytes_max}}, "change_too_large"),
    ],
)
def test_s4_a_bad_change_is_refused_and_not_held(aino: Device, cast: Cast, wrong: Change, code: str) -> None:
    """[S4] What nobody could ever release does not go to the supervisor; a good one beside it does."""
    bad, good = aino.change("r1", {"text": "x"}) | wrong, aino.change("r2", {"text": "x"})
    take_away(cast.aino, "north-1")
    verdicts = aino.ask(bad, good, more_follow=True)["verdicts"]
    assert [verdict["problem"]["code"] for verdict in verdicts] == [code, "case_access_lost"]
    assert [row.id for row in db.session.scalars(select(ReviewItem))] == [good["id"]]
    never = aino.ask(bad | {"case": "south-1"}, good | {"case": "south-1"}, more_follow=True)["verdicts"]
    assert [verdict["problem"]["code"] for verdict in never] == [code, "change_id_reused"]


def test_s5_a_retry_after_the_loss_shows_nothing_of_the_record(aino: Device, liisa: Device, cast: Cast) -> None:
    """[S5] [W8] The change had been applied; what became of the record since is no longer told."""
    change = aino.change("r1", {"text": "x"})
    aino.ask(change)
    liisa.sync()
    liisa.ask(liisa.edit("r1", {"text": "after"}))
    take_away(cast.aino, "north-1")
    reply = aino.ask(change)
    assert (reply["verdicts"][0]["verdict"], reply["touched"]) == ("duplicate", [])


@pytest.fixture
def held(aino: Device, liisa: Device, cast: Cast) -> Change:
    """Aino's edit, made while she still worked with the client; meanwhile Liisa wrote too."""
    aino.sync(aino.change("r1", {"text": "x"}))
    late = aino.edit("r1", {"text": "late"})
    take_away(cast.aino, "north-1")
    assert aino.verdicts(late) == ["in_review"]
    liisa.sync()
    return late


def test_s4_release_applies_it_as_its_author_made_it(held: Change, aino: Device, liisa: Device, cast: Cast) -> None:
    """[S4] With author, time and `seen`; and it is logged."""
    with db.engine.connect() as connection:
        assert [each["change"] for each in review_queue.waiting(connection, cast.mikko.actor)["entries"]] == [held]
    with writing() as transaction:
        verdict = review_queue.release(transaction, cast.mikko.actor, held["id"])
    assert verdict["verdict"] == "applied"
    liisa.sync()
    assert liisa.records["r1"]["by"] == [[held["id"], held["at"], cast.aino.id]]
    assert liisa.values("r1") == {"text": ["late"]}
    assert aino.verdicts(held) == ["duplicate"]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "held_released")).one()
    assert (event.actor, orjson.loads(event.detail)["change"]) == (cast.mikko.id, held["id"])


def test_s4_a_release_overwrites_nothing_unseen(held: Change, liisa: Device, cast: Cast) -> None:
    """[S4] [M1] What Liisa wrote since stands beside it."""
    liisa.sync(liisa.edit("r1", {"text": "Liisan"}))
    with writing() as transaction:
        assert review_queue.release(transaction, cast.mikko.actor, held["id"])["verdict"] == "conflict"
    liisa.sync()
    assert sorted(liisa.values("r1")["text"]) == ["Liisan", "late"]


def test_s4_a_rejection_deletes_nothing(held: Change, aino: Device, cast: Cast) -> None:
    """[S4] It is kept with who decided; the author hears what they heard before."""
    with writing() as transaction:
        review_queue.reject(transaction, cast.mikko.actor, held["id"])
    row = db.session.get_one(ReviewItem, (held["id"], cast.aino.org))
    assert (row.decision, row.decided_by) == ("rejected", cast.mikko.id)
    assert orjson.loads(row.change) == held
    assert text_of("r1") == [[0, "x"]]
    assert aino.verdicts(held) == ["in_review"]
    with db.engine.connect() as connection:
        assert review_queue.waiting(connection, cast.mikko.actor) == {"entries": [], "next": None}


def test_s4_decided_once(held: Change, cast: Cast) -> None:
    """[S4] Neither twice nor both ways."""
    with writing() as transaction:
        review_queue.release(transaction, cast.mikko.actor, held["id"])
    for decide, change in itertools.product(
        (review_queue.release, review_queue.reject), (held["id"], "none", "\x00", "")
    ):
        with pytest.raises(Problem, match="not_found"), writing() as transaction:
            decide(transaction, cast.mikko.actor, change)


@pytest.mark.parametrize(("who", "code"), [("liisa", "not_allowed"), ("sanna", "not_allowed"), ("olli", "not_allowed")])
def test_s4_only_a_supervisor_of_the_client_decides(held: Change, cast: Cast, who: str, code: str) -> None:
    """[S4] [S5] Colleagues do not, and a leader without access does not even find it."""
    for decide in (review_queue.release, review_queue.reject):
        with pytest.raises(Problem, match=code), writing() as transaction:
            decide(transaction, getattr(cast, who).actor, held["id"])
    take_away(cast.mikko, "north-1")
    with pytest.raises(Problem, match="not_found"), writing() as transaction:
        review_queue.release(transaction, cast.mikko.actor, held["id"])
    foreign = Actor(cast.olli.org, cast.olli.id, "d", "team_leader")
    with pytest.raises(Problem, match="not_found"), writing() as transaction:
        review_queue.release(transaction, foreign, held["id"])


def test_s4_a_release_that_cannot_be_goes_on_waiting(aino: Device, liisa: Device, cast: Cast) -> None:
    """[S4] [S2] Meanwhile the record was made in another case file."""
    late = aino.change("r9", {"text": "x"})
    take_away(cast.aino, "north-1")
    aino.ask(late)
    liisa.ask(liisa.change("r9", {"text": "y"}, case="north-2"))
    with writing() as transaction:
        verdict = review_queue.release(transaction, cast.mikko.actor, late["id"])
    assert verdict["problem"]["code"] == "record_elsewhere"
    with db.engine.connect() as connection:
        assert len(review_queue.waiting(connection, cast.mikko.actor)["entries"]) == 1


def test_s6_a_stand_in_that_is_over_reads_and_writes_nothing(aino: Device, sanna: Device, cast: Cast) -> None:
    """[S6] The event is written before the request is served, whatever the request brings."""
    aino.sync(aino.change("r1", {"text": "x"}))
    give(cast.sanna, "north-1", until=timestamps.text(datetime.now(UTC) + timedelta(hours=1)))
    sanna.sync()
    late = sanna.edit("r1", {"text": "late"})
    with writing() as transaction:
        access = transaction.get_one(Access, (cast.sanna.org, cast.sanna.id, "north-1"))
        access.expires_at = timestamps.ago(seconds=1)
    reply = sanna.ask(late)
    assert reply["verdicts"][0]["verdict"] == "in_review"
    assert reply["files"] == [{"case": "north-1", "event": "purge"}]
    event = db.session.scalars(select(AccessEvent).order_by(AccessEvent.seq.desc())).first()
    assert event is not None
    assert (event.user, event.event, event.reason) == (cast.sanna.id, "revoke", "expired")


@pytest.mark.usefixtures("office")
def test_s6_everybodys_at_once(cast: Cast) -> None:
    """[S6] What the nightly run of the server does."""
    for person in (cast.sanna, cast.satu):
        give(person, "north-1", "north-2", until=timestamps.ago(seconds=1))
    with writing() as transaction:
        assert scope.expire_stand_ins(transaction, cast.sanna.org) == 4
    with writing() as transaction:
        assert scope.expire_stand_ins(transaction, cast.sanna.org) == 0


@pytest.mark.usefixtures("office")
def test_p1_each_access_event_has_its_own_seq_and_a_mark(cast: Cast) -> None:
    """[P1] [P5] So that devices hear of it in order."""
    give(cast.sanna, "north-1", "north-2")
    rows = db.session.scalars(select(AccessEvent).where(AccessEvent.user == cast.sanna.id)).all()
    seqs = sorted(row.seq for row in rows)
    last = db.session.get_one(Organisation, cast.sanna.org).seq
    assert seqs[-2:] == [last - 1, last]
    assert db.session.get(LineageToken, (cast.sanna.org, last)) is not None


@pytest.mark.usefixtures("office")
def test_s1_what_is_granted_must_exist(cast: Cast) -> None:
    """[S1] Neither a stranger nor another organisation's client."""
    for user, case in ((cast.sanna.id, "no-such-case"), (cast.sanna.id, "west-1"), ("nobody", "north-1")):
        with pytest.raises(LookupError), writing() as transaction:
            scope.grant(transaction, cast.sanna.org, user, [case], "own")
    with pytest.raises(LookupError), writing() as transaction:
        scope.grant(transaction, cast.sanna.org, cast.olli.id, ["north-1"], "own")


@pytest.mark.usefixtures("office")
def test_s1_granted_twice_is_granted_once(cast: Cast) -> None:
    """[S1] [P7] The terms change; devices hear nothing."""
    with writing() as transaction:
        before = transaction.get_one(Organisation, cast.aino.org).seq
        assert scope.grant(transaction, cast.aino.org, cast.aino.id, ["north-1"], "stand_in", expires_at="9") == []
        assert scope.revoke(transaction, cast.aino.org, cast.aino.id, ["south-1"], "never had it") == []
    assert db.session.get_one(Organisation, cast.aino.org).seq == before
    assert db.session.get_one(Access, (cast.aino.org, cast.aino.id, "north-1")).expires_at == "9"


def test_s2_access_is_checked_while_the_case_file_is_locked(aino: Device, cast: Cast) -> None:
    """[S2] A revocation and a push at the same moment: whichever is first, none slips between."""
    for turn in range(6):
        change = aino.change(f"r{turn}", {"text": "x"})
        barrier, said = threading.Barrier(2), []

        def lose(barrier: threading.Barrier = barrier) -> None:
            with aino.app.app_context():
                barrier.wait()
                take_away(cast.aino, "north-1")

        thread = threading.Thread(target=lose)
        thread.start()
        barrier.wait()
        said = aino.verdicts(change)
        thread.join()
        record = db.session.get(Record, (f"r{turn}", cast.aino.org))
        lost_at = db.session.scalar(select(AccessEvent.seq).order_by(AccessEvent.seq.desc()).limit(1))
        assert (said == ["applied"]) == (record is not None)
        if record is not None:
            assert lost_at is not None
            assert record.seq < lost_at
        db.session.rollback()
        give(cast.aino, "north-1")


def test_l5_access_stands_in_the_journal_beside_the_database(office: Flask, cast: Cast) -> None:
    """[L5] Fault 46: a database from before the revocation is brought up to it."""
    path: Path = office.extensions["ovikello-journal"]
    take_away(cast.aino, "north-1", "north-2")
    give(cast.aino, "north-2")
    with writing() as transaction:  # as it was before: a backup of this morning
        transaction.execute(db.delete(AccessEvent))
        transaction.execute(db.delete(AuditEvent))
        transaction.execute(db.delete(Access))
        rows = [
            {"org": cast.aino.org, "user": cast.aino.id, "case": case, "reason": "own"}
            for case in ("north-1", "north-2")
        ]
        transaction.execute(db.insert(Access), rows)
    assert journal.replay(path) > 0
    with db.engine.connect() as connection:
        assert scope.readable_cases(connection, cast.aino.actor) == [cast.aino.org, "north-2"]
    assert journal.replay(path) == 0


def test_l5_a_grant_of_a_client_that_the_backup_does_not_know(office: Flask, cast: Cast) -> None:
    """[L5] Opened after the backup, by a version that noted no openings: nothing to give, and the start goes on."""
    with writing() as transaction:
        scope.open_file(transaction, cast.aino.org, "new-1", None)
        scope.grant(transaction, cast.aino.org, cast.aino.id, ["new-1"], "own")
    with writing() as transaction:
        transaction.execute(db.delete(Access).where(Access.case == "new-1"))
        transaction.execute(db.delete(CaseFile).where(CaseFile.id == "new-1"))
        transaction.execute(db.delete(AuditEvent))
    path: Path = office.extensions["ovikello-journal"]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "case_open" not in line), encoding="utf-8")
    journal.replay(path)
    assert db.session.get(Access, (cast.aino.org, cast.aino.id, "new-1")) is None


def test_l4_history_needs_access_to_its_case(aino: Device, cast: Cast) -> None:
    """[L4] [S3] Without it, it is not to be told from absent."""
    aino.ask(aino.change("r1", {"text": "x"}))
    with db.engine.connect() as connection:
        for person, case in ((cast.sanna, "north-1"), (cast.olli, "north-1"), (cast.aino, "no-such-case")):
            with pytest.raises(Problem, match="not_found"):
                history.history(connection, person.actor, case, "r1")
        assert history.history(connection, cast.aino.actor, "north-2", "r1")["entries"] == []


def text_of(record: str) -> list[list[object]]:
    db.session.rollback()
    body = db.session.scalars(select(Record.body).where(Record.id == record)).one()
    versions: list[list[object]] = orjson.loads(body)["fields"]["text"]
    return versions
