"""The page of one clause: its text, its address and how a text cites it. The page of a resolution shows the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.web.addresses import Addresses
from app.web.clauses import Translation, translations
from app.web.i18n import Messages
from app.web.references import references
from app.web.texts import Text, plain_text
from indexer.model import Clause, ClauseType, Footnote, LanguageCode, Resolution


@dataclass(frozen=True, slots=True)
class ClausePageView:
    """One clause and how to point at it.

    ``link`` is its whole address, ``citation`` is in the language of the text, ``place`` names it for the reader.
    """

    symbol: str
    place: str
    text: Text
    href: str
    link: str
    citation: Text
    translations: tuple[Translation, ...]


PlaceNamer = Callable[[Clause | Footnote], str]


def place_namer(resolution: Resolution, words: Messages, is_heading: Callable[[Clause], bool]) -> PlaceNamer:
    """Return what names a clause in the reader's language: «пункт 10 a)», «Подзаголовок h1»."""
    readers = references(words.lang)
    annexes = annexes_of(resolution, is_heading)

    def name(place: Clause | Footnote) -> str:
        kind = place.type if isinstance(place, Clause) else ClauseType.FOOTNOTE
        named = readers.of_place(place.path, annexes=annexes)
        if not named or (isinstance(place, Clause) and is_heading(place)):
            return f"{words.text(f'one_type.{kind}')} {place.path}"
        return named

    return name


def annexes_of(resolution: Resolution, is_heading: Callable[[Clause], bool]) -> int:
    """Return how many annexes a resolution has."""
    return sum(clause.type is ClauseType.ANNEX and is_heading(clause) for clause in resolution.clauses)


def clause_view(
    resolution: Resolution,
    path: str,
    held: Collection[LanguageCode],
    words: Messages,
    addresses: Addresses,
    *,
    origin: str,
    is_heading: Callable[[Clause], bool],
) -> ClausePageView | None:
    """Return what the page of a clause shows, None where the resolution has no such clause.

    ``origin`` (``https://host``) makes the link for copying whole.
    """
    places: tuple[Clause | Footnote, ...] = (*resolution.clauses, *resolution.footnotes)
    place = next((place for place in places if place.path == path), None)
    if place is None:
        return None
    symbol, lang = resolution.symbol, resolution.lang
    annexes = annexes_of(resolution, is_heading)
    citation = references(lang).of_clause(symbol, resolution.body, path, annexes=annexes)
    return ClausePageView(
        symbol=symbol,
        place=place_namer(resolution, words, is_heading)(place),
        text=plain_text(place.text, lang),
        href=addresses.resolution(lang, symbol, path),
        link=Addresses(f"{origin}{addresses.root}").resolution(lang, symbol, path),
        citation=plain_text(citation, lang),
        translations=translations(symbol, path, lang, held, words, addresses),
    )
