"""Where an organisation's alarms go besides push: said by whoever runs the server."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session as Transaction

from server.core import journal
from server.core.models import Organisation
from server.core.outbound import AddressRefused, Wire, checked
from server.directory import OfficeMistake
from server.safety.channels import Gateway, tried
from server.safety.tables import OutboundChannel

WHY = {
    "address_refused": (
        "The name leads to no public address. A gateway inside your own network is named in OVIKELLO_INSIDE_GATEWAYS, "
        "of the server and of its worker."
    ),
    "no_answer": "Nobody answered: no such name, no connection, no valid certificate, or it took too long.",
}


def try_out(wire: Wire, gateway: Gateway, to: str, inside: frozenset[str]) -> None:
    """A real request to it. `OfficeMistake` with the reason where it is not taken."""
    look_at(gateway)
    told = tried(wire, gateway, to, inside)
    if told.outcome != "taken":
        why = WHY.get(told.reason or "") or f"It {(told.reason or 'refused').replace('_', ' ')}."
        raise OfficeMistake(f"The trial message was not taken, and nothing was changed. {why}")


def look_at(gateway: Gateway) -> None:
    """`OfficeMistake` for what cannot be sent to, as far as its text tells."""
    try:
        checked(gateway.url)
    except AddressRefused as refused:
        raise OfficeMistake(f"The address has to be https on port 443 ({refused}).") from None
    if not gateway.token or not gateway.token.isascii() or not gateway.token.isprintable():
        raise OfficeMistake("The token is empty, or has letters that a header cannot hold.")


def keep(transaction: Transaction, organisation: Organisation, channel: str, url: str, token: str) -> None:
    """In place of the one before. `OfficeMistake` for an address that nothing is sent to."""
    look_at(Gateway(channel, url, token))
    _put(transaction, organisation.id, {"channel": channel, "url": url, "token": token})
    to = {"url": url, "token": token}
    journal.record(transaction, organisation.id, "channel", {"channel": channel}, None, to)


def remove(transaction: Transaction, organisation: Organisation, channel: str) -> None:
    _put(transaction, organisation.id, {"channel": channel})
    journal.record(transaction, organisation.id, "channel", {"channel": channel}, None)


def _put(transaction: Transaction, org: str, values: dict[str, object]) -> None:
    where = (OutboundChannel.org == org, OutboundChannel.channel == values["channel"])
    transaction.execute(delete(OutboundChannel).where(*where))
    if "url" in values:
        transaction.execute(insert(OutboundChannel).values(org=org, **values))


def _replay(transaction: Transaction, org: str, detail: dict[str, object], _by: str | None) -> None:
    _put(transaction, org, detail)


journal.REPLAYS["channel"] = journal.Replay(
    _replay, lambda detail: [("channel", detail.text("channel"))], gives=lambda detail: "url" in detail
)
