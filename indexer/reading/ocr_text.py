"""Recognised lines to page text: paragraphs by their indents, footnote marks by their height.

Recognition gives small raised figures as any sign at all, so that marks and notes are found by where they stand and
numbered by their order.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from statistics import median
from typing import Any, Final

from indexer.reading.flow import SUPERSCRIPTS
from indexer.symbols import roman

_INDENT: Final = 0.6  # of the height of a line: what begins further right is indented
_DEEP: Final = 4  # times that: centred
_GAP: Final = 1.3  # of the usual distance of lines: a wider one parts paragraphs
_NEIGHBOURS: Final = 3
_HEAD_SIGNS: Final = 2  # of the number of a note
_SEPARATOR: Final = "_" * 12
_TITLE: Final = re.compile(r"(?P<number>\d{1,4}) ?\((?P<session>[^\s().]{1,8})[).]{1,2}(?P<stop>\.?)(?= )")
_YEAR: Final = re.compile(r"(?<!\d)19[4-7]\d(?!\d)")
_FIRST_SESSION_YEAR: Final = 1945
_LAST_ROMAN_SESSION: Final = 31
_MARK: Final = "\ue000"
# A word, the sign that a mark behind it was read as, and a stop; the last figure of a number is none.
_TAIL: Final = re.compile(r"(?P<word>.*?)(?:[^\w.,;:()«»-]|(?<!\d)\d)(?P<stop>[.,;:]*)")
_ALIKE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word and where it stands, in dots from the left of its zone."""

    text: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A recognised line, never empty.

    ``base`` is how far down it stands where it begins, ``height`` that of its small letters, ``raised`` the places of
    what stands above it as a footnote mark does; all in dots.
    """

    words: tuple[Word, ...]
    base: float
    height: float
    raised: tuple[int, ...] = ()

    @property
    def left(self) -> int:
        """Where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> int:
        """Where the line ends."""
        return self.words[-1].right


def page_text(zones: Sequence[tuple[Sequence[ScanLine], bool]], first_note: int = 1) -> tuple[str, int]:
    """Return the text of a page and the number of its next footnote.

    ``zones`` are lines with whether they are footnotes. Paragraphs stand on one line each, with blank lines between,
    marks as superscript digits, notes under a rule.
    """
    pieces: list[str] = []
    mark = note = first_note
    for lines, notes in zones:
        drafts = list(_paragraphs(lines))
        paragraphs = [_join(draft, notes=notes) for draft in drafts]
        paragraphs[:-1] = [_with_stop(text, draft) for text, draft in zip(paragraphs[:-1], drafts[:-1], strict=True)]
        if notes:
            pieces.append(_SEPARATOR)
            for text in paragraphs:
                pieces.append(f"{str(note).translate(SUPERSCRIPTS)} {text}")
                note += 1
            continue
        for text in paragraphs:
            while _MARK in text:
                text = text.replace(_MARK, str(mark).translate(SUPERSCRIPTS), 1)
                mark += 1
            pieces.append(text)
    pieces = [_repair(piece) for piece in pieces]
    years = [int(year) for piece in pieces for year in _YEAR.findall(piece)]
    return "\n\n".join(_with_session(piece, years) for piece in pieces), max(mark, note)


def _paragraphs(lines: Sequence[ScanLine]) -> Iterator[list[ScanLine]]:
    pitch = median([b.base - a.base for a, b in pairwise(lines)] or [0])
    current: list[ScanLine] = []
    for at, line in enumerate(lines):
        if current and _opens(lines, at, pitch):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _opens(lines: Sequence[ScanLine], at: int, pitch: float) -> bool:
    """Whether a line opens a paragraph: after a gap, or by its indent."""
    line, before = lines[at], lines[at - 1]
    if line.base - before.base > _GAP * pitch:
        return True
    indent, indent_before = _indent(lines, at), _indent(lines, at - 1)
    step = _INDENT * line.height
    if indent <= step or (indent > _DEEP * step and _same_middle(line, before)):
        return False
    if indent_before <= step:
        return not before.words[-1].text.endswith("-")
    return abs(indent - indent_before) > step and not _is_centred_or_right(lines, at)


