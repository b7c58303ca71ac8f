"""Copies of the database, and what has to happen when one is put in its place."""

from pathlib import Path

import click

from server import create_app
from server.cli.installation import DATA_DIR, plain_errors, settings_of


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@DATA_DIR
def backup(folder: Path, data_dir: str | None) -> None:
    """Copy the database into FOLDER while the server runs, and check the copy."""
    from server import backup as backups

    with plain_errors():
        made = backups.back_up(create_app(settings_of(data_dir)), folder)
    click.echo(f"Backed up to {made.database}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DATA_DIR
def restore(file: Path, data_dir: str | None) -> None:
    """Put the backup FILE in the database's place. Stop the server first.

    Phones notice it and offer again what they sent since. What was revoked since stays revoked.
    """
    from server import backup as backups
    from server import serve as serving

    settings = settings_of(data_dir)
    with plain_errors(), serving.alone(settings.data_dir):
        kept = backups.restore(settings, backups.Backup(file))
        replayed = backups.begin_new_epoch(create_app(settings))
    click.echo(f"Restored {file}; {replayed} later revocations and the like were applied again.")
    if kept:
        click.echo(f"The database that stood there is kept as {kept}")


@click.command()
@DATA_DIR
def restored(data_dir: str | None) -> None:
    """Say that the database was restored by other means (PostgreSQL). Stop the server first."""
    from server import backup as backups
    from server import serve as serving

    settings = settings_of(data_dir)
    with plain_errors(), serving.alone(settings.data_dir):
        replayed = backups.begin_new_epoch(create_app(settings))
    click.echo(f"A new epoch has begun; {replayed} later revocations and the like were applied again.")
