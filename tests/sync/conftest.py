"""Four case files and who works with them, on both databases; and devices without a screen."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from server.core.database import writing
from server.directory import people
from server.sync import scope
from tests.cast import Cast, Person
from tests.sync.device import Device

NORTH, NORTH_2, SOUTH, WEST = "north-1", "north-2", "south-1", "west-1"

Phones = Callable[..., Device]


@pytest.fixture
def office(app: Flask, cast: Cast) -> Iterator[Flask]:
    """Aino, Liisa and Mikko work with the two clients of team North, Sanna with South's, Olli elsewhere."""
    with app.app_context():
        with writing() as transaction:
            for case in (NORTH, NORTH_2):
                scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
            scope.open_file(transaction, cast.sanna.org, SOUTH, cast.sanna.team)
            scope.open_file(transaction, cast.olli.org, WEST, cast.olli.team)
            for person in (cast.aino, cast.liisa, cast.mikko):
                scope.grant(transaction, person.org, person.id, [NORTH, NORTH_2], "team")
            scope.grant(transaction, cast.sanna.org, cast.sanna.id, [SOUTH], "own")
            scope.grant(transaction, cast.olli.org, cast.olli.id, [WEST], "own")
            people.publish(transaction, cast.aino.org)
            people.publish(transaction, cast.olli.org)
        yield app


@pytest.fixture
def phone(office: Flask) -> Phones:
    """`phone(cast.aino)` is her phone; `phone(cast.aino, "laptop")` another device of hers."""

    def phone(person: Person, device: str | None = None) -> Device:
        return Device(office, person, device or person.device)

    return phone


@pytest.fixture
def aino(phone: Phones, cast: Cast) -> Device:
    return phone(cast.aino)


@pytest.fixture
def liisa(phone: Phones, cast: Cast) -> Device:
    return phone(cast.liisa)


@pytest.fixture
def sanna(phone: Phones, cast: Cast) -> Device:
    return phone(cast.sanna)
