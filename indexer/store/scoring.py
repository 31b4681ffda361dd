"""BM25F as Whoosh has it, with the statistics of one language.

Stock Whoosh divides by *all* documents of the index. With six languages in one index that makes the average Russian
text six times too short and every word six times too rare, so that ranking changes with the number of languages.
Here a text field knows only the documents of its own language: a language ranks in a joint index as it does alone.
"""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from indexer.store.arrays import SegmentArrays
from indexer.store.schema import LENGTHS, WEIGHT_UNIT, language_of

B = 0.75
K1 = 1.2


class ClauseScoring(BM25F):
    """Stock BM25F except that document counts are those of the field's language."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: ClauseSearcher, fieldname: str, text: str | bytes) -> float:
        """Return how telling a term is among the texts of its language."""
        frequency = searcher.reader().doc_frequency(fieldname, text)
        return log(searcher.documents_in(fieldname) / (frequency + 1)) + 1


class ClauseSearcher(Searcher):
    """A searcher for one thread at a time."""

    def __init__(self, reader: IndexReader) -> None:
        super().__init__(reader, weighting=ClauseScoring())

    def documents_in(self, field: str) -> int:
        """Return the number of documents in the language of the field, of all documents for an exact field."""
        lang = language_of(field)
        return self.reader().doc_frequency("lang", lang) if lang else self.doc_count_all()

    def avg_field_length(self, fieldname: str, default: float | None = None) -> float | None:
        """Return the mean length over the documents of the field's language."""
        if language_of(fieldname) is None:
            return default
        return self.reader().field_length(fieldname) / (self.documents_in(fieldname) or 1)


class FieldScores:
    """The same scores for all postings of a term at once, looked up in a table: one score for each code.

    Follows the arithmetic of `whoosh.scoring.bm25` operation by operation, so a score is the same to the last bit. A
    value of an exact field scores 1.
    """

    def __init__(self, arrays: SegmentArrays, field: str) -> None:
        self._arrays = arrays
        self._lang = language_of(field)
        self._documents = arrays.documents
        self._parts = np.array((0.0, 1.0))  # code 0 is no posting
        if self._lang is not None:
            held_by = arrays.number("lang", self._lang)
            self._documents = arrays.frequency(held_by) if held_by is not None else 0
            entry = arrays.fields[field]
            mean = entry.words / (self._documents or 1) or 1
            units, lengths = np.array(entry.pairs).T
            weights = units * WEIGHT_UNIT
            parts = (weights * (K1 + 1)) / (weights + K1 * ((1 - B) + B * LENGTHS[lengths] / mean))
            self._parts = np.concatenate(((0.0,), parts))

    def codes(self, term: int) -> npt.NDArray[Any]:
        """Return the codes of all postings of a term."""
        if self._lang is None:
            return np.ones(self._arrays.frequency(term), np.uint8)
        return self._arrays.codes(term)

    def of(self, term: int, codes: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return the scores of postings of a term by their codes; 0 for code 0."""
        if self._lang is None:
            return self._parts.take(codes)
        idf = log(self._documents / (self._arrays.frequency(term) + 1)) + 1
        if len(codes) < len(self._parts):
            return self._parts.take(codes) * idf
        return (self._parts * idf).take(codes)
