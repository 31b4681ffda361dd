"""Where the browser is that pictures and tests drive: the system's Chromium."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the path of the browser: ``CLAUSULA_CHROMIUM``, else the first one on the path; None without any."""
    return os.environ.get("CLAUSULA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
