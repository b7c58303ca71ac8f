"""Case files, and who works with which."""

from datetime import datetime, timedelta

import click

from server import directory
from server.cli.installation import DATA_DIR, changing
from server.core import timestamps
from server.rules.dates import FINLAND


@click.group()
def case() -> None:
    """Case files."""


@case.command("open")
@click.argument("worker")
@click.option("--client-id", default="", help="For example OV-0001.")
@click.option("--client-name", default="")
@click.option("--id", "case", help="That of a case file which was lost with database and journal.")
@DATA_DIR
def case_open(worker: str, client_id: str, client_name: str, case: str | None, data_dir: str | None) -> None:
    """Open a case file for WORKER (a sign-in name) and the leaders of the team; prints its id."""
    with changing(data_dir) as transaction:
        person = directory.user_named(transaction, worker)
        click.echo(directory.open_case(transaction, person, client_id, client_name, case))


@click.group()
def access() -> None:
    """Who works with which case files."""


@access.command("grant")
@click.argument("name")
@click.argument("cases", nargs=-1, required=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of a stand-in.")
@DATA_DIR
def access_grant(name: str, cases: tuple[str, ...], until: datetime | None, data_dir: str | None) -> None:
    """Give NAME access to case files, for good or until a day."""
    midnight = (until + timedelta(days=1)).replace(tzinfo=FINLAND) if until else None
    end = timestamps.text(midnight) if midnight else None
    with changing(data_dir) as transaction:
        directory.lend(transaction, directory.user_named(transaction, name), list(cases), end)
        click.echo("Phones fetch them at their next contact.")


@access.command("revoke")
@click.argument("name")
@click.argument("cases", nargs=-1, required=True)
@DATA_DIR
def access_revoke(name: str, cases: tuple[str, ...], data_dir: str | None) -> None:
    """End NAME's access to case files."""
    with changing(data_dir) as transaction:
        lost = directory.take_away(transaction, directory.user_named(transaction, name), list(cases))
        click.echo(f"{len(lost)} case files leave the phones at their next contact.")
