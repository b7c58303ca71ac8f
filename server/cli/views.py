"""Views for BI tools and SQL."""

import click

from server.cli.installation import DATA_DIR, changing


@click.group()
def views() -> None:
    """Views of the records with plain column names, to be read by BI tools."""


@views.command("create")
@DATA_DIR
def views_create(data_dir: str | None) -> None:
    """Make the views anew, as this version declares the records. Give a reading account SELECT on them alone."""
    from server.reports import views as of_records

    with changing(data_dir) as transaction:
        names = of_records.create(transaction.connection())
    click.echo(f"{len(names)} views: {', '.join(names)}")
