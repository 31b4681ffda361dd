"""Several languages of one resolution, clause beside clause: ``/ru/A/RES/58/208?with=en,ar``.

Clauses stand in one row because they have one path; where a version lacks a clause, its cell says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.problems import ParameterError, ParameterFault
from app.web.addresses import Addresses, official_address
from app.web.clauses import Translation, enumerator, translations
from app.web.i18n import Messages
from app.web.references import references
from app.web.resolution_page import (
    ANNEX_HEAD,
    Holdings,
    Linker,
    PlaceLink,
    depth,
    heading_level,
    held_marks,
    linker,
    links,
)
from app.web.texts import Direction, Text, annotated, direction
from indexer.model import LANGUAGES, Clause, ClauseType, Footnote, LanguageCode, Resolution


@dataclass(frozen=True, slots=True)
class Column:
    """A language that is shown; ``href`` leads to the text in it alone."""

    lang: LanguageCode
    name: str
    dir: Direction
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A clause in one language; ``text`` is None where that version has no such clause."""

    lang: LanguageCode
    language: str
    number: str | None
    text: Text | None


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in all the languages shown; ``place`` names it to the reader, ``kind`` is its type."""

    path: str
    place: str
    kind: str
    depth: int
    cells: tuple[Cell, ...]

    @property
    def has_gap(self) -> bool:
        """Whether some version lacks the clause."""
        return any(cell.text is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SideView:
    """The whole page. ``choices`` are the languages that can stand beside the first, ``chosen`` those that do."""

    symbol: str
    heading: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gaps: tuple[PlaceLink, ...]
    unheld: tuple[str, ...]
    choices: tuple[Translation, ...]
    chosen: tuple[LanguageCode, ...]
    address: str
    official: str


def read_languages(values: Iterable[str], own: LanguageCode) -> tuple[LanguageCode, ...]:
    """Return the languages that ``with`` names (``en,ar``, or once for each), each once and without the text's own.

    Raises `ParameterError` for what is no language of the texts.
    """
    named = [code.strip() for value in values for code in value.split(",") if code.strip()]
    if not set(named) <= set(LANGUAGES):
        raise ParameterError(ParameterFault("with", "query", f"a comma list of {', '.join(LANGUAGES)}"))
    known: dict[str, LanguageCode] = {code: code for code in LANGUAGES}
    return tuple(known[code] for code in dict.fromkeys(named) if code != own)


def side_view(
    versions: Sequence[Resolution],
    unheld: Sequence[LanguageCode],
    holdings: Holdings,
    words: Messages,
    addresses: Addresses,
) -> SideView:
    """Return what the page shows: the versions, the first one leading, and the languages asked for but not held."""
    first = versions[0]
    symbol, lang = first.symbol, first.lang
    columns = tuple(
        Column(code, words.text(f"lang.{code}"), direction(code), addresses.resolution(code, symbol))
        for code in (version.lang for version in versions)
    )
    rows = tuple(_rows(versions, holdings, words, addresses))
    return SideView(
        symbol=symbol,
        heading=words.text("side.title", symbol=symbol),
        caption=words.text("side.table", symbol=symbol),
        columns=columns,
        rows=rows,
        gaps=tuple(PlaceLink(f"#{row.path}", row.place) for row in rows if row.has_gap),
        unheld=tuple(words.text(f"lang.{code}") for code in unheld),
        choices=translations(symbol, "", lang, holdings(symbol), words, addresses),
        chosen=tuple(version.lang for version in versions[1:]),
        address=Addresses(addresses.root).resolution(lang, symbol),
        official=official_address(lang, symbol),
    )


def merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """Return all paths in the order of the first version; what it lacks follows what it follows in its own."""
    order = list(orders[0])
    for other in orders[1:]:
        known = set(order)
        following: dict[str, list[str]] = {}
        anchor = ""
        for path in other:
            if path in known:
                anchor = path
            else:
                following.setdefault(anchor, []).append(path)
        order = [*following.get("", ()), *(step for path in order for step in (path, *following.get(path, ())))]
    return order


def _rows(versions: Sequence[Resolution], holdings: Holdings, words: Messages, addresses: Addresses) -> Iterator[Row]:
    places = [_places(version) for version in versions]
    linkers = [linker(version, holdings, addresses) for version in versions]
    order = merged([[clause.path for clause in version.clauses] for version in versions])
    annexes = sum(bool(ANNEX_HEAD.fullmatch(path)) for path in order)
    order += sorted({note.path for version in versions for note in version.footnotes}, key=lambda path: int(path[2:]))
    for path in order:
        known = next(held[path] for held in places if path in held)
        yield Row(
            path=path,
            place=_place(known, words, annexes),
            kind=known.type.value if isinstance(known, Clause) else ClauseType.FOOTNOTE.value,
            depth=0 if isinstance(known, Footnote) else depth(path),
            cells=tuple(
                _cell(version, held.get(path), link, words)
                for version, held, link in zip(versions, places, linkers, strict=True)
            ),
        )


def _places(version: Resolution) -> dict[str, Clause | Footnote]:
    places: dict[str, Clause | Footnote] = {clause.path: clause for clause in version.clauses}
    return places | {note.path: note for note in version.footnotes}


def _cell(version: Resolution, place: Clause | Footnote | None, link: Linker, words: Messages) -> Cell:
    lang = version.lang
    language = words.text(f"lang.{lang}")
    if place is None:
        return Cell(lang, language, None, None)
    marks = held_marks(place.marks, version) if isinstance(place, Clause) else []
    number = enumerator(place.number, lang) if isinstance(place, Clause) else str(place.number)
    return Cell(lang, language, number, annotated(place.text, lang, links(place.citations, link), marks))


def _place(place: Clause | Footnote, words: Messages, annexes: int) -> str:
    """Return the name of a row: «пункт 10 a)», or what the clause is where no number tells."""
    if isinstance(place, Footnote):
        return references(words.lang).of_place(place.path)
    said = "" if heading_level(place) else references(words.lang).of_place(place.path, annexes=annexes)
    return said or words.text(f"one_type.{place.type.value}")
