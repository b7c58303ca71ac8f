"""Every setting and every limit, in one place."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """Bounds on everything that comes from outside. Units stand last in the names."""

    # bodies
    body_packed_bytes_max: int = 8 * 2**20
    body_bytes_max: int = 32 * 2**20
    depth_max: int = 12
    batch_changes_max: int = 1000
    reads_max: int = 1000
    checks_max: int = 500
    # one change
    change_bytes_max: int = 256 * 2**10
    paths_max: int = 200
    path_chars_max: int = 130
    seen_ids_max: int = 500
    # refused changes of one person that wait for the supervisor
    handed_waiting_max: int = 500
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
    password_memory_kib: int = 32 * 2**10
    password_rounds: int = 2
    # wrong passwords: so many are free, then each costs a wait that doubles up to the last figure
    tries_free: int = 5
    tries_free_for_name: int = 20
    try_wait_s: int = 5
    try_wait_max_s: int = 15 * 60
    try_wait_for_name_max_s: int = 60
    tries_forgotten_minutes: int = 60
    # answers
    database_wait_s: int = 5
    write_tries_max: int = 5
    retry_after_s: int = 5
    history_page_entries_max: int = 200
    # reminders
    latest_visits_max: int = 50
    subscriptions_max: int = 10
    address_chars_max: int = 1000
    send_s_max: int = 10
    batch_reminders_max: int = 50
    lease_s: int = 120
    backoff_s: int = 5
    backoff_max_s: int = 15 * 60
    retry_after_max_s: int = 60 * 60
    snooze_minutes: int = 10
    leads_max: int = 5
    lead_minutes_max: int = 7 * 24 * 60
    drafts_max: int = 50
    check_ins_shown_hours: int = 24
    check_in_minutes_min: int = 5
    check_in_minutes_max: int = 240
    calendar_back_days: int = 30
    calendar_ahead_days: int = 180
    inbox_max: int = 100
    inbox_days: int = 7
    reminders_kept_days: int = 30


LIMITS = Limits()

PROTOCOL = 1
SCHEMA = 1

SECRET_BYTES_MIN = 32


class SettingsInvalid(Exception):
    """The environment asks for something that must not or cannot start. The text is for the operator."""


@dataclass(frozen=True)
class Settings:
    """What the operator decides, from the environment: `OVIKELLO_DATA_DIR`, `_DATABASE_URL`,
    `_SECRET_KEY`, `_PRODUCTION`, `_TRUSTED_PROXIES`, `_CONTACT`."""

    data_dir: Path
    database_url: str
    secret_key: str
    #: declared to hold real clients; otherwise every screen says "fictional data only"
    production: bool = False
    #: how many proxies in front may name the client's address
    trusted_proxies: int = 0
    #: whom a push service may write to when we send it something wrong: a `mailto:` or `https:` address
    contact: str = "mailto:postmaster@example.org"

    @property
    def sqlite_path(self) -> Path | None:
        """The database file; None on PostgreSQL."""
        prefix = "sqlite:///"
        return Path(self.database_url[len(prefix) :]) if self.database_url.startswith(prefix) else None

    @property
    def journal_path(self) -> Path:
        return self.data_dir / "journal.jsonl"

    @property
    def vapid_path(self) -> Path:
        return self.data_dir / "vapid-keys.json"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings, make the data folder and, outside production, the key.

    Raises `SettingsInvalid` with a sentence for the operator.
    """
    production = _yes(environment.get("OVIKELLO_PRODUCTION", ""))
    data_dir = Path(environment.get("OVIKELLO_DATA_DIR") or "~/.local/share/ovikello").expanduser().resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    given = environment.get("OVIKELLO_DATABASE_URL") or f"sqlite:///{data_dir / 'ovikello.sqlite'}"
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(given),
        secret_key=_secret_key(environment.get("OVIKELLO_SECRET_KEY", ""), data_dir, production),
        production=production,
        trusted_proxies=_whole("OVIKELLO_TRUSTED_PROXIES", environment),
        contact=_contact(environment.get("OVIKELLO_CONTACT") or Settings.contact),
    )


def _yes(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _contact(given: str) -> str:
    if not given.startswith(("mailto:", "https:")):
        raise SettingsInvalid("OVIKELLO_CONTACT has to begin with mailto: or https:.")
    return given


def _whole(name: str, environment: Mapping[str, str]) -> int:
    given = environment.get(name, "0")
    if not given.isascii() or not given.isdigit():
        raise SettingsInvalid(f"{name} has to be a whole number, not {given!r}.")
    return int(given)


def _database_url(given: str) -> str:
    scheme, separator, rest = given.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and separator:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and len(rest) > 1:
        return given
    raise SettingsInvalid("OVIKELLO_DATABASE_URL has to begin with sqlite:/// or postgresql://.")


def _secret_key(given: str, data_dir: Path, production: bool) -> str:
    """The key that signs the tokens. Production names its own; elsewhere it is made once and kept."""
    if given:
        if len(given.encode()) < SECRET_BYTES_MIN:
            raise SettingsInvalid(f"OVIKELLO_SECRET_KEY needs at least {SECRET_BYTES_MIN} bytes.")
        if len(set(given)) < SECRET_BYTES_MIN // 4:
            raise SettingsInvalid("OVIKELLO_SECRET_KEY has to be random: openssl rand -hex 32")
        return given
    if production:
        raise SettingsInvalid("A production installation needs OVIKELLO_SECRET_KEY (for example openssl rand -hex 32).")
    path = data_dir / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(SECRET_BYTES_MIN))
    kept = path.read_text().strip()
    if len(kept) < SECRET_BYTES_MIN:
        raise SettingsInvalid(f"{path} is cut short. Remove it to get a new key; all sign in again.")
    return kept
