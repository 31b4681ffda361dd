"""The printed lines of a PDF sorted: running text in the order of reading, footnotes, furniture.

What the words of a line say about furniture is left to `indexer.reading.furniture`; this module adds what only the
page shows: the place of a line, its size and the rule above the notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from indexer.reading.furniture import find_furniture
from indexer.reading.lines import Line
from indexer.reading.notes import SEPARATOR, read_head
from indexer.reading.pdf_glyphs import PrintedPage, Rule
from indexer.reading.pdf_lines import SetLine

_MUCH: Final = 0.3  # of the characters of the most common size
_NOTE_SIZE: Final = 0.95  # of the size of the text: notes are set smaller
_MARGIN_BAND: Final = 0.12  # of the height of a page, where running heads and feet stand
_SPACING: Final = 1.6  # of the size: a gap between baselines that counts as a blank line
_RULE_WIDTH: Final = (0.05, 0.45)  # of the width of a page: the rule above the notes
_FINISHED: Final = re.compile(r"[.。!?؟][»”\"'’)\]]*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A column of running text, or the text of a page that has one only, from top to bottom."""

    page: int
    lines: tuple[SetLine, ...]


@dataclass(slots=True)
class Sorted:
    """All lines of a document, each in one frame, among the notes, or as a gap of a kind."""

    size: float  # of the running text
    frames: list[Frame] = field(default_factory=list)
    notes: list[SetLine] = field(default_factory=list)
    gaps: list[tuple[str, SetLine]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # all of them, with blank ones at vertical gaps


def sort_lines(printed: Sequence[PrintedPage], pages: Sequence[Sequence[SetLine]]) -> Sorted:
    """Sort the lines of all pages; each gets its number in the order of reading."""
    size = text_size(line for page in pages for line in page)
    found = Sorted(size)
    numbered = _number(pages, found)
    furniture = _furniture(printed, numbered, found)
    for page, lines in zip(printed, numbered, strict=True):
        rest = [line for line in lines if line.line.number not in furniture]
        found.gaps += [(furniture[line.line.number], line) for line in lines if line.line.number in furniture]
        unfinished = bool(found.notes) and not _FINISHED.search(found.notes[-1].text)
        body, notes, separators = _part_notes(page, rest, size, unfinished)
        found.notes += notes
        found.gaps += [("separator", line) for line in separators]
        found.frames += [
            Frame(page.number, tuple(region)) for _, region in groupby(body, key=lambda line: line.region)
        ]
    return found


def text_size(lines: Iterable[SetLine]) -> float:
    """The size that the text is set in: the largest of those that much is set in, since notes may be longer."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    most = max(sizes.values(), default=0)
    return max((size for size, count in sizes.items() if count >= _MUCH * most), default=10.0)


def _number(pages: Sequence[Sequence[SetLine]], found: Sorted) -> list[list[SetLine]]:
    numbered: list[list[SetLine]] = []
    number = 0
    for page in pages:
        numbered.append([])
        for at, line in enumerate(page):
            down = page[at - 1].baseline - line.baseline if at else 0.0
            apart = down > _SPACING * line.size or down < -line.size  # or at the head of the next column
            if apart:
                number += 1
                found.lines.append(Line(number, ""))
            number += 1
            numbered[-1].append(replace(line, line=replace(line.line, number=number, opens_page=at == 0)))
            found.lines.append(numbered[-1][-1].line)
    return numbered


# ---------------------------------------------------------------- furniture


def _furniture(printed: Sequence[PrintedPage], pages: Sequence[Sequence[SetLine]], found: Sorted) -> dict[int, str]:
    """The kind of furniture of each line that is furniture, by its number."""
    kinds = {found.lines[index].number: kind for index, kind in find_furniture(found.lines).items()}
    seen = Counter(
        key for page, lines in zip(printed, pages, strict=True) for key in {_imprint(page, line) for line in lines}
    )
    for page, lines in zip(printed, pages, strict=True):
        for line in lines:
            repeated = _in_margin(page, line) and seen[_imprint(page, line)] >= max(3, len(pages) / 3)
            if repeated:
                kinds.setdefault(line.line.number, "running-head")
        if page.number > 1:
            for _, region in groupby(lines, key=lambda line: line.region):
                kinds.update(dict.fromkeys(_small_head(page, region, found.size), "running-head"))
    return kinds


def _in_margin(page: PrintedPage, line: SetLine) -> bool:
    band = _MARGIN_BAND * page.height
    return line.baseline > page.height - band or line.baseline < band


def _imprint(page: PrintedPage, line: SetLine) -> tuple[str, int]:
    """What a running head has in common on all its pages: the words without numbers, and the height."""
    return re.sub(r"\d+", "#", line.text), round(line.baseline / 4)


def _small_head(page: PrintedPage, lines: Iterable[SetLine], size: float) -> list[int]:
    """Small lines at the top of a page or column, parted from the text by a gap."""
    head: list[SetLine] = []
    for line in lines:
        if head and head[-1].baseline - line.baseline > _SPACING * line.size:
            return [line.line.number for line in head]
        small = line.size < _NOTE_SIZE * size and line.cells == 1
        if not small or line.baseline < page.height * (1 - _MARGIN_BAND):
            return []
        head.append(line)
    return []


# ---------------------------------------------------------------- notes


def _part_notes(
    page: PrintedPage, lines: Sequence[SetLine], size: float, unfinished: bool
) -> tuple[list[SetLine], list[SetLine], list[SetLine]]:
    """Part the text of a page from the notes and from lines that are rules.

    The notes stand at the foot of the page or of its columns, under a rule or just smaller than the text.
    """
    separators = [line for line in lines if SEPARATOR.fullmatch(line.text)]
    text = [line for line in lines if not SEPARATOR.fullmatch(line.text)]
    tops = [*(line.baseline for line in separators), *_drawn_separators(page)]
    whole = _part_below(text, tops, size, unfinished)
    if whole:
        return *whole, separators
    body: list[SetLine] = []
    notes: list[SetLine] = []
    for _, lines_of_region in groupby(text, key=lambda line: line.region):
        region = list(lines_of_region)
        start = _small_foot(region, size)
        upper, lower = _part_below(region, tops, size, unfinished) or (region[:start], region[start:])
        body += upper
        notes += lower
    return body, notes, separators


def _part_below(
    lines: Sequence[SetLine], tops: Sequence[float], size: float, unfinished: bool
) -> tuple[list[SetLine], list[SetLine]] | None:
    """The lines above and below the first of the heights under which notes stand, if one is such."""
    for top in tops:
        below = [line for line in lines if line.baseline < top]
        if below and _reads_as_notes(below, size, unfinished):
            return [line for line in lines if line.baseline >= top], below
    return None


def _drawn_separators(page: PrintedPage) -> list[float]:
    """Short rules, the uppermost first."""
    low, high = _RULE_WIDTH[0] * page.width, _RULE_WIDTH[1] * page.width
    return sorted((rule.height for rule in page.rules if low < _width(rule) < high), reverse=True)


def _width(rule: Rule) -> float:
    return rule.right - rule.left


def _reads_as_notes(lines: Sequence[SetLine], size: float, unfinished: bool) -> bool:
    """Whether the first line starts a note or may go on with one, and all is set small and is no table."""
    head = read_head(lines[0].line)
    if head is not None and head.style == "superscript":
        return True
    small = all(line.size < _NOTE_SIZE * size and line.cells == 1 for line in lines)
    return small and (unfinished or head is not None)


def _small_foot(lines: Sequence[SetLine], size: float) -> int:
    """Where the small lines at the foot start, if the first of them starts a note; else the end."""
    start = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].size >= _NOTE_SIZE * size or lines[at].cells > 1:
            break
        head = read_head(lines[at].line)
        if head is not None and head.style == "superscript":
            start = at
    return start
