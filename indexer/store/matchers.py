"""What Whoosh itself makes of a query: its matchers over the arrays, one document at a time.

The evaluator leaves to this what does not fit into memory at once, and the tests hold the evaluator against it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import RamStorage
from whoosh.matching.binary import AndNotMatcher
from whoosh.matching.mcore import Matcher
from whoosh.matching.wrappers import WrappingMatcher
from whoosh.query import compound, qcore, spans, terms
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import IndexReader, SegmentReader
from whoosh.searching import SearchContext, Searcher

from indexer.store.arrays import SegmentArrays
from indexer.store.codec import ArrayCodec
from indexer.store.evaluation import Matches
from indexer.store.query import And, AndNot, Boost, Everything, Or, Phrase, Prefix, StoreQuery, Term
from indexer.store.schema import make_schema
from indexer.store.scoring import ClauseSearcher


class WhooshMatching:
    """Answers queries with Whoosh's matchers; safe for any number of threads."""

    def __init__(self, arrays: SegmentArrays, segment: Segment) -> None:
        self._arrays = arrays
        self._segment = segment

    def searcher(self) -> ClauseSearcher:
        """Return a new searcher, for one thread."""
        codec = ArrayCodec(self._arrays)
        return ClauseSearcher(SegmentReader(RamStorage(), make_schema(), self._segment, codec=codec))

    def match(self, query: StoreQuery) -> Matches:
        """Return all documents that match, with their scores."""
        searcher = self.searcher()
        # needs_current keeps the matchers that can tell positions
        context = SearchContext(needs_current=True, weighting=searcher.weighting)
        return _collect(self.translate(query).matcher(searcher, context))

    def translate(self, query: StoreQuery) -> qcore.Query:
        """Return the Whoosh query that means the same."""
        match query:
            case Term(field, text):
                return terms.Term(field, text)
            case Prefix(field, text, limit):
                return _any_word(field, map(self._arrays.terms.text, self._arrays.beginning_with(field, text, limit)))
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
    return Matches(np.frombuffer(docs, np.int32), np.frombuffer(scores, np.float64))
