"""A server for storms: one on each database for all schedules of a test process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server import create_app, serve
from server.config import Settings
from server.core.models import db
from tests.postgres import Postgres

SECRET = "only for storms: 0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def storm_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp(f"storm-{request.param}")
    url = f"sqlite:///{folder / 'ovikello.sqlite'}"
    if request.param == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.create_database()
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
