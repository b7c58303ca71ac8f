"""All that is kept of one client, as one document: what somebody asks for by their right of access (A10)."""

from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import User
from server.core.problems import Problem
from server.kinds import KINDS
from server.rules import merge
from server.sync import one_person, record_queries, visibility
from server.sync.shown import StoredRecord

#: the sorts of fields in which people write
TEXTS = frozenset(["line", "text"])


def document(transaction: Transaction, actor: Actor, case: str) -> dict[str, object]:
    """Every record of the client's files as it is shown, with who wrote what, for who reads them; this is noted.

    `left_out` names the kinds that the file holds and this person's role does not read; `withheld` of a record the
    texts that may tell of another person."""
    connection = transaction.connection()
    files = one_person.readable_files_of(connection, actor, case)
    if not files:
        raise Problem("not_found")
    readable = record_queries.of_kinds(connection, actor.org, files, visibility.readable_kinds(actor))
    hidden = record_queries.of_kinds(connection, actor.org, files, visibility.hidden_kinds(actor))
    people = select(User.id, User.display_name).where(User.org == actor.org)
    names: dict[str, str] = dict(transaction.execute(people).all())
    audit.note(transaction, actor, "client_data_read", {"cases": files, "device": actor.device})
    return {
        "case": case,
        "made_at": timestamps.now(),
        "records": [_record(row, names) for row in readable],
        "left_out": sorted({row.kind for row in hidden}),
    }


def _record(row: StoredRecord, names: dict[str, str]) -> dict[str, object]:
    stored = merge.unpack(orjson.loads(row.body))["fields"]
    withheld = _texts_of_others(row.kind, stored)
    fields = {}
    for path, versions in sorted(stored.items()):
        if path not in withheld:
            fields[path] = [{"value": value, "by": names.get(author, "")} for _, _, author, value in versions]
    if _tells_of_another(stored):
        # Why it was removed may tell of them too.
        for said in fields.get("removed", []):
            if isinstance(said["value"], dict) and said["value"].pop("words", None) is not None:
                withheld = [*withheld, "removed.words"]
    return {"kind": row.kind, "id": row.id, "fields": fields, "withheld": withheld}


def _tells_of_another(stored: Mapping[str, Sequence[merge.Version]]) -> bool:
    return any(value == "third_party_info" for *_, value in stored.get("visibility", ()))


def _texts_of_others(kind: str, stored: Mapping[str, Sequence[merge.Version]]) -> list[str]:
    """The texts of a record that anybody marked as telling of another person: read before they are given."""
    if not _tells_of_another(stored):
        return []
    declared = KINDS[kind].declared() if kind in KINDS else {}
    return sorted(path for path in stored if path in declared and declared[path].metadata.get("sort") in TEXTS)
