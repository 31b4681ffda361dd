"""Which documents answer a query in full and which in part, with scores, before any filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

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
    held = np.zeros(len(snapshot))
    scores = _neighbours(snapshot, plan)
    total, telling = 0.0, 0
    for part in plan.parts:
        weights, points, weight = _weigh(snapshot, part)
        held += part.worth * weights
        scores += part.worth * points
        total += part.worth * weight
        telling += bool(weight) and part.worth == 1.0
    enough: BoolArray = held > (PARTIAL_SHARE if telling > FEW else PARTIAL_SHARE_OF_FEW) * total
    enough[full] = False
    if plan.conditions is not None:
        meeting = np.zeros(len(snapshot), np.bool_)
        meeting[snapshot.match(plan.conditions).docs] = True
        enough &= meeting
    docs = np.flatnonzero(enough).astype(np.int32)
    coverage = held[docs] / (total or 1.0)
    return _answer(docs, scores[docs] * coverage**COVERAGE_POWER)


def word_weight(snapshot: Snapshot, documents: int) -> float:
    """Return how much a word that so many documents hold tells."""
    return log((len(snapshot) + 1) / documents) if documents else 0.0


def _weigh(snapshot: Snapshot, part: Part) -> tuple[Scores, Scores, float]:
    """Return for each document what it holds of a part, and its points; and the part's whole weight."""
    matches = snapshot.match(part.query)
    weight = word_weight(snapshot, len(matches.docs))
    held, points = np.zeros(len(snapshot)), np.zeros(len(snapshot))
    for other in part.stand_ins:
        found = snapshot.match(other.query)
        known = word_weight(snapshot, len(found.docs))
        share = other.stand.weight
        better = share * (min(weight, known) if weight else known)
        held[found.docs] = np.maximum(held[found.docs], better)
        points[found.docs] = np.maximum(points[found.docs], share * found.scores)
        if not len(matches.docs):
            weight = max(weight, known)
    held[matches.docs] = weight
    points[matches.docs] = np.maximum(points[matches.docs], matches.scores)
    return held, points, weight


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
