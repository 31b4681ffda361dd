"""What the value of a filter means in an index: the values of its column that it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from app.model import FilterName
from app.query.filters import read_years
from app.query.targets import Named
from indexer.citing import load_gazetteer
from indexer.errors import InvalidSymbolError
from indexer.store.columns import Columns
from indexer.symbols import parent, parse_symbol


def values_meant(name: FilterName, value: str, columns: Columns) -> tuple[str, ...]:
    """Return the values of the column that a filter's value stands for; possibly none.

    A symbol may be spelled in any way and stands for its parts too; one ending in ``*`` stands for all that begin
    so; an instrument and the resolution that adopted it are the same target.
    """
    known = columns[name].values
    match name:
        case "year":
            first, last = read_years(value) or (1, 0)
            return tuple(year for year in known if first <= int(year) <= last)
        case "symbol":
            if value.endswith("*"):
                return _beginning_with(known, canonical(value.rstrip("*")))
            return _with_parts(known, canonical(value))
        case "cites":
            meant = {held for target in same_targets(canonical(value)) for held in _with_parts(known, target)}
            return tuple(sorted(meant))
        case _:
            return (value,) if value in known else ()


def same_targets(target: str) -> tuple[str, ...]:
    """Return the ids that mean the same text for search, the given one first.

    A resolution and the instruments that it adopted, an instrument and its resolution; what a part adopted, its
    whole adopted too: A/RES/217(III) stands for ins:udhr.
    """
    gazetteer = load_gazetteer()
    adopted = (instrument.id for instrument in gazetteer.adopted_by(target))
    return tuple(dict.fromkeys((target, *gazetteer.equivalents(target), *adopted)))


def known_readings(named: Named, columns: Columns) -> Named | None:
    """Return a name with those of its readings that the index holds or cites; None for one in doubt that has none."""
    known = tuple(
        reading
        for reading in named.readings
        if values_meant("symbol", reading, columns) or values_meant("cites", reading, columns)
    )
    if known:
        return replace(named, readings=known)
    return None if named.doubtful else replace(named, readings=named.readings[:1])


def canonical(value: str) -> str:
    """Return a symbol in any spelling as canonical, and anything else as it is."""
    try:
        return parse_symbol(value)
    except InvalidSymbolError:
        return value.strip()


def _beginning_with(values: Sequence[str], prefix: str) -> tuple[str, ...]:
    """Return the values that begin so; ``values`` are in order of text."""
    first = bisect_left(values, prefix)
    last = bisect_left(values, prefix + "\U0010ffff", first)
    return tuple(values[first:last])


def _with_parts(values: Sequence[str], symbol: str) -> tuple[str, ...]:
    return tuple(held for held in _beginning_with(values, symbol) if held == symbol or parent(held) == symbol)
