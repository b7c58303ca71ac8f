"""How long clients' files are kept, and erasing what is due."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from server import directory
from server.cli.installation import DATA_DIR, ORGANISATION, changing
from server.core.problems import Problem
from server.retention import due, holding

DAY = "%Y-%m-%d"
NO_FILE = "There is no such file, or it is not held. See: ovikello retention list"
NOT_DUE = "Nothing was erased: one of these files is not due, or is held. See: ovikello retention list"


@contextmanager
def told_plainly() -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        raise click.ClickException(NOT_DUE if problem.code == "not_due_for_erasing" else NO_FILE) from None


@click.group()
def retention() -> None:
    """Files of clients whose time is over."""


@retention.command("list")
@ORGANISATION
@DATA_DIR
def retention_list(organisation: str | None, data_dir: str | None) -> None:
    """The closed files, by code: due, held, kept until a day, or to be decided on by hand."""
    with changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        for row in due.closed_files(transaction.connection(), org.id):
            until = row.kept_until.strftime(DAY) if row.kept_until else "-"
            why = f"  {row.hold.reason}" if row.hold else ""
            click.echo(f"{row.case}  {row.client_id or '-'}  {row.state}  {until}  {row.records} records{why}")


@retention.command("erase")
@click.argument("cases", nargs=-1, required=True)
@ORGANISATION
@DATA_DIR
@click.confirmation_option(prompt="Everything in these files goes for good. Go on?")
def retention_erase(cases: tuple[str, ...], organisation: str | None, data_dir: str | None) -> None:
    """Erase CASES, which are due, for good. Backups that hold them are yours to delete."""
    with told_plainly(), changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        records = due.erase_due(transaction, org.id, cases, None)
    click.echo(f"{len(set(cases))} files with {records} records are erased. Phones hear of it at their next contact.")


@retention.command("hold")
@click.argument("case")
@click.option("--reason", required=True, help="Why, without the client's affairs.")
@ORGANISATION
@DATA_DIR
def retention_hold(case: str, reason: str, organisation: str | None, data_dir: str | None) -> None:
    """Bar the erasing of CASE."""
    with told_plainly(), changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        holding.hold(transaction, org.id, case, directory.line(reason, "The reason"), None)


@retention.command("lift")
@click.argument("case")
@ORGANISATION
@DATA_DIR
def retention_lift(case: str, organisation: str | None, data_dir: str | None) -> None:
    """Let CASE be erased again, once it is due."""
    with told_plainly(), changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        holding.lift(transaction, org.id, case, None)
