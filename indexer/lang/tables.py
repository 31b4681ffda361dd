"""Read the tables of `indexer/lang/data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table: the only array of tables in ``data/<name>.toml``. Not to be changed by callers."""
    text = (files("indexer.lang") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    (rows,) = tomllib.loads(text).values()
    checked: list[dict[str, Any]] = rows
    return checked
