"""What the commands share: which installation is meant, one transaction on it, and plain words where it fails."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as Transaction

from server import create_app, directory
from server.config import Settings, SettingsInvalid, settings_from
from server.core.database import writing
from server.core.models import db

DATA_DIR = click.option(
    "--data-dir",
    envvar="OVIKELLO_DATA_DIR",
    type=click.Path(file_okay=False),
    help="Where database, key and journal are kept.",
)
ORGANISATION = click.option("--organisation", help="Its name; not needed where there is one.")

DEMO_IN_PRODUCTION = (
    "This database holds the demo, whose password everybody can read: it cannot be a production installation. "
    "Give production a folder or database of its own (OVIKELLO_DATA_DIR, OVIKELLO_DATABASE_URL), or leave "
    "OVIKELLO_PRODUCTION out."
)


def settings_of(data_dir: str | None) -> Settings:
    given = {"OVIKELLO_DATA_DIR": data_dir} if data_dir else {}
    try:
        return settings_from(os.environ | given)
    except SettingsInvalid as invalid:
        raise click.ClickException(str(invalid)) from None


@contextmanager
def changing(data_dir: str | None) -> Iterator[Transaction]:
    """One write transaction on the database of this installation, made if there is none."""
    from server import serve as serving

    app = create_app(settings_of(data_dir))
    with plain_errors(), app.app_context():
        if not inspect(db.engine).has_table("alembic_version"):
            serving.bring_up_to_date(app)
        with writing() as transaction:
            yield transaction


@contextmanager
def looking(data_dir: str | None) -> Iterator[Connection]:
    """The database of this installation as it stands at one moment. Nobody waits for whoever looks."""
    app = create_app(settings_of(data_dir))
    with plain_errors(), app.app_context():
        engine = db.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def plain_errors() -> Iterator[None]:
    """A sentence for the operator instead of a trace."""
    from server.backup import BackupFailed
    from server.core.journal import JournalTooNew
    from server.serve import DemoInProduction, InUse

    try:
        yield
    except (directory.OfficeMistake, BackupFailed) as mistake:
        raise click.ClickException(str(mistake)) from None
    except JournalTooNew as event:
        raise click.ClickException(f"The journal was written by a newer Ovikello ({event}).") from None
    except InUse:
        raise click.ClickException("This data folder is being served already.") from None
    except DemoInProduction:
        raise click.ClickException(DEMO_IN_PRODUCTION) from None
    except OperationalError as error:
        if "unsupported startup parameter" in str(error.orig):
            raise click.ClickException("A pooler stands before it: set OVIKELLO_DATABASE_POOLER=1.") from None
        raise click.ClickException(f"The database does not answer: {error.orig}") from None


def secret_of(from_stdin: bool, called: str = "Password") -> str:
    """A password or token: from standard input, or typed twice and not shown."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    given: str = click.prompt(called, hide_input=True, confirmation_prompt=True)
    return given
