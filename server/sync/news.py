"""Whether there is anything new for a person since their device last asked (SPEC P11): no more than yes or no."""

from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from server.core.bulk import among, listed
from server.core.models import LASTS, Access, AccessEvent, CaseFile, Organisation

Who = TypeVar("Who", bound=Hashable)


class Since(NamedTuple):
    """How far somebody has got: in records, and in what was said of access."""

    epoch: str
    seq: int
    access: int

    def is_behind(self, head: "Since") -> bool:
        return self.epoch != head.epoch or min(self.seq, self.access) < head.seq


def heads(connection: Connection, orgs: Collection[str]) -> dict[str, Since]:
    """How far each of these organisations has got."""
    rows = connection.execute(_HEADS, {"orgs": listed(sorted(orgs))})
    return {org: Since(epoch, seq, seq) for org, epoch, seq in rows}


def told(connection: Connection, org: str, head: Since, waiting: Mapping[Who, tuple[str, Since]]) -> set[Who]:
    """Those for whom something has come: a file they read was written into, or their access changed."""
    if not waiting:
        return set()
    restored = {who for who, (_, since) in waiting.items() if since.epoch != head.epoch}
    users = listed(sorted({user for user, _ in waiting.values()}))
    seq = min(since.seq for _, since in waiting.values())
    access = min(since.access for _, since in waiting.values())
    of_all = connection.scalar(_SHARED, {"org": org}) or 0
    of_file: dict[str, int] = dict(connection.execute(_FILES, {"org": org, "users": users, "seq": seq}).all())
    of_access: dict[str, int] = dict(connection.execute(_ACCESS, {"org": org, "users": users, "seq": access}).all())
    return restored | {
        who
        for who, (user, since) in waiting.items()
        if max(of_all, of_file.get(user, 0)) > since.seq or of_access.get(user, 0) > since.access
    }


_ORG: BindParameter[str] = bindparam("org")
_HEADS = select(Organisation.id, Organisation.epoch, Organisation.seq).where(among(Organisation.id, bindparam("orgs")))
_SHARED = select(CaseFile.last_seq).where(CaseFile.org == _ORG, CaseFile.id == _ORG)
_FILES = (
    select(Access.user, func.max(CaseFile.last_seq))
    .join(Access, (Access.org == CaseFile.org) & (Access.case == CaseFile.id))
    .where(CaseFile.org == _ORG, CaseFile.last_seq > bindparam("seq"))
    .where(among(Access.user, bindparam("users")), LASTS)
    .group_by(Access.user)
)
_ACCESS = (
    select(AccessEvent.user, func.max(AccessEvent.seq))
    .where(AccessEvent.org == _ORG, AccessEvent.seq > bindparam("seq"), among(AccessEvent.user, bindparam("users")))
    .group_by(AccessEvent.user)
)
