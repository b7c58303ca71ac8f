"""An opening is noted: for its review, in the audit log and in the journal, so that a restore loses none (S12)."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.journal_detail import Detail
from server.core.models import CaseFile
from server.openings.tables import FileOpening
from server.sync.opening import OPENING_WAYS

REVIEWED = "opening_reviewed"


class Reason(NamedTuple):
    """`code` stands in the logs; `words` beside the opening alone, since they may tell of a client."""

    code: str
    words: str = ""


class Review(NamedTuple):
    was_right: bool
    words: str


def note(
    transaction: Transaction, actor: Actor, way: str, case: str, reason: Reason, until: str, referred: str | None = None
) -> str:
    """Returns the id of the opening. `referred` is the file with a returner's referral."""
    said = {"id": str(uuid7()), "case": case, "why": reason.code, "at": timestamps.now(), "until": until}
    if referred is not None:
        said["for"] = referred
    _enter(transaction, actor.org, way, Detail(said), actor.user, reason.words)
    journal.record(transaction, actor.org, f"{way}_opened", said, actor.user, {"words": reason.words})
    return said["id"]


def note_review(transaction: Transaction, actor: Actor, opening: FileOpening, review: Review) -> None:
    _mark(opening, review, actor.user, timestamps.now())
    said = {"id": opening.id, "case": opening.case, "was_right": review.was_right, "at": opening.reviewed_at}
    journal.record(transaction, actor.org, REVIEWED, said, actor.user, {"words": review.words})


def may_open(connection: Connection, org: str, user: str, cases: Sequence[str]) -> bool:
    """Not again, where a leader said of this person's opening of any of these files that it was not right (S12)."""
    given = {"org": org, "user": user, "cases": listed(cases)}
    return connection.scalar(_NOT_RIGHT, given) is None


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13): words may tell of the client. That they were opened stays in the logs."""
    connection.execute(_OF_FILES, {"org": org, "cases": listed(cases)})


_NOT_RIGHT = select(FileOpening.id).where(
    FileOpening.org == bindparam("org"),
    FileOpening.user == bindparam("user"),
    FileOpening.was_right.is_(False),
    among(FileOpening.case, bindparam("cases")),
)
_OF_FILES = delete(FileOpening).where(FileOpening.org == bindparam("org"), among(FileOpening.case, bindparam("cases")))


def _enter(transaction: Transaction, org: str, way: str, said: Detail, by: str | None, words: str) -> None:
    values = {name: said.text(name) for name in ("id", "case", "why", "at", "until")}
    row = {**values, "org": org, "user": by or "", "way": way, "words": words, "review_words": ""}
    transaction.execute(insert(FileOpening).values(row))


def _mark(opening: FileOpening, review: Review, by: str | None, at: str) -> None:
    opening.reviewed_at, opening.reviewed_by = at, by
    opening.was_right, opening.review_words = review


# --- done again after a backup from before it (L5); access comes and goes by lines of its own -------------------------


def _opened_again(way: str) -> journal.Replay:
    def enter(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
        file = transaction.get(CaseFile, (detail.text("case"), org))
        is_known = transaction.get(FileOpening, (detail.text("id"), org)) is not None
        if file is not None and file.erased_at is None and not is_known:
            _enter(transaction, org, way, detail, by, detail.text_or_none("words") or "")

    return journal.Replay(enter, lambda detail: [("opening", detail.text("id"))], gives=lambda _: True)


def _reviewed_again(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
    opening = transaction.get(FileOpening, (detail.text("id"), org))
    if opening is not None:
        review = Review(detail.flag("was_right"), detail.text_or_none("words") or "")
        _mark(opening, review, by, detail.text("at"))


for _way in OPENING_WAYS:
    journal.REPLAYS[f"{_way}_opened"] = _opened_again(_way)
journal.REPLAYS[REVIEWED] = journal.Replay(_reviewed_again, lambda detail: [("opening_review", detail.text("id"))])
