"""Writes small PDFs for tests: text, rules and pictures at given places.

Every character is half as wide as its size, whatever it is, so that tests can reckon with places. The fonts map codes
to characters, hence any script can be written; the shapes behind them do not matter.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 800
LEADING = 12.0
_FONTS = {"regular": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique"}


@dataclass(frozen=True)
class Text:
    """Characters on a baseline; ``turned`` runs upwards, ``hidden`` prints nothing."""

    x: float
    y: float
    text: str
    size: float = 10.0
    font: str = "regular"
    turned: bool = False
    hidden: bool = False

    @property
    def end(self) -> float:
        """Where the text ends."""
        return self.x + len(self.text) * self.size / 2


@dataclass(frozen=True)
class Bar:
    """A drawn rule."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Picture:
    """A grey picture over the whole page."""


Mark = Text | Bar | Picture


def lines(texts: Sequence[str], y: float, *, x: float = 100, indent: float = 24, size: float = 10) -> list[Text]:
    """A paragraph: its lines from ``y`` down, the first one indented."""
    return [Text(x + (indent if at == 0 else 0), y - at * LEADING, text, size) for at, text in enumerate(texts)]


def raised(text: Text, number: str) -> Text:
    """A footnote mark right behind ``text``."""
    return Text(text.end, text.y + 0.35 * text.size, number, 0.65 * text.size)


def note(number: str, text: str, y: float) -> list[Text]:
    """A footnote with its raised number."""
    return [Text(110, y + 3, number, 5), Text(120, y, text, 8)]


def write_pdf(pages: Iterable[Sequence[Mark]], *, locked: bool = False, mapped: bool = True, turn: int = 0) -> bytes:
    """Return a PDF.

    ``locked`` asks for a password, without ``mapped`` the fonts do not say which letters they print, ``turn`` is the
    rotation of the pages in degrees.
    """
    pages = [list(page) for page in pages]
    chars = sorted({char for page in pages for mark in page if isinstance(mark, Text) for char in mark.text})
    codes = {char: 33 + at for at, char in enumerate(chars)}
    assert len(chars) < 220, "the fonts have one byte for a character"
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(_stream(_to_unicode(codes)))
    fonts = []
    for key, name in _FONTS.items():
        objects.append(_font(name, mapped))
        fonts.append(f"/{key} {len(objects)} 0 R")
    objects.append(
        _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        )
    )
    resources = f"<< /Font << {' '.join(fonts)} >> /XObject << /picture {len(objects)} 0 R >> >>"
    kids = []
    for page in pages:
        objects.append(_stream("\n".join(_draw(mark, codes) for mark in page).encode("latin-1")))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {turn} "
            f"/Contents {len(objects)} 0 R /Resources {resources} >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects, locked)


def _draw(mark: Mark, codes: dict[str, int]) -> str:
    if isinstance(mark, Bar):
        return f"{mark.x} {mark.y} {mark.width} 0.5 re f"
    if isinstance(mark, Picture):
        return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /picture Do Q"
    matrix = f"0 1 -1 0 {mark.x} {mark.y}" if mark.turned else f"1 0 0 1 {mark.x} {mark.y}"
    shown = "".join(f"{codes[char]:02x}" for char in mark.text)
    return f"BT {3 if mark.hidden else 0} Tr /{mark.font} {mark.size} Tf {matrix} Tm <{shown}> Tj ET"


def _font(name: str, mapped: bool) -> bytes:
    widths = " ".join(["500"] * 223)
    names = " ".join(f"/g{code}" for code in range(33, 256))
    meaning = "/ToUnicode 3 0 R" if mapped else f"/Encoding << /Type /Encoding /Differences [33 {names}] >>"
    codes = f"/FirstChar 33 /LastChar 255 /Widths [{widths}]"
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {codes} {meaning} >>".encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Any def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{maps}\nendcmap end end"
    ).encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes], locked: bool) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    # No password opens a file whose check values are arbitrary
    key = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'5a' * 32}> /U <{'a5' * 32}> >> " if locked else ""
    ids = f"/ID [<{'00' * 16}> <{'00' * 16}>]"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {key}{ids} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
