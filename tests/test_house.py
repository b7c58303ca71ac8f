"""The rules of the house as failing tests: what CONTRIBUTING.md says of the code's shape."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES_MAX = 500
CHANGELOG_CHARS_MAX = 160
CODE = (".py", ".ts", ".svelte", ".js")
# A machine's own folders, and the plans that stay outside the project. Written so that this
# file is not its own offender.
FOREIGN = re.compile(
    r"(?<![\w.\-])/(?:work|root|Users)/"
    r"|\.libr[a]ry/|\bshar[e]d/(?:design|mission)\b"
    r"|registry\.npmj[s]|files\.pythonhost[e]d|\bpypi\.o[r]g\b"
)


@cache
def kept_files() -> tuple[str, ...]:
    """What git keeps, and what it would keep: a rule should fail before the commit, not after."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(name for name in listing.stdout.splitlines() if (ROOT / name).is_file()))


def named(*folders: str, ends: tuple[str, ...]) -> list[str]:
    return [name for name in kept_files() if name.startswith(folders) and name.endswith(ends)]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_relative_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|#", link)
    ]
    assert len(links) >= 10
    assert [(page.name, link) for page, link in links if not (page.parent / link.partition("#")[0]).exists()] == []


def test_a_decision_has_a_status_and_a_day() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    heads = {page.name: page.read_text(encoding="utf-8").split("\n")[:5] for page in pages}
    assert len(heads) > 30
    status = re.compile(r"Status: (?:accepted|superseded by [0-9]{4}), 20[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
    assert [name for name, head in heads.items() if not any(map(status.match, head))] == []


def test_files_stay_short_enough_to_hold_in_the_head() -> None:
    lines = {name: text_of(name).count("\n") for name in named("server/", "pwa/", "tests/", ends=CODE)}
    assert {name: count for name, count in lines.items() if count > FILE_LINES_MAX} == {}


def test_lines_of_the_changelog_stay_short() -> None:
    lines = text_of("CHANGELOG.md").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > CHANGELOG_CHARS_MAX] == []


def test_nothing_kept_names_a_machine_or_a_registry() -> None:
    found = []
    for name in kept_files():
        try:
            lines = text_of(name).splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{name}:{number}" for number, line in enumerate(lines, 1) if FOREIGN.search(line)]
    assert found == []


def test_locks_hold_no_address() -> None:
    locks = named("pwa/", "tests/", ends=("package-lock.json",))
    assert len(locks) == 5
    for lock in locks:
        locked = json.loads(text_of(lock))["packages"]
        assert [name for name, package in locked.items() if "resolved" in package] == []
    assert [name for name in named("requirements/", ends=(".txt",)) if "://" in text_of(name)] == []


def test_pins_of_the_build_agree() -> None:
    requires = re.search(r"^requires = \[(.+)\]$", text_of("pyproject.toml"), re.MULTILINE)
    assert requires is not None
    wanted = [line for line in text_of("requirements/build.in").splitlines() if "==" in line]
    assert sorted(re.findall(r'"(.+?)"', requires[1])) == sorted(wanted)


# --- Python: who imports whom ---


def python_imports(name: str, *, at_load: bool = False) -> set[str]:
    tree = ast.parse(text_of(name))
    nodes = chain.from_iterable(map(loaded, tree.body)) if at_load else ast.walk(tree)
    package = module_of(name).split(".")
    if not name.endswith("__init__.py"):
        package = package[:-1]
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            found |= {whole} | {f"{whole}.{alias.name}" for alias in node.names}
    return found


