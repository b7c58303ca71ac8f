"""All entries, one module a part of the work."""

from __future__ import annotations

from tests.browser.rows import agreeing, home, leaving, network, risk
from tests.browser.rows.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    *home.ENTRIES,
    *network.ENTRIES,
    *risk.ENTRIES,
    *agreeing.ENTRIES,
    *leaving.ENTRIES,
)
