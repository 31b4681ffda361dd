"""The formats that can be read: one reader module each, chosen by what a file holds.

To add a format write a module with ``read(name, data) -> Reading`` and add a row to `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from indexer.model import Problem
from indexer.reading.akn import read_akn
from indexer.reading.document import Reading
from indexer.reading.docx import read_docx
from indexer.reading.encoding import decode
from indexer.reading.html import read_html
from indexer.reading.ocr import read_scan
from indexer.reading.plain import read_plain

_SNIFFED = 1024  # bytes that tell a format
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML = re.compile(rb"\s*<[?!A-Za-z_]")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip packages, and what office programs wrote before
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_PDF = re.compile(rb"%PDF-\d")  # anywhere in the first kilobyte: mail gateways put lines before it
# Behind an XML declaration or a comment of the browser that saved it; old pages may begin with any element.
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!DOCTYPE\s+html|html|head|body|title|meta|base|link|center|table|div|pre|font|h[1-6]|p|a|b|i|hr|br)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)

# Formats that no reader understands yet, by their first bytes, and what to do about them.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip: unpack it first"),
    (b"{\\rtf", "RTF: save it as plain text"),
)
_MAX_STRANGE = 0.05  # share of control characters and undecodable bytes above which bytes are no text


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its usual suffixes, whether the first bytes of a file look like it, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[str, bytes], Reading]


def read_bytes(name: str, data: bytes) -> Reading:
    """Read the content of a source with the reader of its format.

    The content decides, not the suffix: XML named ``.txt`` is read as XML, with ``wrong-suffix`` on its documents.
    What cannot be read gives a problem: ``empty-file``, ``unknown-format``, or those of the reader. Never raises.
    """
    if not data.strip(b"\x00 \t\r\n"):
        return Reading(skipped=(Problem("empty-file", "the file is empty", name),))
    start = data[:_SNIFFED]
    if foreign := next((what for magic, what in _FOREIGN if start.startswith(magic)), None):
        return Reading(skipped=(Problem("unknown-format", foreign, name),))
    found = next((format_ for format_ in FORMATS if format_.recognises(start)), None)
    if found is None:
        return Reading(skipped=(Problem("unknown-format", "no format that is known, and no text", name),))
    reading = found.read(name, data)
    suffix = PurePosixPath(name).suffix.lower()
    if not suffix or suffix in found.suffixes:
        return reading
    return _with_problems(reading, (Problem("wrong-suffix", f"it was read as {found.name}", name),))


def _with_problems(reading: Reading, problems: tuple[Problem, ...]) -> Reading:
    documents = (replace(document, problems=(*problems, *document.problems)) for document in reading.documents)
    return replace(reading, documents=tuple(documents))


def _looks_like_pdf(start: bytes) -> bool:
    return _PDF.search(start) is not None


def _looks_like_office(start: bytes) -> bool:
    return start.startswith(_OFFICE)


def _looks_like_picture(start: bytes) -> bool:
    return start.startswith(_PICTURES)


def _looks_like_html(start: bytes) -> bool:
    return _HTML.match(_flattened(start)) is not None


def _looks_like_xml(start: bytes) -> bool:
    return _XML.match(_flattened(start)) is not None


def _looks_like_text(start: bytes) -> bool:
    text, _ = decode(start[: len(start) // 2 * 2])
    strange = sum((char < " " and char not in "\t\n\r\f\v") or char == "\ufffd" for char in text)
    return strange <= _MAX_STRANGE * len(text)


def _flattened(start: bytes) -> bytes:
    """Return the first bytes without a byte order mark and without the zero bytes of UTF-16."""
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return start.replace(b"\x00", b"") if start[:4].count(0) == 2 else start


def _read_text(name: str, data: bytes) -> Reading:
    text, problems = decode(data)
    return _with_problems(Reading(tuple(read_plain(name, text))), problems)


def _read_pdf(name: str, data: bytes) -> Reading:
    from indexer.reading.pdf import read_pdf  # loading PDFium takes a tenth of a second

    return read_pdf(name, data)


FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), _looks_like_pdf, _read_pdf),
    Format("DOCX", (".docx", ".docm", ".dotx"), _looks_like_office, read_docx),
    Format("picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), _looks_like_picture, read_scan),
    Format("HTML", (".html", ".htm", ".xhtml", ".shtml"), _looks_like_html, read_html),
    Format("AKN4UN XML", (".xml", ".akn"), _looks_like_xml, read_akn),
    Format("plain text", (".txt", ".text"), _looks_like_text, _read_text),
)
"""In the order in which they are tried."""
