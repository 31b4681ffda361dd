"""Which documents answer a query in full and which in part, with scores, before any filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from app.meaning import values_meant
from app.query.plan import Part, Plan
from app.query.targets import Named
from app.ranking import COVERAGE_POWER, PAIR_BOOST, PARTIAL_SHARE, PARTIAL_SHARE_OF_FEW
from indexer.model import CitationKind, ClauseType
from indexer.store import Snapshot
from indexer.store.columns import BoolArray, Columns, IntArray
from indexer.store.query import StoreQuery

FEW = 2  # telling words of a query
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Documents, ascending, with their scores side by side.

    A document of a higher tier ranks before all of a lower one: the resolution that a query names comes before the
    clauses that cite it. ``by_words`` are the scores before the other clauses of a resolution are looked at.
    """

    docs: IntArray
    scores: Scores
    tiers: npt.NDArray[np.int8]
    by_words: Scores

    def at(self, places: BoolArray | npt.NDArray[np.intp]) -> Answer:
        """Return the documents at some places, in the order of the places, or where a mask is true."""
        return Answer(self.docs[places], self.scores[places], self.tiers[places], self.by_words[places])


def all_documents(snapshot: Snapshot) -> Answer:
    """Return the answer to no question: everything, in no order of relevance."""
    return _answer(np.arange(len(snapshot), dtype=np.int32), np.zeros(len(snapshot)))


def no_documents() -> Answer:
    """Return the answer to a question that holds nothing to look for."""
    return _answer(np.empty(0, np.int32), np.empty(0))


def full_answer(snapshot: Snapshot, plan: Plan) -> Answer:
    """Return the documents that hold what the query asks for."""
    matches = snapshot.match(plan.full)
    return _answer(matches.docs, matches.scores + _gains(snapshot, plan, matches.docs))


def target_answer(snapshot: Snapshot, plan: Plan, target: Named, *, footnotes: bool) -> Answer:
    """Return what belongs to a target that the query names: its own clauses first, then those that cite it.

    For an instrument, whose own clauses no index holds, the clauses that hold the words of its name belong too.
    """
    columns = snapshot.columns
    own = _having(columns, "symbol", target)
    citing = _having(columns, "cites", target)
    if not footnotes:
        citing &= ~columns["type"].mask((ClauseType.FOOTNOTE,))
    worded = _neighbours(snapshot, plan)
    matches = snapshot.match(plan.full)
    worded[matches.docs] += matches.scores
    answering = own | citing
    if target.kind is CitationKind.INSTRUMENT or not answering.any():
        answering[matches.docs] = True
    docs = np.flatnonzero(answering).astype(np.int32)
    # Its own clauses stand in their order, so that the title leads.
    scores = np.where(own, 0.0, worded)[docs]
    return Answer(docs, scores, own[docs].astype(np.int8), scores)


def wider_answer(snapshot: Snapshot, plan: Plan, wider: StoreQuery, full: IntArray) -> Answer:
    """Return the documents beside the full answer that cite what the query names by a short name alone."""
    matches = snapshot.match(wider)
    beside = ~np.isin(matches.docs, full, assume_unique=True)
    docs = matches.docs[beside]
    return _answer(docs, matches.scores[beside] + _gains(snapshot, plan, docs))


def partial_answer(snapshot: Snapshot, plan: Plan, full: IntArray) -> Answer:
    """Return the documents that hold much of the query but not all, by what the words tell.

    A word weighs the more the fewer documents hold it, so «и» and «в» do not make most of a query; one that no
    document holds in any way does not count. A synonym in its place counts for its share.
    """
    if len(plan.parts) < 2 and not any(part.stand_ins for part in plan.parts):
        return no_documents()
    weighed = [_weigh(snapshot, part) for part in plan.parts]
    candidates = np.zeros(len(snapshot), np.bool_)
    for found in weighed:
        candidates[found.docs] = True
    candidates[full] = False
    if plan.conditions is not None:
        meeting = np.zeros(len(snapshot), np.bool_)
        meeting[snapshot.match(plan.conditions).docs] = True
        candidates &= meeting
    docs = np.flatnonzero(candidates).astype(np.int32)
    held = np.zeros(len(docs))
    scores = _gains(snapshot, plan, docs)
    total, telling = 0.0, 0
    for part, found in zip(plan.parts, weighed, strict=True):
        kept = np.flatnonzero(candidates[found.docs])
        places = np.searchsorted(docs, found.docs[kept])
        held[places] += part.worth * found.held[kept]
        scores[places] += part.worth * found.points[kept]
        total += part.worth * found.weight
        telling += bool(found.weight) and part.worth == 1.0
    enough = np.flatnonzero(held > (PARTIAL_SHARE if telling > FEW else PARTIAL_SHARE_OF_FEW) * total)
    coverage = held[enough] / (total or 1.0)
    return _answer(docs[enough], scores[enough] * coverage**COVERAGE_POWER)


