"""What `make kinds` exports: current, in three languages, and nothing that people could not use."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from server.cli import constants, main
from server.kinds import KINDS, export
from server.kinds.base import Kind, code, date, home_address, long_text, reference, text
from server.kinds.export import exported
from server.kinds.readers import EVERYBODY
from server.kinds.rules import (
    Stage,
    Stages,
    asks,
    counts,
    fills,
    flagged,
    folded,
    group,
    offers,
    this_record,
    warns,
)
from server.kinds.usable import KindUnfit
from server.rules.conditions import after, any_item, has, is_, one_of, plus, today
from tests.cast import Cast, SignIn
from tests.reminding import open_case

ICONS = Path(__file__).parents[2] / "pwa" / "src" / "components" / "icon_names.ts"


class Loan(Kind):
    icon = "key-round"
    layout = (group("what", "to_whom"), folded("more", "note"))
    rules = (asks("what"),)

    what = text()
    to_whom = text()
    note = long_text()


SAID = dict.fromkeys(("fi", "sv", "en"), "word")
WORDS: dict[str, dict[str, str]] = {
    **dict.fromkeys(("@name", "@many", "@new", "@empty", "@hint", "@more", "!what", "what", "to_whom", "note"), SAID),
    "@row": dict.fromkeys(("fi", "sv", "en"), "{what}[ · {to_whom}]"),
}


class LoanToHome(Loan):
    to_whom = home_address()


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    found = dict(WORDS)
    monkeypatch.setattr(export, "words_of", lambda name: found if name == "loan" else {})
    return found


def fault_of(kind: type[Kind]) -> str:
    with pytest.raises(KindUnfit) as unfit:
        exported({"loan": kind})
    assert "\n" not in str(unfit.value)
    return str(unfit.value)


def test_g1_the_exported_kinds_are_current() -> None:
    """[G1] A stale or hand-edited kinds.json fails here."""
    printed = CliRunner().invoke(main, ["kinds"])
    assert printed.exit_code == 0, printed.output
    assert printed.stdout == export.KINDS_PATH.read_text(encoding="utf-8"), "stale: run `make kinds`"


def test_e3_the_apps_limits_and_roles_are_the_servers() -> None:
    """[E3, K2, S8] Written, not copied: a changed limit or role fails here until it is written again."""
    printed = CliRunner().invoke(main, ["constants"])
    assert printed.exit_code == 0, printed.output
    assert printed.stdout == constants.CONSTANTS_PATH.read_text(encoding="utf-8"), "stale: run `make kinds`"


def test_g1_a_kind_that_people_can_use(words: dict[str, dict[str, str]]) -> None:
    """[G1] All of it as data; words are keyed by kind and field."""
    found = exported({"loan": Loan})
    assert found["kinds"]["loan"]["fields"]["what"] == {"type": "line", "max": 300}
    assert found["kinds"]["loan"]["rules"] == [
        {"strength": "asks", "name": "what", "holds": ("has", "what"), "at": "what"}
    ]
    assert found["words"]["sv"]["loan.to_whom"] == words["to_whom"]["sv"]


@pytest.mark.parametrize(
    ("attribute", "value", "fault"),
    [
        ("icon", "", "kind loan: no icon"),
        ("home_file", "", "kind loan: no home_file"),
        ("readers", frozenset(), "kind loan: no readers"),
        ("layout", (), "kind loan: the layout leaves out what, which a rule asks for"),
        ("layout", (group("what", "whom"),), "kind loan: the layout names an unknown field: whom"),
        ("layout", (group("what", "to_whom", "what"),), "kind loan: the layout shows twice: what"),
        ("rules", (asks("what", has("whom")),), "kind loan: rule what names an unknown field: whom"),
        (
            "rules",
            (warns("what", is_("what.part", 1), at="what"),),
            "kind loan: rule what names an unknown field: what.part",
        ),
        ("rules", (asks("to_whom"),), "kind loan: no words for `!to_whom`"),
        ("rules", (warns("what", ("maybe", "what"), at="what"),), "a condition with an unknown word: maybe"),
        (
            "rules",
            (warns("what", any_item("what", has("on")), at="what"),),
            "kind loan: rule what names an unknown map: what",
        ),
        (
            "rules",
            (warns("what", after(plus("whom", days=1), today()), at="what"),),
            "kind loan: rule what names an unknown field: whom",
        ),
        ("fills", (fills("whom", today()),), "kind loan: what the form fills names an unknown field: whom"),
        (
            "fills",
            (fills("what", plus("whom", days=1)),),
            "kind loan: what the form fills names an unknown field: whom",
        ),
        ("counts", (counts("days_out", "whom", "what"),), "kind loan: no words for `days_out`"),
        ("offers", (offers("note", "note", has("what")),), "kind loan: no words for `!note`"),
        (
            "offers",
            (offers("what", "loan", has("what"), {"whom": this_record()}),),
            "kind loan: the offer what gives what loan has not: whom",
        ),
        ("columns", ("whom",), "kind loan: the columns names an unknown field: whom"),
        ("columns", ("what",), "kind loan: `@row` in fi names what is not among the columns: to_whom"),
        ("happened", ("at",), "kind loan: happened names an unknown field: at"),
        ("stages", Stages("state", (Stage("a"),)), "kind loan: the stages names an unknown field: state"),
    ],
)
def test_g1_what_people_could_not_use_is_not_exported(
    attribute: str, value: Any, fault: str, words: dict[str, dict[str, str]]
) -> None:
    """[G1] One line says which kind, and why."""
    assert words
    assert fault_of(type("Loan", (Loan,), {attribute: value})) == fault


@pytest.mark.parametrize("missing", ["@name", "@row", "@empty", "@more", "what", "!what"])
def test_g1_a_kind_without_a_word(missing: str, words: dict[str, dict[str, str]]) -> None:
    """[G1] Label, row sentence, empty state, folded group, rule: each needs its words."""
    del words[missing]
    assert fault_of(Loan) == f"kind loan: no words for `{missing}`"


def test_g1_a_word_in_two_languages(words: dict[str, dict[str, str]]) -> None:
    """[G1] Every word is said in all three; a row sentence names fields that there are."""
    words["what"] = {"fi": "Mitä", "sv": "Vad"}
    assert fault_of(Loan) == "kind loan: `what` is not said in fi, sv, en"
    words["what"] = SAID
    words["@row"] = SAID | {"en": "{whom}"}
    assert fault_of(Loan) == "kind loan: `@row` in en names an unknown field: whom"


def test_g1_too_much_at_once_and_lists_that_are_not_there(words: dict[str, dict[str, str]]) -> None:
    """[G1] Seven fields at most before anything is unfolded; references and catalogues exist."""
    names = [f"f{number}" for number in range(8)]
    words.update(dict.fromkeys(names, SAID))
    many = type("Loan", (Loan,), {name: date() for name in names} | {"layout": (group("what", *names),)})
    assert fault_of(many) == "kind loan: 9 fields are seen at once, 7 at most: fold some"
    of_nothing = type("Loan", (Loan,), {"what": reference("nobody")})
    assert fault_of(of_nothing) == "kind loan: what refers to an unknown kind: nobody"


def nested(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in fields.values():
        yield field
        yield from nested(field.get("parts", {}))
        yield from nested({key: field[key] for key in ("key", "of") if key in field})


def test_g1_every_kind_has_a_drawing_a_reader_and_fields_of_a_known_sort() -> None:
    """[G1] Icons are those of the app's sprite, readers those that the server knows."""
    found = json.loads(export.KINDS_PATH.read_text(encoding="utf-8"))["kinds"]
    icons = ICONS.read_text(encoding="utf-8")
    assert found.keys() == KINDS.keys()
    for kind in found.values():
        assert f"'{kind['icon']}'" in icons
        assert set(kind["readers"]) <= EVERYBODY
        assert all(field["type"] for field in nested(kind["fields"]))


