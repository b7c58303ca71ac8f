"""One office for each kind of database and file of tests: writing it takes longer than reading from it."""

from collections.abc import Iterator

import pytest

from tests.cast import Template
from tests.postgres import Postgres
from tests.reports.office import Office, copied, opened


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    folder = tmp_path_factory.mktemp("office")
    if request.param == "sqlite":
        yield from opened(template, folder, copied(template, folder))
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create_database(like=template.url)
    yield from opened(template, folder, url)
    postgres.drop_database(url)
