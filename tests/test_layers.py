"""The table "Who may know whom" of ARCHITECTURE.md, line by line, and proof that each line can fail."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOTS = ("server", "pwa/src")
ROW = re.compile(
    r"^\| `(?P<folder>(?:server|pwa/src)/[\w-]+)/?` \| (?P<knows>[^|]*) \| (?P<beside>[^|]*) \|$", re.MULTILINE
)
NAME = re.compile(r"`([\w./-]+)`")
#: files that stand at the top of their root and put the folders together
TOP = {"server": {"__init__", "config", "serve"}, "pwa/src": {"main", "App"}}
IMPORT = re.compile(
    r"(?:^|\n)\s*(?:import|export)\b[^;'\"]*?(?:from\s+)?['\"](?P<path>\.[^'\"?]+)|\bimport\(\s*['\"](?P<lazy>\.[^'\"?]+)"
)
#: by root: what a pure module has no business with
IMPURE = {
    "server": re.compile(
        r"^\s*(?:import|from) (?:flask|os|random|secrets|socket|sqlalchemy|time|uuid6?)\b|\b(?:now|today|utcnow)\(\)",
        re.MULTILINE,
    ),
    "pwa/src": re.compile(
        r"\b(?:Date\.now|new Date\(\)|Math\.random|fetch|indexedDB|localStorage|crypto|navigator|document)\b"
    ),
}
RECORD_TABLES = {"Change", "Record"}
SOCKETS = {"http.client", "requests", "socket", "ssl", "urllib3"}

Sources = dict[str, str]
Table = dict[str, tuple[set[str], str]]


@cache
def kept() -> tuple[tuple[str, str], ...]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *ROOTS],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = [name for name in listing.stdout.split() if is_product(name) and (ROOT / name).is_file()]
    return tuple((name, (ROOT / name).read_text(encoding="utf-8")) for name in names)


def is_product(name: str) -> bool:
    is_code = name.endswith((".py", ".ts", ".svelte")) and not name.endswith((".test.ts", ".fixture.ts", ".d.ts"))
    return is_code and "/migrations/" not in name


def sources() -> Sources:
    return dict(kept())


@cache
def table() -> Table:
    """By folder: the folders that it may import, and what else stands in its row."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found = {}
    for row in ROW.finditer(text):
        root = "server" if row["folder"].startswith("server/") else "pwa/src"
        found[row["folder"]] = ({f"{root}/{name}" for name in NAME.findall(row["knows"])}, row["beside"])
    return found


def root_of(name: str) -> str:
    return "server" if name.startswith("server/") else "pwa/src"


def folder_of(name: str) -> str | None:
    """`server/sync`, `pwa/src/store`; None for what stands at the top of a root."""
    root = root_of(name)
    parts = name.removeprefix(f"{root}/").split("/")
    return f"{root}/{parts[0]}" if len(parts) > 1 else None


def imports(name: str, text: str) -> set[str]:
    """The files and folders that a file imports, as paths without their endings."""
    return python_imports(text) if name.endswith(".py") else browser_imports(name, text)


def python_imports(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {module.replace(".", "/") for module in found if module.startswith("server.")}


def browser_imports(name: str, text: str) -> set[str]:
    folder = PurePosixPath(name).parent
    found = {match["path"] or match["lazy"] for match in IMPORT.finditer(text)}
    return {normal(folder / path) for path in found}


def normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def crossings(files: Sources) -> dict[str, set[str]]:
    """By folder: the folders that its files import."""
    found: dict[str, set[str]] = {}
    for name, text in files.items():
        own = folder_of(name)
        if own is None:
            continue
        targets = {top_of(target) for target in imports(name, text)}
        found.setdefault(own, set()).update(target for target in targets if target and target != own)
    return found


def top_of(target: str) -> str | None:
    """The folder, or the top file, that an import leads to."""
    for root in ROOTS:
        if target.startswith(f"{root}/"):
            return f"{root}/{target.removeprefix(f'{root}/').split('/')[0].split('.')[0]}"
    return None


def not_allowed(files: Sources, rules: Table) -> list[str]:
    found = []
    for folder, targets in crossings(files).items():
        allowed = rules[folder][0] if folder in rules else set()
        found += [f"{folder} imports {target}" for target in sorted(targets - allowed - {"server/config"})]
    return found


def circles(files: Sources) -> tuple[str, ...]:
    try:
        TopologicalSorter(crossings(files)).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def impure(files: Sources, rules: Table) -> list[str]:
    pure = {folder for folder, (_, beside) in rules.items() if "pure" in beside}
    return [
        f"{name}: {match[0].strip()}"
        for name, text in files.items()
        if folder_of(name) in pure
        for match in IMPURE[root_of(name)].finditer(without_comments(text))
    ]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"\"\".*?\"\"\"|#[^\n]*", "", text, flags=re.DOTALL)