def test_g1_no_field_of_an_unknown_catalogue(words: dict[str, dict[str, str]]) -> None:
    """[G1] A catalogue that does not exist is an error where the field is declared."""
    assert words
    with pytest.raises(KeyError):
        code("nothing")


def test_g4_the_server_refuses_nothing_for_a_rule(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[G4] A rent without its month, a second one of a month, a stage without what it asks for: all are taken.

    A phone may not know the rule yet; what it wrote must be sendable and can be mended afterwards.
    """
    open_case(app, cast.aino)
    rent = {"kind": "rent", "case": "case-1", "at": "1790000000000-0000-0123456789ab", "seen": {}}
    changes = [
        {**rent, "id": "c-1", "record": "r-1", "set": {"amount_cents": 51_240}},
        {**rent, "id": "c-2", "record": "r-2", "set": {"month": "2026-11-01", "due_on": "2026-11-02"}},
        {**rent, "id": "c-3", "record": "r-3", "set": {"month": "2026-11-01", "status": "paid"}},
        {**rent, "id": "c-4", "record": "a-1", "kind": "application", "set": {"status": "viewing_arranged"}},
    ]
    body = {"protocol": 2, "schema": 1, "cursor": None, "changes": changes, "more_follow": False}
    reply = sign_in("aino").post("/api/sync", body).get_json()
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied"] * 4


def test_g3_a_flag_of_the_catalogue_is_the_codes_that_have_it() -> None:
    """[G3] What the catalogue says of a code is taken when the kinds are exported: no device looks it up."""
    assert flagged("answer", "agreement_answer", "in_force") == one_of("answer", "yes", "yes_with_limits")


def test_q1_what_falls_due_is_told_with_its_day_and_no_distance() -> None:
    """[Q1] [N2] A line of a list says the day beside it: "in a month", "today" would be true on one day only."""
    folder = Path(__file__).resolve().parents[2] / "server" / "kinds" / "words"
    distance = re.compile(
        r"tänään|huomenna|päästä|kuluttua|sitten|\bi dag\b|\bom en\b|sedan|today|\bin a month|\bago\b"
    )
    said = {
        f"{path.stem}.{name}": " ".join(word.values())
        for path in folder.glob("*.json")
        for name, word in json.loads(path.read_text(encoding="utf-8")).items()
        if name.startswith("~")
    }
    assert len(said) > 20
    assert [name for name, words in said.items() if distance.search(words)] == []


def test_g12_no_row_tells_where_a_client_lives(words: dict[str, dict[str, str]]) -> None:
    """[G12] Neither an address nor what is called by one: such a kind is not exported."""
    assert fault_of(LoanToHome) == "kind loan: a list would tell an address: to_whom"
    words["@row"] = dict.fromkeys(SAID, "{what}")
    assert exported({"loan": LoanToHome})["kinds"]["loan"]["fields"]["to_whom"]["address"] is True
    listed = type("Loan", (LoanToHome,), {"columns": ("what", "to_whom")})
    assert "a list would tell an address: to_whom" in fault_of(listed)


def test_g12_what_is_called_by_an_address_is_said_to_be(words: dict[str, dict[str, str]]) -> None:
    """[G12] A reference to a dwelling reads as the dwelling's address."""
    words["dwelling"] = SAID
    silent = type("Loan", (Loan,), {"dwelling": reference("dwelling")})
    with pytest.raises(KindUnfit, match="dwelling refers to what is called by its address, and does not say so"):
        exported({"loan": silent, "dwelling": KINDS["dwelling"]})
