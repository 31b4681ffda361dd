"""Filters and facets of an answer: which documents pass, and how many have each value.

A facet is counted over what the query and all *other* filters leave, so its values show what choosing them would
give. All counts are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import numpy as np

from app.labels import CACHED_LABELS, facet_label
from app.meaning import same_targets, values_meant
from app.model import FILTERS, FacetName, FacetValue, FilterName, SearchRequest
from app.query.targets import symbol_readings
from app.ranking import MAX_FACET_VALUES
from indexer.citing import load_gazetteer
from indexer.model import LANGUAGES
from indexer.store.columns import BoolArray, Column, Columns, Counts, IntArray

DEFAULTS = SearchRequest()


@dataclass(frozen=True, slots=True, eq=False)
class Narrowing:
    """Documents that match a query, ascending, and which of them pass each filter of the request."""

    docs: IntArray
    passes: Mapping[FilterName, BoolArray]

    def passing(self, without: FilterName | None = None) -> BoolArray:
        """Return which documents pass all filters, one of them aside."""
        passing = np.ones(len(self.docs), np.bool_)
        for name, passed in self.passes.items():
            if name != without:
                passing &= passed
        return passing


def narrow(docs: IntArray, filters: Mapping[FilterName, tuple[str, ...]], columns: Columns) -> Narrowing:
    """Return the documents with what the filters say of them. Values of one filter are alternatives."""
    passes: dict[FilterName, BoolArray] = {}
    for name, values in filters.items():
        if values:
            meant = {held for value in values for held in values_meant(name, value, columns)}
            passes[name] = columns[name].mask(meant)[docs]
    return Narrowing(docs, passes)


def count_facets(
    narrowing: Narrowing, request: SearchRequest, columns: Columns, ui: str
) -> dict[FacetName, tuple[FacetValue, ...]]:
    """Return the facets that the request asks for, most frequent value first.

    At most `MAX_FACET_VALUES` values each, and every selected one.
    """
    facets: dict[FacetName, tuple[FacetValue, ...]] = {}
    passing = (
        columns.select(narrowing.docs[narrowing.passing()]) if narrowing.passes else columns.select(narrowing.docs)
    )
    for name in request.facets:
        selection = passing
        if name in narrowing.passes:
            selection = columns.select(narrowing.docs[narrowing.passing(without=name)])
        facets[name] = _values(name, columns[name].count(selection), request, columns, ui)
    return facets


def count_citing(targets: Sequence[str], columns: Columns) -> list[int]:
    """Return for each target how many documents cite it under any of its names."""
    cites = columns["cites"]
    return [int(np.count_nonzero(cites.mask(values_meant("cites", target, columns)))) for target in targets]


def _values(
    name: FacetName, counts: Counts, request: SearchRequest, columns: Columns, ui: str
) -> tuple[FacetValue, ...]:
    chosen = request.filters.get(name, ())
    meant = {value: values_meant(name, value, columns) for value in chosen}
    selected = {held for values in meant.values() for held in values}
    links = _Toggles(request, name)
    column = columns[name]
    listed = _so_named(column, counts, request.named) if name == "cites" and request.named.strip() else counts
    shown = column.most_frequent(listed, MAX_FACET_VALUES)
    missing = sorted(selected - dict(shown).keys())
    chosen_counts = [
        (value, int(counts[code]) if (code := column.code_of(value)) is not None else 0) for value in missing
    ]
    shown += sorted(chosen_counts, key=lambda item: -item[1])
    return tuple(
        FacetValue(
            value=value,
            label=facet_label(name, value, ui),
            count=count,
            selected=value in selected,
            toggle_url=links.without(*(given for given in chosen if value in meant[given]))
            if value in selected
            else links.plus(value),
        )
        for value, count in shown
    )


def _so_named(column: Column, counts: Counts, words: str) -> Counts:
    """Return the counts with zero for every value that bears no such name.

    An instrument bears its names in six languages, a document its symbol, in full or as usually printed.
    """
    readings = symbol_readings(words)
    ids = {found.id for lang in LANGUAGES for found in load_gazetteer().search(words, lang)} | {*readings}
    named = np.zeros(len(counts), np.bool_)
    named[column.codes_of({same for id in ids for same in same_targets(id)})] = True
    typed = {"".join(spelling.split()).upper() for spelling in (words, *readings)}
    if any(sign.isdigit() for sign in words):
        for code in np.flatnonzero(counts).tolist():
            named[code] |= any(spelling in column.values[code].replace(" ", "").upper() for spelling in typed)
    kept: Counts = np.where(named, counts, 0)
    return kept


@lru_cache(maxsize=CACHED_LABELS)
def _encoded(name: FacetName, value: str) -> str:
    return urlencode(((name, value),))


class _Toggles:
    """Links that add a value to a filter or take it away: queries relative to the address of the answer."""

    def __init__(self, request: SearchRequest, name: FacetName) -> None:
        self._name = name
        self._chosen = request.filters.get(name, ())
        others = [(other, value) for other in FILTERS if other != name for value in request.filters.get(other, ())]
        plain = (("sort", request.sort), ("per_page", request.per_page), ("group", request.group))
        changed = [(key, str(value)) for key, value in plain if value != getattr(DEFAULTS, key)]
        self._others = [*([("q", request.q)] if request.q else []), *others, *changed]
        self._head = self._link(self._chosen)

    def plus(self, value: str) -> str:
        """Return the link that also chooses the value."""
        joint = "&" if len(self._head) > 1 else ""
        return f"{self._head}{joint}{_encoded(self._name, value)}"

    def without(self, *values: str) -> str:
        """Return the link that no longer chooses the values."""
        return self._link(tuple(value for value in self._chosen if value not in values))

    def _link(self, chosen: tuple[str, ...]) -> str:
        return "?" + urlencode([*self._others, *((self._name, value) for value in chosen)], errors="replace")
