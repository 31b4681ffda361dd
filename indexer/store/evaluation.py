"""Queries evaluated over whole arrays: each node of the query tree is one small function.

Two questions are asked of a node. `Evaluator.find`: which documents match, with what scores? `Evaluator.probe`: which
of *these* documents match? An AND finds the documents of its rarest part and probes the others for them; an OR adds
the scores of its parts up document by document. Both are a few NumPy operations a term, however many the documents.

Scores are those of `indexer.store.scoring`, added up in another order than Whoosh's: equal but for the last bits.
Phrases are in `indexer.store.phrases`; one that would need too much memory at once is left to Whoosh's matchers,
which go document by document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.store.arrays import SegmentArrays
from indexer.store.phrases import TooManySpansError, docs_of_phrase
from indexer.store.query import And, AndNot, Boost, Everything, Or, Phrase, Prefix, StoreQuery, Term
from indexer.store.scoring import FieldScores

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]
Codes = npt.NDArray[Any]
Number = TypeVar("Number", bound=np.generic)

# Looking one document up in a sorted list costs as much as scattering so many over a window.
SEARCH_COST = 8
# Adding scores up over a window pays when the documents are at least one in so many.
WINDOW_SHARE = 16
# A phrase is looked for in some documents, not in all, where they are one in so many of those with its rarest word.
FEW_DOCS = 4


class Matches(NamedTuple):
    """Documents that match, ascending, and their scores side by side."""

    docs: IntArray
    scores: Scores


class Probed(NamedTuple):
    """Beside the documents that were asked about: which of them match, and their scores, 0 where they do not."""

    matches: BoolArray
    scores: Scores


NOTHING = Matches(np.empty(0, np.int32), np.empty(0))


class Evaluator:
    """Answers queries from the arrays of a segment; safe for any number of threads."""

    def __init__(self, arrays: SegmentArrays, stock: Callable[[StoreQuery], Matches]) -> None:
        self._arrays = arrays
        self._stock = stock
        self._scores = {field: FieldScores(arrays, field) for field in arrays.fields}

    def find(self, query: StoreQuery) -> Matches:
        """Return all documents that match."""
        match query:
            case Term(field, text):
                return self._find_term(field, text)
            case Prefix():
                return self._find_any(self._words_of(query))
            case Phrase():
                return self._find_phrase(query)
            case And(parts):
                return self._find_all(parts)
            case Or(parts):
                return self._find_any(parts)
            case AndNot(wanted, unwanted):
                return self._find_difference(wanted, unwanted)
            case Boost(part, factor):
                docs, scores = self.find(part)
                return Matches(docs, scores * factor)
            case Everything():
                return self.everything

    def probe(self, query: StoreQuery, docs: IntArray) -> Probed:
        """Return which of the documents, ascending, match."""
        match query:
            case Term(field, text):
                return self._probe_term(field, text, docs)
            case And(parts) if parts:
                return self._probe_all(parts, docs)
            case Or(parts):
                return self._probe_any(parts, docs)
            case Prefix():
                return self._probe_any(self._words_of(query), docs)
            case Phrase() if len(query.slots) > 1 and len(docs) * FEW_DOCS < self.size(query):
                return self._probe_phrase(query, docs)
            case Boost(part, factor):
                matches, scores = self.probe(part, docs)
                return Probed(matches, scores * factor)
            case Everything():
                return Probed(np.ones(len(docs), np.bool_), np.zeros(len(docs)))
            case _:
                return among(self.find(query), docs)

    def size(self, query: StoreQuery) -> int:
        """Return a number of documents that the query does not exceed."""
        match query:
            case Term(field, text):
                term = self._arrays.number(field, text)
                return 0 if term is None else self._arrays.frequency(term)
            case Prefix():
                return self.size(Or(self._words_of(query)))
            case Phrase(field, slots):
                return min((self.size(Or(_terms(field, slot))) for slot in slots), default=0)
            case And(parts):
                return min(map(self.size, parts), default=0)
            case Or(parts):
                return min(sum(map(self.size, parts)), self._arrays.documents)
            case AndNot(wanted, _):
                return self.size(wanted)
            case Boost(part, _):
                return self.size(part)
            case Everything():
                return self._arrays.documents

    @cached_property
    def everything(self) -> Matches:
        """All documents with score 0."""
        return Matches(np.arange(self._arrays.documents, dtype=np.int32), np.zeros(self._arrays.documents))

    def _words_of(self, prefix: Prefix) -> tuple[Term, ...]:
        """Return the words that a prefix stands for."""
        found = self._arrays.beginning_with(prefix.field, prefix.text, prefix.limit)
        return _terms(prefix.field, map(self._arrays.terms.text, found))

    def _find_term(self, field: str, text: str) -> Matches:
        term = self._arrays.number(field, text)
        if term is None:
            return NOTHING
        scores = self._scores[field]
        return Matches(self._arrays.docs(term), scores.of(term, scores.codes(term)))

    def _find_any(self, parts: Sequence[StoreQuery]) -> Matches:
        found = [answer for answer in map(self.find, parts) if len(answer.docs)]
        return found[0] if len(found) == 1 else united(found)

    def _find_all(self, parts: Sequence[StoreQuery]) -> Matches:
        if not parts:
            return NOTHING
        rarest, *others = sorted(parts, key=self.size)
        docs, scores = self.find(rarest)
        for part in others:
            if not len(docs):
                break
            probed = self.probe(part, docs)
            kept = np.flatnonzero(probed.matches)
            docs, scores = docs.take(kept), scores.take(kept) + probed.scores.take(kept)
        return Matches(docs, scores)

    def _find_difference(self, wanted: StoreQuery, unwanted: StoreQuery) -> Matches:
        docs, scores = self.find(wanted)
        kept = np.flatnonzero(~self.probe(unwanted, docs).matches)
        return Matches(docs.take(kept), scores.take(kept))

    def _find_phrase(self, phrase: Phrase) -> Matches:
        if len(phrase.slots) < 2:
            return self._find_any([Or(_terms(phrase.field, slot)) for slot in phrase.slots])
        return self._phrase_among(phrase, None)

    def _probe_phrase(self, phrase: Phrase, docs: IntArray) -> Probed:
        return among(self._phrase_among(phrase, docs), docs)

    def _phrase_among(self, phrase: Phrase, among: IntArray | None) -> Matches:
        """Return the documents with a phrase: all of them, or those among some."""
        try:
            docs = docs_of_phrase(self._arrays, self._slots(phrase), phrase.slop, phrase.ordered, among)
        except TooManySpansError:
            return self._stock(phrase)
        scores = np.zeros(len(docs))
        for slot in phrase.slots:
            scores += self._probe_any(_terms(phrase.field, slot), docs).scores
        return Matches(docs, scores)

    def _slots(self, phrase: Phrase) -> list[list[int]]:
        """Return the numbers of the terms that may fill each slot of a phrase."""
        if not self._arrays.is_text(phrase.field):
            return [[] for _ in phrase.slots]
        return [
            [term for word in dict.fromkeys(slot) if (term := self._arrays.number(phrase.field, word)) is not None]
            for slot in phrase.slots
        ]

    def _probe_term(self, field: str, text: str, docs: IntArray) -> Probed:
        term = self._arrays.number(field, text)
        if term is None or not len(docs):
            return Probed(np.zeros(len(docs), np.bool_), np.zeros(len(docs)))
        scores = self._scores[field]
        codes = codes_among(self._arrays.docs(term), scores.codes(term), docs)
        return Probed(codes != 0, scores.of(term, codes))

    def _probe_any(self, parts: Sequence[StoreQuery], docs: IntArray) -> Probed:
        if len(parts) == 1:
            return self.probe(parts[0], docs)
        matches, scores = np.zeros(len(docs), np.bool_), np.zeros(len(docs))
        for part in parts:
            probed = self.probe(part, docs)
            matches |= probed.matches
            scores += probed.scores
        return Probed(matches, scores)

    def _probe_all(self, parts: Sequence[StoreQuery], docs: IntArray) -> Probed:
        matches, scores = np.ones(len(docs), np.bool_), np.zeros(len(docs))
        for part in parts:
            probed = self.probe(part, docs)
            matches &= probed.matches
            scores += probed.scores
        return Probed(matches, scores * matches)


def codes_among(held: IntArray, codes: Codes, docs: IntArray) -> Codes:
    """Return for each of the documents its code, given those that hold a term and their codes; 0 where none."""
    if len(docs) * SEARCH_COST < len(held):
        places = np.searchsorted(held, docs)
        return np.where(_taken(held, places) == docs, _taken(codes, places), 0)
    first, last = int(docs[0]), int(docs[-1])
    low, high = np.searchsorted(held, (first, last + 1))
    held, codes = held[low:high], codes[low:high]
    if len(held) * SEARCH_COST < len(docs):
        places = np.searchsorted(docs, held)
        among = _taken(docs, places) == held
        found = np.zeros(len(docs), codes.dtype)
        found[places[among]] = codes[among]
        return found
    window = np.zeros(last - first + 1, codes.dtype)
    window[_offsets(held, first)] = codes
    return _taken(window, _offsets(docs, first))


def united(found: Sequence[Matches]) -> Matches:
    """Return all documents of several answers, the scores of each added up in the order of the answers."""
    if not found:
        return NOTHING
    first = min(int(answer.docs[0]) for answer in found)
    window = max(int(answer.docs[-1]) for answer in found) - first + 1
    if sum(len(answer.docs) for answer in found) * WINDOW_SHARE < window:
        docs, owner = np.unique(np.concatenate([answer.docs for answer in found]), return_inverse=True)
        scores = np.zeros(len(docs))
        np.add.at(scores, owner, np.concatenate([answer.scores for answer in found]))
        return Matches(docs, scores)
    sums = np.zeros(window)
    places = [_offsets(answer.docs, first) for answer in found]
    for where, answer in zip(places, found, strict=True):
        np.add.at(sums, where, answer.scores)
    held = sums > 0
    for where, answer in zip(places, found, strict=True):
        if answer.scores.min() <= 0:  # a part that only filters
            held[where] = True
    present = np.flatnonzero(held)
    return Matches((present + first).astype(np.int32), sums.take(present))


def among(found: Matches, docs: IntArray) -> Probed:
    """Return which of the documents an answer holds."""
    if not len(found.docs):
        return Probed(np.zeros(len(docs), np.bool_), np.zeros(len(docs)))
    places = np.searchsorted(found.docs, docs)
    matches = _taken(found.docs, places) == docs
    return Probed(matches, _taken(found.scores, places) * matches)


def _taken(values: npt.NDArray[Number], places: npt.NDArray[Any]) -> npt.NDArray[Number]:
    """Return the values at the places; places beyond the end get the last value."""
    return values.take(places, mode="clip")


def _offsets(docs: IntArray, first: int) -> npt.NDArray[np.intp]:
    """Return the documents counted from the first, in the type that NumPy takes as an index without converting."""
    return docs.astype(np.intp) - first


def _terms(field: str, words: Any) -> tuple[Term, ...]:
    return tuple(Term(field, word) for word in words)
