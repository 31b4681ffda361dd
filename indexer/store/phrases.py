"""Phrases over arrays of places: words side by side by intersection, words near each other by growing spans.

A place numbers the words of all documents, with a gap between two documents (`indexer.store.arrays`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.store.arrays import SegmentArrays
from indexer.store.selection import starts_of_runs

Places = npt.NDArray[Any]
IntArray = npt.NDArray[np.int32]

MAX_SPANS = 1 << 22  # at once, some 200 MB; «и» near «в» near «и» in the whole corpus would be more
SEARCH_COST = 8  # looking one place up in a sorted list costs as much as sifting so many
SIEVE = 1 << 17  # remainders of places that a sieve tells apart


class TooManySpansError(Exception):
    """The spans of a phrase would not fit into memory."""


def docs_of_phrase(
    arrays: SegmentArrays,
    slots: Sequence[Sequence[int]],
    slop: int,
    ordered: bool,
    among: IntArray | None = None,
) -> IntArray:
    """Return the documents, ascending, in which one term of every slot stands as `indexer.store.query.Phrase` says.

    There are two slots at least; ``among`` are the only documents to look at, ascending. Raises `TooManySpansError`
    beyond `MAX_SPANS`.
    """
    if not all(slots):
        return np.empty(0, np.int32)
    places = [_places(arrays, slot, among) for slot in slots]
    found = side_by_side(places) if ordered and slop == 1 else _near(arrays, places, slop, ordered)
    docs = arrays.docs_of_places(found)
    return docs[starts_of_runs(docs)]


def side_by_side(slots: Sequence[Places]) -> Places:
    """Return where phrases of words side by side have their most frequent word, ascending."""
    anchor = max(range(len(slots)), key=lambda slot: len(slots[slot]))
    moved = [_moved(places, anchor - slot) for slot, places in enumerate(slots)]
    return reduce(intersection, sorted(moved, key=len))


def _moved(places: Places, distance: int) -> Places:
    """Return the places so much further on, without those that would stand before the first of all."""
    if distance < 0:
        behind: Places = places[np.searchsorted(places, -distance) :] - places.dtype.type(-distance)
        return behind
    return np.add(places, places.dtype.type(distance)) if distance else places


def intersection(fewer: Places, more: Places) -> Places:
    """Return what two ascending arrays without repetitions have in common, ascending."""
    if len(fewer) > len(more):
        fewer, more = more, fewer
    if not len(fewer) or len(fewer) * SEARCH_COST < len(more):
        found = more.take(np.searchsorted(more, fewer), mode="clip") if len(fewer) else fewer
        return np.compress(found == fewer, fewer)
    both = np.concatenate((fewer, _sift(more, fewer)))
    both.sort()
    return np.compress(both[1:] == both[:-1], both[:-1])


def _sift(places: Places, wanted: Places) -> Places:
    """Return the places that may be among the wanted ones: all that are, and few that are not."""
    sieve = np.zeros(SIEVE, np.bool_)
    sieve[_remainders(wanted)] = True
    return places.take(np.flatnonzero(sieve.take(_remainders(places))))


def _remainders(places: Places) -> npt.NDArray[np.intp]:
    remainders: npt.NDArray[np.intp] = np.bitwise_and(places, SIEVE - 1).astype(np.intp)
    return remainders


class _Spans(NamedTuple):
    """First and last places of partial phrases."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def _near(arrays: SegmentArrays, slots: Sequence[Places], slop: int, ordered: bool) -> Places:
    """Return the starts, ascending, of phrases that take the slots in turn, no word further than ``slop`` off."""
    first, *others = (places.astype(np.int64) for places in slots)
    spans = _Spans(first, first)
    for places in others:
        grown = [_grow(spans, places, spans.ends + 1, spans.ends + slop)]
        if not ordered:
            grown.append(_grow(spans, places, spans.starts - slop, spans.starts - 1))
        spans = _within_documents(arrays, _distinct(grown))
    return spans.starts


def _grow(spans: _Spans, places: npt.NDArray[np.int64], lowest: Places, highest: Places) -> _Spans:
    """Return every span with every place between its two bounds."""
    low = np.searchsorted(places, lowest)
    many = np.searchsorted(places, highest, side="right") - low
    total = int(many.sum())
    if total > MAX_SPANS:
        raise TooManySpansError
    owner = np.repeat(np.arange(len(many)), many)
    place = places.take(np.arange(total) - np.repeat(np.cumsum(many) - many - low, many))
    return _Spans(np.minimum(spans.starts.take(owner), place), np.maximum(spans.ends.take(owner), place))


def _distinct(grown: Sequence[_Spans]) -> _Spans:
    starts, ends = (np.concatenate(parts) for parts in zip(*grown, strict=True))
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    fresh = np.ones(len(starts), np.bool_)
    fresh[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return _Spans(starts[fresh], ends[fresh])


def _within_documents(arrays: SegmentArrays, spans: _Spans) -> _Spans:
    """Return the spans that do not run over the border of a document."""
    inside = arrays.docs_of_places(spans.starts) == arrays.docs_of_places(spans.ends)
    return _Spans(spans.starts[inside], spans.ends[inside])


def _places(arrays: SegmentArrays, terms: Sequence[int], among: IntArray | None) -> Places:
    found = [arrays.places(term) if among is None else _places_in(arrays, term, among) for term in terms]
    return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def _searched(places: Places, wanted: Places) -> npt.NDArray[np.intp]:
    """Return where wanted places belong; of another type they would have NumPy convert all places."""
    return np.searchsorted(places, wanted.astype(places.dtype))


def _places_in(arrays: SegmentArrays, term: int, docs: IntArray) -> Places:
    """Return where a term stands in some documents, ascending."""
    places = arrays.places(term)
    low = _searched(places, arrays.doc_places.take(docs))
    many = _searched(places, arrays.doc_places.take(docs + 1)) - low
    found: Places = places.take(np.arange(int(many.sum())) + np.repeat(low - (np.cumsum(many) - many), many))
    return found
