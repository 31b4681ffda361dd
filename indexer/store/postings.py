"""The inverted index: index terms in, NumPy arrays of documents and scores out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.store.arrays import SegmentArrays
from indexer.store.codec import INDEX_NAME
from indexer.store.evaluation import BoolArray, Evaluator, IntArray, Matches, Scores
from indexer.store.matchers import WhooshMatching
from indexer.store.query import StoreQuery
from indexer.store.schema import make_schema

KEPT_COUNTS = 1 << 12  # numbers; more than the words that people ask for in a day


@dataclass(frozen=True, slots=True)
class TermCount:
    """A term and the number of documents that hold it."""

    term: str
    documents: int


class Postings:
    """The inverted index in a folder, safe for any number of threads. All share one set of memory maps.

    ``whoosh`` answers the same queries, document by document.
    """

    def __init__(self, folder: Path) -> None:
        (segment,) = TOC.read(FileStorage(str(folder), readonly=True), INDEX_NAME, schema=make_schema()).segments
        self.arrays = SegmentArrays(folder, segment.segment_id())
        self.documents = self.arrays.documents
        self.whoosh = WhooshMatching(self.arrays, segment)
        self._evaluator = Evaluator(self.arrays, self.whoosh.match)
        self.count = lru_cache(maxsize=KEPT_COUNTS)(_counter(self._evaluator))

    def match(self, query: StoreQuery) -> Matches:
        """Return all documents that match, with their scores, in arrays that cannot be changed."""
        found = self._evaluator.find(query)
        for values in found:
            values.flags.writeable = False
        return found

    def matching(self, query: StoreQuery, docs: IntArray) -> BoolArray:
        """Return which of some documents, ascending, match."""
        return self._evaluator.probe(query, docs).matches

    def scores(self, query: StoreQuery, docs: IntArray) -> Scores:
        """Return the scores of some documents, ascending; 0 where they do not match."""
        return self._evaluator.probe(query, docs).scores

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[TermCount]:
        """Return the terms of a field that begin so, most frequent first, then in order of the alphabet."""
        return [
            TermCount(self.arrays.terms.text(term), self.arrays.frequency(term))
            for term in self.arrays.beginning_with(field, prefix, limit)
        ]


def _counter(evaluator: Evaluator) -> Callable[[StoreQuery], int]:
    """Return what counts the documents that match; no method, so that its memory of answers holds no snapshot."""

    def count(query: StoreQuery) -> int:
        return len(evaluator.find(query).docs)

    return count
