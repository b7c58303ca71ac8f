"""The HTTP side: one blueprint a file, and the OpenAPI document that follows from them."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from flask import Flask

from server.api.contract import Api, Blueprint
from server.kinds import KINDS


def install(app: Flask) -> None:
    from server.api import calendar, static

    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    app.register_blueprint(calendar.address)
    app.register_blueprint(static.blueprint)


def contract() -> dict[str, Any]:
    """The OpenAPI document. Made for who asks: serving needs none of it, and it costs more than the rest of the app."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        API_TITLE="Ovikello",
        API_VERSION=version("ovikello"),
        OPENAPI_VERSION="3.1.0",
    )
    api = Api(app)
    for blueprint in _blueprints():
        api.register_blueprint(blueprint)
    for name, kind in KINDS.items():
        api.spec.components.schema(f"{name.title()}Fields", schema=kind)
    document: dict[str, Any] = api.spec.to_dict()
    return document


def _blueprints() -> Iterator[Blueprint]:
    from server.api import (
        calendar,
        checkin,
        devices,
        health,
        held,
        incidents,
        people,
        push,
        reminders,
        session,
        sync,
    )

    for module in (session, sync, held, people, devices, push, reminders, calendar, checkin, incidents, health):
        yield module.blueprint
