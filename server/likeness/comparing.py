"""Files whose key is new are compared with the organisation's others (H9): by the worker, so that no push waits for it.

Candidates come from indexed keys: the same phone, or somebody about as old with a name about as long.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, literal, or_, select, true, update
from sqlalchemy.orm import Session as Transaction

from server.core import bulk
from server.core.bulk import among, listed
from server.core.models import WAITS_TO_BE_COMPARED, LikenessKey, LikenessPair, db
from server.core.transaction import in_one_transaction
from server.rules.alike import BIRTH_YEARS_APART_MAX, SLIPS_MAX, Likeness, are_alike

#: few, since reminders wait meanwhile
BATCH = 10
#: the phone of so many more is a unit's, and tells nobody apart
SHARING_MAX = 4


class KeyRow(NamedTuple):
    """A file, by what its client is recognised, and a mark while it waits to be compared."""

    org: str
    case: str
    name: str
    birth_year: int | None
    phone: str | None
    waits: str | None

    def key(self) -> Likeness:
        return {"name": self.name, "birth_year": self.birth_year, "phone": self.phone}


_KEYS = select(
    LikenessKey.org,
    LikenessKey.case,
    LikenessKey.name,
    LikenessKey.birth_year,
    LikenessKey.phone,
    LikenessKey.waits,
)


def compare_waiting() -> int:
    """So many of those that wait; returns how many that was."""
    with db.engine.connect() as connection:
        waiting = [KeyRow._make(row) for row in connection.execute(_KEYS.where(WAITS_TO_BE_COMPARED).limit(BATCH))]
        found = {row: _like(connection, row) for row in waiting}
    if found:
        in_one_transaction(lambda transaction: _keep(transaction, found))
    return len(found)


def _like(connection: Connection, row: KeyRow) -> set[str]:
    """The other files of the organisation that this one is like, whichever of the two was entered first."""
    others = _KEYS.where(LikenessKey.org == row.org, LikenessKey.case != row.case)
    by_phone = others.where(LikenessKey.phone == row.phone).limit(SHARING_MAX + 1)
    same_phone = [KeyRow._make(found) for found in connection.execute(by_phone)] if row.phone else []
    own = row.key()
    if len(same_phone) > SHARING_MAX:
        same_phone, own = [], own | {"phone": None}
    wanted = []
    if row.name:
        length = func.length(LikenessKey.name).between(len(row.name) - SLIPS_MAX, len(row.name) + SLIPS_MAX)
        wanted += [others.where(_is_near_year(row.birth_year), length)]
    candidates = {*same_phone, *(KeyRow._make(found) for each in wanted for found in connection.execute(each))}
    return {each.case for each in candidates if are_alike(own, each.key()) or are_alike(each.key(), own)}


def _is_near_year(year: int | None) -> ColumnElement[bool]:
    if year is None:
        return true()
    near = LikenessKey.birth_year.between(year - BIRTH_YEARS_APART_MAX, year + BIRTH_YEARS_APART_MAX)
    return or_(LikenessKey.birth_year.is_(None), near)


def _keep(transaction: Transaction, found: Mapping[KeyRow, set[str]]) -> None:
    """The pairs as they are now. One that somebody has told apart stays so, whatever is written of the two."""
    connection = transaction.connection()
    for row, like in found.items():
        own = or_(LikenessPair.one == row.case, LikenessPair.other == row.case)
        stored = {
            pair.other if pair.one == row.case else pair.one: pair
            for pair in transaction.scalars(select(LikenessPair).where(LikenessPair.org == row.org, own))
        }
        for other, pair in stored.items():
            if other not in like and pair.apart_at is None:
                transaction.delete(pair)
        transaction.flush()
        there = _still_there(connection, row.org, [row.case, *like])
        if row.case in there:
            bulk.insert(connection, LikenessPair, [_pair(row, each) for each in sorted((like - stored.keys()) & there)])
        compared = update(LikenessKey).where(LikenessKey.org == row.org, LikenessKey.case == row.case)
        connection.execute(compared.where(LikenessKey.waits == row.waits).values(waits=None))


def _still_there(connection: Connection, org: str, cases: Sequence[str]) -> set[str]:
    """Of these those that nobody has erased meanwhile."""
    there = select(LikenessKey.case).where(LikenessKey.org == org, among(LikenessKey.case, literal(listed(cases))))
    return set(connection.scalars(there))


def _pair(row: KeyRow, other: str) -> dict[str, object]:
    one, two = sorted((row.case, other))
    return {"org": row.org, "one": one, "other": two, "apart_at": None, "apart_by": None}
