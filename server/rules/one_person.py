"""Which file is kept for a client entered twice (H7); twin of `pwa/src/rules/one_person.ts`, vectors bind both."""

from collections.abc import Collection, Mapping


def kept_files(named: Mapping[str, str], files: Collection[str]) -> dict[str, str]:
    """By each duplicate among `files` the file that is kept for it; `named` says which other file each one names.

    A name is followed as far as it leads within `files`: from duplicate to duplicate, never out of what a reader has.
    Of files that name each other in a circle the one with the smallest id is kept.
    """
    readable = set(files)
    kept = {}
    for file in files:
        way = [file]
        while (following := named.get(way[-1])) in readable and following not in way:
            way.append(following)
        circle = way[way.index(following) :] if following in way else way[-1:]
        if min(circle) != file:
            kept[file] = min(circle)
    return kept
