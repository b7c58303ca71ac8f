"""Moments as the server keeps them: UTC, `YYYY-MM-DDTHH:MM:SSZ`, so that comparing text orders them."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    return text(datetime.now(UTC))


def text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(written: str) -> datetime:
    """The moment behind the text; `ValueError` for anything else."""
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def ago(**span: float) -> str:
    """The text of a moment past: `ago(days=30)`."""
    return text(datetime.now(UTC) - timedelta(**span))
