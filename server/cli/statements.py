"""Statements of hours: whether one is what the log says."""

import json
from pathlib import Path
from typing import Any

import click

from server.cli.installation import DATA_DIR, looking


@click.group()
def statement() -> None:
    """Statements of hours, as the app hands them out."""


@statement.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATA_DIR
def statement_verify(file: Path, data_dir: str | None) -> None:
    """Compute the statement in FILE (JSON) again from the log that it names, and say which line differs."""
    from server.reports import proof

    given = _read(file)
    with looking(data_dir) as connection:
        found = list(proof.differences(connection, given))
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        raise click.ClickException(f"{len(found)} differences.")
    click.echo(f"The statement holds: {len(given['lines'])} lines, {given['delivered_hours']} hours.")


def _read(file: Path) -> dict[str, Any]:
    """`ClickException` for what is no statement."""
    try:
        given: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        chain, lines = given["chain"], given["lines"]
        is_right = isinstance(chain["length"], int) and isinstance(chain["head"], str) and isinstance(lines, list)
    except (ValueError, KeyError, TypeError):
        is_right = False
    if not is_right:
        raise click.ClickException("This is no statement of hours.")
    return given
