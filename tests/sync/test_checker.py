"""The quick checker gives marshmallow's verdicts, for every field of every kind."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from server.catalogue import catalogue, codes_of
from server.config import LIMITS
from server.kinds import KINDS
from server.kinds.base import Items
from server.kinds.checker import checker_of
from server.rules.merge import is_plain

CODES = sorted({code for name in catalogue()["catalogues"] for code in codes_of(name)})

TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(CODES),
    st.sampled_from(["forward", "back", "x" * 300, "x" * 301, "a-1", "A", "a\n", "", "x" * 65]),
    st.sampled_from(["2026-02-28", "2026-02-31", "2026-02-28\n", "٢٠٢٦-02-28", "2026-2-8"]),
    st.sampled_from(["2026-02-28T10:00:00Z", "2026-02-28T25:00:00Z", "2026-02-28T10:00:00+02:00"]),
)
NUMBERS = st.one_of(st.integers(-3, 1500), st.sampled_from([2**53 - 1, 2**53]), st.floats(allow_nan=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
PARTS = ["start", "end", "zone", "code", "reason", "phase", "since", "note", "on", "saw", "by"]
KEYS = st.sampled_from([*PARTS, "done", "order", "text", "hours_per_month", "source", "newer"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4), st.lists(TEXTS, max_size=52)
    ),
    max_leaves=8,
)
PLACES = [(kind, name, field) for kind, schema in KINDS.items() for name, field in schema().fields.items()]


def marshmallow_takes(field: fields.Field[Any], value: Any) -> bool:
    try:
        field.deserialize(value)
    except ValidationError:
        return False
    return is_plain(value)


@pytest.mark.parametrize(("kind", "name", "field"), PLACES, ids=lambda part: str(part)[:20])
@settings(max_examples=60, deadline=None)
@given(value=VALUES, item=TEXTS)
def test_w11_verdicts_equal_marshmallows(kind: str, name: str, field: fields.Field[Any], value: Any, item: str) -> None:
    """[W11] Known fields are validated by the declared kind."""
    checker = checker_of(kind)
    if isinstance(field, Items):
        assert field.key_field is not None
        assert field.value_field is not None
        path = f"{name}/{item}"
        takes_value = value is None or marshmallow_takes(field.value_field, value)
        takes = takes_value and marshmallow_takes(field.key_field, item)
        if takes and checker.wrong({path: value}):
            assert checker_of("unheard_of").wrong({path: None}), "refused for its path's shape alone"
        else:
            assert (not checker.wrong({path: value})) == takes
    else:
        assert (not checker.wrong({name: value})) == marshmallow_takes(field, value)


@pytest.mark.parametrize("kind", [*KINDS, "unheard_of"])
def test_w11_a_field_that_this_server_does_not_know_is_kept(kind: str) -> None:
    """[W11] A newer client's fields pass, whatever they hold, as long as it can be hashed."""
    values = {"newer_field": {"deep": [1, None, {"x": "y"}]}, "newer_map/an.item-1": True}
    assert checker_of(kind).wrong(values) == []
    assert checker_of(kind).wrong({"newer_field": 1.5}) == ["newer_field"]


def test_m6_a_map_is_never_sent_whole() -> None:
    """[M6] Its paths are `field/item`; and a plain field has no items."""
    assert checker_of("goal").wrong({"steps": {"a": {"text": "x"}}}) == ["steps"]
    assert checker_of("goal").wrong({"steps": None}) == ["steps"]
    assert checker_of("goal").wrong({"title/a": "x"}) == ["title/a"]
    assert checker_of("goal").wrong({"steps/a": {"text": "x"}, "steps/b": None}) == []


def test_m7_a_removal_names_what_it_saw_whatever_the_kind() -> None:
    """[M7] Also of kinds that this server does not know."""
    for kind in (*KINDS, "unheard_of"):
        assert checker_of(kind).wrong({"removed": {"saw": ["a"]}}) == []
        assert checker_of(kind).wrong({"removed": None}) == []
        assert checker_of(kind).wrong({"removed": {"saw": ["a"], "why": "entered_twice", "words": "Ks. 3.12."}}) == []
        no_reasons: list[object] = [{"saw": ["a"], "why": "because"}, {"saw": ["a"], "words": 7}]
        for wrong in (True, {}, {"saw": None}, {"saw": [1]}, "yes", *no_reasons):
            assert checker_of(kind).wrong({"removed": wrong}) == ["removed"]


@pytest.mark.parametrize(
    "path", ["", "/", "a/", "/a", "a/b/c", "A", "1a", "a b", "ä", "a/ä", "a\n", "a/b\n", "__proto__"]
)
def test_w11_a_path_has_one_shape(path: str) -> None:
    """[W11] Unknown fields are kept, but nothing that is no path."""
    assert checker_of("visit").wrong({path: "x"}) == [path]


def test_w11_a_path_at_its_longest_and_one_past_it() -> None:
    """[W11] A limit on everything."""
    longest = "a" * LIMITS.path_chars_max
    assert checker_of("visit").wrong({longest: 1}) == []
    assert checker_of("visit").wrong({longest + "a": 1}) == [longest + "a"]
