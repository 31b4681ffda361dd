"""Page furniture: page numbers, job numbers, running heads and feet.

Each rule is a small function that names the kind of furniture a line is, or returns None. A rule needs evidence
beyond the shape of the line (a neighbour, a repetition, the title), because ``3`` and ``61/147`` may be text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.reading.lines import Line
from indexer.reading.notes import SEPARATOR

# "23-26248", "23-26248 (E) 090124", "*2326248*": the number of the print job and its bar code
_JOB: Final = re.compile(r"\*?\d{2}-\d{5}\*?(?: ?\([A-Z]\))?(?: +\d{6})?|\*\d{7}\*|\d{2}-\d{5} ?\([A-Z]\) *\*\d{7}\*")
_FRACTION: Final = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})")
_NUMBER: Final = re.compile(r"[-–—]? ?(\d{1,3}) ?[-–—]?")
# A resolution symbol, also in Cyrillic letters of that shape: "A/RES/58/208", "S/RES/1325 (2000)", "A/HRC/RES/16/21"
_SYMBOL: Final = re.compile(r"(?:[AА]|[SЅ]|[EЕ]|[AА]/H[RЯ]C)/RES/[\w./-]+(?: ?\([\w-]+\))?(?: ?[A-Z])?\*{0,3}(?!\S)")
# "58/208. Title", "2106 A (XX). Title"; Arabic prints no stop: "52 / 31   title"
_TITLE: Final = re.compile(
    r"(?:E?S-)?\d{1,4} ?(?:/ ?\d{1,3} ?[A-Z]?|[A-Z]? ?\((?:E?S-)?[IVXLC]+\) ?[A-Z]?)"
    r"(?:\. +| +(?=[\u0600-\u06ff]))(?P<title>\S.*)"
)
_WORDS: Final = re.compile(r"\w+")

_HEAD_LINES: Final = 4  # a running title in a PDF takes up to three lines beside the symbol
_TITLE_SHARE: Final = 0.8  # words of a running head that must stand in the title; heads are shortened by hand


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the rules know of the document."""

    lines: Sequence[Line]
    title: str  # as printed under its number, else the first paragraph
    title_words: tuple[str, ...]  # of a numbered title only: an unnumbered one cannot be told from text
    repeated: Mapping[str, int]
    last_page: int  # the N of "1/N", 0 when pages are not counted that way

    def neighbour(self, index: int, step: int) -> Line | None:
        """The nearest printed line before (-1) or after (1)."""
        index += step
        while 0 <= index < len(self.lines):
            if not self.lines[index].blank:
                return self.lines[index]
            index += step
        return None


Rule = Callable[[_Pages, int], "str | None"]


