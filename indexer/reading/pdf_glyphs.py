"""The characters that the pages of a PDF print, each with its place, size and style.

The one module that knows PDFium. Everything is copied out page by page and nothing of the engine leaves it.
PDFium is not safe for threads: read in processes, as the build does.
"""

from __future__ import annotations

import ctypes
import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.model import Problem

MAX_PAGES: Final = 2_000
MAX_GLYPHS: Final = 150_000  # on one page; a page of a resolution takes 5,000
MAX_SECONDS: Final = 60.0  # for one document; a page of a resolution takes 0.03
_MAX_OBJECTS: Final = 20_000  # of a page that are searched for rules and pictures

_BOLD_WEIGHT: Final = 600
_ITALIC_FLAG: Final = 1 << 6
_HYPHEN: Final = "\x02"  # what PDFium makes of a hyphen at a line end
_THIN: Final = 2.0  # points: a drawn rule is thinner
_PRIVATE: Final = range(0xE000, 0xF900)


class Glyph(NamedTuple):
    """One printed character; lengths are points, ``baseline`` grows upwards, ``style`` is ``(bold, italic)``."""

    char: str
    left: float
    right: float
    baseline: float
    size: float
    style: tuple[bool, bool]


class Rule(NamedTuple):
    """A thin horizontal line drawn on the page."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page, turned so that its text runs level.

    ``glyphs`` stand in the order of the text where the engine knows it, right-to-left words in the order of reading.
    ``unmapped`` counts characters whose font does not say which letters they are, ``pictured`` is the share of the
    page that pictures cover, ``hidden`` tells that its text is invisible, as over a scan that a machine has read.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    unmapped: int = 0
    hidden: bool = False

    @property
    def printed(self) -> int:
        """How many characters are printed, spaces aside."""
        return sum(not glyph.char.isspace() for glyph in self.glyphs)


@dataclass(slots=True)
class PrintedPages:
    """The pages of a document, and what was wrong with it. ``fatal`` says that it could not be opened at all."""

    pages: list[PrintedPage] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fatal: bool = False


_CATALOGUE: Final = re.compile(rb"(\d{1,9} \d{1,5}) obj\s*<<[^>]{0,200}?/Type\s*/Catalog\b")

_REASONS: Final[Mapping[int, tuple[str, str]]] = {
    pdfium.FPDF_ERR_PASSWORD: ("password-protected", "a PDF that opens with a password only: save it without one"),
    pdfium.FPDF_ERR_SECURITY: ("password-protected", "a PDF protected in a way that cannot be opened"),
    pdfium.FPDF_ERR_FORMAT: ("damaged-pdf", "a PDF that is damaged or cut off: its table of contents is missing"),
}


def read_pages(name: str, data: bytes, *, seconds: float = MAX_SECONDS) -> PrintedPages:
    """Return what the pages print. Never raises on content.

    Problems: ``password-protected`` and ``damaged-pdf`` (both fatal), ``truncated-file``, ``unreadable-page``,
    ``pages-left-out`` (beyond `MAX_PAGES`, or when ``seconds`` are over), ``sideways-text``.
    """
    found = PrintedPages()
    try:
        document = _open(data)
    except pypdfium2.PdfiumError as error:
        code, reason = _REASONS.get(error.err_code or 0, ("damaged-pdf", f"a PDF that cannot be opened: {error}"))
        return PrintedPages(problems=[Problem(code, reason, name)], fatal=True)
    if b"%%EOF" not in data[-2048:]:
        found.problems.append(
            Problem("truncated-file", "the end of the file is missing; what is there was read", name)
        )
    with closing(document):
        _read_all(name, document, found, time.monotonic() + seconds)
    return found


def _open(data: bytes) -> pypdfium2.PdfDocument:
    """Open a document; of one that is cut off, so much as its catalogue still leads to."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        catalogues = _CATALOGUE.findall(data) if error.err_code == pdfium.FPDF_ERR_FORMAT else []
        if not catalogues:
            raise
        root = catalogues[-1].decode()
        trailer = f"\nendstream\nendobj\ntrailer\n<< /Root {root} R >>\nstartxref\n0\n%%EOF\n"
        return pypdfium2.PdfDocument(data + trailer.encode())


def _read_all(name: str, document: pypdfium2.PdfDocument, found: PrintedPages, deadline: float) -> None:
    count = len(document)
    for index in range(count):
        where = f"{name}, page {index + 1}"
        if index >= MAX_PAGES or time.monotonic() > deadline:
            message = f"the file is too large: {count - index} of {count} pages were left out"
            found.problems.append(Problem("pages-left-out", message, where))
            return
        try:
            with closing(document[index]) as page:
                read, sideways = _read_page(index, page)
        except pypdfium2.PdfiumError as error:
            found.problems.append(Problem("unreadable-page", f"the page is damaged: {error}", where))
            continue
        found.pages.append(read)
        if sideways:
            message = f"{sideways} characters that run across the others were left out"
            found.problems.append(Problem("sideways-text", message, where))


