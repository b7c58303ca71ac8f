"""The HTTP side: one blueprint a file, and the OpenAPI document that follows from them."""

from collections.abc import Iterator
from importlib.metadata import version

from flask import Flask, g, request

from server.api import answers
from server.api.contract import Api, Blueprint
from server.kinds import KINDS
from server.sync import stand_ins


def install(app: Flask) -> None:
    from server.api import calendar, static

    app.before_request(_end_stand_ins)  # after the guard of the tokens, which says who asks
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    app.register_blueprint(calendar.address)
    app.register_blueprint(static.blueprint)


def _end_stand_ins() -> None:
    if "identity" in g and request.endpoint != "sync.sync":  # an exchange looks itself
        stand_ins.end_if_over(g.identity.actor)


def contract() -> answers.Contract:
    """The OpenAPI document. Made for who asks: serving needs none of it, and it costs more than the rest of the app."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        API_TITLE="Ovikello",
        API_VERSION=version("ovikello"),
        OPENAPI_VERSION="3.1.0",
    )
    api = Api(app)
    api.ma_plugin.converter.add_attribute_function(answers.keys_of_map)
    for blueprint in _blueprints():
        api.register_blueprint(blueprint)
    for name, kind in KINDS.items():
        api.spec.components.schema(f"{name.title()}Fields", schema=kind)
    document: answers.Contract = api.spec.to_dict()
    answers.complete(document, app)
    return document


def _blueprints() -> Iterator[Blueprint]:
    from server.api import (
        admin_access,
        admin_caseloads,
        admin_data_tokens,
        admin_devices,
        admin_import,
        admin_people,
        admin_retention,
        admin_teams,
        attachments,
        board,
        calendar,
        catalogue,
        checkin,
        client_log,
        client_readers,
        commissioned,
        data,
        device,
        devices,
        documents,
        groups,
        health,
        incidents,
        live,
        openings,
        people,
        pin,
        providers,
        push,
        reminders,
        reports,
        returners,
        review_queue,
        second_factor,
        session,
        survey,
        sync,
    )

    for module in (
        session,
        providers,
        second_factor,
        sync,
        live,
        review_queue,
        board,
        client_log,
        client_readers,
        people,
        device,
        devices,
        pin,
        push,
        reminders,
        calendar,
        catalogue,
        checkin,
        incidents,
        survey,
        reports,
        returners,
        openings,
        groups,
        commissioned,
        attachments,
        documents,
        admin_people,
        admin_import,
        admin_caseloads,
        admin_retention,
        admin_teams,
        admin_devices,
        admin_access,
        admin_data_tokens,
        data,
        health,
    ):
        yield module.blueprint
