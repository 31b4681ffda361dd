"""Glyphs of a PDF page to rows: what stands on one baseline, parted at wide gaps.

Small raised figures join the row that they stand on and are marked there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from indexer.reading.pdf_glyphs import Glyph

# Shares of the size of the letters.
SPACE_GAP: Final = 0.17  # letters farther apart have a space between them
CELL_GAP: Final = 1.0  # pieces farther apart may be cells of a table
_SAME_BASELINE: Final = 0.15
_SMALL: Final = 0.85
_RAISED: Final = (0.12, 0.8)
_LOWERED: Final = 0.45
_BESIDE: Final = 1.3
_COLUMN_GAP: Final = 2.2


class Piece(NamedTuple):
    """Glyphs of one size that follow one another without a jump."""

    glyphs: tuple[Glyph, ...]
    order: int
    left: float
    right: float
    baseline: float
    size: float
    raised: bool = False


@dataclass(slots=True)
class Row:
    """Pieces on one baseline, with the raised and lowered ones beside them."""

    baseline: float
    size: float
    pieces: list[Piece] = field(default_factory=list)

    def admits(self, piece: Piece) -> bool:
        """Whether the piece stands on this row."""
        rise = piece.baseline - self.baseline
        if abs(rise) <= _SAME_BASELINE * self.size:
            return True
        small = piece.size <= _SMALL * self.size
        low, high = _RAISED[0] * self.size, _RAISED[1] * self.size
        if not small or not (low < rise < high or 0 < -rise < _LOWERED * self.size):
            return False
        return self.is_beside(piece)

    def is_beside(self, piece: Piece) -> bool:
        """Whether the piece stands close before or behind something on this row."""
        reach = _BESIDE * self.size
        return any(piece.left - p.right < reach and p.left - piece.right < reach for p in self.pieces)

    def add(self, piece: Piece) -> None:
        """Put the piece on the row."""
        small = piece.size <= _SMALL * self.size
        raised = small and piece.baseline - self.baseline > _RAISED[0] * self.size
        self.pieces.append(piece._replace(raised=raised))


def read_rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows of a page from top to bottom."""
    return _rows(_pieces(glyphs))


def _pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    pieces: list[Piece] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if current and not _follows(current[-1], glyph):
            pieces += _piece(current, len(pieces))
            current = []
        current.append(glyph)
    return pieces + _piece(current, len(pieces))


def _follows(before: Glyph, glyph: Glyph) -> bool:
    level = abs(before.baseline - glyph.baseline) <= 0.04 * glyph.size and abs(before.size - glyph.size) < 0.3
    return level and -0.5 * glyph.size < gap_between(before, glyph) < CELL_GAP * glyph.size


def gap_between(before: Glyph | Piece, after: Glyph | Piece) -> float:
    """The gap between two neighbours, whichever stands left."""
    return max(after.left - before.right, before.left - after.right)


def _piece(glyphs: Sequence[Glyph], order: int) -> list[Piece]:
    inked = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not inked:
        return []
    left, right = min(g.left for g in inked), max(g.right for g in inked)
    return [Piece(tuple(glyphs), order, left, right, glyphs[0].baseline, glyphs[0].size)]


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: (-p.size, p.order)):
        near = [row for row in rows if row.admits(piece)]
        # A raised figure may stand on the very baseline of a row in the next column
        row = min(near, key=lambda r: (not r.is_beside(piece), abs(r.baseline - piece.baseline)), default=None)
        if row is None:
            row = Row(piece.baseline, piece.size)
            rows.append(row)
        row.add(piece)
    return sorted(rows, key=lambda row: -row.baseline)


def part_row(row: Row, rtl: bool) -> list[list[Piece]]:
    """Return the segments of the row, parted at wide gaps; segments and their pieces in the direction of reading."""
    pieces = sorted(row.pieces, key=lambda p: (p.left, p.order))
    segments = [[pieces[0]]]
    for piece in pieces[1:]:
        reach = max(p.right for p in segments[-1])
        wide = _COLUMN_GAP * max(segments[-1][-1].size, piece.size)
        if piece.left - reach > wide and not _is_enumerator(segments[-1]):
            segments.append([])
        segments[-1].append(piece)
    return [_leftward(segment) for segment in reversed(segments)] if rtl else segments


def _leftward(segment: Sequence[Piece]) -> list[Piece]:
    """The pieces from right to left, but Latin ones side by side from left to right.

    The engine puts the characters of one piece in the order of reading, across a raised figure in its midst too: such
    a piece is cut there.
    """
    pieces = list(segment)
    for mark in (piece for piece in segment if piece.raised):
        pieces = [part for piece in pieces for part in _cut(piece, mark)]
    ordered: list[Piece] = []
    for latin, group in groupby(sorted(pieces, key=lambda p: -p.right), key=_is_latin):
        run = list(group)
        ordered += run[::-1] if latin else run
    return ordered


def _cut(piece: Piece, mark: Piece) -> list[Piece]:
    if not piece.left < mark.left < mark.right < piece.right:
        return [piece]
    middle = (mark.left + mark.right) / 2
    sides = ([g for g in piece.glyphs if g.left > middle], [g for g in piece.glyphs if g.left <= middle])
    return [part for side in sides for part in _piece(side, piece.order)]


def _is_latin(piece: Piece) -> bool:
    return any(unicodedata.bidirectional(glyph.char[:1]) == "L" for glyph in piece.glyphs)


_ENUMERATOR: Final = re.compile(r"\(?\w{1,4}[.)]|[•–—▪●-]|[⁰¹²³⁴-⁹]{1,3}")


def _is_enumerator(segment: Sequence[Piece]) -> bool:
    """``1.`` and ``(a)`` stand far from their text and belong to it."""
    text = "".join(glyph.char for piece in segment for glyph in piece.glyphs)
    return bool(_ENUMERATOR.fullmatch(text.strip()))
