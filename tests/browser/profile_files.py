"""What the files of a browser profile hold: planted words searched in all bytes of them (security rows 1, 2)."""

from __future__ import annotations

from pathlib import Path

#: how a browser writes text: V8 and IndexedDB keep Latin-1 or UTF-16, everything else UTF-8
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def files_with(profile: Path, *markers: str | bytes) -> list[str]:
    """The files that hold one of the markers, by their path in the profile. Bytes are searched as they are."""
    wanted = {needle for marker in markers for needle in needles_of(marker)}
    found = []
    for path in sorted(profile.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(needle in content for needle in wanted):
                found.append(str(path.relative_to(profile)))
    return found


def needles_of(marker: str | bytes) -> set[bytes]:
    return {marker} if isinstance(marker, bytes) else {marker.encode(encoding) for encoding in ENCODINGS}
