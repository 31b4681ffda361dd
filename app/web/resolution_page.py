"""What the page of a resolution shows, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from operator import itemgetter

from app.labels import Label, label
from app.model import Hit, SearchRequest
from app.relations import CitedText, Relations, citing_request
from app.web.addresses import Addresses, official_address
from app.web.clause_page import PlaceNamer, place_namer
from app.web.clauses import Translation, enumerator, translations
from app.web.i18n import Messages
from app.web.references import references
from app.web.resolution_facts import Fact, facts
from app.web.texts import Text, TextLink, annotated, plain_text
from indexer.model import (
    LANGUAGES,
    Citation,
    Clause,
    ClauseType,
    FootnoteMark,
    LanguageCode,
    Resolution,
    Symbol,
)
from indexer.store.records import COUNTED_KINDS, COUNTED_STATUSES

NOTE_TARGET = re.compile(r"fn\d+")  # a citation of a footnote leads to it on the same page
ANNEX_HEAD = re.compile(r"annex\d*(?:~\d+)?")  # «Приложение I»; what stands under it has a longer path
UNLISTED = re.compile(r"(?:art|op|h|t)\d+(?:~\d+)?")  # parts of a path that are no item of a list
SHOWN_PLACES = 6  # clauses that the panel names for each text that is cited


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause; ``depth`` is 0 for a paragraph, 1 for its sub-paragraph, and so on.

    ``level`` is that of the heading that it is (2 on the page, 3 inside an annex), 0 for what is none.
    """

    path: str
    type: ClauseType
    number: str | None
    depth: int
    level: int
    text: Text
    place: str  # its name in the language of the reader


@dataclass(frozen=True, slots=True)
class PartView:
    """The preamble, the operative part or an annex, under the name that its landmark bears."""

    kind: str
    name: str
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class FootnoteView:
    """A footnote; ``clause`` is the path of the clause that it hangs on."""

    path: str
    number: int
    text: Text
    clause: str | None
    place: str


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents; ``name`` is in ``lang``."""

    href: str
    name: str
    lang: str
    level: int


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A clause of this page, by its number as people read it."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class CitedView:
    """A text that the resolution cites, the clauses that do, and how many more of them there are."""

    label: Label
    href: str
    places: tuple[PlaceLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class CitingView:
    """A resolution that cites this one, with a link to the clause that does."""

    symbol: str
    title: Text
    href: str
    date_words: str


@dataclass(frozen=True, slots=True)
class RelationsView:
    """The panel of what the resolution cites and what cites it; ``cited_by`` lists all that do."""

    cites: tuple[CitedView, ...]
    citing: tuple[CitingView, ...]
    citing_resolutions: int
    cited_by: str


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """The whole page of a resolution; ``language`` is the name of its language in the interface."""

    symbol: str
    lang: str
    language: str
    title: Text
    facts: tuple[Fact, ...]
    contents: tuple[ContentsEntry, ...]
    parts: tuple[PartView, ...]
    footnotes: tuple[FootnoteView, ...]
    translations: tuple[Translation, ...]
    address: str  # of this page without a query: the form for setting languages side by side asks it
    suggested: tuple[str, ...]  # the language that it offers first
    relations: RelationsView | None
    official: str
    json: str
    txt: str
    search_inside: str


Linker = Callable[[Citation], TextLink | None]
Holdings = Callable[[Symbol], Collection[LanguageCode]]
"""Tells the languages in which the index holds a resolution."""


def resolution_view(
    resolution: Resolution,
    holdings: Holdings,
    words: Messages,
    addresses: Addresses,
    *,
    related: Relations | None = None,
) -> ResolutionView:
    """Return what the page of a resolution shows.

    A citation leads to the instrument or, where the index holds it in this language, to the resolution, else to what
    cites the same thing.
    """
    symbol, lang = resolution.symbol, resolution.lang
    link = linker(resolution, holdings, addresses)
    named = place_namer(resolution, words, is_heading)
    parts = tuple(_parts(resolution, link, named, words))
    title_marks = next((c.marks for c in resolution.clauses if c.type is ClauseType.TITLE), ())
    return ResolutionView(
        symbol=symbol,
        lang=lang,
        language=words.text(f"lang.{lang}"),
        title=annotated(resolution.title, lang, (), held_marks(title_marks, resolution)),
        facts=tuple(facts(resolution, words, addresses)),
        contents=tuple(_contents(parts, resolution, words)),
        parts=parts,
        footnotes=tuple(
            FootnoteView(
                note.path,
                note.number,
                annotated(note.text, lang, links(note.citations, link)),
                note.clause,
                named(note),
            )
            for note in resolution.footnotes
        ),
        translations=translations(symbol, "", lang, holdings(symbol), words, addresses),
        address=Addresses(addresses.root).resolution(lang, symbol),
        suggested=_suggested(lang, holdings(symbol), words),
        relations=_relations(related, resolution, holdings, words, addresses) if related else None,
        official=official_address(lang, symbol),
        json=addresses.data(lang, symbol, "json"),
        txt=addresses.data(lang, symbol, "txt"),
        search_inside=addresses.search(SearchRequest(filters={"symbol": (symbol,), "lang": (lang,)})),
    )


def _suggested(lang: LanguageCode, held: Collection[LanguageCode], words: Messages) -> tuple[str, ...]:
    """Return the language to set beside a text: the reader's own, else the first other one that is held."""
    others = [code for code in (words.lang, "en", *LANGUAGES) if code != lang and code in held]
    return tuple(others[:1])


