"""Browsers and an office for each test. Founding, signing in and the first fetch happen once; tests copy the profiles.

A profile belongs to an address, so all offices of a test worker stand on one port, one after the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.browser.edge import Edge
from tests.browser.office import Founded, Office, copy_of, found
from tests.browser.phone import LAPTOP, WAIT_MAX_MS, Phone, phone_shape
from tests.cast import PASSWORD
from tests.ports import free_port

expect.set_options(timeout=WAIT_MAX_MS)
READY = {"aino": "phone", "liisa": "phone", "mikko": "laptop"}


#: its tests ask of one walk through all screens, which only one worker is to make
WALKING = "test_screen_rules_layout.py"


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist brings no types
    """Tests go one by one to the worker that is free; those that share the walk go first, and together.

    (`--dist loadgroup` would do it, but writes its groups where pytest 9.2 does not look.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return WALKING if f"{WALKING}::" in nodeid else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return Sharing(config, log)


@dataclass(frozen=True)
class Ready:
    """An office, and the profiles of people who have signed in and fetched everything."""

    founded: Founded
    profiles: Path
    port: int


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="session")
def ready(playwright: Playwright, founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("ready")
    office = copy_of(founded, folder / "office", free_port())
    with office.open():
        for name, shape in READY.items():
            phone = Phone(playwright, _shape(playwright, shape), folder / name, office.address)
            phone.open()
            phone.sign_in(name, PASSWORD)
            expect(phone.today).to_be_visible()
            expect(phone.chip).to_have_attribute("data-sync", "sent")
            phone.wait_for_the_shell()
            phone.close()
    ready = Founded(office.data_dir, founded.cast, founded.clients)
    return Ready(ready, folder, office.port)


@pytest.fixture
def office(ready: Ready, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """The office that the ready profiles know, at their address, or behind the network's edge there."""
    port = free_port() if "edge" in request.fixturenames else ready.port
    with copy_of(ready.founded, tmp_path / "office", port).open() as office:
        yield office


@pytest.fixture
def edge(office: Office, ready: Ready) -> Iterator[Edge]:
    edge = Edge(ready.port, office.port)
    edge.open()
    yield edge
    edge.close()


@pytest.fixture
def new_office(founded: Founded, tmp_path: Path) -> Iterator[Office]:
    """An office whose people have not signed in anywhere."""
    with copy_of(founded, tmp_path / "new-office", free_port()).open() as office:
        yield office


@pytest.fixture
def phones(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[Path | None, str, str], Phone]]:
    """Makes browsers, closes them at the end, and then says what broke in them."""
    made: list[Phone] = []

    def make(profile: Path | None, shape: str, address: str) -> Phone:
        own = tmp_path / f"profile-{len(made)}"
        if profile:
            shutil.copytree(profile, own, symlinks=True)
        made.append(Phone(playwright, _shape(playwright, shape), own, address))
        return made[-1]

    yield make
    for phone in made:
        phone.close()
    assert [error for phone in made for error in phone.errors] == []


#: `phone_of("aino")`: her phone, opened and unlocked; `fresh`: a new one, not signed in
PhoneOf = Callable[..., Phone]


@pytest.fixture
def phone_of(office: Office, ready: Ready, phones: Callable[[Path | None, str, str], Phone]) -> PhoneOf:
    assert office.process

    def phone_of(name: str, *, unlocked: bool = True, fresh: bool = False) -> Phone:
        profile = None if fresh else ready.profiles / name
        phone = phones(profile, READY[name], f"http://localhost:{ready.port}")
        phone.open()
        if unlocked and not fresh:
            phone.unlock(PASSWORD)
            phone.fetch()
            expect(phone.chip).to_have_attribute("data-sync", "sent")
        phone.taps = 0
        return phone

    return phone_of


def _shape(playwright: Playwright, shape: str) -> dict[str, object]:
    return LAPTOP if shape == "laptop" else phone_shape(playwright)
