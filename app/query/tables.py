"""Read the tables of ``app/query/data``, one folder a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.model import LanguageCode


@cache
def tables(lang: LanguageCode, name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of ``data/<lang>/<name>.toml`` by their keys. Not to be changed by callers."""
    text = (files("app.query") / "data" / lang / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
