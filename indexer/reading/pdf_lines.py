"""Glyphs of a PDF page to printed lines.

Characters on one baseline make a line; small raised figures join the line that they stand on and become superscript
digits of its text (``Agreement¹``); a wide gap parts what does not belong together, unless the lines around have it
too: then it is a table and the line keeps it, as three spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from indexer.reading.lines import Line, is_cjk, split_lines
from indexer.reading.pdf_columns import Columns
from indexer.reading.pdf_glyphs import Glyph, PrintedPage
from indexer.reading.pdf_rows import SPACE_GAP, Piece, Row, gap_between, part_row, read_rows

# Shares of the size of the letters.
_ROW_PITCH: Final = 3.2  # rows of a table stand no farther apart
_CELL_PITCH: Final = 1.4  # lines inside a cell stand no farther apart
_SURE_CELLS: Final = 3
_ALIGNED: Final = 3.0  # points: cells of a column begin at the same place

_SUPERSCRIPTS: Final = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_NUMBERS: Final = re.compile(r"[(\[]?\d{1,3}[)\]]?/?(?:[\s,،;]+[(\[]?\d{1,3}[)\]]?/?)*")
_CELLS: Final = "   "
_SIGNED_FIGURE: Final = re.compile(
    r"(?<![A-Za-z\d/])(?P<before>[.,:،+-]*)(?P<figure>\d(?:[\d.,:/٫٬-]*\d)?)(?P<after>[.,:،+-]*)(?![A-Za-z\d/])"
)

_Segment = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it is set on its page.

    Lengths are points. ``left`` is where the line begins in the direction of reading and ``right`` where it ends,
    both from the edge of the page or column where lines begin. ``line.text`` has superscript digits where figures are
    small and raised.
    """

    line: Line
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    first_word: float  # its width
    cells: int = 1
    region: int = 0  # which part of the page: what stands above columns, each column, what stands below

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text


def set_pages(pages: Iterable[PrintedPage]) -> list[list[SetLine]]:
    """Return the lines of each page in the order of reading.

    Rows of a table are one line each, also where a cell takes several lines.
    """
    columns = Columns()
    return [_set_page(page, columns) for page in pages]


def _set_page(page: PrintedPage, columns: Columns) -> list[SetLine]:
    rtl = runs_to_the_left(page.glyphs)
    lines: list[SetLine] = []
    for number, region in enumerate(columns.split(read_rows(page.glyphs), rtl)):
        found = _set_region(page, region.rows, rtl)
        if rtl:
            found = [replace(line, line=replace(line.line, text=_turn_signs(line.text))) for line in found]
        left, right = region.edges or (0.0, page.width)
        edge = page.width - right if rtl else left
        lines += [
            replace(line, left=line.left - edge, right=line.right - edge, region=number)
            for line in found
            if not line.line.blank
        ]
    return lines


def _set_region(page: PrintedPage, rows: Sequence[Row], rtl: bool) -> list[SetLine]:
    parted = [part_row(row, rtl) for row in rows]
    lines: list[SetLine] = []
    table: list[list[_Segment]] = []  # the cells of the row that is open, each with its lines
    bottom = 0.0
    for at, (row, segments) in enumerate(zip(rows, parted, strict=True)):
        if table and bottom - row.baseline <= _CELL_PITCH * row.size and _goes_on_in_cells(table, segments):
            for segment in segments:
                next(cell for cell in table if _aligned(cell[0], segment)).append(segment)
            bottom = row.baseline
            lines[-1] = replace(lines[-1], line=_clean(_CELLS.join(_cell_text(cell) for cell in table)))
        elif _in_table(rows, parted, at):
            table, bottom = [[segment] for segment in segments], row.baseline
            whole = [piece for segment in segments for piece in segment]
            text = _CELLS.join(_cell_text(cell) for cell in table)
            lines.append(replace(_set(page, row, whole, rtl), line=_clean(text), cells=len(segments)))
        else:
            table = []
            lines += [_set(page, row, segment, rtl) for segment in segments]
    return lines


def _goes_on_in_cells(table: Sequence[Sequence[_Segment]], segments: Sequence[_Segment]) -> bool:
    """Whether a row holds further lines of some cells of the row above, and is not a row of its own."""
    if len(segments) >= len(table) or not all(any(_aligned(cell[0], s) for cell in table) for s in segments):
        return False
    return len(segments) == 1 or not _aligned(table[0][0], segments[0])


def _aligned(one: _Segment, other: _Segment) -> bool:
    return abs(min(p.left for p in one) - min(p.left for p in other)) <= _ALIGNED


def _cell_text(cell: Iterable[_Segment]) -> str:
    return " ".join(_text(segment) for segment in cell)


def runs_to_the_left(glyphs: Iterable[Glyph]) -> bool:
    """Whether most letters belong to a script that runs to the left."""
    counts = Counter(
        unicodedata.bidirectional(glyph.char[:1]) in ("R", "AL") for glyph in glyphs if glyph.char.isalpha()
    )
    return counts[True] > counts[False]


