"""Runs the migrations on the application's database."""

from alembic import context
from flask import current_app

from server.core.models import db


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadatas[None],
            render_as_batch=connection.dialect.name == "sqlite",
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if not current_app:
    raise RuntimeError("Migrations run inside the application: ovikello serve, or flask db upgrade.")
run()
