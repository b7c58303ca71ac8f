"""What a client answers by hand: a bounded drawing, one value, and nothing of it in what reports keep (SPEC Y6)."""

from typing import Any

import pytest

from server.config import LIMITS
from server.kinds.faults import fault_of
from server.reports.following import parts_in_words
from tests.sync.device import Device

ANSWER: dict[str, Any] = {
    "agrees": "partly",
    "words": "Ei tiistaisin.",
    "name": "Eino Ranta",
    "strokes": "M12 30 140 33 999 399M5 5 5 5",
    "on": "2026-11-30",
    "saw": ["change-1", "change-2"],
}
LONG = "M1 2" + " 3 4" * (LIMITS.drawing_chars_max // 4)
SPOILT = {
    "too many points": (LONG, f"too_long:{LIMITS.drawing_chars_max}"),
    "a command of another drawing": ("M1 2 3 4L5 6", "invalid"),
    "a number outside": ("M1 2 3000 4", "invalid"),
    "half a point": ("M1 2 3", "invalid"),
    "a lone point": ("M1 2", "invalid"),
    "a minus": ("M1 2 -3 4", "invalid"),
    "another alphabet's digits": ("M1 2 ٣ 4", "invalid"),
    "a line end": ("M1 2 3 4\n", "invalid"),
    "a script": ('M1 2 3 4"/><script>', "invalid"),
    "points as a list": ([[1, 2], [3, 4]], "invalid"),
}


@pytest.mark.parametrize("kind", ["plan", "agreement"])
def test_y6_an_answer_reaches_a_colleague_as_one_value(aino: Device, liisa: Device, kind: str) -> None:
    """[Y6] [M6] Two answers that nobody has seen side by side are both kept."""
    aino.sync(aino.change("p1", {"own_hand": ANSWER}, kind=kind))
    liisa.sync()
    assert liisa.values("p1") == {"own_hand": [ANSWER]}
    other = {"agrees": "yes", "on": "2026-11-30"}
    aino.sync(aino.change("p1", {"own_hand": other}, kind=kind))
    assert len(aino.values("p1")["own_hand"]) == 2


@pytest.mark.parametrize(("strokes", "fault"), SPOILT.values(), ids=SPOILT)
def test_y6_a_drawing_that_is_none_is_refused_at_the_door(aino: Device, strokes: object, fault: str) -> None:
    """[Y6] [W4] With the one problem of values; what came with it is taken."""
    bad = aino.change("p1", {"own_hand": ANSWER | {"strokes": strokes}}, kind="plan")
    good = aino.change("p2", {"own_hand": ANSWER}, kind="plan")
    first, second = aino.ask(bad, good)["verdicts"]
    assert first["problem"] == {"code": "value_invalid", "fields": {"own_hand": [fault]}}
    assert second["verdict"] == "applied"


def test_y6_the_longest_drawing_is_taken(aino: Device) -> None:
    """[Y6] As many characters as the phone lets it grow to."""
    strokes = "M1 2" + " 3 4" * ((LIMITS.drawing_chars_max - 4) // 4)
    assert len(strokes) == LIMITS.drawing_chars_max
    assert aino.verdicts(aino.change("p1", {"own_hand": {"strokes": strokes}}, kind="plan")) == ["applied"]
    assert fault_of("plan", "own_hand", {"strokes": strokes + " 3 4"}) == f"too_long:{LIMITS.drawing_chars_max}"


def test_y6_no_report_keeps_a_signature() -> None:
    """[Y6] [Z9] [Z10] Neither the drawing, nor the name, nor the words."""
    for kind in ("plan", "agreement"):
        assert parts_in_words(kind, "own_hand") == {"words", "name", "strokes"}
