"""The server of a storm, and what an all-knowing witness says of who may read what.

The exchange, the database and the journal are the real ones. Each schedule has organisations of its
own in one database; a backup is a copy of their rows, which is what a copied file would hold.
"""

import random
import secrets
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import Table, delete, insert, select, update

from server import journal, moments, office
from server.database import writing
from server.models import Base, CaseFile, Change, HeldChange, Organisation, Record, db
from server.sync import exchange as exchanging
from server.sync import holding, scope
from server.sync.actor import Actor
from server.sync.merge import unpack
from server.sync.writing import in_one_transaction
from tests.storm.invariants import Logged, Stored

CASES = ["case-a", "case-b", "case-c"]
PEOPLE = {
    "aino": ("field_worker", {"case-a", "case-b"}),
    "liisa": ("field_worker", {"case-b", "case-c"}),
    "mikko": ("team_leader", set(CASES)),
    "sanna": ("field_worker", {"case-c"}),
    "olli": ("field_worker", {"case-a"}),
}
#: what a backup holds of an organisation, parents first
KEPT = (
    "case_file",
    "access",
    "access_event",
    "record",
    "change",
    "held_change",
    "mark",
    "reading",
    "audit_event",
)

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class World:
    """One schedule's organisations on a server. `readable` is the witness's, not the server's."""

    app: Flask
    readable: dict[str, set[str]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = secrets.token_hex(4)
        with self.app.app_context(), writing() as transaction:
            for name, (role, cases) in PEOPLE.items():
                firm = f"{'Rantala' if name == 'olli' else 'Harjula'} {own}"
                org = office.find_or_add_organisation(transaction, firm)
                account = office.Account(org, f"{name}-{own}", name.title(), role)
                user = office.enter(transaction, account, "no password")
                known = set(transaction.scalars(select(CaseFile.id).where(CaseFile.org == org.id)))
                for case in sorted(cases - known):
                    scope.open_file(transaction, org.id, case, None)
                scope.grant(transaction, org.id, user.id, cases, "own_client")
                self.readable[name] = set(cases)
                self.actors[name] = Actor(org.id, user.id, "", role)
        self.orgs = {actor.org for actor in self.actors.values()}

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
            body = exchanging.exchange(actor, orjson.dumps(request))
            db.session.remove()
        reply: dict[str, Any] = orjson.loads(body)
        return reply

    def restart(self) -> None:
        """What is in memory is gone; what was committed stands."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def grant(self, person: str, case: str) -> None:
        self._grant(person, case, expires_at=None)
        self.readable[person].add(case)

    def lend(self, person: str, case: str) -> None:
        self._grant(person, case, expires_at=moments.ago(seconds=1))
        self.readable[person].discard(case)

    def _grant(self, person: str, case: str, expires_at: str | None) -> None:
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            scope.grant(transaction, actor.org, actor.user, [case], "stand_in", expires_at=expires_at)

    def revoke(self, person: str, case: str) -> None:
        actor = self.actors[person]
        with self.app.app_context(), writing() as transaction:
            scope.revoke(transaction, actor.org, actor.user, [case], "moved on")
        self.readable[person].discard(case)

    def release(self, rng: random.Random) -> str | None:
        """The supervisor decides on one held change: twice in three it is let in."""
        mikko = self.actors["mikko"]
        with self.app.app_context():
            with exchanging.reading() as connection:
                waiting = sorted(entry["change"]["id"] for entry in holding.waiting(connection, mikko))
            if not waiting:
                return None
            chosen = rng.choice(waiting)
            decide = rng.choice((holding.release, holding.release, holding.reject))
            in_one_transaction(lambda transaction: decide(transaction, mikko, chosen))
            db.session.remove()
        return f"{decide.__name__} {chosen[:8]}"

    # --- backups ----------------------------------------------------------------------------------

    def back_up(self) -> Rows:
        """A copy of everything; then `durable` tells devices what is safe in it (P10)."""
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
        self.restart()
        with self.app.app_context():
            with writing() as transaction:
                for _, table in reversed(_tables()):
                    transaction.execute(delete(table).where(table.c.org.in_(self.orgs)))
                for row in rows["organisation"]:
                    epoch = office.new_epoch() if new_epoch else row["epoch"]
                    transaction.execute(
                        update(Organisation).where(Organisation.id == row["id"]).values(row | {"epoch": epoch})
                    )
                for name, table in _tables():
                    if rows[name]:
                        transaction.execute(insert(table), rows[name])
            journal.replay(journal.path_of(self.app))
            db.session.remove()

    # --- forgeries --------------------------------------------------------------------------------

    def forgeries(self, person: str, own_id: str, rng: random.Random) -> tuple[dict[str, Any], set[str]] | None:
        """A change that a lying device might send, and the problems that may answer it."""
        org = self.org_of(person)
        at = "1700000000000-0000-000000000000"
        change: dict[str, Any] = {"id": own_id, "at": at, "kind": "note", "set": {"text": "valhe"}}
        log = self.log(org)
        sort = rng.choice(("case", "record", "id"))
        if sort == "case":
            return change | {"record": own_id, "case": "case-of-nobody", "seen": {}}, {"case_unknown"}
        if not log:
            return None
        line = rng.choice(log)
        if sort == "record":
            others = sorted(self.readable[person] - {line.case})
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
        return {row["id"] for row in self._all(HeldChange, org)}

    def all_ids(self) -> set[str]:
        """Every change that the server has, applied or held."""
        changes = {row["id"] for org in self.orgs for row in self._all(Change, org)}
        return changes.union(*(self.held(org) for org in self.orgs))

    def _all(self, model: type[Base], org: str) -> list[dict[str, Any]]:
        table = model.__table__
        with self.app.app_context(), db.engine.connect() as connection:
            found = connection.execute(select(table).where(table.c.org == org))
            return [dict(row._mapping) for row in found]


def _tables() -> list[tuple[str, Table]]:
    return [(name, Base.metadata.tables[name]) for name in KEPT]
