"""The command `ovikello`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as Transaction

from server import create_app, moments, office
from server.config import Settings, SettingsInvalid, settings_from
from server.database import writing
from server.models import Device, Organisation, Team, User, db

DATA_DIR = click.option(
    "--data-dir",
    envvar="OVIKELLO_DATA_DIR",
    type=click.Path(file_okay=False),
    help="Where database, key and journal are kept.",
)
ORGANISATION = click.option("--organisation", help="Its name; not needed where there is one.")
PASSWORD = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
@click.version_option(package_name="ovikello")
def main() -> None:
    """Ovikello: a home-visit log that works offline, and the server that reconciles it.

    Settings come from the environment: OVIKELLO_DATA_DIR, OVIKELLO_DATABASE_URL,
    OVIKELLO_SECRET_KEY, OVIKELLO_PRODUCTION, OVIKELLO_TRUSTED_PROXIES,
    OVIKELLO_CONTACT.
    """
    os.umask(0o077)  # what we keep is nobody else's


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes; more than 1 on PostgreSQL only.")
@click.option("--reminders/--no-reminders", default=True, help="Whether it sends reminders, or `ovikello worker` does.")
@DATA_DIR
def serve(host: str, port: int, workers: int, reminders: bool, data_dir: str | None) -> None:
    """Serve the app and the exchange; creates or updates the database first."""
    from server import serve as serving

    settings = _settings(data_dir)
    if workers > 1 and settings.sqlite_path:
        raise click.ClickException("SQLite is served by one process. Leave out --workers.")
    with _plain_errors(), serving.alone(settings.data_dir):
        if serving.bring_up_to_date(create_app(settings)):
            click.echo(f"Made a new database in {settings.data_dir}")
        click.echo(f"Ovikello is at http://{'localhost' if host == '127.0.0.1' else host}:{port}")
        serving.run(settings, host, port, workers, sends_reminders=reminders)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--size", type=click.IntRange(1), help="Make about so many records for the sign-in mittaus.")
@DATA_DIR
def demo(port: int, size: int | None, data_dir: str | None) -> None:
    """Serve a fictional caseload: made at the first start, brought up to date at each later one."""
    from server import serve as serving
    from server.demo import command

    settings = _settings(data_dir)
    with _plain_errors(), serving.alone(settings.data_dir):
        try:
            command.prepare(settings, size)
        except command.NotADemo:
            raise click.ClickException("This is a real installation: give the demo another --data-dir.") from None
        command.greet(port)
        serving.run(settings, "127.0.0.1", port, 1)


@main.command()
@DATA_DIR
def migrate(data_dir: str | None) -> None:
    """Create or update the database without serving it."""
    from server import serve as serving

    with _plain_errors():
        is_new = serving.bring_up_to_date(create_app(_settings(data_dir)))
    click.echo("Made a new database." if is_new else "The database is up to date.")


@main.command()
@DATA_DIR
def worker(data_dir: str | None) -> None:
    """Send what is due, until stopped: reminders and alarms. Several may run at once on PostgreSQL."""
    import signal
    import threading

    from server.reminders.worker import Worker

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with _plain_errors():
        sender = Worker(create_app(_settings(data_dir)))
        click.echo("Sending what is due.")
        sender.run(stop)


@main.command("rotate-push-keys")
@DATA_DIR
def rotate_push_keys(data_dir: str | None) -> None:
    """Make a new key for push services. Phones subscribe anew at their next contact."""
    from server.reminders import vapid

    vapid.rotate(_settings(data_dir).vapid_path)
    click.echo("New subscriptions use the new key. Rotating again ends those that still use the one before.")


@main.group()
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

    token = _password(token_stdin, "Token")
    with _office(data_dir) as transaction:
        setting.keep(transaction, office.organisation_named(transaction, organisation), kind, url, token)
        click.echo("Check-ins that are armed from now on use it.")


@channel.command("remove")
@click.argument("kind", type=click.Choice(["sms", "webhook"]))
@ORGANISATION
@DATA_DIR
def channel_remove(kind: str, organisation: str | None, data_dir: str | None) -> None:
    """Send alarms there no more."""
    from server.checkin import setting

    with _office(data_dir) as transaction:
        setting.remove(transaction, office.organisation_named(transaction, organisation), kind)
        click.echo("Removed.")


@main.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("name")
@click.option("--display-name", help="What colleagues see; by default the name.")
@click.option("--role", type=click.Choice(office.ROLES), default="field_worker", show_default=True)
@click.option("--team", help="Its name; made if there is none.")
@click.option("--phone", default="")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="fi", show_default=True)
@ORGANISATION
@PASSWORD
@DATA_DIR
def user_add(
    name: str,
    display_name: str | None,
    team: str | None,
    organisation: str | None,
    password_stdin: bool,
    data_dir: str | None,
    **account: Any,
) -> None:
    """Add a person. A new organisation or team is made by naming it."""
    password = _password(password_stdin)
    with _office(data_dir) as transaction:
        org = _organisation(transaction, organisation)
        found = office.find_or_add_team(transaction, org, team) if team else None
        wanted = office.Account(org, name, display_name or name, team=found, **account)
        added = office.add_user(transaction, wanted, password)
        click.echo(f"{added.name} can sign in ({org.name}).")


@user.command("reset-password")
@click.argument("name")
@PASSWORD
@DATA_DIR
def user_reset_password(name: str, password_stdin: bool, data_dir: str | None) -> None:
    """Set a new password and end the person's sessions. Entries on phones stay there."""
    password = _password(password_stdin)
    with _office(data_dir) as transaction:
        office.reset_password(transaction, office.user_named(transaction, name), password)
        click.echo("The password is set. Phones ask for it at their next contact.")


