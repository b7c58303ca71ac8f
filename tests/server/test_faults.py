"""What a refusal says of a field."""

from typing import Any

import pytest

from server.kinds.faults import fault_of


@pytest.mark.parametrize(
    ("kind", "path", "value", "fault"),
    [
        ("goal", "title", "x" * 301, "too_long:300"),
        ("note", "text", "x" * 20_001, "too_long:20000"),
        ("visit", "outcome", {"code": "done", "reason": "x" * 20_001}, "too_long:"),
        ("visit", "areas", ["x"] * 51, "too_many:50"),
        ("visit", "areas", ["no such area"], "not_offered"),
        ("visit", "minutes/direct", 1441, "out_of_range:0:1440"),
        ("goal", "review_on", "2026-02-31", "not_in_calendar"),
        ("goal", "review_on", "0026-02-21", "out_of_years:1900:2100"),
        ("goal", "review_on", "9999-12-31", "out_of_years:1900:2100"),
        ("goal", "review_on", "2101-01-01", "out_of_years:1900:2100"),
        ("visit", "plan", {"start": "9999-12-31T10:00:00Z"}, "out_of_years:1900:2100"),
        ("visit", "series", {"id": "a", "number": 53}, "out_of_range:1:52"),
        ("visit", "series", {"id": "a", "number": 1, "weeks": 0}, "out_of_range:1:2"),
        ("visit", "series", {"id": "a b"}, "invalid"),
        ("case", "phases/1", {"since": "1899-12-31"}, "out_of_years:1900:2100"),
        ("goal", "review_on", "soon", "invalid"),
        ("note", "text", 7, "invalid"),
        ("note", "text/1", "x", "invalid"),
        ("a newer kind", "text", "x", "invalid"),
    ],
)
def test_w2_a_refusal_says_what_is_wrong(kind: str, path: str, value: Any, fault: str) -> None:
    """[W2] With the limit that it broke, so that the phone can say it in words."""
    assert fault_of(kind, path, value).startswith(fault)