def _indent(lines: Sequence[ScanLine], at: int) -> int:
    near = lines[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    return lines[at].left - min(line.left for line in near)


def _is_centred_or_right(lines: Sequence[ScanLine], at: int) -> bool:
    """Whether a line and the one before it are set around one middle, or end at one edge."""
    line, before = lines[at], lines[at - 1]
    return _same_middle(line, before) or abs(line.right - before.right) <= _INDENT * line.height


def _same_middle(line: ScanLine, before: ScanLine) -> bool:
    return abs((line.left + line.right) - (before.left + before.right)) <= 2 * _INDENT * line.height


def _join(lines: Sequence[ScanLine], *, notes: bool) -> str:
    """The text of a paragraph; a hyphen at a line end before a small letter is the printer's."""
    text = ""
    for at, line in enumerate(lines):
        printed = _printed(line, drop_head=notes and at == 0)
        broken = text.endswith("-") and printed[:1].islower()
        text = text[:-1] + printed if broken else f"{text} {printed}"
    return text.strip()


def _with_stop(text: str, lines: Sequence[ScanLine]) -> str:
    """Running text ends in a stop; bad print loses it, and the paragraph would pass for a heading."""
    running = len(lines) > 1 and lines[0].left > lines[-1].left and lines[0].right > lines[-1].right
    return f"{text}." if running and text[-1:].isalpha() else text


def _printed(line: ScanLine, *, drop_head: bool) -> str:
    words = [word.text for word in line.words]
    if drop_head:  # the number of a note, whatever it was read as
        if len(words[0]) <= _HEAD_SIGNS and words[1:]:
            del words[0]
        elif not words[0][0].isalnum():
            words[0] = words[0][1:]
        return " ".join(words)
    for place in line.raised:
        near = [at for at, word in enumerate(line.words) if _distance(word, place) <= line.height]
        odd = [other for other in near if _marked(words[other])]
        if odd:
            at = min(odd, key=lambda other: _distance(line.words[other], place))
            words[at] = _marked(words[at])
    return re.sub(rf" (?={_MARK})", "", " ".join(words))


def _distance(word: Word, place: int) -> int:
    return max(word.left - place, place - word.right, 0)


def _marked(word: str) -> str:
    """Put a mark in place of the sign that it was read as: ``Организации“.``, ``6,``, ``год®,``; ``""`` without one.

    A raised blot alone proves nothing: the letters of old prints break.
    """
    match = _TAIL.fullmatch(word)
    return f"{match['word']}{_MARK}{match['stop']}" if match and _MARK not in word else ""


def _repair(text: str) -> str:
    for pattern, row in _repairs():
        text = pattern.sub(_to_year if row.get("year") else row["right"], text)
    return text


def _with_session(text: str, years: Sequence[int]) -> str:
    """``2751 (ХХУЮ. Прием …`` is a title of session XXVI."""
    match = _TITLE.match(text)
    if not match:
        return text
    return f"{match['number']} ({_session(match['session'], years)}).{text[match.end() :]}"


def _to_year(match: re.Match[str]) -> str:
    return re.sub(r"\D", "1", match[0][:4])


def _session(read: str, years: Sequence[int]) -> str:
    """The Roman number of a session as it must have been printed: of those alike, one that the years allow first."""
    letters = "".join(_table()["roman"].get(char, char) for char in read).upper()
    allowed = {roman(year - _FIRST_SESSION_YEAR + step) for year in years for step in (0, -1) if year > 1946}
    numerals = [roman(number) for number in range(1, _LAST_ROMAN_SESSION + 1)]
    if letters in allowed:
        return letters

    def likeness(numeral: str) -> float:
        return difflib.SequenceMatcher(None, letters, numeral).ratio() + (0.3 if numeral in allowed else 0)

    best = max(numerals, key=likeness)
    return best if likeness(best) >= _ALIKE else read


def engine_name(lang: str) -> str:
    """Return what the engine calls a language: ``rus``."""
    name: str = _table()["engine"][lang]
    return name


@cache
def _repairs() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(re.compile(row["pattern"]), row) for row in _table()["repair"]]


@cache
def _table() -> dict[str, Any]:
    data = resources.files(__package__).joinpath("data/ocr.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)
