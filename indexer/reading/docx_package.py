"""The zip package of an office document: its parts, parsed within bounds.

A part is XML from a stranger: no entity is expanded and nothing is loaded; parts that unpack to more than `MAX_BYTES`
and document types are refused. Names are matched without their namespace, since the strict and the transitional
variant of the format differ in nothing else.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

MAX_BYTES: Final = 64 * 2**20  # of XML in all parts; the longest resolutions take 3 MiB

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD: Final = "WordDocument".encode("utf-16-le")
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
)
# What other packages hold, by a member that only they have.
_OTHERS: Final = (
    ("xl/workbook.xml", "a spreadsheet: save the resolution as DOCX, PDF or plain text"),
    ("ppt/presentation.xml", "a presentation: save the resolution as DOCX, PDF or plain text"),
    ("content.xml", "an OpenDocument file: save it as DOCX or plain text"),
    ("META-INF/container.xml", "an e-book: save the resolution as HTML or plain text"),
)


class DocxError(Exception):
    """A package that cannot be read; ``code`` is that of the problem, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Package:
    """An opened package. Raises `DocxError` for whatever is no text document or breaks the bounds."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise DocxError("unknown-format", _describe_ole(data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = frozenset(self._zip.namelist())
        except _ZIP_ERRORS as error:
            raise DocxError("bad-archive", f"the package is damaged: {error or type(error).__name__}") from error
        self._left = MAX_BYTES
        self._document = self._find_document()

    def _find_document(self) -> str:
        declared = self.related("", "officeDocument")
        if declared and declared in self._names and "word" in declared:
            return declared
        if "word/document.xml" in self._names:
            return "word/document.xml"
        other = next((what for member, what in _OTHERS if member in self._names), None)
        raise DocxError("unknown-format", other or "a zip archive under another name: call it .zip")

    @property
    def body(self) -> etree._Element:
        """The root of the main document."""
        root = self._parse(self._document)
        if root is None:
            raise DocxError("bad-docx", "the main document is missing")
        return root

    def part(self, kind: str) -> etree._Element | None:
        """Return the root of the part of a kind (``footnotes``, ``numbering``, ``styles``), None without one."""
        target = self.related(self._document, kind) or posixpath.join(
            posixpath.dirname(self._document), f"{kind}.xml"
        )
        return self._parse(target)

    def headers(self) -> Iterator[etree._Element]:
        """Yield the roots of all running heads and feet."""
        for target in self._targets(self._document, "header") + self._targets(self._document, "footer"):
            root = self._parse(target)
            if root is not None:
                yield root

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the part that ``part`` (or the package, ``""``) is related to by ``kind``."""
        return next(iter(self._targets(part, kind)), None)

    def _targets(self, part: str, kind: str) -> list[str]:
        folder, name = posixpath.split(part)
        root = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/" + folder, row.get("Target") or "")).lstrip("/")
            for row in root.iterfind("{*}Relationship")
            if (row.get("Type") or "").rpartition("/")[2] == kind and row.get("TargetMode") != "External"
        ]

    def _parse(self, name: str) -> etree._Element | None:
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as member:
                data = member.read(self._left + 1)
        except _ZIP_ERRORS as error:
            if "encrypted" in str(error):
                raise DocxError("encrypted", "it is protected by a password: save it without one") from error
            raise DocxError("bad-archive", f"{name} is damaged: {error or type(error).__name__}") from error
        self._left -= len(data)
        if self._left < 0:
            raise DocxError("too-large", f"its text unpacks to more than {MAX_BYTES // 2**20} MiB")
        return _parse_xml(name, data)


def _parse_xml(name: str, data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocxError("bad-docx", f"{name} is no XML: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocxError("bad-docx", f"{name} has a document type, which no office program writes")
    return root


def _describe_ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "it is protected by a password: save it without one"
    if _OLD_WORD in data:
        return "a Word document of before 2007 (.doc): save it as DOCX"
    return "an old office document: save it as DOCX, PDF or plain text"
