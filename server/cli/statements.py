"""Statements of hours: whether one is what the log says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.installation import DATA_DIR, looking

if TYPE_CHECKING:
    from server.reports.proof import GivenStatement, OtherLog


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
    click.echo(f"The statement holds: {len(given.lines)} lines, {given.said['delivered_hours']} hours.")


def _read(file: Path) -> GivenStatement:
    """`ClickException` for what is no statement."""
    from server.reports.proof import GivenStatement

    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        given = None
    match given:
        case {"chain": {"length": int(length), "head": str(head)}, "lines": list(lines)}:
            return GivenStatement(given, {"length": length, "head": head}, lines, _others(given))
    raise click.ClickException("This is no statement of hours.")


def _others(given: dict[str, object]) -> list[OtherLog]:
    """The logs of the client's other files (H7), where the statement names any."""
    named = given.get("other_chains", [])
    found: list[OtherLog] = []
    for each in named if isinstance(named, list) else [None]:
        match each:
            case {"file": str(file), "length": int(length), "head": str(head)}:
                found.append({"file": file, "length": length, "head": head})
            case _:
                raise click.ClickException("This is no statement of hours.")
    return found
