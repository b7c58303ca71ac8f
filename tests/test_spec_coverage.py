"""Every rule of docs/SPEC.md is proven by a test that says so in its title."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULE = re.compile(r"\*\*([A-Z]\d+)\*\*")
IN_WORDS = re.compile(r"\b([A-Z]\d+)\b")
IN_A_NAME = re.compile(r"(?<=_)([a-z]\d+)(?=_|$)")
TS_TITLE = re.compile(r"\b(?:describe|it|test)(?:\.\w+)*(?:\([^()]*\))?\(\s*(['\"`])(.*?)\1", re.DOTALL)


def test_every_rule_of_the_specification_is_in_a_test_title() -> None:
    rules = RULE.findall((ROOT / "docs" / "SPEC.md").read_text())
    assert rules, "docs/SPEC.md numbers no rule"
    assert len(rules) == len(set(rules)), "a number is given twice"
    proven = {number for title in titles() for number in numbers_in(title)}
    missing = [rule for rule in rules if rule not in proven]
    assert missing == [], f"no test's title names {' '.join(missing)}"


def titles() -> Iterator[str]:
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path != Path(__file__).resolve():
            yield from python_titles(ast.parse(path.read_text()))
    for path in (ROOT / "pwa" / "src").rglob("*.test.ts"):
        yield from (match[2] for match in TS_TITLE.finditer(path.read_text()))
    # Both runners take every case, and title it with its rule.
    for path in (ROOT / "tests" / "vectors").glob("*.json"):
        yield from rules_in(json.loads(path.read_text()))


def python_titles(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name
            yield ast.get_docstring(node) or ""


def rules_in(vectors: object) -> Iterator[str]:
    if isinstance(vectors, list):
        for vector in vectors:
            yield from rules_in(vector)
    elif isinstance(vectors, dict):
        yield from (str(rule) for key, rule in vectors.items() if key == "rule")
        yield from (rule for value in vectors.values() for rule in rules_in(value))


def numbers_in(title: str) -> set[str]:
    return {*IN_WORDS.findall(title), *(name.upper() for name in IN_A_NAME.findall(title))}
