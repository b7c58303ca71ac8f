"""Two clients who look alike: told to a supervisor who reads both files, and to nobody else (H9)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as Transaction

from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access, LikenessPair
from server.core.problems import Problem
from server.core.roles import SUPERVISORS
from server.sync import one_person, record_queries, scope
from server.sync.shown import shown_record

OVER = frozenset({"ended", "refused"})
TOLD_APART = "clients_told_apart"


class Pair(NamedTuple):
    """Two case files; `one` has the smaller id."""

    one: str
    other: str


def alike(connection: Connection, actor: Actor) -> list[Pair]:
    """The pairs of clients that nobody has joined or told apart yet. The caller is a supervisor."""
    readable = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)
    of_org = select(LikenessPair.one, LikenessPair.other).where(LikenessPair.org == actor.org)
    undecided = of_org.where(
        LikenessPair.apart_at.is_(None), LikenessPair.one.in_(readable), LikenessPair.other.in_(readable)
    )
    pairs = [Pair(*row) for row in connection.execute(undecided.order_by(LikenessPair.one, LikenessPair.other))]
    if not pairs:
        return []
    kept = one_person.duplicates(connection, actor.org)
    apart = {_clients(kept, Pair(*row)) for row in connection.execute(of_org.where(LikenessPair.apart_at.is_not(None)))}
    known = _known(connection, actor.org, {case for pair in pairs for case in pair})
    told: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        clients = _clients(kept, pair)
        if len(clients) > 1 and clients not in apart | known.returners and not set(pair) <= known.over:
            told.setdefault(clients, pair)
    return list(told.values())


def tell_apart(transaction: Transaction, actor: Actor, case: str, other: str) -> None:
    """They are two people, and nobody is told of them again. `not_found` for whoever does not supervise both."""
    connection = transaction.connection()
    named = {case, other}
    if actor.role not in SUPERVISORS or len(named) == 1 or scope.accessible(connection, actor, named) != named:
        raise Problem("not_found")
    pair = transaction.get(LikenessPair, (*sorted(named), actor.org))
    if pair is None:
        raise Problem("not_found")
    if pair.apart_at is None:
        pair.apart_at, pair.apart_by = timestamps.now(), actor.user
        audit.note(transaction, actor, TOLD_APART, {"case": pair.one, "other": pair.other})


class _Known(NamedTuple):
    """Files of cases that are over, and pairs of which one names the other as somebody's earlier case (S10)."""

    over: frozenset[str]
    returners: frozenset[frozenset[str]]


def _known(connection: Connection, org: str, cases: Iterable[str]) -> _Known:
    files = sorted(cases)
    headers = map(shown_record, record_queries.headers(connection, org, files))
    referrals = map(shown_record, record_queries.of_kinds(connection, org, files, ["referral"]))
    return _Known(
        frozenset(each.case for each in headers if each.values.get("status") in OVER),
        frozenset(
            frozenset((each.case, earlier))
            for each in referrals
            if (earlier := each.text("returner_of")) and not each.values.get("removed")
        ),
    )


def _clients(kept: Mapping[str, str], pair: Pair) -> frozenset[str]:
    """Whose the two files are: of files that were joined the kept one stands for all."""
    return frozenset(kept.get(case, case) for case in pair)
