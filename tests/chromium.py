"""Debian's Chromium, driven by Playwright with no download and no talk to anybody outside."""

from __future__ import annotations

import os

PROGRAM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