@user.command("list")
@DATA_DIR
def user_list(data_dir: str | None) -> None:
    """Everybody who signs in: name, role, team, organisation."""
    with _office(data_dir) as transaction:
        wanted = (
            select(User, Team.name, Organisation.name)
            .outerjoin(Team, Team.id == User.team)
            .join(Organisation, Organisation.id == User.org)
            .order_by(Organisation.name, User.name)
        )
        for person, team, org in transaction.execute(wanted):
            closed = "" if person.active else "  (closed)"
            click.echo(f"{person.name:20} {person.role:20} {team or '–':20} {org}{closed}")


@user.command("close")
@click.argument("name")
@DATA_DIR
def user_close(name: str, data_dir: str | None) -> None:
    """Close an account and end its sessions. What the person wrote stays."""
    with _office(data_dir) as transaction:
        office.close_account(transaction, office.user_named(transaction, name))
        click.echo(f"{name} can no longer sign in.")


@main.group()
def team() -> None:
    """Teams."""


@team.command("add")
@click.argument("name")
@click.option("--phone", default="")
@ORGANISATION
@DATA_DIR
def team_add(name: str, phone: str, organisation: str | None, data_dir: str | None) -> None:
    """Add a team."""
    with _office(data_dir) as transaction:
        office.add_team(transaction, _organisation(transaction, organisation), name, phone)
        click.echo(f"Made the team {name}.")


@main.group()
def case() -> None:
    """Case files."""


@case.command("open")
@click.argument("worker")
@click.option("--client-id", default="", help="For example OV-0001.")
@click.option("--client-name", default="")
@DATA_DIR
def case_open(worker: str, client_id: str, client_name: str, data_dir: str | None) -> None:
    """Open a case file for WORKER (a sign-in name) and the leaders of the team; prints its id."""
    with _office(data_dir) as transaction:
        person = office.user_named(transaction, worker)
        click.echo(office.open_case(transaction, person, client_id, client_name))


@main.group()
def access() -> None:
    """Who works with which case files."""


