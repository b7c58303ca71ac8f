"""The files of a client who was entered twice (SPEC H7): which one is kept, and which go with it."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from server.core.actor import Actor
from server.core.models import CaseFile
from server.kinds import homes
from server.rules.one_person import kept_files
from server.sync import record_queries, scope
from server.sync.shown import ShownRecord, shown_record

DUPLICATE_OF = "duplicate_of"
#: under it a client is counted and never listed
NON_DISCLOSURE = "non_disclosure"


def duplicates(connection: Connection, org: str) -> dict[str, str]:
    """By each duplicate of the organisation the file that is kept for it; of what was erased nothing is said."""
    named = _named(connection, org)
    return kept_files(named, _clients(connection, org, named))


def files_of(connection: Connection, org: str, case: str) -> list[str]:
    """All files of the client whose this one is, the kept one first: of most clients this one alone."""
    return together(duplicates(connection, org), case)


def readable_files_of(connection: Connection, actor: Actor, case: str) -> list[str]:
    """The same, of the files that this person may read; none where this one is not among them."""
    named = _named(connection, actor.org)
    readable = scope.accessible(connection, actor, {case, *named, *named.values()})
    clients = [file for file in _clients(connection, actor.org, named) if file in readable]
    return together(kept_files(named, clients), case) if case in readable else []


def unlisted_files(connection: Connection, org: str) -> frozenset[str]:
    """The files of joined clients of whom any header says that nobody must be told (Z4), whoever reads it."""
    kept = duplicates(connection, org)
    files = {*kept, *kept.values()}
    headers = map(shown_record, record_queries.headers(connection, org, files) if files else ())
    told_of = {kept.get(each.case, each.case) for each in headers if is_unlisted(each)}
    return frozenset(file for file in files if kept.get(file, file) in told_of)


def names_another(header: ShownRecord) -> bool:
    """Whether this header says whose duplicate its file is."""
    return header.text(DUPLICATE_OF) is not None


def is_unlisted(header: ShownRecord) -> bool:
    """Under a non-disclosure for personal safety."""
    safety = header.values.get("safety")
    return isinstance(safety, list) and NON_DISCLOSURE in safety


def together(kept: Mapping[str, str], case: str) -> list[str]:
    """The file that is kept for `case`, and after it its duplicates."""
    first = kept.get(case, case)
    return [first, *sorted(other for other, its in kept.items() if its == first)]


def _clients(connection: Connection, org: str, named: Mapping[str, str]) -> list[str]:
    """Those of the files that name others or are named which are clients' and stand, in order."""
    if not named:
        return []
    standing = select(CaseFile.id).where(
        CaseFile.org == org,
        CaseFile.id.in_({*named, *named.values()}),
        CaseFile.home.in_(homes.OF_A_CLIENT),
        CaseFile.erased_at.is_(None),
    )
    return sorted(connection.scalars(standing))


def _named(connection: Connection, org: str) -> dict[str, str]:
    """By file, the other one that its header names."""
    headers = map(shown_record, record_queries.headers_that_hold(connection, org, DUPLICATE_OF))
    return {header.case: other for header in headers if (other := header.text(DUPLICATE_OF))}
