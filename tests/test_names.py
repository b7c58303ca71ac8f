"""One word, one meaning: nothing is exported that nobody asks for, and no name is exported twice."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import PurePosixPath

from tests.test_house import named, text_of
from tests.test_layers import folder_of, normal

Modules = dict[str, str]

EXPORTED = re.compile(
    r"^\s*export (?:async )?(?:abstract )?(?:function\*?|const|let|class|type|interface|enum) (\w+)", re.MULTILINE
)
CLAUSE = re.compile(r"(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*['\"](\.[^'\"?]+)")
#: whoever takes a module as a whole may use each of its names
WHOLE = re.compile(r"(?:import \* as \w+ from |\bimport\(\s*)['\"](\.[^'\"?]+)")
#: the words of one language; whichever is spoken is taken by its path
WORDS = re.compile(r"pwa/src/words/(?:fi|sv|en)/")

#: a name that two modules may both give away, and why that is one meaning
SAME_MEANING_BROWSER: dict[str, str] = {}
SAME_MEANING_SERVER = {"Team": "a team of the organisation: its row, and the record by which devices know it"}


@cache
def browser() -> Modules:
    names = named("pwa/src/", ends=(".ts", ".svelte"))
    return {name: text_of(name) for name in names if not name.endswith(".d.ts")}


@cache
def server() -> Modules:
    return {name: text_of(name) for name in named("server/", ends=(".py",)) if "/migrations/" not in name}


def exports(modules: Modules) -> dict[str, set[str]]:
    """By module of the app, tests left out."""
    product = {name: text for name, text in modules.items() if not name.endswith((".test.ts", ".fixture.ts"))}
    return {name: set(EXPORTED.findall(text)) for name, text in product.items() if not WORDS.match(name)}


def asked_for(modules: Modules) -> dict[str, set[str]]:
    """By module: the names that others import from it; of a module taken as a whole, every word of who took it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in modules.items():
        folder = PurePosixPath(name).parent
        for clause, path in CLAUSE.findall(text):
            taken = {each.strip().removeprefix("type ").split(" as ")[0] for each in clause.split(",")}
            found[normal(folder / path)] |= taken
        for path in WHOLE.findall(text):
            found[normal(folder / path)] |= set(re.findall(r"\w+", text))
    return found


def unused(modules: Modules) -> list[str]:
    wanted = asked_for(modules)
    found = {module: sorted(names - wanted[module]) for module, names in exports(modules).items()}
    return [f"{module}: {name}" for module, names in found.items() for name in names]


@cache
def imports_of(text: str) -> tuple[ast.ImportFrom, ...]:
    return tuple(node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom))


@cache
def defined_in(text: str) -> frozenset[str]:
    """What stands at the top of a module: functions, classes and values."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


def given_away(modules: Modules) -> set[str]:
    """What a file of another folder imports by its name alone; `module.name` would say whose it is."""
    found: set[str] = set()
    for name, text in modules.items():
        for node in imports_of(text):
            path = (node.module or "").replace(".", "/")
            module = f"{path}.py" if f"{path}.py" in modules else f"{path}/__init__.py"
            if module in modules and folder_of(module) != folder_of(name):
                found |= {each.name for each in node.names} & defined_in(modules[module])
    return found


def defined(modules: Modules) -> dict[str, frozenset[str]]:
    """By module of the server: what it defines under a name that some folder gives another."""
    given = given_away(modules)
    return {module: defined_in(text) & given for module, text in modules.items()}


def twice(names: dict[str, set[str]] | dict[str, frozenset[str]]) -> dict[str, list[str]]:
    """The names that more than one module has, and which modules."""
    modules: dict[str, list[str]] = defaultdict(list)
    for module, found in names.items():
        for name in found:
            modules[name].append(module)
    return {name: sorted(found) for name, found in modules.items() if len(found) > 1}


def test_nothing_is_exported_that_nobody_asks_for() -> None:
    assert unused(browser()) == []


def test_a_name_that_the_app_exports_has_one_meaning() -> None:
    """Exactly those of the list: one that is no longer needed goes."""
    found = twice(exports(browser()))
    assert {name: modules for name, modules in found.items() if name not in SAME_MEANING_BROWSER} == {}
    assert found.keys() == SAME_MEANING_BROWSER.keys()


def test_a_name_that_a_folder_of_the_server_gives_away_has_one_meaning() -> None:
    found = twice(defined(server()))
    assert {name: modules for name, modules in found.items() if name not in SAME_MEANING_SERVER} == {}
    assert found.keys() == SAME_MEANING_SERVER.keys()


def test_planted_exports_and_names_are_caught() -> None:
    planted = {"pwa/src/store/planted.ts": "export const nobodyAsks = 1;\nexport function call() {}\n"}
    assert unused(browser() | planted) == ["pwa/src/store/planted.ts: call", "pwa/src/store/planted.ts: nobodyAsks"]
    taken = {"pwa/src/store/planter.ts": "import { nobodyAsks, type call } from './planted.ts';\n"}
    assert unused(browser() | planted | taken) == []
    assert twice(exports(browser() | planted)).keys() == SAME_MEANING_BROWSER.keys() | {"call"}
    second = {"server/board/planted.py": "def in_one_transaction() -> None: ...\n"}
    assert twice(defined(server() | second)).keys() == SAME_MEANING_SERVER.keys() | {"in_one_transaction"}