def linker(resolution: Resolution, holdings: Holdings, addresses: Addresses) -> Linker:
    """Return what gives a citation in a resolution its link, None to one that leads nowhere."""
    notes = {note.path for note in resolution.footnotes}

    def link(citation: Citation) -> TextLink | None:
        href = _target_address(citation, resolution.lang, notes, holdings, addresses)
        return TextLink(citation.start, citation.end, href) if href else None

    return link


def links(citations: Iterable[Citation], link: Linker) -> list[TextLink]:
    """Return the links of citations, without those that lead nowhere."""
    return [found for citation in citations if (found := link(citation)) is not None]


def held_marks(marks: Iterable[FootnoteMark], resolution: Resolution) -> list[FootnoteMark]:
    """Return the marks of footnotes that the resolution has: a source may have lost the note of a mark."""
    numbers = {note.number for note in resolution.footnotes}
    return [mark for mark in marks if mark.number in numbers]


def heading_level(clause: Clause) -> int:
    """Return the level of a heading on a page that has one title, 0 for what is no heading."""
    if clause.type is ClauseType.ANNEX:
        return 2 if ANNEX_HEAD.fullmatch(clause.path) else 0
    if clause.type is not ClauseType.HEADING:
        return 0
    return 3 if clause.path.startswith("annex") else 2


def is_heading(clause: Clause) -> bool:
    """Whether a clause is a heading of the page."""
    return heading_level(clause) > 0


def depth(path: str) -> int:
    """Return how many lists a clause stands in: 2 for ``op10.a.ii``, 0 for ``annex1.op2`` and ``op10.t1``."""
    return sum(not UNLISTED.fullmatch(part) for part in path.split(".")[1:])


def _parts(resolution: Resolution, link: Linker, named: PlaceNamer, words: Messages) -> Iterator[PartView]:
    """Yield the parts with their clauses, all but the title, which heads the page."""
    names = {"preamble": words.text("texts.preamble"), "operative": words.text("texts.operative")}
    clauses = [clause for clause in resolution.clauses if clause.type is not ClauseType.TITLE]
    for part, group in groupby(zip(parts_of(clauses), clauses, strict=True), key=itemgetter(0)):
        views = tuple(_clause(clause, resolution, link, named) for _, clause in group)
        yield PartView("annex" if part.startswith("annex") else part, names.get(part) or views[0].text.plain, views)


