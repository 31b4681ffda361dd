"""Columns of text on a page: stretches of rows that no word crosses at some place, with running text on both sides.

A table has such a place too; its cells are short, or several stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.reading.pdf_rows import Piece, Row, part_row

_ROWS: Final = 6  # rows that a column has at least
_STARTS: Final = 3  # rows that begin at the edge of a column at least
_FULL: Final = 0.8  # of the width of a column: such a row is full
_FULL_ROWS: Final = 0.45  # of the rows of a column are full at least; cells of tables seldom are
_WIDTH: Final = 12.0  # of the size of the letters, at least
_PARTED: Final = 0.2  # of the rows of a column at most have a wide gap inside
_INSIDE: Final = 0.9  # of the rows of a page keep within the columns known from the page before
_EDGE: Final = 0.3  # of the size: the gutter ends so far before the letters of the right column


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that are read from top to bottom; ``edges`` are those of a column, None for the width of the page."""

    rows: tuple[Row, ...]
    edges: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where the columns of a document stand: the place between them, and the edges of each."""

    gutter: float
    size: float  # of the letters
    left: tuple[float, float]
    right: tuple[float, float]


class Columns:
    """Finds the columns of the pages of one document; what one page shows helps to read the next."""

    def __init__(self) -> None:
        self._known: _Setting | None = None

    def split(self, rows: Sequence[Row], rtl: bool) -> list[Region]:
        """Return the regions of a page in the order of reading: text above columns, each column, text below."""
        found = self._find(rows)
        if found is None:
            return [Region(tuple(rows))] if rows else []
        start, end, setting = found
        self._known = setting
        left = Region(tuple(_side(rows[start:end], setting.gutter, right=False)), setting.left)
        right = Region(tuple(_side(rows[start:end], setting.gutter, right=True)), setting.right)
        above = Region(tuple(rows[:start]))
        regions = [above, right, left] if rtl else [above, left, right]
        return [*(region for region in regions if region.rows), *self.split(rows[end:], rtl)]

    def _find(self, rows: Sequence[Row]) -> tuple[int, int, _Setting] | None:
        """The first stretch of rows that stands in columns, as (start, end, where they stand)."""
        if self._known:
            for start, end in _stretches(rows, self._known.gutter):
                if _continue_columns(rows[start:end], self._known):
                    return start, end, self._known
        if len(rows) < _ROWS:
            return None
        size = Counter(row.size for row in rows).most_common(1)[0][0]
        edge = min(_left(row) for row in rows)
        starts = Counter(round(piece.left) for row in rows for piece in row.pieces)
        for place in sorted(
            left for left, count in starts.items() if count >= _STARTS and left > edge + _WIDTH * size
        ):
            gutter = place - _EDGE * size
            for start, end in _stretches(rows, gutter):
                left, right = (_side(rows[start:end], gutter, right=right) for right in (False, True))
                if _is_column(left, size) and _is_column(right, size):
                    return start, end, _Setting(gutter, size, _edges(left), _edges(right))
        return None


def _stretches(rows: Sequence[Row], gutter: float) -> Iterator[tuple[int, int]]:
    """The stretches of rows that nothing crosses at a place."""
    start = 0
    for end, row in enumerate(rows):
        if any(piece.left < gutter < piece.right for piece in row.pieces):
            if end > start:
                yield start, end
            start = end + 1
    if len(rows) > start:
        yield start, len(rows)


def _continue_columns(rows: Sequence[Row], known: _Setting) -> bool:
    """Whether rows that keep clear of a known gutter stand in the known columns; the right one may be empty."""
    inside = [
        edges[0] - row.size < _left(row) and _right(row) < edges[1] + row.size
        for right, edges in ((False, known.left), (True, known.right))
        for row in _side(rows, known.gutter, right=right)
        if abs(row.size - known.size) < 1  # not heads, feet and notes
    ]
    return sum(inside) > 1 and sum(inside) >= _INSIDE * len(inside)


def _is_column(rows: Sequence[Row], size: float) -> bool:
    """Whether the rows are running text: many, wide and full."""
    if len(rows) < _ROWS:
        return False
    width = max(_right(row) for row in rows) - min(_left(row) for row in rows)
    full = sum(_right(row) - _left(row) >= _FULL * width for row in rows)
    parted = sum(len(part_row(row, rtl=False)) > 1 for row in rows)
    return width >= _WIDTH * size and full >= _FULL_ROWS * len(rows) and parted <= _PARTED * len(rows)


def _side(rows: Sequence[Row], gutter: float, *, right: bool) -> list[Row]:
    """What the rows hold on one side of the gutter."""
    sides = (_with(row, [piece for piece in row.pieces if (piece.left > gutter) is right]) for row in rows)
    return [row for row in sides if row.pieces]


def _with(row: Row, pieces: list[Piece]) -> Row:
    return Row(row.baseline, row.size, pieces)


def _edges(rows: Sequence[Row]) -> tuple[float, float]:
    return min(_left(row) for row in rows), max(_right(row) for row in rows)


def _left(row: Row) -> float:
    return min(piece.left for piece in row.pieces)


def _right(row: Row) -> float:
    return max(piece.right for piece in row.pieces)