def holds_sql_on_records(files: Sources, rules: Table) -> list[str]:
    """Modules that import the tables of changes and records, and are not named for it in their folder's row."""
    return elsewhere(files, rules, lambda text: bool(record_tables(text)), "SQL on records")


def record_tables(text: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "server.core.models"
        for alias in node.names
    } & RECORD_TABLES


def opens_sockets(files: Sources, rules: Table) -> list[str]:
    return elsewhere(files, rules, lambda text: bool(modules_of(text) & SOCKETS), "sockets")


def modules_of(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def elsewhere(files: Sources, rules: Table, has: object, word: str) -> list[str]:
    assert callable(has)
    found = []
    for name, text in files.items():
        folder = folder_of(name)
        if not name.endswith(".py") or folder is None or not has(text):
            continue
        beside = rules.get(folder, (set(), ""))[1]
        named = re.search(rf"{word}: ((?:`[\w.]+`(?:, )?)+)", beside)
        if named is None or PurePosixPath(name).stem not in NAME.findall(named[1]):
            found.append(name)
    return found


def loose(files: Sources) -> list[str]:
    """Files at the top of a root that do not put it together."""
    at_the_top = [name for name in files if folder_of(name) is None]
    return [name for name in at_the_top if PurePosixPath(name).name.split(".")[0] not in TOP[root_of(name)]]


def test_every_folder_has_a_row() -> None:
    folders = {folder_of(name) for name in sources()} - {None}
    assert folders == table().keys()
    assert len(folders) > 25


def test_imports_are_those_of_the_table() -> None:
    assert not_allowed(sources(), table()) == []


def test_the_table_allows_nothing_that_nobody_needs() -> None:
    needed = crossings(sources())
    unused = [f"{folder} → {target}" for folder, (knows, _) in table().items() for target in knows - needed[folder]]
    assert unused == []


def test_no_folder_imports_itself_by_way_of_others() -> None:
    assert circles(sources()) == ()


def test_pure_folders_are_pure() -> None:
    assert impure(sources(), table()) == []


def test_sql_on_records_stands_where_the_table_says() -> None:
    assert holds_sql_on_records(sources(), table()) == []


def test_sockets_are_opened_where_the_table_says() -> None:
    assert opens_sockets(sources(), table()) == []


def test_no_module_lies_loose() -> None:
    assert loose(sources()) == []


@pytest.mark.parametrize("folder", sorted(table()))
def test_a_planted_import_is_caught(folder: str) -> None:
    """Each line can fail: a file of this folder that imports a folder which the line does not name."""
    root = root_of(folder)
    known = {folder, *table()[folder][0]}
    stranger = next(each for each in sorted(table()) if each.startswith(root) and each not in known)
    name, text = f"{folder}/planted.py", f"from {stranger.replace('/', '.')}.planted import x\n"
    if root != "server":
        path = stranger.removeprefix("pwa/src/")
        name, text = f"{folder}/planted.svelte", f"<script>\n  import x from '../{path}/x.ts';\n</script>"
    assert not_allowed(sources() | {name: text}, table()) == [f"{folder} imports {stranger}"]


@pytest.mark.parametrize("folder", sorted(each for each, (_, beside) in table().items() if "pure" in beside))
def test_a_planted_clock_is_caught(folder: str) -> None:
    name, text = (
        (f"{folder}/planted.py", "import time\n") if folder.startswith("server/") else (f"{folder}/x.ts", "Date.now();")
    )
    assert impure(sources() | {name: text}, table()) != []


def test_planted_sql_sockets_circles_and_loose_files_are_caught() -> None:
    sql = {"server/api/planted.py": "from server.core.models import Record\n"}
    socket = {"server/sync/planted.py": "import http.client\n"}
    assert holds_sql_on_records(sources() | sql, table()) == [*sql]
    assert opens_sockets(sources() | socket, table()) == [*socket]
    assert circles(sources() | {"server/core/planted.py": "from server.api.x import y\n"}) != ()
    assert loose(sources() | {"server/planted.py": "", "pwa/src/planted.ts": ""}) == [
        "server/planted.py",
        "pwa/src/planted.ts",
    ]