def parts_of(clauses: Sequence[Clause]) -> list[str]:
    """Return for each clause its part: ``preamble``, ``operative`` or its annex (``annex2``).

    A heading belongs to the part of what follows it, the line of adoption and the like to that of what precedes.
    """
    parts = [_own_part(clause) for clause in clauses]
    following: str | None = None
    for place in reversed(range(len(clauses))):
        if parts[place] is None and clauses[place].type is ClauseType.HEADING:
            parts[place] = following
        following = parts[place] or following
    known, current = [], "preamble"
    for part in parts:
        current = part or current
        known.append(current)
    return known


def _own_part(clause: Clause) -> str | None:
    first = clause.path.split(".")[0]
    if first.startswith("annex"):
        return first
    return "operative" if first.startswith("op") else "preamble" if first.startswith("pp") else None


def _clause(clause: Clause, resolution: Resolution, link: Linker, named: PlaceNamer) -> ClauseView:
    level = heading_level(clause)
    marks = held_marks(clause.marks, resolution)
    return ClauseView(
        path=clause.path,
        type=clause.type,
        number=enumerator(clause.number, resolution.lang),
        depth=0 if level else depth(clause.path),
        level=level,
        text=annotated(clause.text, resolution.lang, links(clause.citations, link), marks),
        place=named(clause),
    )


def _contents(parts: Iterable[PartView], resolution: Resolution, words: Messages) -> Iterator[ContentsEntry]:
    """Yield preamble, operative part, annexes, the headings inside them, and footnotes.

    An annex that opens with a heading bears it beside its number, as a table of contents in print has it.
    """
    for part in parts:
        name, lang, rest = part.name, words.lang, part.clauses
        if part.kind == "annex":
            opening = list(takewhile(lambda clause: clause.level, rest))[:2]
            name = ". ".join(clause.text.plain.rstrip(".") for clause in opening) or name
            lang, rest = resolution.lang, rest[len(opening) :]
        yield ContentsEntry(f"#{part.clauses[0].path}", name, lang, 1)
        for clause in rest:
            if clause.level:
                yield ContentsEntry(f"#{clause.path}", clause.text.plain, resolution.lang, 2)
    if resolution.footnotes:
        yield ContentsEntry("#footnotes", words.text("resolution.footnotes"), words.lang, 1)


def _target_address(
    citation: Citation, lang: LanguageCode, notes: Collection[str], holdings: Holdings, addresses: Addresses
) -> str | None:
    if citation.id is None or citation.status not in COUNTED_STATUSES:
        return None
    if NOTE_TARGET.fullmatch(citation.id):
        return f"#{citation.id}" if citation.id in notes else None
    if citation.kind not in COUNTED_KINDS:
        return None
    return target_address(citation.id, lang, holdings, addresses)


def target_address(target: str, lang: LanguageCode, holdings: Holdings, addresses: Addresses) -> str:
    """Return where a cited text is shown: an instrument or a resolution on its page, else what cites the same."""
    if target.startswith("ins:"):
        return addresses.instrument(target)
    if lang in holdings(Symbol(target)):
        return addresses.resolution(lang, target)
    return addresses.search(SearchRequest(filters={"cites": (target,), "lang": (lang,)}))


def _relations(
    related: Relations, resolution: Resolution, holdings: Holdings, words: Messages, addresses: Addresses
) -> RelationsView:
    readers = references(words.lang)
    lang = resolution.lang

    def cited(text: CitedText) -> CitedView:
        named = label("cites", text.id, words.lang)
        places = tuple(PlaceLink(f"#{path}", readers.of_place(path) or path) for path in text.clauses[:SHOWN_PLACES])
        href = target_address(text.id, lang, holdings, addresses)
        return CitedView(named, href, places, len(text.clauses) - len(places))

    return RelationsView(
        cites=tuple(cited(text) for text in related.cites),
        citing=tuple(_citing(hit, words, addresses) for hit in related.citing.hits),
        citing_resolutions=related.citing.groups or 0,
        cited_by=addresses.search(citing_request(resolution.symbol, lang)),
    )


def _citing(hit: Hit, words: Messages, addresses: Addresses) -> CitingView:
    return CitingView(
        hit.symbol,
        plain_text(hit.title, hit.lang),
        addresses.of(hit.url),
        words.date(hit.date) if hit.date else "",
    )
