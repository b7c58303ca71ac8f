"""What the administration of the app does, by command and in somebody's name: caseloads, own lists, who has read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

import click
import orjson
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.catalogue import LANGUAGES, OPEN_LISTS
from server.cli.installation import DATA_DIR, changing
from server.core.actor import Actor
from server.core.models import User
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.directory import caseloads, client_data, managing, own_entries, standing_in, who_read
from server.directory.own_entries import Labels
from server.kinds.readers import CASEWORKERS

DAY = "%Y-%m-%d"
BY = click.option("--by", required=True, help="In whose name: the sign-in name of somebody who may do it in the app.")
CASES = click.option("--case", "cases", multiple=True, help="A file's id, may be repeated; all without it.")
NOT_FOUND = "There is none that this person may look at or change. See: ovikello user list"
#: of the audit log, where the app names the device
DEVICE = "command"


class Office(NamedTuple):
    transaction: Transaction
    actor: Actor


@contextmanager
def office(data_dir: str | None, by: str, roles: frozenset[str]) -> Iterator[Office]:
    """One transaction in the name of somebody with an open account and one of the roles that do this in the app."""
    with changing(data_dir) as transaction:
        person = directory.user_named(transaction, by)
        if not person.active or person.role not in roles:
            raise click.ClickException(f"{by} may not do this. It takes: {', '.join(sorted(roles))}")
        try:
            yield Office(transaction, Actor(person.org, person.id, DEVICE, person.role))
        except Problem as problem:
            raise click.ClickException(NOT_FOUND if problem.code == "not_found" else problem.code) from None


MANAGERS = frozenset(managing.MANAGERS)
LOG_READERS = MANAGERS | {"data_protection"}


@click.group()
def caseload() -> None:
    """A worker's clients."""


@caseload.command("list")
@click.argument("worker")
@BY
@DATA_DIR
def caseload_list(worker: str, by: str, data_dir: str | None) -> None:
    """The files of WORKER's clients: id, code, why, until when."""
    with office(data_dir, by, MANAGERS) as (transaction, actor):
        for row in caseloads.caseload(transaction, _seen(transaction, actor, worker)):
            click.echo(f"{row['case']}  {row['client_id'] or '-'}  {row['reason']}  {row['until'] or '-'}")


@caseload.command("transfer")
@click.argument("worker")
@click.argument("to")
@CASES
@BY
@DATA_DIR
def caseload_transfer(worker: str, to: str, cases: tuple[str, ...], by: str, data_dir: str | None) -> None:
    """WORKER's clients go to the colleague TO, with what is planned."""
    with office(data_dir, by, MANAGERS) as (transaction, actor):
        from_, receiver = _seen(transaction, actor, worker), _seen(transaction, actor, to)
        moved = caseloads.transfer(transaction, actor, from_, receiver.id, list(cases) or None)
        click.echo(f"{moved.cases} clients and {moved.visits} planned visits go to {to}.")


@click.group("stand-in")
def stand_in() -> None:
    """Colleagues who stand in for a worker."""


@stand_in.command("add")
@click.argument("worker")
@click.argument("to")
@click.option("--until", required=True, type=click.DateTime([DAY]), help="The last day.")
@CASES
@BY
@DATA_DIR
def stand_in_add(worker: str, to: str, until: datetime, cases: tuple[str, ...], by: str, data_dir: str | None) -> None:
    """TO stands in for WORKER until the end of a day."""
    with office(data_dir, by, MANAGERS) as (transaction, actor):
        from_, receiver = _seen(transaction, actor, worker), _seen(transaction, actor, to)
        last_day = until.date()
        opened = standing_in.stand_in(transaction, actor, from_, receiver.id, list(cases) or None, last_day)
        click.echo(f"{opened} clients are open to {to}.")


@stand_in.command("end")
@click.argument("person")
@CASES
@BY
@DATA_DIR
def stand_in_end(person: str, cases: tuple[str, ...], by: str, data_dir: str | None) -> None:
    """PERSON stands in no longer."""
    with office(data_dir, by, MANAGERS) as (transaction, actor):
        ended = standing_in.end(transaction, actor, _seen(transaction, actor, person), list(cases) or None)
        click.echo(f"{ended} clients are closed to {person}.")


@click.group("own-list")
def own_list() -> None:
    """Entries of the organisation's own in lists of the catalogue."""


