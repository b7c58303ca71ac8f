"""A document of a client's record as a file, or what is missing for it (Z12–Z16)."""

import json
from collections.abc import Iterable, Sequence
from typing import Literal

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server.core import audit
from server.core.actor import Actor
from server.core.problems import Problem
from server.documents import declaration, pdf
from server.rules import documents, merge
from server.rules.declared_documents import Codes, Given, MissingField, Told
from server.rules.document_page import document_rows, document_xhtml
from server.sync import one_person, record_queries, scope, visibility
from server.sync.shown import StoredRecord, shown_values

Format = Literal["json", "xhtml", "pdf"]
#: JSON as a file too: it is no answer of the API
MIMETYPES: dict[str, str] = {
    "json": "application/octet-stream",
    "xhtml": "application/xhtml+xml; charset=utf-8",
    "pdf": "application/pdf",
}
#: what documents name beside the client's own records
OF_ORGANISATION = ("person", "partner")


def file_of(
    connection: Connection,
    actor: Actor,
    case: str,
    key: str,
    record: str,
    codes: Codes,
    language: str,
    format_: Format,
) -> tuple[str | bytes, str]:
    """The document and what the file is called. Where something that it needs is missing: which, and no document."""
    own, others = _records(connection, actor, case)
    offered = documents.offered_documents(declaration.declared(), own)
    if not any(row["key"] == key and row["record"] == record for row in offered):
        raise Problem("not_found")
    document = documents.document_of(declaration.declared(), key)
    made = documents.made_document(document, _given(record, own, others, codes, language))
    content, name = made["content"], made["name"]
    if content is None or name is None:
        raise Problem("document_lacks", _lacks(made["missing"]))
    called = f"{document['oid']}-{made['day']}.{format_}"
    if format_ == "json":
        return json.dumps(content, ensure_ascii=False, indent=2), called
    rows = document_rows(document, content, language)
    if format_ == "xhtml":
        return document_xhtml(document, name[language], rows, language), called
    return pdf.typeset(name[language], document["oid"], rows, language), called


def note_made_on_device(transaction: Transaction, actor: Actor, about: dict[str, str]) -> None:
    """What a device hands out without asking is told afterwards, by whoever reads the file."""
    if about["case"] == actor.org or not scope.accessible(transaction.connection(), actor, [about["case"]]):
        raise Problem("not_found")
    audit.note(transaction, actor, "document_made", about | {"device": actor.device})


def _lacks(missing: Iterable[MissingField]) -> dict[str, list[str]]:
    """By field, in words; a code without a partner is named."""
    told: dict[str, list[str]] = {}
    for one in missing:
        if one["needed"] and one["why"] != "identity":
            field = " · ".join(one["at"]) or one["code"]
            told.setdefault(field, []).append(f"{one['catalogue']}/{one['code']}" if "catalogue" in one else one["why"])
    return told


def _records(connection: Connection, actor: Actor, case: str) -> tuple[list[Told], list[Told]]:
    """Those of the client's files (H7), and those of the organisation that they may name, as this person reads them."""
    files = one_person.readable_files_of(connection, actor, case)
    if not files:
        raise Problem("not_found")
    readable_kinds = visibility.readable_kinds(actor)
    found = record_queries.of_kinds(connection, actor.org, files, readable_kinds)
    own = [row for row in found if row.kind != "case" or row.case == files[0]]
    shared = [kind for kind in OF_ORGANISATION if kind in readable_kinds]
    others = record_queries.of_kinds(connection, actor.org, [actor.org], shared)
    return [_told(row) for row in own], [_told(row) for row in others]


def _told(row: StoredRecord) -> Told:
    """As it is shown, and who wrote the latest of it."""
    state = merge.unpack(orjson.loads(row.body))
    versions = [each[0] for each in state["fields"].values()]
    _, author = max(((version[1], version[2]) for version in versions), default=("", ""))
    return {"id": row.id, "kind": row.kind, "author": author, "values": shown_values(state)}


def _given(record: str, own: Sequence[Told], others: Sequence[Told], codes: Codes, language: str) -> Given:
    return {
        "record": next(one for one in own if one["id"] == record),
        "records": [*(one for one in own if one["id"] != record), *others],
        "codes": codes,
        "labels": declaration.labels(),
        "language": language,
    }
