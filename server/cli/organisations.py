"""What an organisation lets its devices do."""

import click

from server import directory
from server.auth import pins
from server.cli.installation import DATA_DIR, ORGANISATION, changing


@click.group()
def organisation() -> None:
    """What an organisation lets its devices do."""


@organisation.command("offline-pin")
@click.argument("allowed", type=click.Choice(["yes", "no"]))
@ORGANISATION
@DATA_DIR
def organisation_offline_pin(allowed: str, organisation: str | None, data_dir: str | None) -> None:
    """Whether a PIN opens without a network. Whoever copies such a device guesses six digits within days."""
    with changing(data_dir) as transaction:
        org = directory.organisation_named(transaction, organisation)
        pins.allow_offline(transaction, org.id, allowed == "yes", None)
        if allowed == "yes":
            click.echo(f"PINs that are set from now on open without a network ({org.name}).")
        else:
            click.echo(f"PINs open with a network only ({org.name}). A phone hears of it when it has a network.")
