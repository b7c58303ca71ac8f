"""How an organisation hears of an alarm besides push."""

import click

from server import directory
from server.cli.installation import DATA_DIR, ORGANISATION, changing, plain_errors, secret_of, settings_of


@click.group()
def channel() -> None:
    """How an organisation hears of an alarm besides push."""


@channel.command("set")
@click.argument("kind", type=click.Choice(["sms", "webhook"]))
@click.argument("url")
@click.option("--token-stdin", is_flag=True, help="Read the token from standard input.")
@click.option("--to", default="", help="Of sms: the phone that gets the trial message.")
@click.option("--untried", is_flag=True, help="Keep it without a trial request.")
@ORGANISATION
@DATA_DIR
def channel_set(
    kind: str, url: str, token_stdin: bool, to: str, untried: bool, organisation: str | None, data_dir: str | None
) -> None:
    """Send alarms of check-ins to URL too (https): an SMS gateway, or a webhook.

    It is tried first: a trial message, called a drill, has to be taken.
    """
    from server.core.outbound import Wire
    from server.rules.phones import dialled
    from server.safety import alarm_channels
    from server.safety.channels import Gateway

    token = secret_of(token_stdin, "Token")
    if not untried:
        if kind == "sms" and not to:
            raise click.UsageError("Say with --to which phone gets the trial message.")
        if to and dialled(to) is None:
            raise click.UsageError("--to is not one phone number.")
        with plain_errors():
            alarm_channels.try_out(
                Wire(), Gateway(kind, url, token), dialled(to) or "", settings_of(data_dir).inside_gateways
            )
    with changing(data_dir) as transaction:
        alarm_channels.keep(transaction, directory.organisation_named(transaction, organisation), kind, url, token)
    said = "NOT tried: an alarm may fail." if untried else "It took the trial message."
    click.echo(f"{said} Check-ins that are armed from now on use it.")


@channel.command("remove")
@click.argument("kind", type=click.Choice(["sms", "webhook"]))
@ORGANISATION
@DATA_DIR
def channel_remove(kind: str, organisation: str | None, data_dir: str | None) -> None:
    """Send alarms there no more."""
    from server.safety import alarm_channels

    with changing(data_dir) as transaction:
        alarm_channels.remove(transaction, directory.organisation_named(transaction, organisation), kind)
        click.echo("Removed.")
