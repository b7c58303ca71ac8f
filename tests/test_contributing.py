"""CONTRIBUTING.md tells the truth: its example of a kind works, and what it sends people to is there."""

import re
from pathlib import Path

from server.kinds.base import Kind
from server.kinds.due import Deadline, said

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_kind_of_the_example_can_be_declared() -> None:
    (example,) = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)
    names: dict[str, type[Kind]] = {}
    exec(example, names)  # noqa: S102 - the project's own page
    rent = names["Rent"]
    assert rent.kind_name() == "rent"
    assert rent.declared().keys() >= {"due_on", "status", "arrears_eur", "note"}


def test_what_falls_due_of_the_example_can_be_declared() -> None:
    (line,) = re.findall(r"`(Deadline\(.+\))`", TEXT)
    declared = eval(line, {"Deadline": Deadline, "said": said})  # noqa: S307 - the project's own page
    assert declared == Deadline("rent_unpaid", "due_on", days=(1,), unless=declared.unless)
    assert declared.unless({"status": "paid"})
    assert not declared.unless({})


def test_every_named_file_exists_but_those_of_the_example() -> None:
    named = {name.replace("{fi,sv,en}", "fi") for name in re.findall(r"`((?:pwa|server|tests)/[\w./{},-]+)`", TEXT)}
    missing = {name for name in named if not (ROOT / name).exists()}
    assert len(named) > 10
    assert missing == {"server/kinds/rent.py", "pwa/src/screens/rent/RentEdit.svelte"}
