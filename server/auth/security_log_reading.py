"""What the administrator reads of the security log (L8), with what the audit log says of the same story."""

from collections.abc import Collection
from typing import NamedTuple

import orjson
from flask import current_app
from sqlalchemy import Connection, select

from server.auth import throttle
from server.auth.security_log import hashed
from server.config import Settings
from server.core.models import AuditEvent, Device, SecurityEvent, SignInName
from server.core.sign_in_tables import AuthSession

#: of the audit log, what belongs here
IN_THE_AUDIT_LOG = (
    *("session_end", "device_revoke", "device_wipe", "password", "user_active", "epoch", "calendar_feed"),
    *("provider_link", "provider_unlink"),
    *("second_factor_set", "second_factor_off", "second_factor_reset", "recovery_codes_made", "recovery_code_used"),
    *("user", "user_change", "team", "team_change", "case_header"),
    *("case_erased", "legal_hold", "legal_hold_end"),
    *("data_token", "data_token_end", "offline_pin"),
    *("people_imported", "clients_imported", "import_tried"),
)

#: id and organisation
Account = tuple[str, str]


class SecurityLogLine(NamedTuple):
    """One line: what happened, how often, to whose account. `about` and `place` are keyed hashes."""

    at: str
    id: str
    org: str
    event: str
    times: int
    last_at: str
    account: str | None
    about: str | None
    place: str | None
    detail: str


def names(connection: Connection) -> dict[Account, str]:
    rows = connection.execute(select(SignInName.account, SignInName.org, SignInName.name))
    return {(account, org): name for account, org, name in rows}


def marks_of(address: str) -> set[str]:
    """By which the log knows an address: of the key of today, and of those before."""
    settings: Settings = current_app.extensions["ovikello-settings"]
    place = throttle.place_of(address)
    return {hashed("address", place, key) for key in (settings.secret_key, *settings.keys_before)}


def entries(
    connection: Connection,
    *,
    since: str = "",
    account: Account | None = None,
    places: Collection[str] | None = None,
    event: str | None = None,
) -> list[SecurityLogLine]:
    """Those that all of this is true of, in the order in which they happened."""
    found = _of_the_security_log(connection, since)
    if places is None:  # the audit log knows no address
        found += _of_the_audit_log(connection, since)
    return sorted(
        each
        for each in found
        if (account is None or (each.account, each.org) == account)
        and (places is None or each.place in places)
        and event in {None, each.event}
    )


def _of_the_security_log(connection: Connection, since: str) -> list[SecurityLogLine]:
    columns = ("first_at", "id", "org", "event", "count", "last_at", "account", "about", "place", "detail")
    wanted = select(*(getattr(SecurityEvent, name) for name in columns)).where(SecurityEvent.last_at >= since)
    return [SecurityLogLine(*row) for row in connection.execute(wanted)]


def _of_the_audit_log(connection: Connection, since: str) -> list[SecurityLogLine]:
    sessions: dict[tuple[object, ...], str] = _owners(connection, AuthSession)
    devices: dict[tuple[object, ...], str] = _owners(connection, Device)
    wanted = select(AuditEvent.__table__).where(AuditEvent.event.in_(IN_THE_AUDIT_LOG), AuditEvent.at >= since)
    found = []
    for row in connection.execute(wanted):
        said = orjson.loads(row.detail)
        owner = sessions.get((said.get("session"), row.org)) or devices.get((said.get("device"), row.org))
        whose = said.get("user") or owner
        found.append(SecurityLogLine(row.at, row.id, row.org, row.event, 1, row.at, whose, None, None, row.detail))
    return found


def _owners(connection: Connection, model: type[AuthSession] | type[Device]) -> dict[tuple[object, ...], str]:
    return {(id_, org): user for id_, org, user in connection.execute(select(model.id, model.org, model.user))}
