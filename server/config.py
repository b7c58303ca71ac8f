"""Every setting and every limit, in one place."""

import os
import re
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

#: the organisation of the fictional caseload: a database that holds it is no production database
DEMO_ORGANISATION = "Esimerkin asumispalvelut"


@dataclass(frozen=True)
class Limits:
    """Bounds on everything that comes from outside. Units stand last in the names."""

    # bodies
    body_packed_bytes_max: int = 8 * 2**20
    body_bytes_max: int = 8 * 2**20
    #: items of lists and maps in a body: what is parsed takes up to 70 times the bytes of what was sent
    body_values_max: int = 100_000
    #: of every request but the exchange
    form_bytes_max: int = 512 * 2**10
    depth_max: int = 12
    batch_changes_max: int = 1000
    reads_max: int = 1000
    checks_max: int = 500
    # one change
    change_bytes_max: int = 256 * 2**10
    paths_max: int = 200
    path_chars_max: int = 130
    seen_ids_max: int = 500
    # one record: values beyond this that nobody has seen and replaced, ids that were seen and have not arrived
    record_bytes_max: int = 2 * 2**20
    record_versions_max: int = 2000
    record_awaited_max: int = 1000
    # changes of one person that wait for the supervisor
    held_waiting_max: int = 500
    held_page_entries_max: int = 50
    held_page_bytes_max: int = 2**20
    # devices, threats and check-ins in a page of theirs
    list_page_max: int = 50
    #: clients' files that one request erases
    erased_at_once_max: int = 50
    # the clients' survey
    survey_tickets_batch: int = 5
    survey_tickets_a_day_max: int = 20
    survey_ticket_days_max: int = 90
    survey_text_chars_max: int = 500
    #: a sealed answer, base64url: all are padded to the same length
    survey_sealed_chars_max: int = 4000
    # photos and documents: one of them, all that a person has sent, and how a picture is drawn anew
    attachment_bytes_max: int = 10 * 2**20
    attachment_person_bytes_max: int = 2 * 2**30
    #: after which a file that never came whole counts for nobody, and begins anew
    attachment_unfinished_days: int = 30
    attachment_pixels_max: int = 25_000_000
    attachment_side_px_max: int = 2560
    attachment_small_side_px: int = 240
    # a table of people or clients (A15): the file as it is sent and once it is unpacked, what of a sheet is looked at,
    # and how many are entered in one transaction and in one request
    import_bytes_max: int = 4 * 2**20
    import_body_bytes_max: int = 6 * 2**20
    import_unpacked_bytes_max: int = 40 * 2**20
    import_sheet_rows_max: int = 10_000
    import_sheet_columns_max: int = 200
    import_rows_max: int = 5_000
    import_people_max: int = 500
    import_columns_max: int = 100
    import_batch_clients: int = 100
    import_batch_people: int = 10
    import_s: int = 3
    import_shown_max: int = 200
    # people of an organisation in a page
    people_page_max: int = 500
    #: how long the earlier file of somebody who comes back stays open
    returner_access_days: int = 14
    #: how long break-glass opens a client's file (S11)
    break_glass_hours: int = 24
    #: as far back as a client is told who has looked without a further reason
    told_to_client_days: int = 731
    #: how long a colleague may stand in for another
    stand_in_days_max: int = 366
    own_entries_max: int = 50
    # values
    line_chars_max: int = 300
    note_chars_max: int = 20_000
    list_items_max: int = 50
    #: a signature, as the path of a drawing: about a thousand points
    drawing_chars_max: int = 8_000
    visit_minutes_max: int = 24 * 60
    #: visits that repeat, planned together
    series_visits_max: int = 52
    hours_per_month_max: int = 200
    # pages
    page_records_max: int = 2000
    page_fills_max: int = 100
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
    #: what is dangerous asks for the password unless it was given so lately
    password_fresh_minutes: int = 10
    one_time_password_days: int = 7
    #: of a device, before its PIN is gone
    pin_tries_max: int = 5
    pin_wrong_max: int = 20
    pin_digits_min: int = 6
    pin_digits_max: int = 12
    #: of another provider's sign-in (J15): until it has returned, until its session has begun, and how long that lasts
    provider_return_minutes: int = 15
    provider_ticket_minutes: int = 10
    provider_session_days: int = 30
    provider_known_minutes: int = 10
    provider_leeway_s: int = 30
    provider_answer_bytes_max: int = 256 * 2**10
    #: of the second factor, told once
    recovery_codes: int = 10
    code_chars_max: int = 40
    password_chars_min: int = 10
    password_chars_max: int = 200
    password_memory_kib: int = 32 * 2**10
    password_rounds: int = 2
    # wrong passwords: so many are free, then each costs a wait that doubles up to the last figure
    tries_free: int = 5
    tries_free_for_name: int = 20
    tries_free_for_address: int = 40
    try_wait_s: int = 5
    try_wait_max_s: int = 15 * 60
    try_wait_for_many_max_s: int = 60
    tries_forgotten_minutes: int = 60
    known_device_days: int = 400
    # of one device: what is at work at once, and the processor's time that its exchanges may take, a share of one
    # forgiven as time passes
    device_requests_max: int = 6
    device_exchanges_max: int = 2
    device_work_s: float = 4
    device_work_share: float = 0.25
    # the security log: how long repeats are one row, and how many are told apart at a time in an organisation
    security_window_minutes: int = 15
    security_told_apart_max: int = 100
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
    drafts_of_device_max: int = 500
    check_ins_shown_hours: int = 24
    check_in_minutes_min: int = 5
    check_in_minutes_max: int = 240
    calendar_back_days: int = 30
    calendar_ahead_days: int = 180
    calendar_events_max: int = 1000
    calendar_rows_max: int = 500
    inbox_max: int = 100
    #: a start waits so long for the data folder of a server that was just killed
    folder_lock_wait_s: int = 2
    #: a scanner for malware has so long for a file, and a device asks again so long after it did not tell
    scan_timeout_s: int = 30
    scan_again_s: int = 60
    inbox_days: int = 7
    reminders_kept_days: int = 30
    # the data API (A19): how long a token lasts, how many of an organisation do, and the records of a page
    data_token_days_max: int = 366
    data_tokens_max: int = 50
    data_page_records_max: int = 1000
    # reports: the longest period
    report_days_max: int = 10 * 366
    #: since the password was given, for an export


