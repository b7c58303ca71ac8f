"""The HTTP side: one blueprint a file, and the OpenAPI document that follows from them."""

from importlib.metadata import version
from typing import Any

from flask import Flask

from server.api.contract import Api
from server.kinds import KINDS


def install(app: Flask) -> None:
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
        static,
        sync,
    )

    app.config.update(
        API_TITLE="Ovikello",
        API_VERSION=version("ovikello"),
        OPENAPI_VERSION="3.1.0",
    )
    api = Api(app)
    for module in (session, sync, held, people, devices, push, reminders, calendar, checkin, incidents, health):
        api.register_blueprint(module.blueprint)
    for name, kind in KINDS.items():
        api.spec.components.schema(f"{name.title()}Fields", schema=kind)
    app.register_blueprint(calendar.address)
    app.register_blueprint(static.blueprint)
    app.extensions["ovikello-api"] = api


def contract(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of this application."""
    document: dict[str, Any] = app.extensions["ovikello-api"].spec.to_dict()
    return document
