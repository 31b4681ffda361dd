"""The values that a filter may take, the same in the query text and in the parameters of a request."""

from __future__ import annotations

import re
from typing import get_args

from app.model import FilterName
from indexer.model import LANGUAGES, Body, ClauseType

MAX_VALUE_LENGTH = 200  # code points; the longest subject term is shorter

_YEARS = re.compile(r"(?P<first>\d{4})?(?P<range>\.\.)?(?P<last>\d{4})?")

CLOSED_VALUES: dict[FilterName, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "type": tuple(ClauseType),
    "body": get_args(Body),
}


def is_filter_value(name: FilterName, value: str) -> bool:
    """Whether a filter takes this value; a value that no clause has is still a value."""
    if len(value) > MAX_VALUE_LENGTH or not any(sign.isalnum() for sign in value):
        return False
    if name == "year":
        return read_years(value) is not None
    return value in CLOSED_VALUES[name] if name in CLOSED_VALUES else True


def read_years(value: str) -> tuple[int, int] | None:
    """Read ``1999``, ``1999..2003``, ``1999..`` or ``..2003`` as first and last year; None for anything else.

    A range given backwards is turned round.
    """
    match = _YEARS.fullmatch(value)
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["range"]:
        return (int(match["first"]),) * 2 if match["first"] and not match["last"] else None
    first, last = int(match["first"] or 0), int(match["last"] or 9999)
    return min(first, last), max(first, last)
