"""Ovikello's server: who may sync what, and the exchange that reconciles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from server.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, by default as the environment says. `SettingsInvalid` where it must not start.

    The imports stand inside, so that `import server.rules.merge` needs no web framework.
    """
    import os

    from flask import Flask
    from flask_migrate import Migrate
    from werkzeug.middleware.proxy_fix import ProxyFix

    from server import api
    from server.attachments import keeping
    from server.auth import security_log, tokens
    from server.config import LIMITS, settings_from
    from server.core import database, device_quota, error_handlers, headers, journal, outbound
    from server.core.json_provider import OrjsonProvider
    from server.core.models import db
    from server.likeness import keys
    from server.live.waiting_room import WaitingRoom
    from server.openings import noting as opening_notes
    from server.reminders import schedule
    from server.reports import following
    from server.rule_checks import noting
    from server.sync import events

    settings = settings or settings_from(os.environ)
    app = Flask(__name__, static_folder=None)
    app.json = OrjsonProvider(app)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url, pooler=settings.database_pooler),
        MAX_CONTENT_LENGTH=LIMITS.form_bytes_max,
    )
    app.extensions["ovikello-settings"] = settings
    app.extensions["ovikello-wire"] = outbound.WIRE
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine, pooler=settings.database_pooler)
    Migrate(app, db, directory=str(database.MIGRATIONS))
    journal.install(app, settings.journal_path)
    events.listen(schedule.reschedule, schedule.reschedule_cases)
    events.listen(noting.note)
    events.listen(keys.note)
    events.listen_to_erasing(schedule.erase, noting.erase, following.erase, keeping.erase, opening_notes.erase)
    events.listen_to_erasing(keys.erase)
    device_quota.install(app)
    tokens.install(app, settings)
    device_quota.install_after_guard(app)
    error_handlers.install(app)  # after the tokens: theirs are refused in our shape
    security_log.install(app)
    headers.install(app, production=settings.production)
    if settings.live:
        app.extensions["ovikello-live"] = WaitingRoom(app)
    api.install(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # as Flask documents it
    return app
