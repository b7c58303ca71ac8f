"""People and clients of a table, brought in by a command."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from server import directory
from server.catalogue import LANGUAGES
from server.cli.installation import DATA_DIR, ORGANISATION, changing
from server.core.problems import CATALOGUE, Problem
from server.importing import bringing
from server.importing.bringing import Brought, Tried
from server.importing.clients import Importer
from server.importing.rows import Judged, as_texts
from server.importing.targets import IMPORT_SORTS, ImportSort, targets_of
from server.reports.exporting import guarded
from server.sync.exchange import reading

#: as a device where the server itself writes
COMMAND = "office"
OUTCOMES = {"new": "can be imported", "there": "there already", "faulty": "cannot be taken"}


@click.command("import")
@click.argument("what", type=click.Choice(IMPORT_SORTS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", is_flag=True, help="Say what would become of each row, and write nothing.")
@click.option("--leave-out", is_flag=True, help="Leave out rows that cannot be taken; otherwise one refuses the whole.")
@click.option("--column", "columns", multiple=True, help="HEAD=FIELD, where a head does not say it. See --fields.")
@click.option("--fields", "shows_fields", is_flag=True, help="List the fields that columns may stand for.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what became of each row as CSV.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the reasons.")
@ORGANISATION
@DATA_DIR
def import_(
    what: ImportSort,
    file: Path,
    preview: bool,
    leave_out: bool,
    columns: tuple[str, ...],
    shows_fields: bool,
    report: Path | None,
    language: str,
    organisation: str | None,
    data_dir: str | None,
) -> None:
    """Import people or clients of a table (CSV or XLSX). The same file twice makes nobody twice.

    Of people, the one-time passwords are printed once: hand them on and keep them nowhere.
    """
    if shows_fields:
        for one in targets_of(what).values():
            click.echo(f"{one.key:28} {one.label[language]}{'  (required)' if one.is_required else ''}")
        return
    with changing(data_dir) as transaction:
        org: str = directory.organisation_named(transaction, organisation).id
        transaction.commit()
        try:
            tried = _tried(org, what, file.read_bytes(), columns)
            brought = None if preview else _brought(Importer(org, None, COMMAND), what, tried, leave_out)
        except Problem as problem:
            raise click.ClickException(_said(problem)) from None
    _tell(tried, brought, language)
    if report is not None:
        _write(report, tried, brought, language)


def _tried(org: str, what: ImportSort, content: bytes, given: Sequence[str]) -> Tried:
    table, guesses = bringing.look(what, content)
    wanted = {place: key for place, key in enumerate(guesses) if key is not None}
    for each in given:
        head, _, key = each.rpartition("=")
        if head not in table.heads:
            raise click.ClickException(f"There is no column {head!r}. There are: {', '.join(table.heads)}")
        wanted = {place: one for place, one in wanted.items() if one != key} | {table.heads.index(head): key}
    with reading() as connection:
        return bringing.try_(connection, org, what, content, wanted)


def _brought(importer: Importer, what: ImportSort, tried: Tried, leave_out: bool) -> list[Brought]:
    found: list[Brought] = []
    after: int | None = 0
    while after is not None:
        found.append(bringing.bring(importer, what, tried, leave_out=leave_out, after=after))
        after = found[-1].after
    return found


def _tell(tried: Tried, brought: Sequence[Brought] | None, language: str) -> None:
    for one in tried.rows:
        for fault in one.faults:
            head = "" if fault.column is None else f"{tried.table.heads[fault.column]}: "
            click.echo(f"row {one.number}: {head}{fault.sentence(language)}", err=True)
    for outcome, said in OUTCOMES.items():
        click.echo(f"{tried.count(outcome)} {said}")
    for each in brought or ():
        for told in each.invited.values():
            click.echo(f"{told.name}\t{told.password.password}")
    if brought is not None:
        click.echo(f"{sum(each.made for each in brought)} imported")


def _write(path: Path, tried: Tried, brought: Sequence[Brought] | None, language: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["row", "outcome", "why", *map(guarded, tried.table.heads)])
        for one in tried.rows:
            outcome = "imported" if brought is not None and one.outcome == "new" else one.outcome
            cells = map(guarded, as_texts(one.cells))
            writer.writerow([one.number, outcome, " ".join(_reasons(one, language)), *cells])


def _reasons(one: Judged, language: str) -> Iterable[str]:
    return (fault.sentence(language) for fault in one.faults)


def _said(problem: Problem) -> str:
    lacking = f" ({', '.join(sorted(problem.fields))})" if problem.fields else ""
    return CATALOGUE[problem.code]["en"] + lacking
