"""The server of a storm, and what an all-knowing witness says of who may read what.

The exchange, the database and the journal are the real ones. Each schedule has organisations of its
own in one database; a backup is a copy of their rows, which is what a copied file would hold.
"""

import random
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.auth import sessions
from server.core import journal, journal_file, timestamps
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import Base, CaseFile, Change, Device, Organisation, Reading, Record, ReviewItem, User, db
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.kinds.readers import CASE_READERS, CASEWORKERS
from server.rules.merge import unpack
from server.sync import client_readers, history, one_person, review_queue, scope
from server.sync import exchange as exchanging
from tests.storm.invariants import Broken, Logged, Stored

CASES = ["case-a", "case-b", "case-c"]
PEOPLE = {
    "aino": ("field_worker", {"case-a", "case-b"}),
    "liisa": ("field_worker", {"case-b", "case-c"}),
    "mikko": ("team_leader", set(CASES)),
    "sanna": ("field_worker", {"case-c"}),
    "olli": ("field_worker", {"case-a"}),
    #: has access, and reads nothing of it (D4)
    "taru": ("expert_by_experience", {"case-a", "case-b"}),
}
#: what a backup holds of an organisation, parents first
KEPT = (
    "device",
    "case_file",
    "access",
    "access_event",
    "record",
    "change",
    "held_change",
    "mark",
    "reading",
    "audit_event",
    "security_event",
    "chain_head",
)

Rows = dict[str, list[dict[str, Any]]]


class Crash(Exception):
    """The process dies here."""


