"""[W17] The names on the wire are frozen: recorded requests are still taken, and answered in the same shape.

`recorded/*.json` is real traffic, as it was sent and answered. A later name is a new file; none is ever edited.
"""

from pathlib import Path
from typing import Any

import orjson
import pytest

from server.core.database import writing
from server.sync import scope
from server.sync.exchange import exchange
from tests.cast import Cast
from tests.sync.device import Device

RECORDED = sorted((Path(__file__).parent / "recorded").glob("*.json"))
#: what is a word of the wire and no value of somebody's
WORDS = {"verdict", "event", "list", "code", "kind", "class", "reset", "protocol"}
#: sent and answered by name
NAMES = {
    "applied", "duplicate", "conflict", "in_review", "refused",
    "backfill", "purge", "check", "more_follow", "escalated",
    "backed_up_seq",
}  # fmt: skip


def shape(value: Any, name: str = "") -> Any:
    """Names and types; of a list, every shape that its items have."""
    if isinstance(value, dict):
        return {key: shape(each, key) for key, each in sorted(value.items())}
    if isinstance(value, list):
        return sorted({orjson.dumps(shape(each)).decode() for each in value})
    return value if name in WORDS else type(value).__name__


def lose(cast: Cast, who: str, case: str) -> None:
    person = getattr(cast, who)
    with writing() as transaction:
        scope.revoke(transaction, person.org, person.id, [case], "moved")


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_w17_recorded_traffic_is_taken_and_answered_in_its_shape(path: Path, phone: Any, cast: Cast) -> None:
    """[W17] Request by request, with the cursor of today's database in the place of the recorded one."""
    devices: dict[str, Device] = {}
    for number, step in enumerate(orjson.loads(path.read_bytes())):
        device = devices.setdefault(step["who"], phone(getattr(cast, step["who"])))
        if "loses" in step:
            with device.app.app_context():
                lose(cast, step["who"], step["loses"])
            continue
        request = step["request"]
        if request["cursor"] == "…":
            request = request | {"cursor": device.cursor}
        with device.app.app_context():
            reply = orjson.loads(exchange(device.person.actor, orjson.dumps(request)))
        assert shape(reply) == shape(step["reply"]), number
        if "cursor" in reply:
            device.cursor = reply["cursor"]


def test_w17_the_recording_says_every_name() -> None:
    """[W17] What nobody has recorded nobody would miss."""
    text = "".join(path.read_text(encoding="utf-8") for path in RECORDED)
    assert {name for name in NAMES if f'"{name}"' not in text} == set()
