"""Postings of an index taken over into the next one, with those of fresh texts between them.

Nothing is analysed again: documents get new numbers, places are shifted, what belongs to documents that are gone is
left out, and fresh postings go in where they belong. All of it is NumPy over slices of bounded size, so the work is
that of copying the arrays, however many texts they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.model import LANGUAGES, LanguageCode
from indexer.store.arrays import AnyArray, ArrayName, FieldEntry, IntArray, Pair, SegmentArrays
from indexer.store.inversion import FieldTerms, encoded
from indexer.store.numbering import GONE
from indexer.store.schema import base_field, form_field
from indexer.store.selection import starts_of_runs

BoolArray = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Indices = npt.NDArray[np.intp]

TEXT_FIELDS = tuple((lang, name(lang)) for lang in sorted(LANGUAGES) for name in (form_field, base_field))
"""All fields of words, in the order of their terms."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of some terms, in order, as they are written.

    ``docs`` and ``codes`` have one entry a posting, ``doc_counts`` one a term; ``places`` one an occurrence,
    ``place_counts`` one a term.
    """

    docs: IntArray
    codes: AnyArray
    doc_counts: Counts
    places: AnyArray
    place_counts: Counts


@dataclass(frozen=True, slots=True, eq=False)
class JoinedTerms:
    """Old and fresh terms of a field, encoded already; only what fresh texts have has its number told."""

    field: str
    lang: LanguageCode
    first: int
    fresh: dict[str, int]
    text: npt.NDArray[np.uint8]
    lengths: Counts

    @property
    def end(self) -> int:
        """The number behind the last term's."""
        return self.first + len(self.lengths)

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the terms of fresh texts."""
        return self.fresh

    def encoded(self) -> tuple[npt.NDArray[np.uint8], Counts]:
        """Return all terms in UTF-8, one after the other, and their lengths in bytes."""
        return self.text, self.lengths


class KeptPostings:
    """The text fields of an index on their way into the next one.

    ``final`` has the new number of each document, ascending in each language, or `GONE`; ``doc_places`` the new place
    of every document of the new index.
    """

    def __init__(self, arrays: SegmentArrays, final: IntArray, doc_places: Counts) -> None:
        self._arrays = arrays
        self._final = final
        self._gone = final == GONE
        self._spans = _Spans(arrays.doc_places, final, doc_places)
        self._docs_at = arrays.array("docs_at").astype(np.int64)
        self._places_at = arrays.array("places_at").astype(np.int64)
        self._numbers = np.zeros(0, np.int64)  # of each old term, in the new index

    @property
    def pairs(self) -> dict[str, tuple[Pair, ...]]:
        """What the codes of each field stand for."""
        return {field: self._entry(field).pairs for _, field in TEXT_FIELDS}

    def join_terms(self, fresh: Sequence[FieldTerms]) -> list[JoinedTerms]:
        """Return the terms that some document still has, and the fresh ones, in one order."""
        fresh_texts = {part.field: sorted(part.numbers()) for part in fresh}
        found: list[JoinedTerms] = []
        numbers: list[Counts] = []
        first = 0
        for lang, field in TEXT_FIELDS:
            joined, of_held = self._join_field(field, lang, first, fresh_texts.get(field, []))
            if joined.end > first:
                found.append(joined)
            numbers.append(of_held)
            first = joined.end
        self._numbers = np.concatenate(numbers)
        return found

    def frequencies(self, terms: int) -> Counts:
        """Return how often each term of the new index stands in the old documents, those that are gone included."""
        known = self._numbers < terms
        return np.bincount(self._numbers[known], np.diff(self._places_at)[known], minlength=terms).astype(np.int64)

    def join(self, first: int, fresh: Postings) -> Postings:
        """Return old and fresh postings of terms in one; ``fresh`` begins with the term ``first``."""
        low, high = np.searchsorted(self._numbers, (first, first + len(fresh.doc_counts))).tolist()
        numbers = self._numbers[low:high] - first
        old_docs, codes = (self._slice(name, self._docs_at, low, high) for name in ("docs", "codes"))
        docs = self._final.take(old_docs)
        docs, codes, doc_counts = _join(
            numbers,
            self._docs_at[low : high + 1],
            np.flatnonzero(docs == GONE),
            (docs, codes),
            (fresh.docs, fresh.codes),
            fresh.doc_counts,
        )
        places, gone = self._spans.move(self._slice("places", self._places_at, low, high))
        places, place_counts = _join(
            numbers, self._places_at[low : high + 1], gone, (places,), (fresh.places,), fresh.place_counts
        )
        return Postings(docs, codes, doc_counts, places, place_counts)

    def words(self) -> dict[LanguageCode, int]:
        """Return how many words the documents that stay have, by language."""
        counts: dict[LanguageCode, int] = {}
        for lang in LANGUAGES:
            entry = self._entry(form_field(lang))
            places = self._slice("places", self._places_at, entry.first, entry.end)
            counts[lang] = entry.words - len(np.unique(self._spans.gone_among(places)))  # a place is a word
        return counts

    def _entry(self, field: str) -> FieldEntry:
        return self._arrays.fields.get(field, FieldEntry(0, 0))

    def _slice(self, name: ArrayName, offsets: Counts, first: int, end: int) -> AnyArray:
        return self._arrays.array(name)[offsets[first] : offsets[end]]

    def _join_field(
        self, field: str, lang: LanguageCode, first: int, fresh: Sequence[str]
    ) -> tuple[JoinedTerms, Counts]:
        """Return the terms of a field, and the new number of each old one; one that is gone has that of the next."""
        entry = self._entry(field)
        stays = self._stays(entry)
        places = np.array([self._place_of(field, text.encode()) for text in fresh], np.int64).reshape(-1, 2)
        known = places[:, 1] == 1
        stays[places[known, 0]] = True
        inserted = places[~known, 0]  # each new text stands before the old term of this place
        held = np.arange(len(stays))
        staying_before = np.concatenate(([0], np.cumsum(stays)))
        numbers = first + staying_before[:-1] + np.searchsorted(inserted, held, side="right")
        of_fresh = np.empty(len(fresh), np.int64)
        of_fresh[known] = numbers[places[known, 0]]
        of_fresh[~known] = first + staying_before[inserted] + np.arange(len(inserted))
        text, lengths = self._encoded(entry, stays)
        more, more_lengths = encoded([fresh[place] for place in np.flatnonzero(~known).tolist()])
        at = staying_before[inserted]
        byte_at = np.concatenate(([0], np.cumsum(lengths)))[at]
        return JoinedTerms(
            field,
            lang,
            first,
            dict(zip(fresh, of_fresh.tolist(), strict=True)),
            np.insert(text, np.repeat(byte_at, more_lengths), more),
            np.insert(lengths, at, more_lengths),
        ), numbers

    def _place_of(self, field: str, text: bytes) -> tuple[int, bool]:
        """Return where a text stands or would stand among the old terms of a field, and whether it is there."""
        entry = self._entry(field)
        if entry.first == entry.end:
            return 0, False
        term = self._arrays.terms.first_from(field, text)
        return term - entry.first, term < entry.end and self._arrays.terms.encoded(term) == text

    def _stays(self, entry: FieldEntry) -> BoolArray:
        """Return for each old term of a field whether a document that stays has it."""
        docs = self._slice("docs", self._docs_at, entry.first, entry.end)
        return _staying(self._docs_at[entry.first : entry.end + 1], np.flatnonzero(self._gone.take(docs))) > 0

    def _encoded(self, entry: FieldEntry, stays: BoolArray) -> tuple[npt.NDArray[np.uint8], Counts]:
        """Return the old terms of a field that stay in UTF-8, and their lengths."""
        text_at = self._arrays.array("text_at")[entry.first : entry.end + 1].astype(np.int64)
        lengths = np.diff(text_at)
        text = self._arrays.array("text")[text_at[0] : text_at[-1]]
        return text[np.repeat(stays, lengths)], lengths[stays]


class _Spans:
    """Stretches of old places that move by the same number, or are gone."""

    def __init__(self, old_places: AnyArray, final: IntArray, doc_places: Counts) -> None:
        gone = final == GONE
        shifts = np.where(gone, 0, doc_places.take(final) - old_places[:-1])
        starts = starts_of_runs(gone) | starts_of_runs(shifts)
        self._borders = old_places[:-1][starts]
        self._shifts = shifts[starts]
        self._gone = gone[starts]

    def gone_among(self, places: AnyArray) -> AnyArray:
        """Return those of the places that are gone."""
        spans = np.flatnonzero(self._gone)
        if len(places) and len(spans):
            low, high = np.searchsorted(self._borders, (places.min(), places.max()), side="right")
            spans = spans[(spans >= low - 1) & (spans < high)]
        if not len(places) or not len(spans):
            return places[:0]
        near = places >= self._borders[spans[0]]
        if spans[-1] + 1 < len(self._borders):
            near &= places < self._borders[spans[-1] + 1]
        candidates: AnyArray = places[near]
        return candidates[self.move(candidates)[1]]

    def move(self, places: AnyArray) -> tuple[Counts, Indices]:
        """Return where places will be, and which of them are gone."""
        spans = np.searchsorted(self._borders, places, side="right") - 1
        return places + self._shifts.take(spans), np.flatnonzero(self._gone.take(spans))


def _join(
    numbers: Counts,
    offsets: Counts,
    gone: Indices,
    held: tuple[AnyArray, ...],
    fresh: tuple[AnyArray, ...],
    fresh_counts: Counts,
) -> tuple[AnyArray, ...]:
    """Return arrays joined term by term, and how long the slice of each term is now.

    The terms ``numbers`` have slices of ``held`` between the ``offsets``, all terms slices of ``fresh`` as long as
    ``fresh_counts`` says. Entries of ``held`` at the places ``gone`` are left out. The first array rises in each
    slice and decides where fresh entries go; the others run beside it.
    """
    counts = np.bincount(numbers, _staying(offsets, gone), minlength=len(fresh_counts)).astype(np.int64)
    if len(gone):
        held = tuple(np.delete(values, gone) for values in held)
    ends = np.cumsum(counts)
    at = places_in_slices(held[0], np.repeat(ends - counts, fresh_counts), np.repeat(ends, fresh_counts), fresh[0])
    joined = (np.insert(values, at, more) for values, more in zip(held, fresh, strict=True))
    return (*joined, counts + fresh_counts)


def _staying(offsets: Counts, gone: Indices) -> Counts:
    """Return how long slices are when the entries at ascending places, counted from the first offset, are gone."""
    lengths: Counts = np.diff(offsets - np.searchsorted(gone, offsets - offsets[0]))
    return lengths


def places_in_slices(values: AnyArray, low: Counts, high: Counts, wanted: AnyArray) -> Counts:
    """Return for each wanted value the place of the first value not less in its slice, which rises; else its end."""
    low, high = low.copy(), high.copy()
    while len(searching := np.flatnonzero(low < high)):
        middle = (low[searching] + high[searching]) // 2
        less = values[middle] < wanted[searching]
        low[searching[less]] = middle[less] + 1
        high[searching[~less]] = middle[~less]
    return low
