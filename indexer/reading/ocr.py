"""Scans to raw documents by text recognition, with the extra ``clausula[ocr]``.

The engine is Tesseract within `tesserocr`; its language data come from the system (Debian: ``tesseract-ocr-rus``).
"""

from __future__ import annotations

import io
import os
import struct
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from indexer.model import LANGUAGES, LanguageCode, Problem
from indexer.reading.document import Reading
from indexer.reading.ocr_layout import INK, Picture, Zone, find_zones, measure_line
from indexer.reading.ocr_text import ScanLine, Word, engine_name, page_text
from indexer.reading.plain import read_plain

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

RESOLUTION: Final = 300  # dots an inch: what the engine was trained on
MAX_PAGES: Final = 80  # a page takes some seconds
MAX_DOTS: Final = 60_000_000  # of a picture; a page at 300 dots an inch has 9 million
_MARGIN: Final = 20  # white dots around a zone, without which the engine misses the outer letters
_DATA_FOLDERS: Final = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)
_INSTALL: Final = "install clausula[ocr] and the language data of Tesseract (Debian: tesseract-ocr-rus)"


class ScanError(Exception):
    """A scan that cannot be read; the text says why and what to do."""


def read_scan(name: str, data: bytes) -> Reading:
    """Recognise the text of a scanned PDF or of a picture; never raises.

    Problems: ``read-by-ocr`` on every document, with the engine's own confidence; ``ocr-missing`` where the extra or
    its language data are not installed; ``bad-scan`` for a file without a readable picture.
    """
    try:
        engine = _Engine(_data_folder())
    except ScanError as error:
        return Reading(skipped=(Problem("ocr-missing", str(error), name),))
    try:
        texts, note, lang = [], 1, None
        for picture in _pictures(data):
            zones = find_zones(picture)
            if not zones:
                continue
            lang = lang or engine.choose_language(picture, zones[0])
            lines = [(engine.recognise(picture, zone, lang), zone.notes) for zone in zones]
            text, note = page_text([(found, notes) for found, notes in lines if found], note)
            texts.append(text)
    except ScanError as error:
        return Reading(skipped=(Problem("bad-scan", str(error), name),))
    if not any(texts):
        return Reading(skipped=(Problem("bad-scan", "no text was found on its pages", name),))
    message = f"its text was recognised from a scan ({engine.confidence:.0f} % sure): letters may be wrong"
    problem = Problem("read-by-ocr", message, name)
    documents = read_plain(name, "\n\f".join(texts))
    return Reading(tuple(replace(document, problems=(problem, *document.problems)) for document in documents))


def _data_folder() -> str:
    """The folder of the language data."""
    folders = (os.environ.get("TESSDATA_PREFIX"), *_DATA_FOLDERS)
    found = next((folder for folder in folders if folder and any(Path(folder).glob("*.traineddata"))), None)
    if found is None:
        raise ScanError(f"a scan, and there are no language data to read it: {_INSTALL}")
    return found