def word_weight(snapshot: Snapshot, documents: int) -> float:
    """Return how much a word that so many documents hold tells."""
    return log((len(snapshot) + 1) / documents) if documents else 0.0


class _Weighed(NamedTuple):
    """The documents that hold something of a part, ascending, with what they hold and their points; its weight."""

    docs: IntArray
    held: Scores
    points: Scores
    weight: float


def _weigh(snapshot: Snapshot, part: Part) -> _Weighed:
    """Return what documents hold of a part: the word itself, or what stands for it and counts less."""
    docs, scores = snapshot.match(part.query)
    weight = word_weight(snapshot, len(docs))
    held, points = np.full(len(docs), weight), scores
    own, of_word = docs, weight
    for other in part.stand_ins:
        found = snapshot.match(other.query)
        known = word_weight(snapshot, len(found.docs))
        share = other.stand.weight
        better = share * (min(of_word, known) if of_word else known)
        docs, held, points = _greater(
            (docs, held, points), (found.docs, np.full(len(found.docs), better), share * found.scores)
        )
        if not len(own):
            of_word = max(of_word, known)
    return _Weighed(docs, held, points, of_word)


def _greater(
    first: tuple[IntArray, Scores, Scores], second: tuple[IntArray, Scores, Scores]
) -> tuple[IntArray, Scores, Scores]:
    """Return the documents of both with the greater of their values."""
    docs = np.union1d(first[0], second[0])
    values = [np.zeros(len(docs)) for _ in (1, 2)]
    for owned, *given in (first, second):
        places = np.searchsorted(docs, owned)
        for value, own in zip(values, given, strict=True):
            value[places] = np.maximum(value[places], own)
    return docs, values[0], values[1]


def _gains(snapshot: Snapshot, plan: Plan, docs: IntArray) -> Scores:
    """Return for some documents what `_neighbours` returns for all."""
    scores = np.zeros(len(docs))
    for pair in plan.pairs:
        scores += PAIR_BOOST * snapshot.scores(pair, docs)
    if plan.liked is not None:
        scores += snapshot.scores(plan.liked, docs)
    return scores


def _neighbours(snapshot: Snapshot, plan: Plan) -> Scores:
    """Return what documents gain by holding neighbours of the query side by side, and by what the query likes."""
    scores = np.zeros(len(snapshot))
    for pair in plan.pairs:
        matches = snapshot.match(pair)
        scores[matches.docs] += PAIR_BOOST * matches.scores
    if plan.liked is not None:
        matches = snapshot.match(plan.liked)
        scores[matches.docs] += matches.scores
    return scores


def search_documents(
    snapshot: Snapshot, plan: Plan | None, targets: Sequence[Named], *, asked: bool, footnotes: bool
) -> Answer:
    """Return the full answer to a query.

    ``asked`` tells an empty query from one that says nothing, ``footnotes`` whether they count as citing by
    themselves: else only the clauses that they hang on do.
    """
    if plan is None:
        return no_documents() if asked else all_documents(snapshot)
    if len(targets) == 1 and targets[0].whole:
        return target_answer(snapshot, plan, targets[0], footnotes=footnotes)
    return full_answer(snapshot, plan)


def _having(columns: Columns, name: Literal["symbol", "cites"], target: Named) -> BoolArray:
    values = {value for reading in target.readings for value in values_meant(name, reading, columns)}
    return columns[name].mask(values)


def _answer(docs: IntArray, scores: Scores) -> Answer:
    return Answer(docs, scores, np.zeros(len(docs), np.int8), scores)
