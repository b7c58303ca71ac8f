"""The nation's code tables, which documents are written with."""

from pathlib import Path

import click

from server.cli.installation import DATA_DIR, settings_of


@click.group()
def codes() -> None:
    """The nation's code tables, which documents are written with."""


@codes.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATA_DIR
def codes_load(file: Path, data_dir: str | None) -> None:
    """Take the tables of FILE (JSON) into use, in place of those before.

    It has the lists "codes" ({oid, version, code, fi, sv, valid_from, valid_to}) and "partners"
    ({catalogue, own_code, oid, code}): which code stands for one of ours.
    """
    from server.documents import codes as national

    settings = settings_of(data_dir)
    try:
        taken = national.load(file, settings.data_dir, production=settings.production)
    except national.CodesUnfit as unfit:
        raise click.ClickException(f"Nothing was loaded.\n{unfit}") from None
    click.echo(f"{taken['codes']} codes and {taken['partners']} partners are in use.")
    _tell_missing(settings.data_dir)


@codes.command("check")
@DATA_DIR
def codes_check(data_dir: str | None) -> None:
    """Say which of our own codes no code stands for."""
    _tell_missing(settings_of(data_dir).data_dir)


def _tell_missing(folder: Path) -> None:
    from server.documents import codes as national
    from server.documents import declaration

    missing = national.without_partner(national.loaded(folder), declaration.asked())
    for line in missing:
        click.echo(line)
    click.echo(f"{len(missing)} of our own codes have no partner." if missing else "Every code has a partner.")