class _Engine:
    """Tesseract with the languages that are installed. Raises `ScanError` without it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        installed = {path.stem for path in Path(folder).glob("*.traineddata")}
        self._languages = [lang for lang in LANGUAGES if engine_name(lang) in installed]
        self._confidences: list[int] = []
        self._open: dict[LanguageCode, PyTessBaseAPI] = {}
        _tesserocr()
        if not self._languages:
            raise ScanError(f"a scan, and there are no language data to read it: {_INSTALL}")

    @property
    def confidence(self) -> float:
        """How sure the engine is of what it read, in per cent."""
        return float(np.mean(self._confidences)) if self._confidences else 0.0

    def choose_language(self, picture: Picture, zone: Zone) -> LanguageCode:
        """Return the language in which the engine reads a zone most surely."""
        if len(self._languages) == 1:
            return self._languages[0]
        sample = replace(zone, bottom=min(zone.bottom, zone.top + picture.shape[0] // 8))
        sure = {}
        for lang in self._languages:
            self.recognise(picture, sample, lang)
            sure[lang] = self._confidences.pop()
        return max(sure, key=sure.__getitem__)

    def recognise(self, picture: Picture, zone: Zone, lang: LanguageCode) -> list[ScanLine]:
        """Return the lines of a zone."""
        tesserocr = _tesserocr()
        crop = picture[zone.top : zone.bottom, zone.left : zone.right]
        padded = np.ascontiguousarray(np.pad(crop, _MARGIN, constant_values=255))
        height, width = padded.shape
        if lang not in self._open:
            try:
                self._open[lang] = tesserocr.PyTessBaseAPI(
                    path=self._folder, lang=engine_name(lang), psm=tesserocr.PSM.SINGLE_BLOCK
                )
            except RuntimeError as error:
                raise ScanError(f"the language data in {self._folder} cannot be used: {error}") from error
        api = self._open[lang]
        api.SetImageBytes(padded.tobytes(), width, height, 1, width)
        api.SetSourceResolution(RESOLUTION)
        api.Recognize()
        self._confidences.append(api.MeanTextConf())
        return list(_lines(api, padded))


def _lines(api: PyTessBaseAPI, picture: Picture) -> Iterator[ScanLine]:
    tesserocr = _tesserocr()
    level = tesserocr.RIL
    words: list[Word] = []
    top = bottom = 0
    for here in tesserocr.iterate_level(api.GetIterator(), level.WORD):
        if here.IsAtBeginningOf(level.TEXTLINE):
            if words:
                yield _line(words, picture, top, bottom)
            words = []
            top, bottom = here.BoundingBox(level.TEXTLINE)[1::2]
        box, text = here.BoundingBox(level.WORD), here.GetUTF8Text(level.WORD).strip()
        if box and text:
            words.append(Word(text, box[0], box[2]))
    if words:
        yield _line(words, picture, top, bottom)


def _line(words: Sequence[Word], picture: Picture, top: int, bottom: int) -> ScanLine:
    left, right = words[0].left, words[-1].right
    base, height, raised = measure_line(picture[top:bottom, left:right] < INK)
    return ScanLine(tuple(words), top + base, height, tuple(left + place for place in raised))


@cache
def _tesserocr() -> Any:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads wait for each other longer than they work
    try:
        import tesserocr
    except ImportError as error:
        raise ScanError(f"a scan: {_INSTALL}") from error
    return tesserocr


def _pictures(data: bytes) -> Iterator[Picture]:
    return _pdf_pages(data) if b"%PDF-" in data[:1024] else _frames(data)


def _pdf_pages(data: bytes) -> Iterator[Picture]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ScanError(f"the PDF cannot be opened: {error}") from error
    with closing(document):
        for at in range(min(len(document), MAX_PAGES)):
            try:
                page = document[at]
                width, height = page.get_size()
                scale = min(RESOLUTION / 72, (MAX_DOTS / max(1.0, width * height)) ** 0.5)
                rendered = page.render(scale=scale, grayscale=True).to_numpy()
            except pypdfium2.PdfiumError as error:
                raise ScanError(f"page {at + 1} cannot be shown: {error}") from error
            yield np.ascontiguousarray(rendered.reshape(rendered.shape[0], rendered.shape[1]))


def _frames(data: bytes) -> Iterator[Picture]:
    try:
        from PIL import Image, ImageSequence
    except ImportError as error:
        raise ScanError(f"a picture: {_INSTALL}") from error
    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        with image:
            for at, frame in enumerate(ImageSequence.Iterator(image)):
                if at >= MAX_PAGES:
                    return
                if frame.width * frame.height > MAX_DOTS:
                    raise ScanError(f"the picture has more than {MAX_DOTS:,} dots")
                yield np.asarray(frame.convert("L"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError) as error:
        raise ScanError(f"the picture is damaged: {error}") from error
