"""How an organisation hears of an alarm besides push."""

import click

from server import office
from server.cli.installation import DATA_DIR, ORGANISATION, changing, secret_of


@click.group()
def channel() -> None:
    """How an organisation hears of an alarm besides push."""


@channel.command("set")
@click.argument("kind", type=click.Choice(["sms", "webhook"]))
@click.argument("url")
@click.option("--token-stdin", is_flag=True, help="Read the token from standard input.")
@ORGANISATION
@DATA_DIR
def channel_set(kind: str, url: str, token_stdin: bool, organisation: str | None, data_dir: str | None) -> None:
    """Send alarms of check-ins to URL too (https): an SMS gateway, or a webhook."""
    from server.checkin import setting

    token = secret_of(token_stdin, "Token")
    with changing(data_dir) as transaction:
        setting.keep(transaction, office.organisation_named(transaction, organisation), kind, url, token)
        click.echo("Check-ins that are armed from now on use it.")


@channel.command("remove")
@click.argument("kind", type=click.Choice(["sms", "webhook"]))
@ORGANISATION
@DATA_DIR
def channel_remove(kind: str, organisation: str | None, data_dir: str | None) -> None:
    """Send alarms there no more."""
    from server.checkin import setting

    with changing(data_dir) as transaction:
        setting.remove(transaction, office.organisation_named(transaction, organisation), kind)
        click.echo("Removed.")