LIMITS = Limits()

PROTOCOL = 2
SCHEMA = 1

SECRET_BYTES_MIN = 32
PROVIDER_ID = re.compile(r"[a-z0-9]{1,32}")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class SettingsInvalid(Exception):
    """The environment asks for something that must not or cannot start. The text is for the operator."""


@dataclass(frozen=True)
class Provider:
    """Where the people of an organisation may sign in besides here, by OpenID Connect (J15)."""

    id: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    #: what the button says
    label: str
    #: its name; nobody of another one comes in by it
    organisation: str
    #: the claim that says a sign-in name, for a person who has not come by it yet; empty: `ovikello user link` does
    name_claim: str = ""
    #: what `acr` or `amr` says where the provider has asked for a second factor itself (J18)
    second_factor: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Settings:
    """What the operator decides, from the environment: `OVIKELLO_DATA_DIR`, `_DATABASE_URL`,
    `_SECRET_KEY`, `_SECRET_KEY_BEFORE`, `_PRODUCTION`, `_TRUSTED_PROXIES`, `_CONTACT`, `_INSIDE_GATEWAYS`,
    `_DATABASE_POOLER`, `_LIVE`, `_SCAN_COMMAND`, `_ADDRESS`, `_PROVIDERS`, `_PROVIDER_…`."""

    data_dir: Path
    database_url: str
    secret_key: str
    #: the key that signed until it was changed: what it signed is still taken
    keys_before: tuple[str, ...] = ()
    #: declared to hold real clients; otherwise every screen says "fictional data only"
    production: bool = False
    #: how many proxies in front may name the client's address
    trusted_proxies: int = 0
    #: whom a push service may write to when we send it something wrong: a `mailto:` or `https:` address
    contact: str = "mailto:postmaster@example.org"
    #: the organisation's own gateways for alarms: these hosts, and no other, may lie at a private address (N9)
    inside_gateways: frozenset[str] = frozenset()
    #: PostgreSQL stands behind a pooler that gives a connection for a transaction (PgBouncer)
    database_pooler: bool = False
    #: devices hear of news at once, by a request that waits; otherwise within a minute (P11)
    live: bool = True
    #: a scanner for malware: each file on its standard input, exit 0 where it finds nothing and 1 where it does (X8)
    scan_command: tuple[str, ...] = ()
    #: where people open Ovikello: scheme and host. A provider sends them back there
    address: str = ""
    providers: tuple[Provider, ...] = ()

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
    production = _yes("OVIKELLO_PRODUCTION", environment)
    data_dir = Path(environment.get("OVIKELLO_DATA_DIR") or "~/.local/share/ovikello").expanduser().resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    given = environment.get("OVIKELLO_DATABASE_URL") or f"sqlite:///{data_dir / 'ovikello.sqlite'}"
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(given),
        secret_key=_secret_key(environment.get("OVIKELLO_SECRET_KEY", ""), data_dir, production),
        keys_before=_keys_before(environment.get("OVIKELLO_SECRET_KEY_BEFORE", "")),
        production=production,
        trusted_proxies=_whole("OVIKELLO_TRUSTED_PROXIES", environment),
        contact=_contact(environment.get("OVIKELLO_CONTACT") or Settings.contact),
        inside_gateways=_hosts("OVIKELLO_INSIDE_GATEWAYS", environment),
        database_pooler=_yes("OVIKELLO_DATABASE_POOLER", environment),
        live=_yes("OVIKELLO_LIVE", environment, "1"),
        scan_command=_command("OVIKELLO_SCAN_COMMAND", environment),
        address=_address(environment.get("OVIKELLO_ADDRESS", "")),
        providers=_providers(environment),
    )


