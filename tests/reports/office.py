"""An office whose records are written through the exchange, and what its people read of them in reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from server import create_app, directory
from server.auth import passwords
from server.config import Settings
from server.core.database import writing
from server.core.models import Organisation, db
from server.sync import scope
from tests.cast import PASSWORD, Cast, Person, Phone, SessionKey, Template, opened_session
from tests.contract_check import CheckedClient
from tests.sync.device import Change, Device

SECRET = "only for tests, as long as HS512 wants it: 0123456789abcdef01234567"
NODE = "0000-0123456789ab"


def at(moment: str) -> str:
    """The stamp of a moment."""
    return f"{int(datetime.fromisoformat(moment).timestamp() * 1000):013d}-{NODE}"


def ago(**span: float) -> str:
    """A moment before now, as records hold it."""
    return (datetime.now(UTC) - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()


def plus(moment: str, **span: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def plus_days(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@dataclass
class Office:
    app: Flask
    cast: Cast
    commissioner: Person
    waiting: list[Change] = field(default_factory=list)
    made: int = 0
    phones: dict[str, Phone] = field(default_factory=dict)

    def case(self, town: str, **header: Any) -> str:
        """A case file of Aino's, told from those of other examples by its municipality."""
        return self.cases(town, 1, **header)[0]

    def cases(self, town: str, how_many: int, **header: Any) -> list[str]:
        made = [f"{town}-{self.made + number}" for number in range(1, how_many + 1)]
        self.made += how_many
        with self.app.app_context(), writing() as transaction:
            for case in made:
                scope.open_file(transaction, self.cast.aino.org, case, self.cast.aino.team)
            for person in (self.cast.aino, self.cast.mikko, self.commissioner):
                scope.grant(transaction, person.org, person.id, made, "own_client")
        for case in made:
            values = {"municipality": town, "own_worker": self.cast.aino.id} | header
            self.write(case, "case", id_=case, **values)
        return made

    def write(self, case: str, kind: str, **values: Any) -> str:
        """A record; `minutes={"travel": 5}` of a map is written item by item where its name ends in an underscore."""
        self.made += 1
        stamp: str | None = values.pop("stamp", None)
        record: str = values.pop("id_", None) or f"{kind.replace('_', '-')}-{self.made}"
        paths: dict[str, Any] = {}
        for name, value in values.items():
            if name.endswith("_"):
                paths |= {f"{name[:-1]}/{item}": one for item, one in value.items()}
            else:
                paths[name] = value
        given: dict[str, Any] = {"at": stamp} if stamp else {}
        self.waiting.append(self.device.change(record, paths, kind=kind, case=case, **given))
        return record

    @property
    def device(self) -> Device:
        return Device(self.app, self.cast.aino, self.cast.aino.device)

    def send(self) -> None:
        for start in range(0, len(self.waiting), 500):
            verdicts = self.device.ask(*self.waiting[start : start + 500], more_follow=True)["verdicts"]
            assert {each["verdict"] for each in verdicts} <= {"applied"}, [
                each for each in verdicts if each["verdict"] != "applied"
            ][:3]
        self.waiting = []

    def phone(self, name: str) -> Phone:
        if name not in self.phones:
            client = self.app.test_client()
            client.environ_base["wsgi.url_scheme"] = "https"
            key = SessionKey()
            device = {"id": f"phone-of-{name}", "name": "Phone"}
            body = {"name": name, "password": PASSWORD, "device": device, "key": key.public}
            key_of = {each.name: each.key for each in vars(self.cast).values()}
            reply = opened_session(self.app, client, key_of.get(name, ("", "")), body)
            assert reply.status_code == 200, reply.json
            self.phones[name] = Phone(client, reply.get_json(), key)
        return self.phones[name]

    def read(self, name: str, report: str, town: str, start: str, end: str, **more: str) -> Read:
        asked = {"from": start, "to": end, "municipality": town, "language": "en"} | more
        query = "&".join(f"{key}={value}" for key, value in asked.items() if value)
        reply = self.phone(name).get(f"/api/reports/{report}?{query}")
        assert reply.status_code == 200, reply.json
        return Read(reply.get_json())


@dataclass
class Read:
    """A report as it came."""

    body: dict[str, Any]

    def __getitem__(self, figure: str) -> Any:
        """A figure's value, or how it is hidden."""
        found = self.figure(figure)
        return found["hidden"] or found["value"]

    def figure(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in self.body["figures"] if each["key"] == key)
        return found

    def left_out(self, key: str) -> Any:
        return next(each["count"] for each in self.body["left_out"] if each["key"] == key)

    def table(self, key: str) -> dict[str, list[Any]]:
        """By the key of the row, its cells after the first."""
        found = next(each for each in self.body["tables"] if each["key"] == key)
        return {row["key"]: row["cells"][1:] for row in found["rows"]}


def opened(template: Template, folder: Path, url: str) -> Iterator[Office]:
    """An office on a copy of a template's database, with a commissioner."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    app.test_client_class = CheckedClient
    cast = template.cast
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        account = directory.Account(org, "kaisa", "Kaisa", "commissioner_viewer")
        user = directory.enter(transaction, account, passwords.hash_of(PASSWORD))
        kaisa = Person("kaisa", user.id, org.id, None, "commissioner_viewer")
    yield Office(app, cast, kaisa)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def copied(template: Template, folder: Path) -> str:
    shutil.copy(Path(template.url.removeprefix("sqlite:///")), folder / "ovikello.sqlite")
    return f"sqlite:///{folder / 'ovikello.sqlite'}"
