"""Entries that an organisation adds to lists of the catalogue: a code of their own, three languages (SPEC A20)."""

import secrets
from collections.abc import Sequence
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.catalogue import LANGUAGES, OPEN_LISTS, OWN_PREFIX
from server.config import LIMITS
from server.core import audit
from server.core.actor import Actor
from server.core.models import OwnEntry
from server.core.problems import Problem
from server.directory import OfficeMistake


class Labels(TypedDict):
    fi: str
    sv: str
    en: str


def entries(transaction: Transaction, org: str) -> list[dict[str, object]]:
    """List by list, in the organisation's order; retired ones too, which stay readable."""
    return [
        {name: getattr(each, name) for name in ("code", "catalogue", *LANGUAGES, "retired")}
        for each in _stored(transaction, org)
    ]


def add(transaction: Transaction, actor: Actor, catalogue: str, labels: Labels) -> OwnEntry:
    """Behind the organisation's others of that list."""
    if catalogue not in OPEN_LISTS:
        raise OfficeMistake("Nothing is added to this list.", "catalogue", "unknown")
    others = _stored(transaction, actor.org, catalogue)
    if len(others) >= LIMITS.own_entries_max:
        raise OfficeMistake("There are too many entries of that list.", "catalogue", "too_many")
    said = _said(labels, others)
    code = OWN_PREFIX + secrets.token_hex(6)
    entry = OwnEntry(code=code, org=actor.org, catalogue=catalogue, place=len(others), retired=False, **said)
    transaction.add(entry)
    transaction.flush()
    audit.note(transaction, actor, "own_entry_added", {"code": code, "catalogue": catalogue, **said})
    return entry


def change(transaction: Transaction, actor: Actor, code: str, labels: Labels, *, retired: bool) -> OwnEntry:
    """Its words, and whether it is offered. The code stays, and with it whatever says it."""
    own = {each.code: each for each in _stored(transaction, actor.org)}
    if (entry := own.get(code)) is None:
        raise Problem("not_found")
    others = [each for each in own.values() if each.catalogue == entry.catalogue and each.code != code]
    said = _said(labels, [] if retired else others)
    for language, label in said.items():
        setattr(entry, language, label)
    entry.retired = retired
    transaction.flush()
    audit.note(transaction, actor, "own_entry_changed", {"code": code, "retired": retired, **said})
    return entry


def put_in_order(transaction: Transaction, actor: Actor, catalogue: str, codes: Sequence[str]) -> None:
    """All of the organisation's own of that list, each once."""
    own = {each.code: each for each in _stored(transaction, actor.org, catalogue)}
    if sorted(codes) != sorted(own):
        raise OfficeMistake("Another list of entries is there by now.", "codes", "others")
    for place, code in enumerate(codes):
        own[code].place = place
    transaction.flush()
    audit.note(transaction, actor, "own_entries_ordered", {"catalogue": catalogue, "codes": list(codes)})


def _said(labels: Labels, others: Sequence[OwnEntry]) -> dict[str, str]:
    """The words as they are kept; two that are offered side by side are not called the same."""
    said = {
        language: directory.line(labels[language], "The label", field=language)  # type: ignore[literal-required]
        for language in LANGUAGES
    }
    for language, label in said.items():
        if any(not each.retired and getattr(each, language).casefold() == label.casefold() for each in others):
            raise OfficeMistake("Another entry is called so.", language, "taken")
    return said


def _stored(transaction: Transaction, org: str, catalogue: str | None = None) -> Sequence[OwnEntry]:
    wanted = select(OwnEntry).where(OwnEntry.org == org)
    if catalogue is not None:
        wanted = wanted.where(OwnEntry.catalogue == catalogue)
    return transaction.scalars(wanted.order_by(OwnEntry.catalogue, OwnEntry.place, OwnEntry.code)).all()