def _in_table(rows: Sequence[Row], parted: Sequence[Sequence[_Segment]], at: int) -> bool:
    """Whether the nearest parted row above or below has a gap at the same place, and all cells are of one size."""
    if len(parted[at]) < 2 or not _is_even(parted[at]):
        return False
    above = next((i for i in range(at - 1, -1, -1) if len(parted[i]) > 1), None)
    below = next((i for i in range(at + 1, len(parted)) if len(parted[i]) > 1), None)
    return any(near is not None and _share_a_gap(rows, parted, at, near) for near in (above, below))


def _share_a_gap(rows: Sequence[Row], parted: Sequence[Sequence[_Segment]], at: int, near: int) -> bool:
    size = max(rows[at].size, rows[near].size)
    if abs(rows[near].baseline - rows[at].baseline) > _ROW_PITCH * size or not _is_even(parted[near]):
        return False
    if min(len(parted[at]), len(parted[near])) < _SURE_CELLS and size > 1.1 * min(rows[at].size, rows[near].size):
        return False  # a running head above the head of a table
    return any(
        max(start, other_start) < min(end, other_end)
        for start, end in _gaps(parted[at])
        for other_start, other_end in _gaps(parted[near])
    )


def _is_even(segments: Sequence[_Segment]) -> bool:
    sizes = [max(piece.size for piece in segment) for segment in segments]
    return max(sizes) <= 1.1 * min(sizes)


def _gaps(segments: Sequence[_Segment]) -> list[tuple[float, float]]:
    edges = sorted((min(p.left for p in segment), max(p.right for p in segment)) for segment in segments)
    return [(before[1], after[0]) for before, after in pairwise(edges)]


def _set(page: PrintedPage, row: Row, segment: _Segment, rtl: bool) -> SetLine:
    left, right = min(p.left for p in segment), max(p.right for p in segment)
    letters = [glyph for piece in segment for glyph in piece.glyphs if glyph.char.isalnum()]
    level = [glyph for piece in segment if not piece.raised for glyph in piece.glyphs]
    sizes = Counter(glyph.size for glyph in level if not glyph.char.isspace())
    return SetLine(
        line=_clean(_text(segment)),
        page=page.number,
        left=page.width - right if rtl else left,
        right=page.width - left if rtl else right,
        baseline=row.baseline,
        size=sizes.most_common(1)[0][0] if sizes else row.size,
        bold=bool(letters) and all(glyph.style[0] for glyph in letters),
        italic=bool(letters) and all(glyph.style[1] for glyph in letters),
        first_word=_first_word(segment),
    )


def _text(segment: _Segment) -> str:
    out: list[str] = []
    before: Piece | None = None
    for piece in segment:
        if before is not None and gap_between(before, piece) > SPACE_GAP * min(before.size, piece.size):
            out.append(" ")
        out.append(_raised(_inner(piece)) if piece.raised else _inner(piece))
        before = piece
    return re.sub(r" {2,}", " ", "".join(out))


def _turn_signs(text: str) -> str:
    """Put the signs around figures in a leftward line where they are read: ``،2022`` as ``2022،``.

    The engine leaves figures and the signs beside them in the order of print.
    """
    return _SIGNED_FIGURE.sub(lambda match: match["after"][::-1] + match["figure"] + match["before"][::-1], text)


def _inner(piece: Piece) -> str:
    """The text of a piece, with a space where letters stand apart and none is printed."""
    out = [piece.glyphs[0].char]
    for before, glyph in pairwise(piece.glyphs):
        if _is_apart(before, glyph) and not (before.char.isspace() or glyph.char.isspace()):
            out.append(" ")
        out.append(glyph.char)
    return "".join(out)


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    """Whether a space is due between two characters; Chinese ones stand apart without one, vowel marks never do."""
    close = (is_cjk(before.char) and is_cjk(glyph.char)) or unicodedata.combining(glyph.char) > 0
    return not close and gap_between(before, glyph) > SPACE_GAP * glyph.size


def _raised(text: str) -> str:
    """Small raised figures as superscript digits, without brackets; other raised text (``1er``) stays."""
    if not _RAISED_NUMBERS.fullmatch(text.strip()):
        return text
    lead = " " if text[0].isspace() else ""
    tail = " " if text[-1].isspace() else ""
    return lead + " ".join(re.findall(r"\d+", text)).translate(_SUPERSCRIPTS) + tail


def _clean(text: str) -> Line:
    """The text as a line, cleaned as lines of plain text are; numbers come when the document is put together."""
    lines, _ = split_lines(re.sub(r"[\n\r\f\v\u0085\u2028\u2029]", " ", text))
    return replace(lines[0], indent=0)


def _first_word(segment: _Segment) -> float:
    """The width up to the first space between words."""
    edges: list[float] = []
    before: Glyph | None = None
    for piece in segment:
        for glyph in piece.glyphs:
            ends = before is not None and (
                glyph.char.isspace() or gap_between(before, glyph) > SPACE_GAP * glyph.size
            )
            if edges and ends:
                return max(edges) - min(edges)
            if not glyph.char.isspace():
                edges += (glyph.left, glyph.right)
                before = glyph
                if is_cjk(glyph.char):
                    return glyph.right - glyph.left
    return max(edges) - min(edges) if edges else 0.0
