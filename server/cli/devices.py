"""The phones and laptops that hold case files."""

import click
from sqlalchemy import select

from server import directory
from server.cli.installation import DATA_DIR, changing
from server.core.models import Device


@click.group()
def device() -> None:
    """The phones and laptops that hold case files."""


@device.command("list")
@click.argument("name")
@DATA_DIR
def device_list(name: str, data_dir: str | None) -> None:
    """The devices of NAME: id, what it is, its last contact, and whether it was shut out or wiped."""
    with changing(data_dir) as transaction:
        person = directory.user_named(transaction, name)
        own = select(Device).where(Device.user == person.id, Device.org == person.org).order_by(Device.created_at)
        for each in transaction.scalars(own):
            click.echo(f"{each.id}  {each.name}  {each.last_sync_at or '-'}  {_standing(each)}")


@device.command("wipe")
@click.argument("device_id")
@DATA_DIR
def device_wipe(device_id: str, data_dir: str | None) -> None:
    """Make what lies on a stolen device unreadable at its next contact. Nothing of it is rescued."""
    with changing(data_dir) as transaction:
        directory.wipe_device(transaction, device_id)
    click.echo("It is made unreadable at its next contact. While it is offline it hears nothing of this.")


def _standing(device: Device) -> str:
    if device.wiped_at:
        return f"wiped {device.wiped_at}"
    if device.wipe_asked_at:
        return "made unreadable at next contact"
    return "revoked" if device.revoked_at else "in use"
