"""Reading AKN4UN, the XML in which the United Nations publishes its resolutions.

AKN4UN is Akoma Ntoso 3.0 as the United Nations uses it. What the format declares is taken over: preamble, body,
attachments, numbers, footnotes. Not taken over, since the corpus shows them wrong: the language (files lie in the
wrong folder), the ``eId`` (an editor's counter), the target of a link where the text says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from indexer import symbols
from indexer.errors import InvalidSymbolError
from indexer.model import LANGUAGES, Problem
from indexer.reading.akn_blocks import BlockReader
from indexer.reading.akn_metadata import read_adoption_date, read_goals, read_proceedings, read_subjects
from indexer.reading.akn_text import NoteNumbers, clean_text, local_name, raw_text
from indexer.reading.document import RawDocument, RawMetadata, Reading, Zone
from indexer.reading.identify import folder_language, identify_language, named_language
from indexer.reading.plain import part_letter

_PARTS = {
    "preamble": Zone.PREAMBLE,
    "mainBody": Zone.BODY,
    "conclusions": Zone.TAIL,
    "attachment": Zone.ANNEX,
}
_OTHER_PARTS = frozenset(["meta", "coverPage"])
_AGENDA_ITEM = "agenda item name"
_PART_SPAN = re.compile(r"\s*[A-Z]\s?[-–]\s?[A-Z]$")
_WORK_NUMBER = re.compile(r"/(?P<body>unga|unsc)/[\d-]+/(?P<number>[^/]+)/")
_SESSION_NUMBER = re.compile(r"A/RES/(?P<session>(?:E?S-)?\d+)/(?P<number>\d+)")
_FILE_NUMBER = re.compile(r"(?:^|[/\\!])(?:A_RES_)?(?P<session>(?:E?S-)?\d+)_(?P<number>\d+)(?!\d)[^/\\!]*$")


def read_akn(name: str, data: bytes) -> Reading:
    """Read an AKN4UN file: a document for each resolution in it (one, or one for each part A, B …).

    Left out with a problem: languages other than the six (``skipped-language``), drafts (``skipped-draft``) and
    presidential statements (``skipped-statement``); files that are no XML (``bad-xml``) or no AKN4UN
    (``unknown-format``). A damaged file is read as far as it goes; its documents carry ``damaged-xml``. No entity is
    expanded and nothing is loaded from elsewhere. Never raises.
    """
    root, damage = _parse(data)
    statements = list(root.iter("{*}statement")) if root is not None else []
    if root is None or (damage and not statements):
        return Reading(skipped=(Problem("bad-xml", f"no XML: {damage}", name),))
    if not statements:
        return Reading(skipped=(Problem("unknown-format", "XML, but not AKN4UN: it holds no statement", name),))
    printed = _own_symbol(root)
    symbol = _named_symbol(printed, name)
    if problem := _no_resolution(statements[0], symbol, name):
        return Reading(skipped=(problem,))
    problems: list[Problem] = []
    if damage:
        problems.append(Problem("damaged-xml", f"read as far as it goes: {damage}", name))
    if symbol != printed:
        problems.append(Problem("symbol-mismatch", f"the cover says {printed}, the file name {symbol}", name))
    several = len(statements) > 1 or root.find("{*}documentCollection") is not None
    file = _File(name, root, symbol, problems, several=several)
    documents: list[RawDocument] = []
    skipped: list[Problem] = []
    for index, statement in enumerate(statements):
        outcome = file.read(statement, index)
        if isinstance(outcome, Problem):
            skipped.append(outcome)
        else:
            documents.append(outcome)
    return Reading(tuple(documents), tuple(skipped))


class _File:
    """One file while its resolutions are read: what they share, the ``problems`` of the file too."""

    def __init__(
        self, name: str, root: etree._Element, symbol: str | None, problems: list[Problem], *, several: bool
    ) -> None:
        self._name = name
        self._root = root
        self._symbol = symbol
        self._file_problems = problems
        self._several = several
        self._declared = next(
            (e.get("language") or "" for e in root.iter("{*}FRBRlanguage") if e.get("language")), ""
        )
        self._numbers = NoteNumbers(note.get("marker") for note in root.iter("{*}authorialNote"))

    def read(self, statement: etree._Element, index: int) -> RawDocument | Problem:
        """Return one resolution of the file, or why it is left out."""
        reader = BlockReader(self._numbers)
        title = reader.read_title(self._title_elements(statement))
        annex = 0
        for part in _parts(statement if self._several else self._root):
            zone = _PARTS[local_name(part.tag)]
            annex += zone is Zone.ANNEX
            reader.read_part(part, zone, annex if zone is Zone.ANNEX else 0)
        if not any(block.zone is not Zone.HEAD for block in reader.blocks):
            return Problem("no-text", "it holds no text of a resolution", self._name)
        sample = " ".join(block.text for block in reader.blocks[:60])
        lang = identify_language(sample) or named_language(self._declared)
        if lang not in LANGUAGES:
            return Problem("skipped-language", f"the text is in {lang or 'an unknown language'}", self._name)
        meta = RawMetadata(
            symbol=self._symbol_of(statement, index),
            lang=lang,
            title=title,
            date=read_adoption_date(statement) or read_adoption_date(self._root),
            subjects=read_subjects(self._root),
            goals=read_goals(self._root),
            proceedings=read_proceedings(self._root),
        )
        problems = tuple(self._problems(lang))
        return RawDocument(self._name, tuple(reader.blocks), tuple(reader.notes), meta, problems)

    def _title_elements(self, statement: etree._Element) -> Iterator[etree._Element]:
        """Yield the elements that make the title: of the whole resolution, then of the part.

        Where the title was forgotten, the name of the agenda item stands in. The Security Council has neither: its
        title is the heading of the cover page, number and meeting.
        """
        if self._several:
            prefaces = [*self._root.iterfind("{*}documentCollection/{*}preface"), *statement.iterfind("{*}preface")]
        else:
            prefaces = list(self._root.iterfind(".//{*}preface"))
        cover = self._root.find(".//{*}coverPage")
        if any(any(_texts(preface.iterfind(".//{*}docTitle"))) for preface in prefaces) or cover is None:
            for preface in prefaces:
                yield from (element for element in preface if local_name(element.tag) not in _PARTS)
            return
        yield from [e for e in cover.iter("{*}inline") if e.get("name") == _AGENDA_ITEM] or cover.iter("{*}docTitle")

    def _symbol_of(self, statement: etree._Element, index: int) -> str | None:
        if not self._several or not self._symbol:
            return self._symbol
        printed = clean_text("".join(_texts(statement.iterfind("{*}preface//{*}docNumber")))).strip(" .")
        letter = part_letter(printed) or part_letter(printed.upper()) or chr(ord("A") + index)
        return f"{_PART_SPAN.sub('', self._symbol)} {letter}"

    def _problems(self, lang: str) -> Iterator[Problem]:
        yield from self._file_problems
        for source, code in (("folder", folder_language(self._name)), ("metadata", named_language(self._declared))):
            if code and code != lang:
                yield Problem("language-mismatch", f"the {source} says {code}, the text is {lang}", self._name)


def _parse(data: bytes) -> tuple[etree._Element | None, str | None]:
    """Return the root element, and what is wrong with the file if anything is."""
    try:
        return etree.fromstring(data, _parser(recover=False)), None
    except (etree.XMLSyntaxError, ValueError) as error:
        damage = str(error)
    try:
        return etree.fromstring(data, _parser(recover=True)), damage
    except (etree.XMLSyntaxError, ValueError):
        return None, damage


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    """Return a parser that expands no entity, loads nothing and keeps the library's limits on size and depth."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _own_symbol(root: etree._Element) -> str | None:
    """Return the symbol on the cover page, else that of the work's address, else None."""
    for printed in _texts(root.iterfind(".//{*}coverPage//{*}docNumber")):
        if text := clean_text(symbols.fold(printed)).rstrip("*. "):
            return text
    for work in root.iter("{*}FRBRthis", "{*}FRBRuri"):
        if found := _WORK_NUMBER.search(work.get("value") or ""):
            number, _, year = found["number"].rpartition("-")
            return f"S/RES/{number} ({year})" if found["body"] == "unsc" else f"A/RES/{number}/{year}"
    return None


