"""What runs or describes the server: serving, the demo, the sender of reminders, the contract."""

import click

from server import create_app
from server.cli.installation import DATA_DIR, plain_errors, settings_of


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes; more than 1 on PostgreSQL only.")
@click.option("--reminders/--no-reminders", default=True, help="Whether it sends reminders, or `ovikello worker` does.")
@DATA_DIR
def serve(host: str, port: int, workers: int, reminders: bool, data_dir: str | None) -> None:
    """Serve the app and the exchange; creates or updates the database first."""
    from server import serve as serving

    settings = settings_of(data_dir)
    if workers > 1 and settings.sqlite_path:
        raise click.ClickException("SQLite is served by one process. Leave out --workers.")
    with plain_errors(), serving.alone(settings.data_dir):
        if serving.bring_up_to_date(create_app(settings)):
            click.echo(f"Made a new database in {settings.data_dir}")
        click.echo(f"Ovikello is at http://{'localhost' if host == '127.0.0.1' else host}:{port}")
        serving.run(settings, host, port, workers, sends_reminders=reminders)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--size", type=click.IntRange(1), help="Make about so many records for the sign-in mittaus.")
@DATA_DIR
def demo(port: int, size: int | None, data_dir: str | None) -> None:
    """Serve a fictional caseload: made at the first start, brought up to date at each later one."""
    from server import serve as serving
    from server.demo import command

    settings = settings_of(data_dir)
    with plain_errors(), serving.alone(settings.data_dir):
        try:
            command.prepare(settings, size)
        except command.NotADemo:
            raise click.ClickException("This is a real installation: give the demo another --data-dir.") from None
        command.greet(port)
        serving.run(settings, "127.0.0.1", port, 1)


@click.command()
@DATA_DIR
def migrate(data_dir: str | None) -> None:
    """Create or update the database without serving it."""
    from server import serve as serving

    with plain_errors():
        is_new = serving.bring_up_to_date(create_app(settings_of(data_dir)))
    click.echo("Made a new database." if is_new else "The database is up to date.")


@click.command()
@DATA_DIR
def worker(data_dir: str | None) -> None:
    """Send what is due, until stopped: reminders and alarms. Several may run at once on PostgreSQL."""
    import signal
    import threading

    from server import serve as serving
    from server.worker.worker import Worker

    app = create_app(settings_of(data_dir))
    with plain_errors():
        serving.refuse_the_demo(app)
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        click.echo("Sending what is due.")
        Worker(app).run(stop)


@click.command("rotate-push-keys")
@DATA_DIR
def rotate_push_keys(data_dir: str | None) -> None:
    """Make a new key for push services. Phones subscribe anew at their next contact."""
    from server.reminders import vapid

    vapid.rotate(settings_of(data_dir).vapid_path)
    click.echo("New subscriptions use the new key. Rotating again ends those that still use the one before.")


@click.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    import orjson

    from server.api import contract

    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    click.echo(orjson.dumps(contract(), option=options).decode())


@click.command()
def kinds() -> None:
    """Print kinds.json; one line says which declaration is unfit."""
    from server.kinds.export import kinds_text
    from server.kinds.usable import KindUnfit

    try:
        click.echo(kinds_text(), nl=False)
    except KindUnfit as unfit:
        raise click.ClickException(str(unfit)) from unfit


@click.command()
def constants() -> None:
    """Print constants.ts: limits, roles and minutes that the app has to know."""
    from server.cli.constants import constants_text

    click.echo(constants_text(), nl=False)
