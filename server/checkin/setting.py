"""Where an organisation's alarms go besides push: said by whoever runs the server."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session as Transaction

from server.checkin.tables import OutboundChannel
from server.models import Organisation
from server.office import OfficeMistake
from server.reminders.outbound import AddressRefused, checked


def keep(transaction: Transaction, organisation: Organisation, channel: str, url: str, token: str) -> None:
    """In place of the one before. `OfficeMistake` for an address that nothing is sent to."""
    try:
        checked(url)
    except AddressRefused as refused:
        raise OfficeMistake(f"The address has to be https on port 443 ({refused}).") from None
    if not token:
        raise OfficeMistake("The token is empty.")
    remove(transaction, organisation, channel)
    values = {"org": organisation.id, "channel": channel, "url": url, "token": token}
    transaction.execute(insert(OutboundChannel).values(values))


def remove(transaction: Transaction, organisation: Organisation, channel: str) -> None:
    where = (OutboundChannel.org == organisation.id, OutboundChannel.channel == channel)
    transaction.execute(delete(OutboundChannel).where(*where))
