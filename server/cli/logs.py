"""The logs: whether they hold."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from server.cli.installation import DATA_DIR, looking
from server.core import timestamps
from server.core.journal import path_of
from server.rules.names import normalized_name

if TYPE_CHECKING:
    from server.auth.security_log_reading import SecurityLogLine
    from server.integrity.verify import Fault

FAULT_WORDS = {
    "edited": "was edited",
    "removed": "is missing",
    "cut_off": "and what follows is cut off",
    "rewritten": "is not what the journal remembers",
}


@click.group()
def log() -> None:
    """The logs of case files, of what was done, and of who came in."""


@log.command("verify")
@DATA_DIR
def log_verify(data_dir: str | None) -> None:
    """Check every log against its chain and the journal, and the state against the logs. Fails where one differs."""
    from flask import current_app

    from server.integrity import verify

    with looking(data_dir) as connection:
        known = verify.anchored(path_of(current_app))
        found = list(verify.faults(connection, known))
    for fault in found:
        click.echo(_sentence(fault), err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults. Keep this database as it is, and compare it with a backup.")
    click.echo("Every log holds, and the state is what they say.")


def _sentence(fault: "Fault") -> str:
    where = f"case file {fault.case}" if fault.case else {"audit_event": "audit log"}.get(fault.log, "security log")
    of = f" (organisation {fault.org})" if fault.org else ""
    if fault.what in FAULT_WORDS:
        return f"{where}{of}: row {fault.at} {FAULT_WORDS[fault.what]}."
    if fault.what == "no_file":
        return f"{where}{of}: there are entries, and no case file."
    if fault.what == "attachment":
        return f"{where}{of}: the bytes of {fault.record} are not those that were kept."
    if fault.what == "record":
        return f"{where}{of}: record {fault.record} is not what its log says."
    return f"{where}{of}: its digest is not that of its records."


@log.command("security")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on (UTC).")
@click.option("--account", help="A sign-in name.")
@click.option("--address", help="What came from this address.")
@click.option("--event", help="For example wrong_password, sign_in, no_access, session_end.")
@DATA_DIR
def log_security(
    since: datetime | None, account: str | None, address: str | None, event: str | None, data_dir: str | None
) -> None:
    """Who came in and who was refused: when, what, how often, whose account, and a mark for the address."""
    from server.auth import security_log_reading

    with looking(data_dir) as connection:
        names = security_log_reading.names(connection)
        if account and normalized_name(account) not in names.values():
            raise click.ClickException(f"Nobody signs in as {account}. See: ovikello user list")
        entries = security_log_reading.entries(
            connection,
            since=timestamps.text(since.replace(tzinfo=UTC)) if since else "",
            account=next((key for key, name in names.items() if account and name == normalized_name(account)), None),
            places=security_log_reading.marks_of(address) if address else None,
            event=event,
        )
        for entry in entries:
            click.echo(_line(entry, names.get((entry.account or "", entry.org), "-")))


def _line(entry: "SecurityLogLine", name: str) -> str:
    often = f"×{entry.times} until {entry.last_at}" if entry.times > 1 else "×1"
    whose = name if entry.account else f"unknown:{entry.about[:8]}" if entry.about else "-"
    return f"{entry.at}  {entry.event}  {often}  {whose}  from:{(entry.place or '-')[:8]}  {entry.detail}"
