"""Browsers and an office for each test. Founding, signing in and the first fetch happen once; tests copy the profiles.

A profile belongs to an address, so all offices of a test worker stand on one port, one after the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.browser.cutting_line import CuttingLine
from tests.browser.edge import Edge
from tests.browser.office import Founded, Office, copy_of, found
from tests.browser.phone import LAPTOP, WAIT_MAX_MS, Phone, phone_shape
from tests.browser.places import go
from tests.cast import PASSWORD
from tests.ports import free_port

expect.set_options(timeout=WAIT_MAX_MS)
HERE = Path(__file__).parent
HANGS_AFTER_S = 300
READY = {"aino": "phone", "liisa": "phone", "mikko": "laptop"}


#: its tests ask of one walk through all screens, which only one worker is to make
WALKING = "test_screen_rules_layout.py"


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist brings no types
    """Tests go one by one to the worker that is free; those that share the walk go first, and together.

    (`--dist loadgroup` would do it, but writes its groups where pytest 9.2 does not look.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return WALKING if f"{WALKING}::" in nodeid else nodeid


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Three phones on a busy machine take minutes: the limit is for what hangs, and measures nothing.

    Tests that share a phone come first and side by side, or each of the others between would close it.
    """
    here = [item for item in items if item.path.is_relative_to(HERE)]
    for item in here:
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(HANGS_AFTER_S))
    items.sort(key=lambda item: item in here and "aino" not in getattr(item, "fixturenames", ()))


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


@dataclass
class Standing:
    """An office and Aino's phone that stand for many tests."""

    playwright: Playwright
    ready: Ready
    folder: Path
    opened: ExitStack = field(default_factory=ExitStack)
    office: Office | None = None
    phone: Phone | None = None
    made: int = 0

    def made_ready(self) -> tuple[Office, Phone]:
        if self.office and self.phone:
            return self.office, self.phone
        self.made += 1
        own = self.folder / f"{self.made}"
        self.office = self.opened.enter_context(copy_of(self.ready.founded, own / "office", self.ready.port).open())
        shutil.copytree(self.ready.profiles / "aino", own / "aino", symlinks=True)
        self.phone = Phone(self.playwright, _shape(self.playwright, READY["aino"]), own / "aino", self.office.address)
        self.opened.callback(self.phone.close)
        self.phone.open()
        make_ready(self.phone)
        return self.office, self.phone

    def end(self) -> None:
        self.office = self.phone = None
        self.opened.close()


@pytest.fixture(scope="session")
def standing(playwright: Playwright, ready: Ready, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    standing = Standing(playwright, ready, tmp_path_factory.mktemp("standing"))
    yield standing
    standing.end()


@pytest.fixture
def office(ready: Ready, standing: Standing, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """The office that the ready profiles know, at their address, or behind the network's edge there."""
    standing.end()
    port = free_port() if {"edge", "line"} & set(request.fixturenames) else ready.port
    with copy_of(ready.founded, tmp_path / "office", port).open() as office:
        yield office


@pytest.fixture
def edge(office: Office, ready: Ready) -> Iterator[Edge]:
    edge = Edge(ready.port, office.port)
    edge.open()
    yield edge
    edge.close()


@pytest.fixture
def line(office: Office, ready: Ready) -> Iterator[CuttingLine]:
    line = CuttingLine(ready.port, office.port)
    line.open()
    yield line
    line.close()


@pytest.fixture
def new_office(founded: Founded, tmp_path: Path) -> Iterator[Office]:
    """An office whose people have not signed in anywhere."""
    with copy_of(founded, tmp_path / "new-office", free_port()).open() as office:
        yield office


Phones = Callable[[Path | None, str, str], Phone]


@pytest.fixture
def phones(playwright: Playwright, tmp_path: Path) -> Iterator[Phones]:
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
def phone_of(office: Office, ready: Ready, phones: Phones) -> PhoneOf:
    assert office.process

    def phone_of(name: str, *, unlocked: bool = True, fresh: bool = False) -> Phone:
        profile = None if fresh else ready.profiles / name
        phone = phones(profile, READY[name], f"http://localhost:{ready.port}")
        phone.open()
        if unlocked and not fresh:
            make_ready(phone)
        phone.taps = 0
        return phone

    return phone_of


def make_ready(phone: Phone) -> None:
    phone.unlock(PASSWORD)
    phone.fetch()
    expect(phone.chip).to_have_attribute("data-sync", "sent")


@pytest.fixture
def aino(standing: Standing, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """Aino's phone on Tänään, unlocked: one for all tests that ask for it, each with entries of its own.

    Opening and unlocking a browser takes longer than most tests. After one that failed the next gets a new phone.
    """
    failed = request.session.testsfailed
    _office, phone = standing.made_ready()
    phone.page.emulate_media(color_scheme="null", forced_colors="null", reduced_motion="null")
    phone.taps = 0
    yield phone
    errors, phone.errors = phone.errors, []
    if errors or request.session.testsfailed > failed:
        standing.end()
    else:
        go(phone.page, "/")
        expect(phone.today).to_be_visible()
    assert errors == []


@pytest.fixture
def ainos_office(standing: Standing) -> Office:
    """The office of the phone `aino`."""
    office, _phone = standing.made_ready()
    return office


def _shape(playwright: Playwright, shape: str) -> dict[str, object]:
    return LAPTOP if shape == "laptop" else phone_shape(playwright)
