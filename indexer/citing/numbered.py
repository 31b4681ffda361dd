"""Numbered resolutions and decisions in running text, with their targets.

A number needs a head word («резолюции 58/208»), or a shape that tells enough by itself: ``1325 (2000)``, ``S-21/2``,
a number with its date.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.citing.lists import give_heads
from indexer.citing.numbers import Number, Part, read_numbers
from indexer.citing.passage import Passage, citation
from indexer.citing.pins import Pin
from indexer.citing.targets import body_by_date, fits_year, symbol_of
from indexer.model import Citation, CitationKind, CitationStatus, TargetId
from indexer.symbols import FIRST_SLASH_SESSION, kind_of


def find_numbered(passage: Passage, taken: list[tuple[int, int]], pins: Sequence[Pin]) -> list[Citation]:
    """Return the numbered resolutions and decisions outside the spans already taken by full symbols."""
    numbers = read_numbers(passage, taken, pins)
    if not numbers:
        return []
    give_heads(passage, numbers)
    governed: dict[int, int] = {}
    for number in numbers:
        if number.head:
            governed[number.head.start] = governed.get(number.head.start, 0) + max(1, len(number.parts))
    found: list[Citation] = []
    for number in numbers:
        if number.is_biennium and not (number.close or number.listed):
            continue  # “resolution” somewhere before «в период 2020/21 года» does not make it one
        if number.kind is not None or _speaks_for_itself(passage, number):
            alone = number.head is not None and number.close and governed[number.head.start] == 1
            found += _citations(passage, number, alone)
    return found


def _citations(passage: Passage, number: Number, alone: bool) -> list[Citation]:
    """Return one citation for every part printed; a head that governs a single number belongs to the surface."""
    start, end = _surface(passage, number, alone)
    found: list[Citation] = []
    dates = iter(number.dates)
    date = next(dates, None)
    parts = number.parts or [Part("", number.start, number.end)]
    for part in parts:
        symbols = [symbol_of(passage, number, letter) for letter in part.letters or ("",)]
        targets = [TargetId(symbol) for symbol in symbols if symbol]
        if not targets and number.match["bare"]:
            continue
        first, last = part is parts[0], part is parts[-1]
        found.append(
            citation(
                passage,
                start if first else part.start,
                max(end, part.end) if last else part.end,
                kind_of(targets[0]) if targets else number.kind or CitationKind.RESOLUTION,
                id=targets[0] if targets else None,
                also=tuple(targets[1:]),
                status=CitationStatus.RESOLVED if targets else _status_without_id(number),
                date=date if date and len(date) == 10 else None,
            )
        )
        date = next(dates, date)  # “A and B of 23 December 1994 and 20 July 1995”
    return found


def _surface(passage: Passage, number: Number, alone: bool) -> tuple[int, int]:
    start, end = number.start, max(number.tail, number.end)
    after = passage.references.links.head_after
    if number.opening is not None and (alone or after):
        start = number.opening
    elif alone and number.head is not None:
        start = number.head.start
    if alone and after and number.head is not None:
        end = number.head.end
    return start, end


def _status_without_id(number: Number) -> CitationStatus:
    other = number.whose is not None and number.whose.body is None
    return CitationStatus.EXTERNAL if other else CitationStatus.UNRESOLVED


_OUTER = " \t\n.,;:()«»“”\"'№"


def _speaks_for_itself(passage: Passage, number: Number) -> bool:
    """Tell whether a number without a head word is a resolution all the same."""
    m = number.match
    if m["sn"]:
        return fits_year(m)
    if m["on"]:
        return symbol_of(passage, number, "") is not None
    if m["k"]:
        return True
    if m["bare"]:
        return False
    if number.dates:
        return number.dates[0][:4] == m["y"] if m["y"] else body_by_date(int(m["s"]), number.dates) is not None
    if passage.text[: number.start].strip(_OUTER) or passage.text[number.tail :].strip(_OUTER):
        return False
    if m["y"]:
        return not number.is_biennium
    return int(m["s"]) >= FIRST_SLASH_SESSION and m["s"] != m["n"]
