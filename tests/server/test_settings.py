"""What the environment may ask for, and with what the server refuses to start."""

import stat
from pathlib import Path

import pytest

from server.config import SECRET_BYTES_MIN, SettingsInvalid, settings_from

RANDOM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def test_it_works(tmp_path: Path) -> None:
    settings = settings_from({"OVIKELLO_DATA_DIR": str(tmp_path / "new")})
    assert settings.sqlite_path == tmp_path / "new" / "ovikello.sqlite"
    assert not settings.production
    assert settings.trusted_proxies == 0


def test_a_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    settings = settings_from({"OVIKELLO_DATA_DIR": str(tmp_path)})
    kept = tmp_path / "secret-key"
    assert len(settings.secret_key) >= SECRET_BYTES_MIN
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert settings_from({"OVIKELLO_DATA_DIR": str(tmp_path)}).secret_key == settings.secret_key


def test_a_key_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("abc")
    with pytest.raises(SettingsInvalid, match="secret-key"):
        settings_from({"OVIKELLO_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize("key", ["", "short", RANDOM[: SECRET_BYTES_MIN - 1], "changeme" * 8, "a" * 64])
def test_production_needs_a_key_of_its_own(tmp_path: Path, key: str) -> None:
    """Security 16."""
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": "1"}
    with pytest.raises(SettingsInvalid, match="OVIKELLO_SECRET_KEY"):
        settings_from(environment | {"OVIKELLO_SECRET_KEY": key})
    assert not (tmp_path / "secret-key").exists()


def test_production_starts_with_one(tmp_path: Path) -> None:
    settings = settings_from(
        {
            "OVIKELLO_DATA_DIR": str(tmp_path),
            "OVIKELLO_PRODUCTION": "yes",
            "OVIKELLO_SECRET_KEY": RANDOM[:SECRET_BYTES_MIN],
        }
    )
    assert settings.production


@pytest.mark.parametrize("word", ["1", "true", "TRUE", "yes", "Y", "y", "On", " 1 ", "t"])
def test_production_is_understood_in_any_case(tmp_path: Path, word: str) -> None:
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": word, "OVIKELLO_SECRET_KEY": RANDOM}
    assert settings_from(environment).production


@pytest.mark.parametrize("word", ["", "0", "false", "No", "n", "OFF", " "])
def test_so_is_its_opposite(tmp_path: Path, word: str) -> None:
    assert not settings_from({"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": word}).production


@pytest.mark.parametrize("word", ["2", "kyllä", "yes please", "production", "-1", "None", "Yes\0"])
def test_what_is_not_understood_does_not_start(tmp_path: Path, word: str) -> None:
    with pytest.raises(SettingsInvalid, match="OVIKELLO_PRODUCTION"):
        settings_from({"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_PRODUCTION": word, "OVIKELLO_SECRET_KEY": RANDOM})


def test_a_key_before_is_taken_too_and_has_to_be_one(tmp_path: Path) -> None:
    """Security 42."""
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_SECRET_KEY": RANDOM}
    settings = settings_from(environment | {"OVIKELLO_SECRET_KEY_BEFORE": RANDOM[::-1]})
    assert settings.keys_before == (RANDOM[::-1],)
    with pytest.raises(SettingsInvalid, match="OVIKELLO_SECRET_KEY_BEFORE"):
        settings_from(environment | {"OVIKELLO_SECRET_KEY_BEFORE": "short"})


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////srv/x.sqlite", "sqlite:////srv/x.sqlite"),
    ],
)
def test_databases_by_url(tmp_path: Path, given: str, url: str) -> None:
    environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_DATABASE_URL": given}
    assert settings_from(environment).database_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OVIKELLO_DATABASE_URL", "mysql://x"),
        ("OVIKELLO_DATABASE_URL", "sqlite://"),
        ("OVIKELLO_DATABASE_URL", "nonsense"),
        ("OVIKELLO_TRUSTED_PROXIES", "-1"),
        ("OVIKELLO_TRUSTED_PROXIES", "two"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=name):
        settings_from({"OVIKELLO_DATA_DIR": str(tmp_path), name: value})
