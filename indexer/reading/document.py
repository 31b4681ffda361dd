"""What a reader hands on: a raw document, the same for every format.

A raw document is a list of blocks (paragraphs) in reading order plus its footnotes. A reader heals what its
format broke (page breaks, footnote blocks, split links) and says what the source itself declares (zones, printed
labels, metadata); deciding what each block *is* belongs to `indexer.structure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.model import NO_PROCEEDINGS, FootnoteMark, LanguageCode, Problem, Proceedings


class Zone(StrEnum):
    """The part of the document a block lies in, as far as the source declares it."""

    UNKNOWN = "unknown"  # plain text: the segmenter decides
    HEAD = "head"  # masthead, adoption heading, title
    PREAMBLE = "preamble"
    BODY = "body"
    ANNEX = "annex"
    TAIL = "tail"  # adoption line, votes


class Shape(StrEnum):
    """How a block is set, as far as the source declares it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the source over ``text[start:end]``: evidence for a citation, never trusted alone."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph.

    ``text`` is NFC, one line, single-spaced, without footnote marks; ``label`` is the enumerator where the source
    keeps it apart from the text (``"10."``, ``"(a)"``), else None and the enumerator stands at the head of ``text``.
    """

    text: str
    zone: Zone = Zone.UNKNOWN
    shape: Shape = Shape.PARAGRAPH
    label: str | None = None
    annex: int = 0  # which attachment the block lies in, from 1; 0 = main text or unknown
    marks: tuple[FootnoteMark, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class RawNote:
    """A footnote as the source prints it, without its number."""

    number: int
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class RawMetadata:
    """What the source declares about itself; every field may be missing, and text wins over it."""

    symbol: str | None = None  # as printed
    lang: LanguageCode | None = None
    title: str | None = None
    date: str | None = None  # ISO; None when unknown
    subjects: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    proceedings: Proceedings = NO_PROCEEDINGS


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One resolution in one language as a reader found it."""

    source: str
    blocks: tuple[Block, ...]
    notes: tuple[RawNote, ...] = ()
    meta: RawMetadata = RawMetadata()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave: its documents, and a problem for each thing left out or unreadable.

    Codes that begin with ``skipped-`` name what is left out on purpose (another language, a draft); all others mean
    that the source could not be read. ``sha256`` is that of the content, where there is one.
    """

    documents: tuple[RawDocument, ...] = ()
    skipped: tuple[Problem, ...] = ()
    sha256: str | None = None