@dataclass
class World:
    """One schedule's organisations on a server. `granted` is the witness's, not the server's."""

    app: Flask
    granted: dict[str, set[str]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    #: the case files that are open, and the devices that were wiped
    cases: list[str] = field(default_factory=lambda: list(CASES))
    wiped: set[tuple[str, str]] = field(default_factory=set)
    #: intakes by id, and whether nobody has taken them in yet (H4)
    intakes: dict[str, bool] = field(default_factory=dict)
    #: the file of Harjula's one team (H6)
    team: str = ""
    #: lines of the journal that a crash cut off from their commit: `(person, case)` that lose access at the next start
    cut_off: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        own = secrets.token_hex(4)
        with self.app.app_context(), writing() as transaction:
            for name, (role, cases) in PEOPLE.items():
                firm = f"{'Rantala' if name == 'olli' else 'Harjula'} {own}"
                org = directory.find_or_add_organisation(transaction, firm)
                team = directory.find_or_add_team(transaction, org, f"{firm} North")
                account = directory.Account(org, f"{name}-{own}", name.title(), role, team)
                self.team = self.team if name == "olli" else team.id
                user = directory.enter(transaction, account, "no password")
                known = set(transaction.scalars(select(CaseFile.id).where(CaseFile.org == org.id)))
                for case in sorted(cases - known):
                    scope.open_file(transaction, org.id, case, None)
                scope.grant(transaction, org.id, user.id, cases, "own_client")
                self.granted[name] = set(cases)
                self.actors[name] = Actor(org.id, user.id, "", role)
        self.orgs = {actor.org for actor in self.actors.values()}

    def readable(self, person: str) -> set[str]:
        """The case files of which this person may read anything."""
        return self.granted[person] if self.actors[person].role in CASE_READERS else set()

    def shared(self, person: str) -> set[str]:
        """The files that nobody was given: the organisation's, and the team's."""
        is_in_team = person != "olli" and self.actors[person].role in CASE_READERS
        return {self.org_of(person)} | ({self.team} if is_in_team else set())

    @property
    def apart(self) -> set[str]:
        """Files that are no client's."""
        return self.orgs | {self.team}

    def org_of(self, person: str) -> str:
        return self.actors[person].org

    def user_id(self, person: str) -> str:
        return self.actors[person].user

    # --- what happens to it -----------------------------------------------------------------------

    def ask(self, person: str, device: str, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to a request, both as JSON on the wire."""
        known = self.actors[person]
        actor = Actor(known.org, known.user, device, known.role)
        with self.app.app_context():
            try:
                body = exchanging.exchange(actor, orjson.dumps(request))
            except Problem as problem:
                return {"problem": problem.code}
            finally:
                db.session.remove()
        reply: dict[str, Any] = orjson.loads(body)
        changes = {change["id"]: change for change in request["changes"]}
        for verdict in reply.get("verdicts", ()):
            if verdict["verdict"] in ("applied", "conflict"):
                self._see_header(person, changes[verdict["id"]])
        return reply

    def _see_header(self, person: str, change: dict[str, Any]) -> None:
        """Who reads an intake follows from what the server took (H4): the whole team, or whoever took the client in."""
        case, home = change["case"], change["set"].get("home")
        if change["kind"] != "case" or change["record"] != case or home is None:
            return
        team = {name for name, actor in self.actors.items() if name != "olli" and actor.role in CASEWORKERS}
        if home == "intake" and case not in self.intakes:
            self.intakes[case] = True
            for name in team:
                self.granted[name].add(case)
        if home == "case" and self.intakes.get(case):
            self.intakes[case] = False
            for name in team - {person, "mikko"}:
                self.granted[name].discard(case)

    def look(self, person: str, case: str) -> bool:
        """Whether this person, who asks for nothing else, finds the log of a case file (L4, S6)."""
        with self.app.app_context(), exchanging.reading() as connection:
            try:
                return bool(history.file_history(connection, self.actors[person], case)["entries"])
            except Problem:
                return False

    def restart(self) -> None:
        """What is in memory is gone; what was committed stands, and what a crash cut off is sorted out (L10)."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
            self._replay()

    def _replay(self) -> None:
        journal.replay(journal.path_of(self.app))
        db.session.remove()
        for person, case in self.cut_off:
            self.granted[person].discard(case)
        self.cut_off.clear()

    def open(self, person: str) -> str:
        """The office opens a case file for a worker and the leaders of the team."""
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            worker = transaction.get_one(User, (actor.user, actor.org))
            case = directory.open_case(transaction, worker, "OV-0001", "Maija V.", f"opened-{len(self.cases)}")
        self.cases.append(case)
        for each in {person, "mikko"}:
            self.granted[each].add(case)
        return case

    def crash(self, person: str, case: str, deed: str) -> None:
        """The process dies between a line of the journal and its commit (L10)."""
        actor = self.actors[person]
        with self.app.app_context(), suppress(Crash), writing() as transaction:
            if deed == "revoke":
                scope.revoke(transaction, actor.org, actor.user, [case], "cut off")
            else:
                _give(transaction, actor, case)
            if lines := transaction.info.pop(journal.UNWRITTEN, []):
                journal_file.append(journal.path_of(self.app), lines)
                self.cut_off |= {(person, case)} if deed == "revoke" else set()
            raise Crash

    def wipe(self, person: str, device: str) -> None:
        """A device that signed in not long ago is stolen (V10)."""
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            owner = transaction.get_one(User, (actor.user, actor.org))
            sessions.wipe_device(transaction, sessions.device_of(transaction, owner, device, "Phone"), None)
        self.wiped.add((actor.org, device))

    def still_wiped(self) -> set[tuple[str, str]]:
        with self.app.app_context():
            asked = select(Device.org, Device.id).where(Device.org.in_(self.orgs), Device.wipe_asked_at.is_not(None))
            return {(row.org, row.id) for row in db.session.execute(asked)}

    def grant(self, person: str, case: str) -> None:
        self._grant(person, case, expires_at=None)
        self.granted[person].add(case)
        self.cut_off.discard((person, case))

    def lend(self, person: str, case: str) -> None:
        self._grant(person, case, expires_at=timestamps.ago(seconds=1))
        self.granted[person].discard(case)
        self.cut_off.discard((person, case))

    def _grant(self, person: str, case: str, expires_at: str | None) -> None:
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            _give(transaction, actor, case, expires_at)

    def revoke(self, person: str, case: str) -> None:
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            scope.revoke(transaction, actor.org, actor.user, [case], "moved on")
        self.granted[person].discard(case)
        self.cut_off.discard((person, case))

    def release(self, rng: random.Random) -> str | None:
        """The supervisor decides on one held change: twice in three it is let in."""
        mikko = self.actors["mikko"]
        with self.app.app_context():
            with exchanging.reading() as connection:
                held = {
                    each["change"]["id"]: each["change"] for each in review_queue.waiting(connection, mikko)["entries"]
                }
            waiting = sorted(held)
            if not waiting:
                return None
            chosen = rng.choice(waiting)
            decide = rng.choice((review_queue.release, review_queue.release, review_queue.reject))
            verdict = in_one_transaction(lambda transaction: decide(transaction, mikko, chosen))
            db.session.remove()
        if verdict and verdict["verdict"] in ("applied", "conflict"):
            self._see_header("mikko", dict(held[chosen]))
        return f"{decide.__name__} {chosen[:8]}"

    def together(self, person: str, case: str) -> list[str]:
        """The files that this person reads as one client with this one (H7)."""
        with self.app.app_context(), exchanging.reading() as connection:
            return one_person.readable_files_of(connection, self.actors[person], case)

    def decide(self, rng: random.Random) -> str | None:
        """The supervisor decides who of those who read one of two files reads both; the others read neither (H8)."""
        mikko = self.actors["mikko"]
        with self.app.app_context():
            with exchanging.reading() as connection:
                open_ones = client_readers.undecided(connection, mikko)
                if not open_ones:
                    return None
                files, readers = client_readers.who_reads(connection, mikko, rng.choice(open_ones))
            names = {actor.user: name for name, actor in self.actors.items()}
            chosen = [reader.person for reader in readers if rng.random() < 0.6]
            in_one_transaction(lambda transaction: client_readers.decide(transaction, mikko, files[0], chosen))
            db.session.remove()
        for reader in readers:
            name = names[reader.person]
            before, after = self.granted[name] & set(files), set[str]()
            if reader.person in chosen or reader.person == mikko.user:
                after = set(files)
            self.granted[name] = (self.granted[name] - before) | after
            # A line that a crash cut off is overtaken only by one of the same person and file.
            self.cut_off -= {(name, file) for file in before ^ after}
        return f"{files}: {sorted(names[person] for person in chosen)}"

    # --- backups ----------------------------------------------------------------------------------

    def back_up(self) -> Rows:
        """A copy of everything; then `backed_up_seq` tells devices what is safe in it (P10)."""
        with self.app.app_context(), writing() as transaction:
            rows = {
                name: [
                    dict(row._mapping) for row in transaction.execute(select(table).where(table.c.org.in_(self.orgs)))
                ]
                for name, table in _tables()
            }
            orgs = Organisation.__table__
            found = transaction.execute(select(orgs).where(orgs.c.id.in_(self.orgs)))
            rows["organisation"] = [dict(row._mapping) for row in found]
            for row in rows["organisation"]:
                transaction.execute(
                    update(Organisation).where(Organisation.id == row["id"]).values(durable_seq=row["seq"])
                )
        return rows

    def put_back(self, rows: Rows, *, new_epoch: bool) -> None:
        """The backup in place of what is there; the journal brings back who may read what (L5)."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
            with writing() as transaction:
                for _, table in reversed(_tables()):
                    transaction.execute(delete(table).where(table.c.org.in_(self.orgs)))
                for row in rows["organisation"]:
                    epoch = directory.new_epoch() if new_epoch else row["epoch"]
                    transaction.execute(
                        update(Organisation).where(Organisation.id == row["id"]).values(row | {"epoch": epoch})
                    )
                for name, table in _tables():
                    if rows[name]:
                        transaction.execute(insert(table), rows[name])
            self._replay()

    # --- forgeries --------------------------------------------------------------------------------

    def forgeries(self, person: str, own_id: str, rng: random.Random) -> tuple[dict[str, Any], set[str]] | None:
        """A change that a lying device might send, and the problems that may answer it."""
        org = self.org_of(person)
        at = "1700000000000-0000-000000000000"
        change: dict[str, Any] = {"id": own_id, "at": at, "kind": "note", "set": {"text": "valhe"}}
        log = self.log(org)
        sort = rng.choice(("case", "record", "id", "home"))
        if self.granted[person] - self.readable(person):
            case = rng.choice(sorted(self.granted[person]))
            upon = [line.record for line in log if line.case == case]
            return change | {"record": rng.choice([own_id, *upon]), "case": case, "seen": {}}, {"not_allowed"}
        if sort == "case":
            return change | {"record": own_id, "case": "case-of-nobody", "seen": {}}, {"case_unknown"}
        if sort == "home":
            elsewhere = rng.choice(sorted(self.shared(person)))
            return change | {"record": own_id, "case": elsewhere, "seen": {}}, {"kind_elsewhere", "case_unknown"}
        if not log:
            return None
        line = rng.choice(log)
        if sort == "record":
            others = sorted(self.readable(person) - {line.case})
            if not others:
                return None
            known = {"record": line.record, "case": rng.choice(others), "seen": {}}
            return change | known, {"record_elsewhere"}
        known = {"id": line.id, "record": line.record, "case": line.case, "seen": {}}
        return change | known, {"change_id_reused"}

    # --- what the checks look at ------------------------------------------------------------------

    def log(self, org: str) -> list[Logged]:
        rows = self._all(Change, org)
        lines = []
        for row in sorted(rows, key=lambda row: (row["case"], row["chain_index"])):
            content = orjson.loads(row["content"])
            names = ("id", "case", "record", "author", "at", "received", "chain_index")
            known = {name: row[name] for name in names}
            lines.append(Logged(**known, set=content["set"], seen=content["seen"]))
        return lines

    def records(self, org: str) -> list[Stored]:
        found = []
        for row in self._all(Record, org):
            state = unpack(orjson.loads(row["body"]))
            state["awaited"] = orjson.loads(row["awaited"]) if row["awaited"] else {}
            found.append(Stored(row["id"], row["case"], row["seq"], state))
        return found

    def digests(self, org: str) -> dict[str, dict[str, str]]:
        return {row["id"]: orjson.loads(row["digests"]) for row in self._all(CaseFile, org)}

    def held(self, org: str) -> set[str]:
        return {row["id"] for row in self._all(ReviewItem, org)}

    def readings(self, org: str) -> set[str]:
        return {row["id"] for row in self._all(Reading, org)}

    def all_ids(self) -> set[str]:
        """Every change that the server has, applied or held."""
        changes = {row["id"] for org in self.orgs for row in self._all(Change, org)}
        return changes.union(*(self.held(org) for org in self.orgs))

    def _all(self, model: type[Base], org: str) -> list[dict[str, Any]]:
        table = model.__table__
        with self.app.app_context(), db.engine.connect() as connection:
            found = connection.execute(select(table).where(table.c.org == org))
            return [dict(row._mapping) for row in found]


def _give(transaction: Transaction, actor: Actor, case: str, expires_at: str | None = None) -> None:
    try:
        scope.grant(transaction, actor.org, actor.user, [case], "stand_in", expires_at=expires_at)
    except LookupError as error:
        raise Broken(f"I1: {error}, and it was opened") from error


def _tables() -> list[tuple[str, Table]]:
    return [(name, Base.metadata.tables[name]) for name in KEPT]
