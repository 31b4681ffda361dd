"""Plain text, as it comes from a PDF or a web page, to raw documents."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final

from indexer.model import Problem
from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Shape
from indexer.reading.pages import PageNote, Pages, Paragraph, heal

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decode UTF-8, UTF-16 or UTF-32, by byte order mark or, for UTF-16 without one, by its zero bytes.

    Never raises: bytes that fit no letter become U+FFFD, with the problem ``undecodable-bytes``.
    """
    encoding, body = "utf-8", data
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            encoding, body = name, data[len(mark) :]
            break
    else:
        encoding = _guess_utf16(data) or encoding
    text = body.decode(encoding, errors="surrogateescape" if encoding == "utf-8" else "replace")
    lost = sum("\udc80" <= char <= "\udcff" for char in text)
    if not lost:
        return text, ()
    text = body.decode(encoding, errors="replace")
    return text, (
        Problem("undecodable-bytes", f"{lost} bytes are not {encoding.upper()} and were replaced by U+FFFD"),
    )


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of spaces and ASCII signs is zero, or of Cyrillic is 4."""
    sample = data[:2000]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 4 * even and odd * 20 > len(sample):
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd and even * 20 > len(sample) else None


def read_plain(name: str, text: str) -> list[RawDocument]:
    """Read page text; return one document, or one for each part (A, B …) or resolution that the text holds.

    Blocks have no zone and no label. Never raises on content.
    """
    pages = heal(text)
    return [_document(name, pages, paragraphs, letter) for paragraphs, letter in _split(pages.paragraphs)]


def _document(name: str, pages: Pages, paragraphs: Sequence[Paragraph], letter: str) -> RawDocument:
    whole = len(paragraphs) == len(pages.paragraphs)
    called = {mark.number for paragraph in paragraphs for mark in paragraph.marks}
    return RawDocument(
        source=name,
        blocks=tuple(
            Block(p.text, shape=Shape.TABLE if p.table else Shape.PARAGRAPH, marks=p.marks)
            for p in paragraphs
            if p.text
        ),
        notes=tuple(RawNote(note.number, note.text) for note in _notes(pages) if whole or note.number in called),
        meta=RawMetadata(symbol=f"{pages.symbol} {letter}".strip() if pages.symbol else None),
        problems=pages.problems,
    )


def _notes(pages: Pages) -> Iterator[PageNote]:
    return (note for note in pages.notes if note.text)


_TITLE: Final = re.compile(r"(?:E?S-)?\d{1,4} ?(?:/ ?\d{1,3}(?: ?[A-ZА-Я])?|[A-ZА-Я]? ?\([^)]{1,9}\))\. +[^\W\d_]")
_LETTER: Final = re.compile(r"[A-ZА-Я]")
_COMMA_END: Final = re.compile(r"[,，،]$")
_NEAR: Final = 4  # paragraphs between a title or part letter and the enacting line: subtitle, note in brackets


def _split(paragraphs: Sequence[Paragraph]) -> list[tuple[Sequence[Paragraph], str]]:
    """Split where resolutions or parts clearly begin; otherwise return all as one.

    Clear means: each beginning is followed within a few paragraphs by the same short line ending in a comma, the
    enacting line (``Генеральная Ассамблея,``).
    """
    titles = [at for at, p in enumerate(paragraphs) if _TITLE.match(p.text) and _enacting_near(paragraphs, at)]
    if len(titles) > 1 and _same_enacting(paragraphs, titles):
        return [(paragraphs[a:b], "") for a, b in _spans([0, *titles[1:]], len(paragraphs))]
    letters = [at for at, p in enumerate(paragraphs) if _LETTER.fullmatch(p.text) and _enacting_near(paragraphs, at)]
    if len(letters) > 1 and _same_enacting(paragraphs, letters):
        head = list(paragraphs[: letters[0]])
        return [([*head, *paragraphs[a:b]], paragraphs[a].text) for a, b in _spans(letters, len(paragraphs))]
    return [(paragraphs, "")]


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _enacting_near(paragraphs: Sequence[Paragraph], at: int) -> str | None:
    near = paragraphs[at + 1 : at + 1 + _NEAR]
    return next((p.text for p in near if len(p.text) < 60 and _COMMA_END.search(p.text)), None)


def _same_enacting(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> bool:
    return len({_enacting_near(paragraphs, at) for at in starts}) == 1