def _read_page(index: int, page: pypdfium2.PdfPage) -> tuple[PrintedPage, int]:
    """Return the page and the number of characters that run in another direction than most."""
    with closing(page.get_textpage()) as text:
        characters = list(_Characters(text))
    turns = Counter(turn for _, turn in characters)
    turn = turns.most_common(1)[0][0] if turns else 0
    level = [character for character, own in characters if own == turn]
    width, height = page.get_size() if page.get_rotation() % 180 == 0 else reversed(page.get_size())
    rules, pictured = _graphics(page, width * height)
    read = PrintedPage(
        number=index + 1,
        width=height if turn % 2 else width,
        height=width if turn % 2 else height,
        glyphs=tuple(character.glyph(turn, width, height) for character in level),
        rules=rules if turn == 0 else (),
        pictured=pictured,
        unmapped=sum(character.unmapped for character in level),
        hidden=bool(level) and all(character.font.hidden for character in level),
    )
    return read, len(characters) - len(level)


@dataclass(frozen=True, slots=True)
class _Font:
    """What all characters of one text object share; ``turn`` counts quarter turns to the left."""

    size: float
    style: tuple[bool, bool]
    turn: int
    hidden: bool


class _Character(NamedTuple):
    char: str
    unmapped: bool
    box: tuple[float, float, float, float]  # left, bottom, right, top
    origin: tuple[float, float]
    font: _Font

    def glyph(self, turn: int, width: float, height: float) -> Glyph:
        """The character on a page of this size turned back by ``turn`` quarters."""
        left, bottom, right, top = self.box
        x, y = self.origin
        start, end, baseline = (
            (left, right, y),
            (bottom, top, width - x),
            (width - right, width - left, height - y),
            (height - top, height - bottom, x),
        )[turn]
        return Glyph(self.char, start, end, baseline, self.font.size, self.font.style)


class _Characters:
    """Iterates over the characters of a page with their turns, leaving out what the engine made up."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        self._fonts: dict[int, _Font] = {}
        self._name = ctypes.create_string_buffer(256)

    def __iter__(self) -> Iterator[tuple[_Character, int]]:
        text, box = self._text, pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in range(min(pdfium.FPDFText_CountChars(text), MAX_GLYPHS)):
            if pdfium.FPDFText_IsGenerated(text, at) == 1:
                continue  # spaces and line ends that the engine guesses
            char, unmapped = self._char(at)
            if not char:
                continue
            pdfium.FPDFText_GetLooseCharBox(text, at, box)
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            font = self._font(at)
            edges = (box.left, box.bottom, box.right, box.top)
            yield _Character(char, unmapped, edges, (x.value, y.value), font), font.turn

    def _char(self, at: int) -> tuple[str, bool]:
        """The character and whether its font leaves open which one it is; empty for what prints nothing."""
        code = pdfium.FPDFText_GetUnicode(self._text, at)
        if pdfium.FPDFText_HasUnicodeMapError(self._text, at) == 1 or code in _PRIVATE or code == 0:
            return "\ufffd", True
        char = chr(code)
        if char == _HYPHEN:
            return "-", False
        return ("" if char in "\r\n" else char), False

    def _font(self, at: int) -> _Font:
        thing = pdfium.FPDFText_GetTextObject(self._text, at)
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self._text, at, matrix)
            flags = ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(self._text, at, self._name, len(self._name), flags)
            heavy = pdfium.FPDFText_GetFontWeight(self._text, at) >= _BOLD_WEIGHT
            self._fonts[key] = _Font(
                size=round(pdfium.FPDFText_GetFontSize(self._text, at) * math.hypot(matrix.c, matrix.d), 2),
                style=(heavy or b"bold" in self._name.value.lower(), bool(flags.value & _ITALIC_FLAG)),
                turn=round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4,
                hidden=pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            )
        return self._fonts[key]


def _graphics(page: pypdfium2.PdfPage, area: float) -> tuple[tuple[Rule, ...], float]:
    """The drawn rules, and the share of the page that pictures cover."""
    rules, pictured = [], 0.0
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count >= _MAX_OBJECTS:
            break
        if thing.type not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            left, bottom, right, top = thing.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += (right - left) * (top - bottom) / area if area else 0.0
        elif top - bottom <= _THIN < right - left:
            rules.append(Rule(left, right, (top + bottom) / 2))
    return tuple(rules), min(1.0, pictured)
