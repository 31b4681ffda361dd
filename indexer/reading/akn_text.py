"""From marked-up inline content to clean text with footnote marks and links.

The XML of the United Nations keeps the spaces of a typesetter: tabs, no-break spaces, a gap where a footnote mark was
cut out («развитию ,»), brackets around Arabic marks, one hyperlink split in three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from indexer.model import FootnoteMark
from indexer.reading.document import Link
from indexer.reading.lines import compose

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08]"
)
_GAP_BEFORE_PUNCTUATION = re.compile(r"[ \t\r\n]+(?=[,.;:)،؛，；。：])")
_OPENED_BRACKET = re.compile(r"\(\s*$")
_CLOSED_BRACKET = re.compile(r"\s*\)")
_BRACKETS = re.compile(r"[()\s]+")
_PUNCTUATION = frozenset(",.;:)،؛，；。：")
_REPEATED_MARK = re.compile(r"\s*\(?(\d{1,3})\)?\s*")
# What a small figure belongs to when it is no footnote mark: «м²», «CO₂», the number of «Rec (2019)¹».
_OWN_FIGURE = re.compile(r"(?:\d\)|\b[A-Za-zА-Яа-я]{1,2})$")

# Elements that stand on lines of their own though they are found inside a paragraph.
BLOCK_TAGS = frozenset(
    [
        "p",
        "heading",
        "subheading",
        "content",
        "td",
        "th",
        "tr",
        "point",
        "item",
        "intro",
        "quotedStructure",
        "blockList",
    ]
)
_SILENT_TAGS = frozenset(["img", "decoration", "num", "docNumber"])
_BREAK_TAGS = frozenset(["eol", "br"])


@dataclass(frozen=True, slots=True)
class InlineText:
    """Clean text: NFC (`compose`), one line, single-spaced, without invisible marks; marks and links ascend."""

    text: str
    marks: tuple[FootnoteMark, ...] = ()
    links: tuple[Link, ...] = ()

    def with_head(self, head: str) -> InlineText:
        """Return the text with ``head`` and a space before it."""
        shift = len(head) + 1 if self.text else len(head)
        marks = tuple(FootnoteMark(mark.number, mark.offset + shift) for mark in self.marks)
        links = tuple(Link(link.start + shift, link.end + shift, link.target) for link in self.links)
        return InlineText(f"{head} {self.text}".rstrip(), marks, links)

    def without_head(self, length: int) -> InlineText:
        """Return the text without its first ``length`` characters and the spaces after them."""
        rest = self.text[length:].lstrip()
        cut = len(self.text) - len(rest)
        marks = tuple(FootnoteMark(mark.number, max(0, mark.offset - cut)) for mark in self.marks)
        links = tuple(
            Link(max(0, link.start - cut), link.end - cut, link.target) for link in self.links if link.end > cut
        )
        return InlineText(rest, marks, links)

    def without_tail(self, characters: str) -> InlineText:
        """Return the text without any of ``characters`` at its end."""
        rest = self.text.rstrip(characters)
        marks = tuple(FootnoteMark(mark.number, min(mark.offset, len(rest))) for mark in self.marks)
        links = tuple(
            Link(link.start, min(link.end, len(rest)), link.target) for link in self.links if link.start < len(rest)
        )
        return InlineText(rest, marks, links)


class NoteNumbers:
    """Numbers of the footnotes of one file, in reading order.

    A note without a printed number (``*``) gets the number after the highest one of the file.
    """

    def __init__(self, printed: Iterator[str | None]) -> None:
        self.seen: set[int] = set()
        self._next = max((int(number) for number in printed if number and number.isdecimal()), default=0) + 1

    def take(self, printed: str | None) -> int:
        """Return the number of the note that is met now."""
        if printed and printed.isdecimal():
            number = int(printed)
        else:
            number, self._next = self._next, self._next + 1
        self.seen.add(number)
        return number


class InlineReader:
    """Collects inline content, element by element, and settles it into clean text.

    ``notes`` are the note elements that were met, with the numbers they got; ``inner`` are elements found inside
    the content that are blocks of their own (tables, quoted texts).
    """

    def __init__(self, numbers: NoteNumbers) -> None:
        self.notes: list[tuple[int, etree._Element]] = []
        self._numbers = numbers
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[tuple[int, int]] = []  # (raw offset, number)
        self._links: list[tuple[int, int, str]] = []  # (raw start, raw end, target)

    def write(self, text: str | None) -> None:
        """Append text as it stands."""
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def read(self, element: etree._Element, *, without: frozenset[str] = frozenset()) -> None:
        """Append the content of an element, leaving out children whose names are in ``without``."""
        self.write(element.text)
        for child in element:
            name = local_name(child.tag)
            if name not in without:
                self._read_child(child, name)
            self.write(child.tail)

    def settle(self) -> InlineText:
        """Return the content collected so far as clean text."""
        raw = "".join(self._pieces)
        cuts = [_cut_around(raw, offset) for offset, _ in self._marks]
        offsets = sorted({offset for start, end, _ in self._links for offset in (start, end)})
        text, cut_places, places = _tidy(raw, cuts, offsets)
        marks = tuple(FootnoteMark(number, place) for place, (_, number) in zip(cut_places, self._marks, strict=True))
        return InlineText(text, marks, tuple(self._settled_links(text, places)))

    def _read_child(self, child: etree._Element, name: str) -> None:
        if name == "authorialNote":
            number = self._numbers.take(child.get("marker"))
            self.notes.append((number, child))
            self._marks.append((self._length, number))
        elif name == "a":
            self._read_link(child)
        elif name == "sup":
            self._read_superscript(child)
        elif name in _BREAK_TAGS:
            self.write(" ")
        elif name in BLOCK_TAGS:
            self.write(" ")
            self.read(child)
            self.write(" ")
        elif name and name not in _SILENT_TAGS:
            self.read(child)

    def _read_link(self, element: etree._Element) -> None:
        start = self._length
        target = (element.get("href") or "").strip()
        self.read(element)
        if self._links:
            before = self._links[-1]
            touching = before[1] == start and all(offset != start for offset, _ in self._marks)
            if touching and (before[2] == target or not self._raw_tail().isspace()):
                self._links[-1] = (before[0], self._length, before[2])
                return
        self._links.append((start, self._length, target))

    def _raw_tail(self) -> str:
        return self._pieces[-1][-1:] if self._pieces else ""

    def _read_superscript(self, element: etree._Element) -> None:
        text = raw_text(element)
        if element.find("{*}authorialNote") is None and not any(char.isalpha() for char in text):
            repeated = _REPEATED_MARK.fullmatch(text)
            if repeated and self._repeats_a_note(int(repeated[1])):
                self._marks.append((self._length, int(repeated[1])))
                return
            if not any(char.isdigit() for char in text):
                self.write(_without_mark_brackets(element, text))
                return
        self.read(element)

    def _repeats_a_note(self, number: int) -> bool:
        tail = "".join(self._pieces[-3:])[-8:]
        return number in self._numbers.seen and not _OWN_FIGURE.search(tail)

    def _settled_links(self, text: str, places: dict[int, int]) -> Iterator[Link]:
        for raw_start, raw_end, target in self._links:
            start, end = places[raw_start], min(places[raw_end], len(text))
            while start < end and text[start] == " ":
                start += 1
            while end > start and text[end - 1] == " ":
                end -= 1
            if start < end and target:
                yield Link(start, end, target)


@cache
def local_name(tag: object) -> str:
    """Return the name of an element without its namespace; empty for comments, entities and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def raw_text(element: etree._Element) -> str:
    """Return all text inside an element as it stands."""
    return "".join(map(str, element.itertext()))


