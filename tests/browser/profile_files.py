"""What the files of a browser profile hold: planted words searched in all bytes of them (security rows 1, 2)."""

from __future__ import annotations

from pathlib import Path

#: how a browser writes text: V8 and IndexedDB keep Latin-1 or UTF-16, everything else UTF-8
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def files_with(profile: Path, *markers: str) -> list[str]:
    """The files that hold one of the markers, by their path in the profile."""
    wanted = {marker.encode(encoding) for marker in markers for encoding in ENCODINGS}
    found = []
    for path in sorted(profile.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(needle in content for needle in wanted):
                found.append(str(path.relative_to(profile)))
    return found
