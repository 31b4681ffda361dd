"""Sessions of the General Assembly, from ``indexer/data/sessions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from indexer.model import LanguageCode


def session_ordinals(lang: LanguageCode) -> Iterator[tuple[str, int]]:
    """Yield the ordinals of a language as the table spells them, with their numbers."""
    for row in _table()["regular"]:
        ordinal = row["ordinals"].get(lang)
        if ordinal:
            yield ordinal, row["number"]


@cache
def special_sessions() -> Mapping[str, int]:
    """Return the special and emergency sessions (``S-21``, ``ES-10``) with the year in which each opened."""
    rows = [*_table()["special"], *_table()["emergency"]]
    return {row["id"]: int(row["opens"][:4]) for row in rows}


@cache
def _table() -> dict[str, Any]:
    text = resources.files("indexer").joinpath("data/sessions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