def clean_text(text: str) -> str:
    """Return text on one line, single-spaced, NFC (`compose`), without invisible marks."""
    return " ".join(compose(_INVISIBLE.sub("", text)).split())


def _single_spaced(text: str) -> str:
    """Return text with every run of Unicode spaces as one space, also at its ends."""
    core = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if core and text[-1:].isspace() else ""
    return f"{before}{core}{after}"


def _without_mark_brackets(element: etree._Element, text: str) -> str:
    """Return what a superscript without letters and digits leaves in the text.

    Brackets are those of a footnote mark and go, with the comma between two marks («)، (»); other signs were only
    set small by mistake («،» after a mark) and stay.
    """
    rest = _BRACKETS.sub("", text)
    before, after = element.getprevious(), element.getnext()
    between_marks = (
        before is not None
        and after is not None
        and local_name(before.tag) == local_name(after.tag) == "authorialNote"
        and not (before.tail or "").strip()
        and not (element.tail or "").strip()
    )
    return "" if between_marks else rest


def _cut_around(raw: str, offset: int) -> tuple[int, int]:
    """Return the span of raw text that goes with a mark: its brackets, and the gap that it left before punctuation.

    A no-break space before a semicolon is French typography, not a gap: «conflits armés³ ;».
    """
    start = end = offset
    opened = _OPENED_BRACKET.search(raw, max(0, offset - 3), offset)
    closed = _CLOSED_BRACKET.match(raw, offset)
    if opened and closed:
        start, end = opened.start(), closed.end()
    if gap := _GAP_BEFORE_PUNCTUATION.match(raw, end):
        end = gap.end()
    before = raw[:start].rstrip()
    if raw[end : end + 1] in _PUNCTUATION:
        start = len(before)
    return start, max(start, end)


def _tidy(raw: str, cuts: list[tuple[int, int]], offsets: list[int]) -> tuple[str, list[int], dict[int, int]]:
    """Return the clean text of ``raw`` without ``cuts``, where each cut was, and where each raw offset came to lie.

    ``cuts`` and ``offsets`` ascend.
    """
    pieces: list[str] = []
    length = at = 0
    blank = True  # at the start, or after a space

    def add_until(end: int) -> None:
        nonlocal length, blank, at
        while at < end < len(raw) and unicodedata.combining(raw[end]):  # an accent stays with its letter
            end += 1
        if end <= at:
            return
        piece = _single_spaced(_INVISIBLE.sub("", raw[at:end]))
        at = end
        if blank:
            piece = piece.removeprefix(" ")
        if piece:
            piece = compose(piece)
            pieces.append(piece)
            length += len(piece)
            blank = piece[-1] == " "

    cut_places: list[int] = []
    places: dict[int, int] = {}
    remaining = iter([*offsets, None])
    offset = next(remaining)
    for start, end in [*cuts, (len(raw), len(raw))]:
        while offset is not None and offset <= start:
            add_until(offset)
            places[offset] = length
            offset = next(remaining)
        add_until(start)
        cut_places.append(length - 1 if blank and length else length)  # a mark hangs on the word before it
        at = max(at, end)
    text = "".join(pieces).removesuffix(" ")
    return text, [min(place, len(text)) for place in cut_places[: len(cuts)]], places