def loaded(node: ast.stmt) -> Iterator[ast.AST]:
    """The parts that run when the module is loaded: no function's body, no types-only import."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield from loaded(child)


def module_of(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def test_the_server_imports_in_no_circle() -> None:
    names = {module_of(name): name for name in named("server/", ends=(".py",))}
    assert circle_in({m: python_imports(n, at_load=True) & names.keys() for m, n in names.items()}) == ()


# --- The PWA: who imports whom ---

# Of code, of types only, and of what is fetched later: whoever reads a file has to know all of them.
IMPORT = re.compile(
    r"^\s*(?:import|export)\s[^;'\"]*?(?:from\s+)?['\"](?P<path>\.[^'\"?]+)"
    r"|\bimport\(\s*['\"](?P<later>\.[^'\"?]+)",
    re.MULTILINE,
)


def pwa_imports(name: str, text: str) -> set[str]:
    folder = (ROOT / name).parent
    return {resolved(folder / (match["path"] or match["later"])) for match in IMPORT.finditer(text)}


def resolved(path: Path) -> str:
    whole = path.resolve()
    for candidate in (whole, Path(f"{whole}.ts"), whole / "index.ts"):
        if candidate.is_file():
            return candidate.relative_to(ROOT).as_posix()
    return whole.relative_to(ROOT).as_posix()


def pwa_sources() -> dict[str, str]:
    return {name: text_of(name) for name in named("pwa/src/", ends=(".ts", ".svelte"))}


def pwa_circle(files: dict[str, str]) -> tuple[str, ...]:
    return circle_in({name: pwa_imports(name, text) & files.keys() for name, text in files.items()})


def circle_of_features(files: dict[str, str]) -> tuple[str, ...]:
    """Between the places of the app, fetched at once; what puts them together lies above them."""
    places: dict[str, set[str]] = {}
    for name, text in files.items():
        if place := feature_of(name):
            imported = pwa_imports(name, re.sub(r"\bimport\(", "", text))
            places.setdefault(place, set()).update(filter(None, map(feature_of, imported)))
    return circle_in(places)


def feature_of(name: str) -> str | None:
    found = re.match(r"pwa/src/features/(\w[\w-]*)/", name)
    return found[1] if found else None


def test_the_pwa_imports_in_no_circle() -> None:
    assert pwa_circle(pwa_sources()) == ()


def test_features_import_each_other_in_no_circle() -> None:
    assert circle_of_features(pwa_sources()) == ()


@pytest.mark.parametrize(
    "line",
    [
        "import type { Heard } from './exchange.ts';",
        "import {\n  type Heard,\n} from './exchange.ts';",
        "const { exchange } = await import('./exchange.ts');",
    ],
)
def test_a_planted_circle_of_types_or_lazy_scripts_is_caught(line: str) -> None:
    files = pwa_sources()
    files["pwa/src/sync/messages.ts"] += line
    assert "pwa/src/sync/exchange.ts" in pwa_circle(files)


def test_a_planted_circle_of_features_is_caught() -> None:
    files = pwa_sources()
    files["pwa/src/features/kind/Kind.svelte"] += "\nimport Client from '../case/Client.svelte';"
    assert {"case", "kind"} <= {*circle_of_features(files)}


def test_the_service_worker_touches_no_record() -> None:
    source = text_of("pwa/service-worker.js")
    assert re.findall(r"indexedDB|\bidb\b|/src/|caches\.open|cache\.put", source) == []


def test_all_cryptography_stands_with_the_vault() -> None:
    names = named("pwa/src/", ends=(".ts", ".svelte"))
    users = [name for name in names if "crypto.subtle" in text_of(name) and ".test." not in name]
    assert [name for name in users if not name.startswith("pwa/src/store/vault")] == []


# --- twins ---

TWINS = sorted(path.stem for path in (ROOT / "tests" / "vectors").glob("*.json"))


@pytest.mark.parametrize("twin", TWINS)
def test_twins_share_their_functions_in_name_and_order(twin: str) -> None:
    """What the browser's twin has, the server's has too, in the same order; the server may know more."""
    (shown,) = named("pwa/src/rules/", "pwa/src/domain/", ends=(f"/{twin}.ts",))
    exported = re.findall(r"^export function (\w+)", text_of(shown), re.MULTILINE)
    typescript = [re.sub(r"[A-Z]", lambda capital: f"_{capital[0].lower()}", name) for name in exported]
    (written,) = named("server/rules/", ends=(f"/{twin}.py",))
    tree = ast.parse(text_of(written))
    python = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert typescript == [name for name in python if name in typescript]


# --- style ---

WHOLE_PAGE = re.compile(r"(?:\bbody|\bhtml|:root)(?::not\()?:has\(")


def asking_the_whole_page(names: Iterable[str]) -> list[str]:
    return [name for name in names if WHOLE_PAGE.search(text_of(name))]


def test_no_rule_of_style_asks_the_whole_page() -> None:
    """With `:has()` on the page itself a browser works out the style of all of it anew at each change, which made taps
    take two to four times as long: whoever knows sets an attribute on the page instead."""
    styled = named("pwa/src/", ends=(".svelte", ".css"))
    assert asking_the_whole_page(styled) == []


@pytest.mark.parametrize(
    "rule", ["body:has(.toast) main", "html:has(aside)", ":root:has(a) #app", "body:not(:has(main))"]
)
def test_a_planted_rule_that_asks_the_whole_page_is_caught(rule: str) -> None:
    assert WHOLE_PAGE.search(rule)


# --- words ---

NOT_SHOWN = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r"\b(?:alt|aria-label|aria-description|placeholder|title)=\"([^\"]+)\"")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def shown_words(source: str) -> list[str]:
    markup = without_braces(NOT_SHOWN.sub("", source))
    spoken = " ".join(SPOKEN.findall(markup))
    return LETTERS.findall(re.sub(r"<[^>]*>|&\w+;", " ", markup) + spoken)


def without_braces(markup: str) -> str:
    kept, depth = [], 0
    for character in markup:
        depth += character == "{"
        if not depth:
            kept.append(character)
        depth -= character == "}"
    return "".join(kept)


def test_no_word_stands_in_a_template() -> None:
    """What a person reads comes from `pwa/src/words`, in three languages; only our name is everywhere the same."""
    found = {name: set(shown_words(text_of(name))) - {"Ovikello"} for name in named("pwa/src/", ends=(".svelte",))}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_word_check_bites() -> None:
    assert (
        shown_words('<script lang="ts">const a = 1;</script><p class="x" title={t.a}>{t.b} · {#if c}!{/if}</p>') == []
    )
    assert shown_words('<p onclick={() => { a > 1; }}>Moi {b}</p><img alt="Kuva" />') == ["Moi", "Kuva"]


# --- fields ---

#: the browser cuts what is longer, and makes another number of what is typed (E3)
CUTS = re.compile(r"\bmaxlength\b|\btype=(?:\"number\"|'number'|\{'number'\})", re.IGNORECASE)


def fields_that_cut(source: str) -> list[str]:
    return CUTS.findall(re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL))


def test_no_field_cuts_what_is_typed() -> None:
    """[E3]"""
    found = {name: fields_that_cut(text_of(name)) for name in named("pwa/src/", ends=(".svelte",))}
    assert len(found) > 100
    assert {name: cuts for name, cuts in found.items() if cuts} == {}


@pytest.mark.parametrize(
    "field",
    [
        "<textarea maxlength={5}></textarea>",
        '<input maxLength="9" />',
        "<input {maxlength} />",
        '<input type="number" />',
    ],
)
def test_the_field_check_bites(field: str) -> None:
    assert len(fields_that_cut(f'<input type="text" max="5" /><!-- maxlength -->{field}')) == 1


# --- circles ---


def circle_in(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    without_self = {node: set(targets) - {node} for node, targets in graph.items()}
    try:
        TopologicalSorter(without_self).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()
