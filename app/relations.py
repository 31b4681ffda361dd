"""What a resolution cites, and what cites it."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import SearchPage, SearchRequest
from app.search import search
from indexer.model import ClausePath, LanguageCode, Symbol, TargetId
from indexer.store import ResolutionRecord, Snapshot

NEWEST_CITING = 5  # resolutions that are shown without a search of their own


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text that a resolution cites, and the clauses that do, in their order."""

    id: TargetId
    clauses: tuple[ClausePath, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """What a resolution cites, most cited first, and the newest resolutions that cite it.

    ``citing`` answers `citing_request` and counts all of them in ``groups``.
    """

    cites: tuple[CitedText, ...]
    citing: SearchPage


def citing_request(symbol: Symbol, lang: LanguageCode) -> SearchRequest:
    """Return the search for the resolutions that cite a resolution, newest first."""
    return SearchRequest(filters={"cites": (symbol,), "lang": (lang,)}, sort="newest", group="resolution")


def relations(snapshot: Snapshot, record: ResolutionRecord) -> Relations:
    """Return what a resolution has to do with others, as its own language version says and those of that language."""
    request = citing_request(record.symbol, record.lang)
    shown = SearchRequest(request.q, request.filters, request.sort, 1, NEWEST_CITING, (), request.group)
    return Relations(cited_texts(snapshot, record), search(snapshot, shown))


def cited_texts(snapshot: Snapshot, record: ResolutionRecord) -> tuple[CitedText, ...]:
    """Return what the clauses of a resolution cite, in their text or in their footnotes: most cited first.

    An instrument and the resolution that adopted it are one text. The resolution itself is left out.
    """
    own = TargetId(record.symbol)
    clauses: dict[TargetId, list[ClausePath]] = {}
    for doc in record.documents[: record.clauses]:
        document = snapshot.record(doc)
        for target in document.cites:
            if target != own:
                clauses.setdefault(target, []).append(document.path)
    found = [CitedText(target, tuple(paths)) for target, paths in clauses.items()]
    return tuple(sorted(found, key=lambda text: -len(text.clauses)))