def _named_symbol(symbol: str | None, name: str) -> str | None:
    """Return the symbol with the number that the name of the file gives, where it gives another of the same session.

    Covers are copied from file to file (A/RES/78/3 on A_RES_78_4_F.xml), names as the United Nations gives them
    (A_RES_78_4…, 78_4…) were never found wrong.
    """
    cover, file = _SESSION_NUMBER.match(symbol or ""), _FILE_NUMBER.search(name)
    if (
        not symbol
        or not cover
        or not file
        or cover["session"] != file["session"]
        or cover["number"] == file["number"]
    ):
        return symbol
    return f"{symbol[: cover.start('number')]}{file['number']}{symbol[cover.end() :]}"


def _no_resolution(statement: etree._Element, symbol: str | None, name: str) -> Problem | None:
    """Return why a file holds no resolution, or None if it does."""
    kind = statement.get("name") or ""
    if kind == "presidentialStatement" or "/PRST/" in (symbol or ""):
        return Problem("skipped-statement", f"{symbol} is a presidential statement", name)
    if kind == "draftResolution":
        return Problem("skipped-draft", f"{symbol} is a draft", name)
    if symbol is None:
        return None
    try:
        canonical = symbols.parse_symbol(symbol)
    except InvalidSymbolError:
        canonical = None
    if canonical is None or "/RES/" not in canonical:
        return Problem("skipped-draft", f"{symbol} is not the symbol of a resolution", name)
    return None


def _parts(scope: etree._Element) -> Iterator[etree._Element]:
    """Yield preambles, bodies, conclusions and attachments in order, whatever they lie in.

    In a damaged file an end tag may be missing, and parts come to lie beside or inside one another.
    """
    for child in scope:
        name = local_name(child.tag)
        if name in _PARTS:
            yield child
        elif name not in _OTHER_PARTS:
            yield from _parts(child)


def _texts(elements: Iterable[etree._Element]) -> Iterator[str]:
    for element in elements:
        yield raw_text(element).strip()
