"""Web pages to raw documents: pages of today in paragraphs, those of the 1990s set line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from indexer.model import Problem
from indexer.reading.document import RawDocument, Reading, Shape
from indexer.reading.encoding import decode
from indexer.reading.flow import Flowing, settle
from indexer.reading.html_page import Piece, Setting, read_page
from indexer.reading.lines import Line
from indexer.reading.paragraphs import starts_numbered
from indexer.reading.plain import read_plain, split_documents

_CHARSET: Final = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_HEAD: Final = 4096  # bytes in which a page names its encoding
_ENDED: Final = re.compile(r"[.,;:!?،؛؟，。；：][»”\"’')\]]*$")
_MANY_LINES: Final = 8  # line breaks in one piece: fewer are a heading or an address
_LINE_SET_SHARE: Final = 0.5  # of the text in <pre> or in lines broken by hand, to read the page as page text


def read_html(name: str, data: bytes) -> Reading:
    """Read a saved web page; never raises.

    The furniture of the site (menus, scripts, footers) is left out. Footnotes are found by their links, raised
    numbers, ``[1]`` or ``1/``. Problems: ``empty-page``, and those of the text.
    """
    text, problems = decode(data, _declared_encoding(data))
    pieces = read_page(text)
    if not pieces:
        return Reading(
            skipped=(Problem("empty-page", "the page holds no text, or only a script that loads it", name),)
        )
    if _is_line_set(pieces):
        documents = read_plain(name, "\n\n".join(piece.text for piece in pieces))
    else:
        documents = split_documents(settle(name, (flowing for piece in pieces for flowing in _paragraphs(piece))))
    return Reading(tuple(_with_problems(document, problems) for document in documents))


def _with_problems(document: RawDocument, problems: tuple[Problem, ...]) -> RawDocument:
    return replace(document, problems=(*problems, *document.problems))


def _declared_encoding(data: bytes) -> str | None:
    """What the page calls its encoding, if anything."""
    start = data[:_HEAD]
    match = _XML_ENCODING.search(start) or _CHARSET.search(start)
    return match[1].decode("ascii", errors="replace") if match else None


def _is_line_set(pieces: list[Piece]) -> bool:
    """Whether most of the text is set in lines, as a typewriter or a converter left them."""
    whole = sum(len(piece.text) for piece in pieces)
    in_lines = sum(len(piece.text) for piece in pieces if _has_lines(piece))
    return in_lines >= _LINE_SET_SHARE * whole


def _has_lines(piece: Piece) -> bool:
    return piece.setting is Setting.PREFORMATTED or piece.text.count("\n") >= _MANY_LINES


def _paragraphs(piece: Piece) -> list[Flowing]:
    """The paragraphs of a piece: a line break inside one opens another only before a number or letter."""
    if piece.setting is Setting.TABLE:
        return [Flowing(piece.text, Shape.TABLE, piece.note)]
    paragraphs: list[str] = []
    for number, line in enumerate(piece.text.split("\n"), start=1):
        stripped = line.strip()
        opens = stripped and starts_numbered(Line(number, stripped))
        if not paragraphs or (opens and _ENDED.search(paragraphs[-1])):
            paragraphs.append(stripped)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {stripped}".strip()
    return [Flowing(text, note=piece.note) for text in paragraphs]