@access.command("grant")
@click.argument("name")
@click.argument("cases", nargs=-1, required=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of a stand-in.")
@DATA_DIR
def access_grant(name: str, cases: tuple[str, ...], until: datetime | None, data_dir: str | None) -> None:
    """Give NAME access to case files, for good or until a day."""
    midnight = (until + timedelta(days=1)).replace(tzinfo=ZoneInfo("Europe/Helsinki")) if until else None
    end = moments.text(midnight) if midnight else None
    with _office(data_dir) as transaction:
        office.lend(transaction, office.user_named(transaction, name), list(cases), end)
        click.echo("Phones fetch them at their next contact.")


@access.command("revoke")
@click.argument("name")
@click.argument("cases", nargs=-1, required=True)
@DATA_DIR
def access_revoke(name: str, cases: tuple[str, ...], data_dir: str | None) -> None:
    """End NAME's access to case files."""
    with _office(data_dir) as transaction:
        lost = office.take_away(transaction, office.user_named(transaction, name), list(cases))
        click.echo(f"{len(lost)} case files leave the phones at their next contact.")


@main.group()
def device() -> None:
    """The phones and laptops that hold case files."""


@device.command("list")
@click.argument("name")
@DATA_DIR
def device_list(name: str, data_dir: str | None) -> None:
    """The devices of NAME: id, what it is, its last contact, and whether it was shut out or wiped."""
    with _office(data_dir) as transaction:
        person = office.user_named(transaction, name)
        own = select(Device).where(Device.user == person.id).order_by(Device.created_at)
        for each in transaction.scalars(own):
            click.echo(f"{each.id}  {each.name}  {each.last_sync_at or '-'}  {_standing(each)}")


@device.command("wipe")
@click.argument("device_id")
@DATA_DIR
def device_wipe(device_id: str, data_dir: str | None) -> None:
    """Make what lies on a stolen device unreadable at its next contact. Nothing of it is rescued."""
    with _office(data_dir) as transaction:
        office.wipe_device(transaction, device_id)
    click.echo("It is made unreadable at its next contact. While it is offline it hears nothing of this.")


def _standing(device: Device) -> str:
    if device.wiped_at:
        return f"wiped {device.wiped_at}"
    if device.wipe_asked_at:
        return "made unreadable at next contact"
    return "revoked" if device.revoked_at else "in use"


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@DATA_DIR
def backup(folder: Path, data_dir: str | None) -> None:
    """Copy the database into FOLDER while the server runs, and check the copy."""
    from server import backup as backups

    with _plain_errors():
        made = backups.back_up(create_app(_settings(data_dir)), folder)
    click.echo(f"Backed up to {made.database}")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DATA_DIR
def restore(file: Path, data_dir: str | None) -> None:
    """Put the backup FILE in the database's place. Stop the server first.

    Phones notice it and offer again what they sent since. What was revoked since stays revoked.
    """
    from server import backup as backups
    from server import serve as serving

    settings = _settings(data_dir)
    with _plain_errors(), serving.alone(settings.data_dir):
        kept = backups.restore(settings, backups.Backup(file))
        replayed = backups.begin_new_epoch(create_app(settings))
    click.echo(f"Restored {file}; {replayed} later revocations and the like were applied again.")
    if kept:
        click.echo(f"The database that stood there is kept as {kept}")


@main.command()
@DATA_DIR
def restored(data_dir: str | None) -> None:
    """Say that the database was restored by other means (PostgreSQL). Stop the server first."""
    from server import backup as backups
    from server import serve as serving

    settings = _settings(data_dir)
    with _plain_errors(), serving.alone(settings.data_dir):
        replayed = backups.begin_new_epoch(create_app(settings))
    click.echo(f"A new epoch has begun; {replayed} later revocations and the like were applied again.")


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    import tempfile

    import orjson

    from server.api import contract

    with tempfile.TemporaryDirectory() as folder:
        document = contract(create_app(settings_from({"OVIKELLO_DATA_DIR": folder})))
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    click.echo(orjson.dumps(document, option=options).decode())


def _settings(data_dir: str | None) -> Settings:
    given = {"OVIKELLO_DATA_DIR": data_dir} if data_dir else {}
    try:
        return settings_from(os.environ | given)
    except SettingsInvalid as invalid:
        raise click.ClickException(str(invalid)) from None


@contextmanager
def _office(data_dir: str | None) -> Iterator[Transaction]:
    """One write transaction on the database of this installation, made if there is none."""
    from server import serve as serving

    app = create_app(_settings(data_dir))
    with _plain_errors(), app.app_context():
        if not inspect(db.engine).has_table("alembic_version"):
            serving.bring_up_to_date(app)
        with writing() as transaction:
            yield transaction


@contextmanager
def _plain_errors() -> Iterator[None]:
    """A sentence for the operator instead of a trace."""
    from server.backup import BackupFailed
    from server.journal import JournalTooNew
    from server.serve import InUse

    try:
        yield
    except (office.OfficeMistake, BackupFailed) as mistake:
        raise click.ClickException(str(mistake)) from None
    except JournalTooNew as event:
        raise click.ClickException(f"The journal was written by a newer Ovikello ({event}).") from None
    except InUse:
        raise click.ClickException("This data folder is being served already.") from None
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer: {error.orig}") from None


def _organisation(transaction: Transaction, name: str | None) -> Organisation:
    """The named one, made if it is new; else the only one there is."""
    if name is None:
        return office.organisation_named(transaction, None)
    return office.find_or_add_organisation(transaction, name)


def _password(from_stdin: bool, called: str = "Password") -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    given: str = click.prompt(called, hide_input=True, confirmation_prompt=True)
    return given
