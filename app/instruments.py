"""How an instrument is cited: how often, when, by which verbs, and by which resolutions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model import FacetName, FacetValue, SearchPage, SearchRequest
from app.search import search
from indexer.citing import load_gazetteer
from indexer.citing.gazetteer import Instrument
from indexer.model import LanguageCode, TargetId
from indexer.store import Snapshot

VERBS_SHOWN = 5  # columns of the table of years


@dataclass(frozen=True, slots=True)
class YearOfUse:
    """The clauses of one year that cite an instrument: all of them, and those of each verb shown."""

    year: str
    total: int
    by_verb: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How the clauses of one language cite an instrument.

    ``verbs`` are the most frequent ones, ``years`` ascend; ``resolutions`` is a page of the newest that cite it.
    """

    lang: LanguageCode
    total: int
    verbs: tuple[FacetValue, ...]
    years: tuple[YearOfUse, ...]
    resolutions: SearchPage


def find_instrument(id: str) -> Instrument | None:
    """Return the instrument with this id, with or without ``ins:``."""
    return load_gazetteer().get(TargetId(id if id.startswith("ins:") else f"ins:{id}"))


def citing_clauses(instrument: Instrument, lang: LanguageCode) -> SearchRequest:
    """Return the search for the clauses of a language that cite an instrument, newest first."""
    return SearchRequest(filters={"cites": (instrument.id,), "lang": (lang,)}, sort="newest")


def use_of(snapshot: Snapshot, instrument: Instrument, lang: LanguageCode, *, ui: str, page: int = 1) -> Use:
    """Return how the clauses of a language cite an instrument."""
    request = replace(citing_clauses(instrument, lang), per_page=1, facets=("year", "action"))
    counted = search(snapshot, request, ui=ui)
    verbs = counted.facets["action"][:VERBS_SHOWN]
    by_verb = [_by_year(snapshot, request, "action", verb.value) for verb in verbs]
    shown = replace(request, per_page=20, page=page, facets=(), group="resolution")
    return Use(
        lang,
        counted.total,
        verbs,
        tuple(
            YearOfUse(year.value, year.count, tuple(counts.get(year.value, 0) for counts in by_verb))
            for year in sorted(counted.facets["year"], key=lambda year: year.value)
        ),
        search(snapshot, shown, ui=ui),
    )


def _by_year(snapshot: Snapshot, request: SearchRequest, name: FacetName, value: str) -> dict[str, int]:
    """Return the clauses by year of those that have a value, too."""
    narrowed = replace(request, filters={**request.filters, name: (value,)}, facets=("year",))
    return {year.value: year.count for year in search(snapshot, narrowed).facets["year"]}