def find_furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Return the kind of furniture of each line that is furniture, by index into ``lines``."""
    pages = _survey(lines)
    kinds: dict[int, str] = {}
    for index, line in enumerate(lines):
        if line.blank:
            continue
        for rule in _RULES:
            kind = rule(pages, index)
            if kind:
                kinds[index] = kind
                break
    _spread_to_titles(pages, kinds)
    return kinds


def own_symbol(lines: Sequence[Line]) -> str | None:
    """The resolution symbol that a masthead or a running head prints alone, most often first; None without one."""
    found = Counter(
        match[0] for line in lines if (match := _SYMBOL.match(line.text)) and match.end() == len(line.text)
    )
    if not found:
        found = Counter(match[0] for line in lines if (match := _head_match(line)))
    return found.most_common(1)[0][0].rstrip("*") if found else None


def _head_match(line: Line) -> re.Match[str] | None:
    """The symbol of a line that goes on after a wide gap: ``A/RES/58/208      International migration``."""
    match = _SYMBOL.match(line.text)
    return match if match and line.text[match.end() : match.end() + 3] == "   " else None


def _survey(lines: Sequence[Line]) -> _Pages:
    title, numbered = _title(lines)
    fractions = Counter(int(m[2]) for line in lines if (m := _FRACTION.fullmatch(line.text)) and _is_page_of(m))
    # "1/17" … "17/17": as many lines as pages, the first page may go without
    last = max((n for n, count in fractions.items() if count >= max(1, n - 2)), default=0)
    return _Pages(
        lines,
        title,
        tuple(_WORDS.findall(title.lower())) if numbered else (),
        Counter(line.text for line in lines if not line.blank),
        last,
    )


def _title(lines: Sequence[Line]) -> tuple[str, bool]:
    """The title over as many lines as it takes, and whether it stands behind a number; else the first paragraph."""
    printed = [index for index, line in enumerate(lines) if not line.blank]
    start = next((index for index in printed if _TITLE.fullmatch(lines[index].text)), printed[0] if printed else 0)
    words = []
    for line in lines[start : start + 8]:
        if line.blank:
            break
        words.append(line.text)
    text = " ".join(words)
    match = _TITLE.fullmatch(text)
    return _squeeze(match["title"] if match else text), bool(match)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _is_page_of(match: re.Match[str]) -> bool:
    return 1 <= int(match[1]) <= int(match[2])


def job_number(pages: _Pages, index: int) -> str | None:
    """``23-26248``, ``*2326248*``."""
    return "job-number" if _JOB.fullmatch(pages.lines[index].text) else None


def page_fraction(pages: _Pages, index: int) -> str | None:
    """``3/17`` where the document counts its pages so."""
    match = _FRACTION.fullmatch(pages.lines[index].text)
    return "page-number" if match and int(match[2]) == pages.last_page and _is_page_of(match) else None


def page_number(pages: _Pages, index: int) -> str | None:
    """A bare number at a form feed, or beside a job number or the symbol."""
    line = pages.lines[index]
    if not _NUMBER.fullmatch(line.text):
        return None
    after, before = pages.neighbour(index, 1), pages.neighbour(index, -1)
    at_feed = line.opens_page or any(other.opens_page for other in pages.lines[index + 1 : index + 3])
    beside = any(
        other is not None and (_JOB.fullmatch(other.text) or _SYMBOL.fullmatch(other.text))
        for other in (after, before)
    )
    return "page-number" if at_feed or beside else None


def counted_page(pages: _Pages, index: int) -> str | None:
    """``- 3 -``: dashes on both sides are never part of a text."""
    return "page-number" if re.fullmatch(r"[-–—] ?\d{1,3} ?[-–—]", pages.lines[index].text) else None


def running_symbol(pages: _Pages, index: int) -> str | None:
    """``A/RES/58/208`` alone on a line."""
    return "running-head" if _SYMBOL.fullmatch(pages.lines[index].text) else None


def running_head(pages: _Pages, index: int) -> str | None:
    """``A/RES/58/208      International migra``: symbol and title, cut where the line ends."""
    text = pages.lines[index].text
    match = _SYMBOL.match(text)
    rest = _squeeze(text[match.end() :]) if match else ""
    if not rest:
        return None
    return "running-head" if pages.title.startswith(rest) or pages.repeated[text] > 1 else None


_RULES: Final[tuple[Rule, ...]] = (
    job_number,
    page_fraction,
    page_number,
    counted_page,
    running_symbol,
    running_head,
)


def _spread_to_titles(pages: _Pages, kinds: dict[int, str]) -> None:
    """Take in the lines of a running title above, below and between lines already known as furniture."""
    for index in sorted(kinds):
        for step in (-1, 1):
            run = _printed_run(pages, kinds, index, step)
            if run and _is_running_title(pages, run):
                kinds.update(dict.fromkeys(run, "running-head"))


def _printed_run(pages: _Pages, kinds: Mapping[int, str], index: int, step: int) -> list[int]:
    """The unbroken printed lines next to a piece of furniture, at most as many as a running title takes."""
    run: list[int] = []
    index += step
    while 0 <= index < len(pages.lines) and not pages.lines[index].blank and index not in kinds:
        if SEPARATOR.fullmatch(pages.lines[index].text):
            break
        run.append(index)
        index += step
        if len(run) > _HEAD_LINES:
            return []
    return run


def _is_running_title(pages: _Pages, run: Sequence[int]) -> bool:
    text = " ".join(pages.lines[index].text for index in sorted(run))
    if _TITLE.match(text):
        return False  # the title itself, with its number
    if all(pages.repeated[pages.lines[index].text] > 1 for index in run):
        return True
    words = _WORDS.findall(text.lower())
    if not pages.title_words or words[:1] != list(pages.title_words[:1]):
        return False
    known = sum(word in pages.title_words for word in words)
    return len(words) >= min(3, len(pages.title_words)) and known >= _TITLE_SHARE * len(words)
