"""Where things are unless someone says otherwise; imports nothing, so that a service starts without the indexer."""

from __future__ import annotations

from pathlib import Path

DEFAULT_INDEX = Path("var/index")
DEFAULT_CORPUS = Path("corpus")