def _labels(command: Callable[..., None]) -> Callable[..., None]:
    for language in reversed(LANGUAGES):
        command = click.option(f"--{language}", required=True, help="What it is called.")(command)
    return command


@own_list.command("show")
@BY
@DATA_DIR
def own_list_show(by: str, data_dir: str | None) -> None:
    """Every own entry: list, code, labels, whether it is retired."""
    with office(data_dir, by, ADMINS) as (transaction, actor):
        for row in own_entries.entries(transaction, actor.org):
            called = " · ".join(str(row[language]) for language in LANGUAGES)
            click.echo(f"{row['catalogue']}  {row['code']}  {called}{'  retired' if row['retired'] else ''}")


@own_list.command("add")
@click.argument("catalogue", type=click.Choice(sorted(OPEN_LISTS)))
@_labels
@BY
@DATA_DIR
def own_list_add(catalogue: str, by: str, data_dir: str | None, **labels: str) -> None:
    """Add an entry behind the others; prints its code."""
    with office(data_dir, by, ADMINS) as (transaction, actor):
        click.echo(own_entries.add(transaction, actor, catalogue, _said(labels)).code)


@own_list.command("change")
@click.argument("code")
@_labels
@click.option("--retired", is_flag=True, help="It is offered no longer, and stays readable.")
@BY
@DATA_DIR
def own_list_change(code: str, retired: bool, by: str, data_dir: str | None, **labels: str) -> None:
    """Name the entry anew, retire it or offer it again."""
    with office(data_dir, by, ADMINS) as (transaction, actor):
        own_entries.change(transaction, actor, code, _said(labels), retired=retired)
        click.echo("The phones hear of it at their next contact.")


@own_list.command("order")
@click.argument("catalogue", type=click.Choice(sorted(OPEN_LISTS)))
@click.argument("codes", nargs=-1, required=True)
@BY
@DATA_DIR
def own_list_order(catalogue: str, codes: tuple[str, ...], by: str, data_dir: str | None) -> None:
    """All own entries of a list, in this order."""
    with office(data_dir, by, ADMINS) as (transaction, actor):
        own_entries.put_in_order(transaction, actor, catalogue, codes)
        click.echo("They are in this order.")


@click.group("access-log")
def access_log() -> None:
    """Who has read which client's file. Looking is noted."""


@access_log.command("client")
@click.argument("client")
@BY
@DATA_DIR
def access_log_client(client: str, by: str, data_dir: str | None) -> None:
    """Who has read the file of CLIENT (its id or the client's code), the latest first."""
    _print_log(data_dir, by, lambda its, after: who_read.of_client(its.transaction, its.actor, client, after))


@access_log.command("person")
@click.argument("person")
@BY
@DATA_DIR
def access_log_person(person: str, by: str, data_dir: str | None) -> None:
    """What PERSON (a sign-in name) has read, the latest first."""
    _print_log(data_dir, by, lambda its, after: who_read.of_person(its.transaction, its.actor, _id(its, person), after))


Pages = Callable[[Office, str], tuple[list[who_read.ToldReading], str | None]]


def _print_log(data_dir: str | None, by: str, page: Pages) -> None:
    with office(data_dir, by, LOG_READERS) as its:
        after: str | None = ""
        while after is not None:
            found, after = page(its, after)
            for row in found:
                why = row["reason"] or "-"
                click.echo(
                    f"{row['at']}  {row['display_name']}  {row['client_id'] or row['case']}  {row['what']}  {why}"
                )


@click.command("client-data")
@click.argument("case")
@BY
@DATA_DIR
def client_data_(case: str, by: str, data_dir: str | None) -> None:
    """All that is kept of the client of this file, as JSON, by somebody who reads it. Handing it out is noted."""
    with office(data_dir, by, CASEWORKERS | ADMINS) as (transaction, actor):
        document = client_data.document(transaction, actor, case)
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())


def _seen(transaction: Transaction, actor: Actor, name: str) -> User:
    return managing.person_seen(transaction, actor, directory.user_named(transaction, name).id)


def _id(its: Office, name: str) -> str:
    return directory.user_named(its.transaction, name).id


def _said(labels: dict[str, str]) -> Labels:
    return Labels(fi=labels["fi"], sv=labels["sv"], en=labels["en"])
