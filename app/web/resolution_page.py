"""What the page of a resolution shows, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from app.labels import Label, label
from app.model import FilterName, SearchRequest
from app.web.addresses import Addresses, official_address
from app.web.clauses import Translation, enumerator, translations
from app.web.i18n import Messages
from app.web.texts import Text, TextLink, annotated, plain_text
from indexer.model import Citation, ClauseType, LanguageCode, Resolution, Symbol
from indexer.store.records import COUNTED_KINDS, COUNTED_STATUSES

NOTE_TARGET = re.compile(r"fn\d+")  # a citation of a footnote leads to it on the same page
HEADINGS = frozenset({ClauseType.HEADING, ClauseType.ANNEX})


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause; ``depth`` is 0 for a paragraph, 1 for its sub-paragraph, and so on."""

    path: str
    type: ClauseType
    number: str | None
    depth: int
    text: Text

    @property
    def is_heading(self) -> bool:
        """Whether the clause heads others."""
        return self.type in HEADINGS


@dataclass(frozen=True, slots=True)
class FootnoteView:
    """A footnote; ``clause`` is the path of the clause that it hangs on."""

    path: str
    number: int
    text: Text
    clause: str | None


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact; ``href`` leads to the clauses that share it."""

    label: Label
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the facts about a resolution; ``datetime`` is set for a date."""

    name: str
    values: tuple[FactValue, ...]
    datetime: str | None = None


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """The whole page of a resolution."""

    symbol: str
    lang: str
    title: Text
    facts: tuple[Fact, ...]
    clauses: tuple[ClauseView, ...]
    footnotes: tuple[FootnoteView, ...]
    translations: tuple[Translation, ...]
    official: str
    json: str
    txt: str
    search_inside: str
    cited_by: str


Linker = Callable[[Citation], TextLink | None]
Holdings = Callable[[Symbol], Collection[LanguageCode]]
"""Tells the languages in which the index holds a resolution."""


def resolution_view(
    resolution: Resolution, holdings: Holdings, words: Messages, addresses: Addresses
) -> ResolutionView:
    """Return what the page of a resolution shows.

    A citation leads to the resolution where the index holds it in this language, else to what cites the same thing.
    """
    symbol, lang = resolution.symbol, resolution.lang

    def link(citation: Citation) -> TextLink | None:
        href = _target_address(citation, lang, holdings, addresses)
        return TextLink(citation.start, citation.end, href) if href else None

    return ResolutionView(
        symbol=symbol,
        lang=lang,
        title=plain_text(resolution.title, lang),
        facts=tuple(_facts(resolution, words, addresses)),
        clauses=tuple(_clauses(resolution, link)),
        footnotes=tuple(_footnotes(resolution, link)),
        translations=translations(symbol, "", lang, holdings(symbol), words, addresses),
        official=official_address(lang, symbol),
        json=addresses.data(lang, symbol, "json"),
        txt=addresses.data(lang, symbol, "txt"),
        search_inside=addresses.search(SearchRequest(filters={"symbol": (symbol,), "lang": (lang,)})),
        cited_by=addresses.search(SearchRequest(filters={"cites": (symbol,)})),
    )


def _clauses(resolution: Resolution, link: Linker) -> Iterator[ClauseView]:
    """Yield the clauses but the title, which heads the page."""
    for clause in resolution.clauses:
        if clause.type is not ClauseType.TITLE:
            yield ClauseView(
                path=clause.path,
                type=clause.type,
                number=enumerator(clause.number, resolution.lang),
                depth=clause.number.count(".") if clause.number else 0,
                text=annotated(clause.text, resolution.lang, _links(clause.citations, link), clause.marks),
            )


def _footnotes(resolution: Resolution, link: Linker) -> Iterator[FootnoteView]:
    for note in resolution.footnotes:
        text = annotated(note.text, resolution.lang, _links(note.citations, link))
        yield FootnoteView(note.path, note.number, text, note.clause)


def _links(citations: Iterable[Citation], link: Linker) -> list[TextLink]:
    return [found for citation in citations if (found := link(citation)) is not None]


def _target_address(citation: Citation, lang: LanguageCode, holdings: Holdings, addresses: Addresses) -> str | None:
    if citation.id is None or citation.status not in COUNTED_STATUSES:
        return None
    if NOTE_TARGET.fullmatch(citation.id):
        return f"#{citation.id}"
    if citation.kind not in COUNTED_KINDS:
        return None
    if lang in holdings(Symbol(citation.id)):
        return addresses.resolution(lang, citation.id)
    return addresses.search(SearchRequest(filters={"cites": (citation.id,), "lang": (lang,)}))


def _facts(resolution: Resolution, words: Messages, addresses: Addresses) -> Iterator[Fact]:
    def shared(name: FilterName, *values: str) -> tuple[FactValue, ...]:
        return tuple(
            FactValue(label(name, value, words.lang), addresses.search(SearchRequest(filters={name: (value,)})))
            for value in values
        )

    yield Fact(words.text("resolution.body"), shared("body", resolution.body))
    if resolution.session:
        yield Fact(words.text("resolution.session"), shared("session", resolution.session))
    if resolution.date:
        date = FactValue(Label(words.date(resolution.date), words.lang))
        yield Fact(words.text("resolution.date"), (date,), datetime=resolution.date)
    if resolution.subjects:
        yield Fact(words.text("resolution.subjects"), shared("subject", *resolution.subjects))