YES = frozenset({"1", "true", "t", "yes", "y", "on"})
NO = frozenset({"", "0", "false", "f", "no", "n", "off"})


def _yes(name: str, environment: Mapping[str, str], default: str = "") -> bool:
    given = environment.get(name) or default
    word = given.strip().lower()
    if word not in YES | NO:
        raise SettingsInvalid(f"{name} has to be 1 or 0, not {given!r}.")
    return word in YES


def _command(name: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """A program by its whole path, and what it is called with, as a shell would take it apart; without any shell."""
    try:
        command = tuple(shlex.split(environment.get(name, "")))
    except ValueError:
        raise SettingsInvalid(f"{name} has a quotation mark that is never closed.") from None
    if command and not (Path(command[0]).is_absolute() and os.access(command[0], os.X_OK)):
        raise SettingsInvalid(f"{name} has to begin with the whole path of a program, not {command[0]!r}.")
    return command


def _contact(given: str) -> str:
    if not given.startswith(("mailto:", "https:")):
        raise SettingsInvalid("OVIKELLO_CONTACT has to begin with mailto: or https:.")
    return given


def _hosts(name: str, environment: Mapping[str, str]) -> frozenset[str]:
    """Host names or addresses, with commas between them: no scheme, port, path or pattern."""
    given = [each.strip().lower() for each in environment.get(name, "").split(",")]
    hosts = frozenset(each for each in given if each)
    for host in hosts:
        if not HOST.fullmatch(host) and not _is_address(host):
            raise SettingsInvalid(f"{name} holds host names with commas between them, not {host!r}.")
    return hosts


def _address(given: str) -> str:
    """Scheme and host, perhaps a port: `https`, or a browser's own machine."""
    parts = urlsplit(given)
    is_own = parts.scheme == "http" and parts.hostname == "localhost"
    is_bare = given.rstrip("/") == f"{parts.scheme}://{parts.netloc}" and parts.username is None
    if given and not (parts.hostname and is_bare and (parts.scheme == "https" or is_own)):
        raise SettingsInvalid("OVIKELLO_ADDRESS has to be https:// and a host, and nothing more.")
    return given.rstrip("/")


def _providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    given = [each.strip() for each in environment.get("OVIKELLO_PROVIDERS", "").split(",")]
    ids = list(dict.fromkeys(each for each in given if each))
    if ids and not environment.get("OVIKELLO_ADDRESS"):
        raise SettingsInvalid("OVIKELLO_PROVIDERS needs OVIKELLO_ADDRESS: where a provider sends people back to.")
    return tuple(_provider(each, environment) for each in ids)


def _provider(id_: str, environment: Mapping[str, str]) -> Provider:
    if not PROVIDER_ID.fullmatch(id_):
        raise SettingsInvalid(f"OVIKELLO_PROVIDERS holds names of a-z and 0-9 with commas between them, not {id_!r}.")
    prefix = f"OVIKELLO_PROVIDER_{id_.upper()}_"

    def of(name: str, *, wanted: bool = True) -> str:
        value = environment.get(prefix + name, "").strip()
        if wanted and not value:
            raise SettingsInvalid(f"OVIKELLO_PROVIDERS names {id_}, so {prefix}{name} has to be set.")
        return value

    if not of("ISSUER").startswith("https://"):
        raise SettingsInvalid(f"{prefix}ISSUER has to begin with https://.")
    return Provider(
        id=id_,
        issuer=of("ISSUER"),
        client_id=of("CLIENT_ID"),
        client_secret=of("CLIENT_SECRET"),
        label=of("LABEL"),
        organisation=of("ORGANISATION"),
        name_claim=of("NAME_CLAIM", wanted=False),
        second_factor=frozenset(of("SECOND_FACTOR", wanted=False).split()),
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


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


def _keys_before(given: str) -> tuple[str, ...]:
    return (_random_enough("OVIKELLO_SECRET_KEY_BEFORE", given),) if given else ()


def _random_enough(name: str, given: str) -> str:
    if len(given.encode()) < SECRET_BYTES_MIN:
        raise SettingsInvalid(f"{name} needs at least {SECRET_BYTES_MIN} bytes.")
    if len(set(given)) < SECRET_BYTES_MIN // 4:
        raise SettingsInvalid(f"{name} has to be random: openssl rand -hex 32")
    return given


def _secret_key(given: str, data_dir: Path, production: bool) -> str:
    """The key that signs the tokens. Production names its own; elsewhere it is made once and kept."""
    if given:
        return _random_enough("OVIKELLO_SECRET_KEY", given)
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
