"""Who reads the files of a client who was entered twice: who reads all of them, until a supervisor decides (H8)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as Transaction

from server.core.actor import Actor
from server.core.models import LASTS, Access
from server.core.problems import Problem
from server.core.roles import SUPERVISORS
from server.sync import one_person, scope

DECIDED = "one_person"


class Reader(NamedTuple):
    """A person who reads at least one of the client's files, and how many of them."""

    person: str
    files: int


class ClientReaders(NamedTuple):
    """`files`: the one that is kept, then its duplicates."""

    files: list[str]
    readers: list[Reader]


def who_reads(connection: Connection, actor: Actor, case: str) -> ClientReaders:
    """`not_found` for a client with one file, and for whoever does not supervise and read all of them."""
    files = _supervised(connection, actor, case)
    readers = _reading(connection, actor.org, files)
    return ClientReaders(files, [Reader(person, len(terms)) for person, terms in sorted(readers.items())])


def undecided(connection: Connection, actor: Actor) -> list[str]:
    """The kept files of clients whose files are not read by the same people, of those this supervisor reads whole."""
    kept = one_person.duplicates(connection, actor.org)
    groups = [one_person.together(kept, file) for file in sorted(set(kept.values()))]
    named = {file for files in groups for file in files}
    own = scope.accessible(connection, actor, named)
    reading = _reading(connection, actor.org, sorted(named & own))
    return [
        files[0]
        for files in groups
        if own.issuperset(files) and any(0 < len(set(files) & terms.keys()) < len(files) for terms in reading.values())
    ]


def decide(transaction: Transaction, actor: Actor, case: str, people: Collection[str]) -> None:
    """These people read all of the client's files from now on, and of the others who read some of them nobody does.

    The supervisor who decides goes on. `fields_invalid` for a person who reads none of them.
    """
    connection = transaction.connection()
    files = _supervised(connection, actor, case)
    scope.lock_files(connection, actor.org, files)
    reading = _reading(connection, actor.org, files)
    if not reading.keys() >= set(people):
        raise Problem("fields_invalid", {"people": ["unknown"]})
    for person, terms in sorted(reading.items()):
        if person in people or person == actor.user:
            lacking = [file for file in files if file not in terms]
            reason, until = terms[min(terms, key=files.index)]
            if lacking:
                scope.grant(transaction, actor.org, person, lacking, reason, by=actor.user, expires_at=until)
        else:
            scope.revoke(transaction, actor.org, person, files, DECIDED, by=actor.user)


def _supervised(connection: Connection, actor: Actor, case: str) -> list[str]:
    files = one_person.files_of(connection, actor.org, case)
    if actor.role not in SUPERVISORS or len(files) == 1 or not scope.accessible(connection, actor, files) >= set(files):
        raise Problem("not_found")
    return files


Terms = tuple[str, str | None]


def _reading(connection: Connection, org: str, files: Sequence[str]) -> dict[str, dict[str, Terms]]:
    """By person and file, why it is read and until when."""
    wanted = select(Access.user, Access.case, Access.reason, Access.expires_at).where(Access.org == org, LASTS)
    found: dict[str, dict[str, Terms]] = defaultdict(dict)
    for row in connection.execute(wanted.where(Access.case.in_(files))):
        found[row.user][row.case] = (row.reason, row.expires_at)
    return found
