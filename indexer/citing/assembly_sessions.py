"""Sessions of the General Assembly, from ``indexer/data/sessions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from indexer.model import Body, LanguageCode

LAST_SESSION = 99
_NEAR = 60  # numbers
_OPEN = "9999-12"  # an emergency session that was adjourned and may be resumed


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


def session_months(session: str) -> tuple[str, str] | None:
    """Return the first and last month (``2003-09``) of a session (``58``, ``S-21``), if it is tabled."""
    return _months().get(session)


@cache
def _months() -> Mapping[str, tuple[str, str]]:
    table = _table()
    months = {str(row["number"]): (row["opens"], row["closes"]) for row in table["regular"]}
    for row in (*table["special"], *table["emergency"]):
        months[row["id"]] = (row["opens"], row.get("closes", _OPEN))
    return months


def fits_roman_session(body: Body, number: int, session: int) -> bool:
    """Tell whether the body can have adopted ``number (ROMAN session)``: near the numbers known of that session."""
    numbers = _table()["roman_numbers"]
    if body == "GA":
        first: list[int] = numbers["assembly"]
        return 0 < session < len(first) and first[session - 1] - _NEAR <= number <= first[session] + _NEAR
    for (before, low), (after, high) in pairwise(numbers["council"]):
        if before <= session <= after:
            expected = low + (high - low) * (session - before) / (after - before)
            return bool(abs(number - expected) <= _NEAR)
    return False


@cache
def _table() -> dict[str, Any]:
    text = resources.files("indexer").joinpath("data/sessions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
