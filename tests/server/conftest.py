"""What several of the server's tests stand on, beside the database of `tests/conftest.py`."""

from collections.abc import Iterator

import pytest

from tests.push_service import PushService, push_service


@pytest.fixture
def pushes() -> Iterator[PushService]:
    """A push service on loopback."""
    with push_service() as running:
        yield running
