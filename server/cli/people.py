"""People who sign in, and their teams."""

from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.auth import providers, second_factor
from server.cli.installation import DATA_DIR, ORGANISATION, changing, secret_of, settings_of
from server.core.models import Organisation, Team, User
from server.core.problems import Problem

PASSWORD = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("name")
@click.option("--display-name", help="What colleagues see; by default the name.")
@click.option("--role", type=click.Choice(directory.ROLES), default="field_worker", show_default=True)
@click.option("--team", help="Its name; made if there is none.")
@click.option("--phone", default="")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="fi", show_default=True)
@ORGANISATION
@PASSWORD
@DATA_DIR
def user_add(
    name: str,
    display_name: str | None,
    team: str | None,
    organisation: str | None,
    password_stdin: bool,
    data_dir: str | None,
    **account: Any,
) -> None:
    """Add a person. A new organisation or team is made by naming it."""
    password = secret_of(password_stdin)
    with changing(data_dir) as transaction:
        org = _organisation(transaction, organisation)
        found = directory.find_or_add_team(transaction, org, team) if team else None
        wanted = directory.Account(org, name, display_name or name, team=found, **account)
        added = directory.add_user(transaction, wanted, password)
        click.echo(f"{added.name} can sign in ({org.name}).")


@user.command("reset-password")
@click.argument("name")
@PASSWORD
@DATA_DIR
def user_reset_password(name: str, password_stdin: bool, data_dir: str | None) -> None:
    """Set a new password and end the person's sessions. Entries on phones stay there."""
    password = secret_of(password_stdin)
    with changing(data_dir) as transaction:
        directory.reset_password(transaction, directory.user_named(transaction, name), password)
        click.echo("The password is set. Phones ask for it at their next contact.")


@user.command("reset-second-factor")
@click.argument("name")
@DATA_DIR
def user_reset_second_factor(name: str, data_dir: str | None) -> None:
    """For somebody who lost their phone and the recovery codes: the password alone opens again. Sessions end."""
    with changing(data_dir) as transaction:
        user = directory.user_named(transaction, name)
        if not second_factor.is_on(transaction, user.id, user.org):
            raise click.ClickException(f"{name} has no second factor.")
        second_factor.reset(transaction, user, None)
        click.echo("The second factor is gone. An administrator sets up another one at the next sign-in.")


@user.command("link")
@click.argument("name")
@click.argument("provider")
@click.argument("subject")
@DATA_DIR
def user_link(name: str, provider: str, subject: str, data_dir: str | None) -> None:
    """Whom PROVIDER calls SUBJECT (the claim `sub`) signs in as NAME from now on."""
    found = next((one for one in settings_of(data_dir).providers if one.id == provider), None)
    if found is None:
        raise click.ClickException(f"OVIKELLO_PROVIDERS names no {provider}.")
    with changing(data_dir) as transaction:
        user = directory.user_named(transaction, name)
        if directory.organisation_named(transaction, found.organisation).id != user.org:
            raise click.ClickException(f"{provider} is not of {name}'s organisation.")
        try:
            providers.link(transaction, user, found.issuer, subject, None)
        except Problem:
            raise click.ClickException(f"{provider} calls somebody else {subject}.") from None
        click.echo(f"{name} can sign in by {provider}.")


@user.command("unlink")
@click.argument("name")
@DATA_DIR
def user_unlink(name: str, data_dir: str | None) -> None:
    """No provider's person signs in as NAME any more, until it is linked anew. Sessions end."""
    with changing(data_dir) as transaction:
        try:
            providers.unlink(transaction, directory.user_named(transaction, name), None)
        except Problem:
            raise click.ClickException(f"{name} is linked to nobody.") from None
        click.echo(f"{name} is linked to nobody.")


@user.command("list")
@DATA_DIR
def user_list(data_dir: str | None) -> None:
    """Everybody who signs in: name, role, team, organisation."""
    with changing(data_dir) as transaction:
        wanted = (
            select(User, User.name, Team.name, Organisation.name)
            .outerjoin(Team, (Team.id == User.team) & (Team.org == User.org))
            .join(Organisation, Organisation.id == User.org)
            .order_by(Organisation.name, User.name)
        )
        for person, name, team, org in transaction.execute(wanted):
            closed = "" if person.active else "  (closed)"
            click.echo(f"{name:20} {person.role:20} {team or '–':20} {org}{closed}")


@user.command("close")
@click.argument("name")
@DATA_DIR
def user_close(name: str, data_dir: str | None) -> None:
    """Close an account and end its sessions. What the person wrote stays."""
    with changing(data_dir) as transaction:
        directory.close_account(transaction, directory.user_named(transaction, name))
        click.echo(f"{name} can no longer sign in.")


@click.group()
def team() -> None:
    """Teams."""


@team.command("add")
@click.argument("name")
@click.option("--phone", default="")
@ORGANISATION
@DATA_DIR
def team_add(name: str, phone: str, organisation: str | None, data_dir: str | None) -> None:
    """Add a team."""
    with changing(data_dir) as transaction:
        directory.add_team(transaction, _organisation(transaction, organisation), name, phone)
        click.echo(f"Made the team {name}.")


def _organisation(transaction: Transaction, name: str | None) -> Organisation:
    """The named one, made if it is new; else the only one there is."""
    if name is None:
        return directory.organisation_named(transaction, None)
    return directory.find_or_add_organisation(transaction, name)
