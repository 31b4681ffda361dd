"""The inverted index: terms, postings, positions and scores, as stock Whoosh keeps them.

This module is the seam for a faster one: its callers see index terms in and NumPy arrays out.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.matching.binary import AndNotMatcher
from whoosh.matching.mcore import Matcher
from whoosh.matching.wrappers import WrappingMatcher
from whoosh.query import compound, qcore, spans, terms
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher
from whoosh.writing import SegmentWriter

from indexer.store.mapped import MappedStorage
from indexer.store.query import And, AndNot, Boost, Everything, Or, Phrase, Prefix, StoreQuery, Term
from indexer.store.schema import make_schema
from indexer.store.scoring import ClauseSearcher

MEMORY_LIMIT_MB = 256  # postings held before Whoosh spills a sorted run to disk


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents that match, ascending, and their scores side by side. Both arrays are read-only."""

    docs: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TermCount:
    """A term and the number of documents that hold it."""

    term: str
    documents: int


class Postings:
    """The inverted index in a folder, safe for any number of threads.

    Opening a reader reads the whole term directory's head, so readers are kept and lent out: as many as there were
    threads at once.
    """

    def __init__(self, folder: Path) -> None:
        self._index = FileIndex(MappedStorage(folder), schema=make_schema())
        self._idle: deque[ClauseSearcher] = deque()
        with self.searcher() as searcher:
            self.documents: int = searcher.doc_count_all()

    @contextmanager
    def searcher(self) -> Iterator[ClauseSearcher]:
        """Lend a searcher to one thread; the way past this module, for `check` and for tests."""
        try:
            searcher = self._idle.pop()
        except IndexError:
            searcher = ClauseSearcher(self._index.reader())
        yield searcher
        self._idle.append(searcher)  # not after an exception: its cursors may stand anywhere

    def match(self, query: StoreQuery) -> Matches:
        """Return all documents that match, with their scores."""
        if isinstance(query, Everything):
            return _frozen(np.arange(self.documents, dtype=np.int32), np.zeros(self.documents))
        with self.searcher() as searcher:
            # needs_current keeps the matchers that can tell positions
            context = SearchContext(needs_current=True, weighting=searcher.weighting)
            return _collect(self.translate(query).matcher(searcher, context))

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[TermCount]:
        """Return the terms of a field that begin so, most frequent first, then in order of the alphabet."""
        key = prefix.encode("utf-8", "surrogatepass")  # half a character begins no term, and is no error
        with self.searcher() as searcher:
            reader = searcher.reader()
            if field not in reader.indexed_field_names():
                return []
            found = [
                TermCount(term.decode(), info.doc_frequency())
                for (_, term), info in takewhile(
                    lambda item: item[0][0] == field and item[0][1].startswith(key), reader.iter_from(field, key)
                )
            ]
        found.sort(key=lambda count: (-count.documents, count.term))
        return found[:limit]

    def translate(self, query: StoreQuery) -> qcore.Query:
        """Return the Whoosh query that means the same."""
        match query:
            case Term(field, text):
                return terms.Term(field, text)
            case Prefix(field, text, limit):
                return _any_word(field, [count.term for count in self.terms(field, text, limit)])
            case Phrase(field, slots, slop, ordered):
                words = [_any_word(field, slot) for slot in slots]
                return spans.SpanNear2(words, slop=slop, ordered=ordered) if len(words) > 1 else _any(words)
            case And(()):
                return qcore.NullQuery
            case And(parts):
                return compound.And([self.translate(part) for part in parts])
            case Or(parts):
                return _any([self.translate(part) for part in parts])
            case AndNot(wanted, unwanted):
                return _Difference(self.translate(wanted), self.translate(unwanted))
            case Boost(part, factor):
                return _Boosted(self.translate(part), factor)
            case Everything():
                return _Boosted(qcore.Every(), 0.0)


def postings_writer(folder: Path) -> SegmentWriter:
    """Return a Whoosh writer for a new index in an empty folder, of one segment.

    Always of one process: Whoosh's writer of many has lost documents. It takes no lock, since the store has its own.
    """
    index = FileIndex.create(FileStorage(str(folder)), make_schema())
    return SegmentWriter(index, limitmb=MEMORY_LIMIT_MB, compound=False, _lk=False)


class _Difference(compound.AndNot):
    """One query without another, by the matcher below."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _DifferenceMatcher(self.a.matcher(searcher, context), self.b.matcher(searcher, context))


class _DifferenceMatcher(AndNotMatcher):
    """Whoosh's own lets the first wanted document pass unseen when the unwanted ones begin before it."""

    def __init__(self, wanted: Matcher, unwanted: Matcher) -> None:
        AndNotMatcher.__init__(self, wanted, unwanted)

    def _find_first(self) -> None:
        self._find_next()

    def _find_next(self) -> None:
        if self.a.is_active():
            AndNotMatcher._find_next(self)


class _Boosted(WrappingQuery):
    """A query with its score multiplied; Whoosh's own boosts are lost on compounds of one part and on spans."""

    def __init__(self, child: qcore.Query, factor: float) -> None:
        super().__init__(child)
        self.factor = factor

    def estimate_size(self, ixreader: IndexReader) -> int:
        return int(self.child.estimate_size(ixreader))

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return WrappingMatcher(self.child.matcher(searcher, context), boost=self.factor)


def _any_word(field: str, words: Iterable[str]) -> qcore.Query:
    return _any([terms.Term(field, word) for word in words])


def _any(queries: list[qcore.Query]) -> qcore.Query:
    # Not `Or`, which in some cases unites in an array: that loses documents of score 0 and knows no positions.
    return compound.DefaultOr(queries) if queries else qcore.NullQuery


def _collect(matcher: Matcher) -> Matches:
    docs, scores = array("i"), array("d")
    while matcher.is_active():
        docs.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return _frozen(np.frombuffer(docs, np.int32), np.frombuffer(scores, np.float64))


def _frozen(docs: npt.NDArray[np.int32], scores: npt.NDArray[np.float64]) -> Matches:
    docs.flags.writeable = False
    scores.flags.writeable = False
    return Matches(docs, scores)
