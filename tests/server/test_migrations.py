"""The migrations lead to exactly what the models say, on SQLite and on PostgreSQL."""

import orjson
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from server.database import MIGRATIONS
from server.models import Base, db


def test_it_works(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_indexes_are_those_of_the_models(app: Flask) -> None:
    """Alembic does not compare the columns of an index on every database."""
    with app.app_context():
        inspector = inspect(db.engine)
        for table in Base.metadata.sorted_tables:
            wanted = {index.name: [column.name for column in index.columns] for index in table.indexes}
            stored = {
                index["name"]: index["column_names"]
                for index in inspector.get_indexes(table.name)
                if "duplicates_constraint" not in index
            }
            assert stored == wanted


def test_there_and_back(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        assert len(inspect(db.engine).get_table_names()) == len(Base.metadata.tables) + 1


def test_digests_live_through_it(app: Flask) -> None:
    """0002: what was the digest of a file is that of the class that goes with the file."""
    with app.app_context():
        downgrade(revision="0001")
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE case_file SET digest = :digest"), {"digest": "ab" * 32})
        upgrade()
        with db.engine.connect() as connection:
            kept = connection.scalars(text("SELECT digests FROM case_file")).all()
        assert [orjson.loads(each) for each in kept] == [{"file": "ab" * 32}] * 2
        downgrade(revision="0001")
        with db.engine.connect() as connection:
            assert set(connection.scalars(text("SELECT digest FROM case_file"))) == {"ab" * 32}


def test_they_are_packed_with_the_server() -> None:
    assert (MIGRATIONS / "env.py").is_file()
    assert list((MIGRATIONS / "versions").glob("0001_*.py"))
