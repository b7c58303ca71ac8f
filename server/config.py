"""Every setting and every limit, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on everything that comes from outside. Units stand last in the names."""

    # bodies
    body_packed_bytes_max: int = 8 * 2**20
    body_bytes_max: int = 32 * 2**20
    depth_max: int = 12
    batch_changes_max: int = 1000
    reads_max: int = 1000
    # one change
    change_bytes_max: int = 256 * 2**10
    paths_max: int = 200
    path_chars_max: int = 130
    seen_ids_max: int = 500
    # values
    line_chars_max: int = 300
    note_chars_max: int = 20_000
    list_items_max: int = 50
    visit_minutes_max: int = 24 * 60
    hours_per_month_max: int = 200
    # pages
    page_records_max: int = 2000
    coming_days_back_days: int = 1
    coming_days_ahead_days: int = 14
    # clocks
    clock_drift_max_ms: int = 5 * 60 * 1000
    durable_default_days: int = 30
    # sessions
    access_token_minutes: int = 15
    session_idle_days: int = 30
    session_absolute_days: int = 180
    refresh_grace_minutes: int = 10
    password_chars_min: int = 10
    password_chars_max: int = 200


LIMITS = Limits()

PROTOCOL = 1
SCHEMA = 1
