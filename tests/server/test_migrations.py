"""The migrations lead to exactly what the models say, on SQLite and on PostgreSQL."""

import orjson
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from server.core.database import MIGRATIONS
from server.core.models import Base, db
from tests.cast import Cast


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


def test_one_check_in_of_a_person_lives_through_it(app: Flask, cast: Cast) -> None:
    """0005 [K1]: of two that were on at once the one that the screens showed stays, and the other alarms nobody."""
    check_in = """INSERT INTO check_in (id, org, "user", armed_at, armed_on_device, deadline, drill, place)
        VALUES (:id, :org, :user, :at, :at, '2099-01-01T02:00:00Z', 0, 'Esimerkkikatu 7')"""
    reminder = """INSERT INTO reminder
        (id, org, "user", record, cause, step, channel, due, about, drop_at, try_at, state, tries, taken_by, drill)
        VALUES (:id, :org, :user, :id, 'checkin_due', '', 'push', :at, :at, :at, :at, 'waiting', 0, '[]', 0)"""
    with app.app_context():
        downgrade(revision="0004")
        with db.engine.begin() as connection:
            for person, id_, minute in ((cast.aino, "c-1", 0), (cast.aino, "c-2", 1), (cast.liisa, "c-3", 2)):
                at = f"2099-01-01T01:0{minute}:00Z"
                values = {"id": id_, "org": person.org, "user": person.id, "at": at}
                connection.execute(text(check_in), values)
                connection.execute(text(reminder), values)
        upgrade()
        with db.engine.connect() as connection:
            on = connection.scalars(text("SELECT id FROM check_in WHERE ended_at IS NULL AND place IS NOT NULL"))
            assert set(on) == {"c-1", "c-3"}
            assert set(connection.scalars(text("SELECT record FROM reminder"))) == {"c-1", "c-3"}


def test_they_are_packed_with_the_server() -> None:
    assert (MIGRATIONS / "env.py").is_file()
    assert list((MIGRATIONS / "versions").glob("0001_*.py"))
