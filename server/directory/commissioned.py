"""What agreed plans ask of whoever pays for the service, of the clients whose files the office gave access to (Q11)."""

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.core.actor import Actor
from server.core.models import LASTS, Access
from server.sync import record_queries
from server.sync.shown import ShownRecord, shown_record

#: under it a client is counted and never listed (Z4)
UNLISTED = "non_disclosure"


def parts(transaction: Transaction, actor: Actor) -> list[dict[str, object]]:
    """Of each client the plan that was agreed on last, where it says something of their part; by review."""
    own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)
    rows = record_queries.of_kinds(
        transaction.connection(), actor.org, transaction.scalars(own).all(), ["case", "plan", "exit"]
    )
    shown = [record for record in map(shown_record, rows) if not record.values.get("removed")]
    codes = {
        record.case: record.text("client_id") or ""
        for record in shown
        if record.kind == "case" and not _is_unlisted(record)
    }
    over = {record.case for record in shown if record.kind == "exit"}
    agreed = [
        record
        for record in shown
        if record.kind == "plan" and record.values.get("agreed_on") and record.case in codes.keys() - over
    ]
    latest = {
        record.case: record for record in sorted(agreed, key=lambda plan: (plan.text("agreed_on") or "", plan.id))
    }
    told = [_told(codes[case], plan.values) for case, plan in latest.items() if plan.values.get("commissioner_part")]
    return sorted(told, key=lambda one: (one["review_on"] or "9", one["client"]))


def _is_unlisted(header: ShownRecord) -> bool:
    safety = header.values.get("safety")
    return isinstance(safety, list) and UNLISTED in safety


def _told(client: str, plan: dict[str, object]) -> dict[str, object]:
    """No id leads further, and no name."""
    return {
        "client": client,
        "part": plan["commissioner_part"],
        "agreed_on": plan["agreed_on"],
        "review_on": plan.get("review_on"),
    }
