"""Tokens of the data API."""

from datetime import datetime

import click

from server import directory
from server.auth import data_tokens
from server.cli.installation import DATA_DIR, ORGANISATION, changing
from server.core.problems import Problem
from server.reports.data_tables import KINDS_OFFERED

DAY = "%Y-%m-%d"
REFUSED = {
    "last_day": "A token lasts a year at most, and ends today at the soonest.",
    "name": "There are as many tokens as there may be: revoke one first.",
}


@click.group()
def token() -> None:
    """Tokens of the data API, by which BI tools read records as tables."""


@token.command("add")
@click.argument("name")
@click.option(
    "--kind", "kinds", multiple=True, required=True, type=click.Choice(KINDS_OFFERED), help="May be repeated."
)
@click.option("--team", help="Its name; of all teams without it.")
@click.option("--codes", is_flag=True, help="With clients' codes.")
@click.option("--until", required=True, type=click.DateTime([DAY]), help="Its last day.")
@ORGANISATION
@DATA_DIR
def token_add(
    name: str,
    kinds: tuple[str, ...],
    team: str | None,
    codes: bool,
    until: datetime,
    organisation: str | None,
    data_dir: str | None,
) -> None:
    """Make a token and print it, this once. NAME says who or what uses it."""
    with changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        found = directory.team_named(transaction, org, team) if team else None
        if team and found is None:
            raise click.ClickException(f"There is no team {team}.")
        scope = data_tokens.TokenScope(tuple(sorted(set(kinds))), found.id if found else None, codes)
        called = directory.line(name, "The name")
        try:
            made = data_tokens.make(transaction, org.id, called, scope, until.date(), None)
        except Problem as problem:
            raise click.ClickException(REFUSED[next(iter(problem.fields))]) from None
    click.echo(made.secret)


@token.command("list")
@ORGANISATION
@DATA_DIR
def token_list(organisation: str | None, data_dir: str | None) -> None:
    """Every token: id, name, what it reads, its end, when it was used last."""
    with changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        for each in data_tokens.tokens_of(transaction, org.id):
            kinds = ",".join(data_tokens.scope_of(each).kinds)
            state = f"until {data_tokens.last_day_of(each)}" if data_tokens.is_living(each) else "opens nothing"
            click.echo(f"{each.id}  {each.name}  {kinds}  {state}  last used {each.last_used_at or 'never'}")


@token.command("revoke")
@click.argument("token_id", metavar="ID")
@ORGANISATION
@DATA_DIR
def token_revoke(token_id: str, organisation: str | None, data_dir: str | None) -> None:
    """The token of this id opens nothing from now on. See: ovikello token list"""
    with changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        try:
            data_tokens.revoke(transaction, org.id, token_id, None)
        except Problem:
            raise click.ClickException("There is no such token, or it is revoked. See: ovikello token list") from None
    click.echo("The token is revoked.")
