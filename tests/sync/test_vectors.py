"""The vectors that bind the twins: every case of every file, none left out."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.rules import (
    alike,
    clock,
    conditions,
    contracted_hours,
    dates,
    digest,
    document_page,
    documents,
    fold,
    free_days,
    home_found,
    merge,
    names,
    one_person,
    phases,
    phones,
    series,
    shape,
)

FOLDER = Path(__file__).parents[1] / "vectors"
TWINS = {
    "alike": alike,
    "clock": clock,
    "conditions": conditions,
    "contracted_hours": contracted_hours,
    "dates": dates,
    "digest": digest,
    "document_page": document_page,
    "documents": documents,
    "fold": fold,
    "free_days": free_days,
    "home_found": home_found,
    "merge": merge,
    "names": names,
    "one_person": one_person,
    "phases": phases,
    "phones": phones,
    "series": series,
    "shape": shape,
}
REPLAY_ORDERS_MAX = 5


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            title = f"{file.stem}: [{case['rule']}] {case['when']}: {case['name']}"
            yield pytest.param(TWINS[file.stem], case, id=title)


@pytest.mark.parametrize(("twin", "case"), list(cases()))
def test_vector(twin: Any, case: dict[str, Any]) -> None:
    function: Callable[..., Any] = getattr(twin, case["when"])
    for given in every_order(case["when"], case["given"]):
        asked = dict(given)
        if "about" in given:
            asked["about"] = conditions.About(**given["about"])
        if "contract" in given:
            asked |= {name: date.fromisoformat(given[name]) for name in ("first", "last")}
            asked["contract"] = contracted_hours.agreed_in(given["contract"])
        if case["then"] == "refused":
            with pytest.raises(ValueError):  # noqa: PT011 - the twins share no wording
                function(**asked)
        else:
            assert_same_json(as_json(function(**asked)), case["then"])


def every_order(function: str, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A replay holds for every order of its entries, and for each entry twice."""
    yield given
    if function == "replay" and len(given["entries"]) <= REPLAY_ORDERS_MAX:
        for entries in itertools.permutations(given["entries"]):
            yield {"entries": entries}
            yield {"entries": [*entries, *entries]}


def as_json(result: Any) -> Any:
    if isinstance(result, bytes):
        return result.decode()
    if isinstance(result, set):
        return sorted(result)
    if isinstance(result, int) and not isinstance(result, bool):
        return digest.written(result)
    return json.loads(json.dumps(result, default=str))


def assert_same_json(found: Any, expected: Any) -> None:
    """`==` would take `true` for `1`."""
    assert json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)
