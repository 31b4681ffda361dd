"""Numbered resolutions and decisions in running text, with their targets.

A number needs a head word («резолюции 58/208»), or a shape that tells enough by itself: ``1325 (2000)``, ``S-21/2``,
a number with its date.
"""

from __future__ import annotations

from indexer.citing.lists import give_heads
from indexer.citing.numbers import Number, read_numbers
from indexer.citing.passage import Passage, citation
from indexer.citing.targets import body_by_date, fits_year, symbol_of
from indexer.model import Citation, CitationKind, CitationStatus, TargetId
from indexer.symbols import FIRST_SLASH_SESSION, kind_of


def find_numbered(passage: Passage, taken: list[tuple[int, int]]) -> list[Citation]:
    """Return the numbered resolutions and decisions outside the spans already taken by full symbols."""
    numbers = read_numbers(passage, taken)
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
    """Return one citation for every part; a head that governs a single number belongs to the surface."""
    start, end = _surface(passage, number, alone)
    letters = number.parts or [("", number.start, number.end)]
    found: list[Citation] = []
    for place, (letter, part_start, part_end) in enumerate(letters):
        first, last = place == 0, place == len(letters) - 1
        span = (start if first else part_start, max(end, part_end) if last else part_end)
        if found and span[0] < found[-1].end:
            continue  # the middle of a printed range A–D has no place of its own
        symbol = symbol_of(passage, number, letter)
        if symbol is None and number.match["bare"]:
            continue
        date = number.dates[min(place, len(number.dates) - 1)] if number.dates else None
        found.append(
            citation(
                passage,
                *span,
                kind_of(symbol) if symbol else number.kind or CitationKind.RESOLUTION,
                id=TargetId(symbol) if symbol else None,
                status=CitationStatus.RESOLVED if symbol else _status_without_id(number),
                date=date if date and len(date) == 10 else None,
            )
        )
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
    if m["on"] or m["k"]:
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
