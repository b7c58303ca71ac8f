"""What agreed plans ask of whoever pays for the service, of the clients whose files the office gave access to (Q11)."""

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.core.actor import Actor
from server.core.models import LASTS, Access
from server.sync import one_person, record_queries
from server.sync.shown import ShownRecord, shown_record


def parts(transaction: Transaction, actor: Actor) -> list[dict[str, object]]:
    """Of each client the plan that was agreed on last, where it says something of their part; by review.

    Files of one client are one (H7): a non-disclosure in any of them, whoever reads it, leaves the client out.
    """
    connection = transaction.connection()
    own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)
    cases = transaction.scalars(own).all()
    rows = record_queries.of_kinds(connection, actor.org, cases, ["case", "plan", "exit"])
    shown = [record for record in map(shown_record, rows) if not record.values.get("removed")]
    kept = one_person.duplicates(connection, actor.org)

    def client_of(record: ShownRecord) -> str:
        return kept.get(record.case, record.case)

    headers = sorted((record for record in shown if record.kind == "case"), key=lambda each: each.case not in kept)
    codes = {client_of(record): record.text("client_id") or "" for record in headers}
    over = {client_of(record) for record in shown if record.kind == "exit"}
    hidden = one_person.unlisted_files(connection, actor.org)
    over |= {client_of(record) for record in headers if record.case in hidden or one_person.is_unlisted(record)}
    agreed = [
        record
        for record in shown
        if record.kind == "plan" and record.values.get("agreed_on") and client_of(record) in codes.keys() - over
    ]
    latest = {
        client_of(record): record for record in sorted(agreed, key=lambda plan: (plan.text("agreed_on") or "", plan.id))
    }
    told = [_told(codes[case], plan.values) for case, plan in latest.items() if plan.values.get("commissioner_part")]
    return sorted(told, key=lambda one: (one["review_on"] or "9", one["client"]))


def _told(client: str, plan: dict[str, object]) -> dict[str, object]:
    """No id leads further, and no name."""
    return {
        "client": client,
        "part": plan["commissioner_part"],
        "agreed_on": plan["agreed_on"],
        "review_on": plan.get("review_on"),
    }
