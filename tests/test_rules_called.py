"""Every rule that the vectors bind runs in the product; without a caller something else does its work unbound."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors"


@cache
def product(side: str) -> dict[str, str]:
    """Both halves without comments and without what tests alone read."""
    folder, endings = (ROOT / "server", (".py",)) if side == "server" else (ROOT / "pwa" / "src", (".ts", ".svelte"))
    found = {}
    for path in folder.rglob("*"):
        name = path.name
        if not name.endswith(endings) or name.endswith((".test.ts", ".fixture.ts", ".d.ts")):
            continue
        text = path.read_text(encoding="utf-8")
        found[str(path.relative_to(ROOT))] = re.sub(
            r"/\*.*?\*/|^\s*(?://|#).*?$|\"\"\".*?\"\"\"", "", text, flags=re.DOTALL | re.MULTILINE
        )
    return found


def bound() -> list[tuple[str, str]]:
    """Module and rule, as the vectors name them."""
    rules = {
        (path.stem, case["when"]) for path in VECTORS.glob("*.json") for case in json.loads(path.read_text("utf-8"))
    }
    return sorted(rules)


def in_browser(rule: str) -> str:
    head, *rest = rule.split("_")
    return head + "".join(part.capitalize() for part in rest)


def callers(side: str, module: str, name: str) -> list[str]:
    """Files that import it from its module, or name it by that; its own where it is used beside its declaration."""
    home = f"server/rules/{module}.py" if side == "server" else f"pwa/src/rules/{module}.ts"
    imported = (
        rf"from server\.rules\.{module} import [^\n]*\b{name}\b|from server\.rules\.{module} import \([^)]*\b{name}\b"
        rf"|\b{module}\.{name}\b"
        if side == "server"
        else rf"\{{[^{{}}]*\b{name}\b[^{{}}]*\}} (?:from '|= await import\(')[^']*/{module}\.ts'"
    )
    used = [file for file, text in product(side).items() if file != home and re.search(imported, text)]
    beside = len(re.findall(rf"\b{name}\b", product(side).get(home, ""))) > 1
    return [*used, home] if beside else used


@pytest.mark.parametrize(("module", "rule"), bound())
def test_m1_a_rule_that_the_vectors_bind_is_called(module: str, rule: str) -> None:
    """[M1] On the server, on the device, or on both; one that neither calls is bound for nothing."""
    assert callers("server", module, rule) or callers("browser", module, in_browser(rule)), f"{module}.{rule}"


#: by which a log, a page, a kept digest and a rank are made: the server's alone
SERVERS_OWN = {"merge.replay", "merge.pack", "digest.digest_changed", "clock.rank"}
#: what is laid over a copy, what a person sees of it, what a removal saw, and what goes with a visit that is moved
DEVICES_OWN = {
    "clock.receive",
    "merge.differing",
    "merge.inherited",
    "merge.overlay",
    "merge.removal",
    "merge.removed_state",
    "series.followers",
    "series.shifted",
}


def test_m1_a_rule_without_a_caller_on_one_side_is_named() -> None:
    """[M1] Named with the side that it belongs to: a new one, or one that has found a caller, fails here."""
    silent = {
        side: {
            f"{module}.{rule}"
            for module, rule in bound()
            if not callers(side, module, rule if side == "server" else in_browser(rule))
        }
        for side in ("server", "browser")
    }
    assert silent == {"server": DEVICES_OWN, "browser": SERVERS_OWN}
