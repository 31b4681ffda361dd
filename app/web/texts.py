"""A text as the pages show it: cut into links, isolated runs and marked pieces, with its language and direction.

Cutting yields plain strings; escaping is the templates' business (Jinja's autoescape), so no text can bring markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from indexer.model import FootnoteMark, LanguageCode

Direction = Literal["ltr", "rtl"]
RIGHT_TO_LEFT: frozenset[str] = frozenset({"ar"})

Span = tuple[int, int]

SYMBOL_LIKE = re.compile(r"[0-9A-Za-z./()\-]+")  # "58/208", "A/C.2/54/2", "S/RES/1325(2000)"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is either marked as matching or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that keep one direction; an isolated run («58/208» in an Arabic text) reads left to right."""

    pieces: tuple[Piece, ...]
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Runs, as one link if ``href`` is set; a part with a ``note`` is the mark of that footnote and has no runs."""

    runs: tuple[Run, ...] = ()
    href: str | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to show. ``lang`` is None for what belongs to no language."""

    parts: tuple[Part, ...]
    lang: LanguageCode | None
    dir: Direction | Literal["auto"]

    @property
    def plain(self) -> str:
        """The text without links, marks and isolation."""
        return "".join(piece.text for part in self.parts for run in part.runs for piece in run.pieces)


@dataclass(frozen=True, slots=True)
class TextLink:
    """Where ``text[start:end]`` leads."""

    start: int
    end: int
    href: str


def direction(lang: str) -> Direction:
    """Return the direction that a language is written in."""
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def plain_text(text: str, lang: LanguageCode | None) -> Text:
    """Return a text with nothing to mark."""
    return highlighted(text, lang)


def highlighted(text: str, lang: LanguageCode | None, highlights: Iterable[Span] = ()) -> Text:
    """Return a text with its highlights marked; spans that overlap or leave the text are joined and clipped.

    Words side by side are one mark: «права мигрантов», not «права» and «мигрантов».
    """
    marks = neighbours_joined(tidy(highlights, len(text)), text)
    return Text((Part(tuple(_runs(text, 0, len(text), marks, lang))),), lang, direction(lang) if lang else "auto")


def passage(text: str, lang: LanguageCode, start: int, end: int, highlights: Iterable[Span] = ()) -> Text:
    """Return ``text[start:end]`` with its highlights marked and an ellipsis where the text goes on."""
    start, end = max(start, 0), min(end, len(text))
    head, tail = "… " if start > 0 else "", " …" if end < len(text) else ""
    inside = [(first - start, last - start) for first, last in tidy(highlights, len(text)) if last > start]
    shift = len(head)
    marks = [(first + shift, last + shift) for first, last in tidy(inside, end - start)]
    return highlighted(f"{head}{text[start:end]}{tail}", lang, marks)


def annotated(
    text: str, lang: LanguageCode, links: Sequence[TextLink] = (), notes: Sequence[FootnoteMark] = ()
) -> Text:
    """Return a text with links and footnote marks in place.

    A link that overlaps an earlier one is dropped. A mark inside a link moves behind it, since links do not nest.
    """
    parts: list[Part] = []
    waiting = sorted(notes, key=lambda mark: (mark.offset, mark.number))
    at = 0
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        start, end = max(link.start, 0), min(link.end, len(text))
        if start < at or start >= end:
            continue
        waiting = _plain_stretch(parts, text, at, start, waiting, lang)
        parts.append(Part(tuple(_runs(text, start, end, (), lang)), href=link.href))
        at = end
    for mark in _plain_stretch(parts, text, at, len(text), waiting, lang):
        parts.append(Part(note=mark.number))
    return Text(tuple(parts), lang, direction(lang))


def tidy(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """Return the spans in order, inside ``0..length``, without empty or overlapping ones."""
    result: list[Span] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, length)
        if start >= end:
            continue
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def neighbours_joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return ordered spans with those made one that only a space parts."""
    result: list[Span] = []
    for start, end in spans:
        if result and text[result[-1][1] : start] in (" ", ""):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return tuple(result)


def symbol_spans(text: str) -> Iterator[Span]:
    """Yield what looks like a document symbol or number with a slash: ``58/208``, ``(A/58/98)`` without brackets."""
    for match in SYMBOL_LIKE.finditer(text):
        start, end = match.span()
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not _ends_symbol(text[end - 1], text[start:end]):
            end -= 1
        if "/" in text[start:end]:
            yield start, end


def _ends_symbol(letter: str, symbol: str) -> bool:
    return letter.isalnum() or (letter == ")" and symbol.count("(") >= symbol.count(")"))


def _plain_stretch(
    parts: list[Part], text: str, start: int, end: int, marks: list[FootnoteMark], lang: LanguageCode
) -> list[FootnoteMark]:
    """Append ``text[start:end]`` with the marks up to its end; return the marks that are left."""
    left = [mark for mark in marks if mark.offset > end]
    for mark in marks:
        if mark.offset <= end:
            stop = max(mark.offset, start)
            if stop > start:
                parts.append(Part(tuple(_runs(text, start, stop, (), lang))))
            parts.append(Part(note=mark.number))
            start = stop
    if end > start:
        parts.append(Part(tuple(_runs(text, start, end, (), lang))))
    return left


def _runs(text: str, start: int, end: int, marks: Sequence[Span], lang: str | None) -> Iterator[Run]:
    isolated = () if lang is None or direction(lang) == "ltr" else tidy(symbol_spans(text[start:end]), end - start)
    at = start
    for first, last in chain(((start + a, start + b) for a, b in isolated), [(end, end)]):
        if first > at:
            yield Run(tuple(_pieces(text, at, first, marks)))
        if last > first:
            yield Run(tuple(_pieces(text, first, last, marks)), isolated=True)
        at = last


def _pieces(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Piece]:
    at = start
    for first, last in marks:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], marked=True)
        at = last
    if end > at:
        yield Piece(text[at:end])
