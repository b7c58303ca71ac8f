"""The fictional organisation in an empty database, and its caseload sent from its workers' phones."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.auth import accounts, passwords
from server.config import DEMO_ORGANISATION
from server.core import timestamps
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import Organisation, Team, User, db
from server.demo.caseload import write_history
from server.demo.history import DAY_MS
from server.demo.intakes import enter_referrals
from server.demo.people import PEOPLE, Client, Member, clients_of, staff
from server.demo.phone import Exchange, Phone, Reply, held
from server.demo.registers import keep_registers
from server.demo.rng import at_clock, draws, helsinki, instant
from server.demo.surveys import answer_survey
from server.demo.teamwork import work_together
from server.sync import scope

WORKERS = len([worker for team in PEOPLE["teams"] for worker in team["workers"]])
#: about so many records come of one worker's caseload
RECORDS_A_WORKER = 1800
STAND_IN_DAYS = 10
STAND_IN_CLIENTS = 3

#: how an actor's request is answered
AnswersRequest = Callable[[Actor, dict[str, object]], Reply]
Progress = Callable[[str], None]


def stage() -> Literal["empty", "begun", "whole", "foreign"]:
    """How far the caseload is. The manager is hired last, so that half a caseload is known."""
    there = set(db.session.scalars(select(Organisation.name)))
    if not there:
        return "empty"
    if there != {DEMO_ORGANISATION}:
        return "foreign"
    return "whole" if accounts.named(db.session(), PEOPLE["manager"]["sign_in"]) else "begun"


def found(answer: AnswersRequest, now_ms: int, size: int | None, progress: Progress) -> None:
    """Writes everything. `size`: about so many records for the sign-in `mittaus`."""
    today = helsinki(now_ms).date()
    password_hash = passwords.hash_of(PEOPLE["password"])
    workers = WORKERS if size is None else max(2, -(-size // RECORDS_A_WORKER))
    with writing() as transaction:
        org = directory.find_or_add_organisation(transaction, DEMO_ORGANISATION)
        field_workers, above = staff(workers)
        hired = [_hire(transaction, org, member, password_hash) for member in field_workers]
        leaders = [_hire(transaction, org, member, password_hash) for member in above[:-1]]
        clients = clients_of(hired, today)
        _open_files(transaction, org, clients, [*hired, *leaders])
    records: Counter[str] = Counter()
    for worker, own in groupby(clients, key=lambda client: client.worker):
        phone = phone_of(worker, answer)
        write_history(phone, worker, list(own), now_ms)
        records += Counter(case for case, _ in {(c["case"], c["record"]) for c in phone.changes})
        progress(f"{worker.name}: {phone.send()}")
    first = [client for client in clients if client.worker == hired[0]]
    enter_referrals(phone_of(hired[0], answer), now_ms, first)
    keep_registers(phone_of(hired[0], answer), org.id, today)
    work_together(phone_of(hired[0], answer), _team_of(hired[0]), first, now_ms)
    _differ(answer, hired[0], hired[1], clients, now_ms)
    with writing() as transaction:
        org = directory.find_or_add_organisation(transaction, DEMO_ORGANISATION)
        if size is not None:
            measurer = replace(above[-1], sign_in=PEOPLE["measuring"]["sign_in"], name="Mittaus")
            cases = _enough(records, size)
            scope.grant(
                transaction,
                org.id,
                _hire(transaction, org, measurer, password_hash).id,
                cases,
                "measuring",
            )
        for number, team in sorted({(worker.team or 0, _team_of(worker)) for worker in hired}):
            answer_survey(transaction, org.id, number, team, today)
        manager = _hire(transaction, org, above[-1], password_hash)
        cases = [client.case for client in clients]
        scope.grant(transaction, org.id, manager.id, cases, "supervision")


def field_workers() -> list[Member]:
    """The workers of a caseload that is there."""
    users = db.session.execute(
        select(User, Team.name)
        .join(Team, (Team.id == User.team) & (Team.org == User.org))
        .where(User.role == "field_worker")
    )
    teams = [team["name"] for team in PEOPLE["teams"]]
    return [
        Member(u.id, u.name, u.display_name, u.role, u.phone, teams.index(team)) for u, team in users if team in teams
    ]


def _team_of(member: Member) -> str:
    user = accounts.named(db.session(), member.sign_in)
    return (user and user.team) or ""


def phone_of(member: Member, answer: AnswersRequest) -> Phone:
    user = accounts.named(db.session(), member.sign_in)
    if user is None:
        raise LookupError(member.sign_in)
    actor = Actor(user.org, user.id, f"demo-{member.sign_in}", user.role)
    rng = draws("phone", member.sign_in, timestamps.now())
    exchange: Exchange = lambda request: answer(actor, request)  # noqa: E731 - one line says it
    return Phone(actor.device, exchange, rng)


def _hire(transaction: Transaction, org: Organisation, member: Member, password_hash: str) -> Member:
    """The member with the id of the account."""
    team = None
    if member.team is not None:
        team = directory.find_or_add_team(transaction, org, PEOPLE["teams"][member.team]["name"])
    account = directory.Account(org, member.sign_in, member.name, member.role, team, member.phone)
    return replace(member, id=directory.enter(transaction, account, password_hash).id)


def _open_files(transaction: Transaction, org: Organisation, clients: list[Client], people: list[Member]) -> None:
    """Case files for all clients: their worker and team leader, and a stand-in with an end date."""
    workers = {client.worker.id for client in clients}
    teams = {worker: transaction.get_one(User, (worker, org.id)).team for worker in workers}
    for client in clients:
        opened = instant(at_clock(client.since, "9.00"))
        scope.open_file(transaction, org.id, client.case, teams[client.worker.id], opened)
    for person in people:
        cases = [
            client.case
            for client in clients
            if person.id == client.worker.id or (person.role == "team_leader" and person.team == client.worker.team)
        ]
        reason = "supervision" if person.role == "team_leader" else "own_client"
        scope.grant(transaction, org.id, person.id, cases, reason)
    until = timestamps.text(timestamps.moment(timestamps.now()) + timedelta(days=STAND_IN_DAYS))
    lent = [client.case for client in clients if client.worker is people[0]][-STAND_IN_CLIENTS:]
    scope.grant(transaction, org.id, people[1].id, lent, "stand_in", expires_at=until)


def _differ(answer: AnswersRequest, own: Member, stand_in: Member, clients: list[Client], now_ms: int) -> None:
    """Two people changed the same thing without having seen each other's: three differing entries."""
    first, second = phone_of(own, answer), phone_of(stand_in, answer)
    first.receive()
    lent = [client.case for client in clients if client.worker is own][-STAND_IN_CLIENTS:]
    yesterday = helsinki(now_ms - DAY_MS).date()
    review = [helsinki(now_ms + days * DAY_MS).date().isoformat() for days in (21, 35)]
    pairs = (
        ("case", "phone", "040 000 0901", "040 000 0902"),
        ("goal", "review_on", *review),
        ("goal", "title", "Arki rullaa omalla painolla", "Arki pysyy kasassa ilman muistutuksia"),
    )
    for case, (kind, path, mine, other) in zip(lent, pairs, strict=True):
        records = [r for r in first.records.values() if r["case"] == case and r["kind"] == kind]
        record = max(records, key=lambda record: str(record["id"]), default=None)
        if record is None:
            continue
        seen = {path: held(record, path)}
        first.write(at_clock(yesterday, "11.05"), kind, case, record["id"], {path: mine}, seen)
        second.write(at_clock(yesterday, "15.20"), kind, case, record["id"], {path: other}, seen)
    first.send()
    second.send()


def _enough(records: Counter[str], size: int) -> list[str]:
    """Case files that hold about `size` records together."""
    chosen, total = [], 0
    for case in sorted(records):
        if total < size:
            chosen.append(case)
            total += records[case]
    return chosen
