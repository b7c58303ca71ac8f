"""What each kind of record costs: `python -m tests.bench.kinds`.

Lines of its declaration and its words, files besides in which its name stands by itself, and the bytes that it adds to
the data which a phone fetches (with the Finnish words, compressed). A kind drawn from its declaration alone needs two.
"""

from __future__ import annotations

import json
import re
import statistics
import zlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DECLARED = ROOT / "server" / "kinds"
#: where kinds are declared, made, drawn by declaration or only tested
ASIDE = re.compile(r"server/(kinds|demo|static)/|\.test\.ts$|pwa/src/words/")


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def by_hand(name: str) -> int:
    """Files of code that name the kind."""
    sources = [*ROOT.glob("server/**/*.py"), *ROOT.glob("pwa/src/**/*.ts"), *ROOT.glob("pwa/src/**/*.svelte")]
    quoted = re.compile(rf"""['"]{name}['"]""")
    return sum(
        1 for path in sources if not ASIDE.search(path.relative_to(ROOT).as_posix()) and quoted.search(path.read_text())
    )


def packed(exported: dict[str, Any], *, but: str = "") -> int:
    """Bytes of the declarations and the Finnish words, without one kind."""
    kinds = {name: kind for name, kind in exported["kinds"].items() if name != but}
    words = {key: word for key, word in exported["words"]["fi"].items() if key.partition(".")[0] != but}
    return len(zlib.compress(json.dumps([kinds, words], ensure_ascii=False).encode(), 9))


def main() -> None:
    exported = json.loads((DECLARED / "kinds.json").read_text())
    whole = packed(exported)
    lines = []
    print("| Kind | Lines of declaration | of words | Other files | Data, bytes |\n|---|---|---|---|---|")
    for name in sorted(exported["kinds"]):
        files = DECLARED / f"{name}.py", DECLARED / "words" / f"{name}.json"
        if not all(path.exists() for path in files):
            continue
        declaration, words = map(lines_of, files)
        lines.append(declaration + words)
        print(f"| {name} | {declaration} | {words} | {by_hand(name)} | {whole - packed(exported, but=name)} |")
    print(f"\n{len(lines)} kinds, {statistics.median(lines):g} lines at the median, {max(lines)} at the most")


if __name__ == "__main__":
    main()
