"""How instruments are cited: how often, when, by which verbs, and by which resolutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.meaning import values_meant
from app.model import FacetName, FacetValue, FilterName, SearchPage, SearchRequest
from app.search import search
from indexer.citing import load_gazetteer
from indexer.citing.gazetteer import Instrument
from indexer.model import LANGUAGES, ClauseType, LanguageCode, TargetId
from indexer.store import Snapshot
from indexer.store.columns import BoolArray, Columns, Counts

VERBS_SHOWN = 5  # columns of the table of years
CHOOSABLE: tuple[FacetName, ...] = ("year", "action", "body")  # what the list of resolutions is filtered by

# The clause that a footnote hangs on is counted for what the note cites: the note itself would count twice.
NO_FOOTNOTES = "-type:footnote"


@dataclass(frozen=True, slots=True)
class YearOfUse:
    """The clauses of one year that cite an instrument: all of them, and those of each verb shown."""

    year: str
    total: int
    by_verb: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How the clauses of one language cite an instrument.

    ``verbs`` are the most frequent ones, ``years`` ascend. ``resolutions`` is a page of the newest that cite it and
    have what is ``chosen``; ``choices`` are the values to choose from.
    """

    lang: LanguageCode
    total: int
    verbs: tuple[FacetValue, ...]
    years: tuple[YearOfUse, ...]
    choices: Mapping[FacetName, tuple[FacetValue, ...]]
    chosen: Mapping[FilterName, tuple[str, ...]]
    resolutions: SearchPage


def find_instrument(id: str) -> Instrument | None:
    """Return the instrument with this id, with or without ``ins:``."""
    return load_gazetteer().get(TargetId(id if id.startswith("ins:") else f"ins:{id}"))


def citing_clauses(instrument: Instrument, lang: LanguageCode) -> SearchRequest:
    """Return the search for the clauses of a language that cite an instrument, newest first."""
    return SearchRequest(q=NO_FOOTNOTES, filters={"cites": (instrument.id,), "lang": (lang,)}, sort="newest")


def use_of(
    snapshot: Snapshot,
    instrument: Instrument,
    lang: LanguageCode,
    chosen: Mapping[FilterName, tuple[str, ...]],
    *,
    ui: str,
    page: int = 1,
) -> Use:
    """Return how the clauses of a language cite an instrument, and those resolutions that have what is chosen."""
    request = replace(citing_clauses(instrument, lang), per_page=1, facets=CHOOSABLE)
    counted = search(snapshot, request, ui=ui)
    verbs = counted.facets["action"][:VERBS_SHOWN]
    by_verb = [_by_year(snapshot, request, "action", verb.value) for verb in verbs]
    narrowed = {**request.filters, **chosen}
    shown = replace(request, filters=narrowed, per_page=20, page=page, facets=(), group="resolution")
    return Use(
        lang,
        counted.total,
        verbs,
        tuple(
            YearOfUse(year.value, year.count, tuple(counts.get(year.value, 0) for counts in by_verb))
            for year in sorted(counted.facets["year"], key=lambda year: year.value)
        ),
        counted.facets,
        chosen,
        search(snapshot, shown, ui=ui),
    )


def named_so(q: str) -> tuple[Instrument, ...]:
    """Return the instruments whose names hold the words in some language; all of them without words."""
    gazetteer = load_gazetteer()
    if not q.strip():
        return gazetteer.instruments
    return tuple({found.id: found for lang in LANGUAGES for found in gazetteer.search(q, lang)}.values())


def instruments_by_use(
    snapshot: Snapshot, lang: LanguageCode, instruments: Iterable[Instrument]
) -> list[tuple[Instrument, int]]:
    """Return instruments with the number of clauses of a language that cite them, the most cited first."""
    columns = snapshot.columns
    texts = columns["lang"].mask((lang,)) & ~columns["type"].mask((ClauseType.FOOTNOTE,))
    docs = np.flatnonzero(texts).astype(np.int32)
    counts = columns["cites"].count(columns.select(docs))
    counted = [(one, _citing(one, columns, counts, texts)) for one in instruments]
    return sorted(counted, key=lambda pair: -pair[1])


def _citing(instrument: Instrument, columns: Columns, counts: Counts, texts: BoolArray) -> int:
    """Return how many of the clauses cite an instrument; a clause that cites it under two names counts once."""
    column = columns["cites"]
    meant = values_meant("cites", instrument.id, columns)
    if len(meant) > 1:
        return int(np.count_nonzero(column.mask(meant) & texts))
    return int(counts[column.codes_of(meant)].sum())


def _by_year(snapshot: Snapshot, request: SearchRequest, name: FacetName, value: str) -> dict[str, int]:
    """Return the clauses by year of those that have a value, too."""
    narrowed = replace(request, filters={**request.filters, name: (value,)}, facets=("year",))
    return {year.value: year.count for year in search(snapshot, narrowed).facets["year"]}
