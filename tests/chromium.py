"""Debian's Chromium, driven by Playwright with no download and no talk to anybody outside."""

from __future__ import annotations

import os

PROGRAM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: In place of Playwright's own list. The pages behind the address bar, which nobody sees, cost each browser as
#: much time as all the rest of its start.
WITHOUT = [
    "AimEnabled",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "Translate",
]
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]
