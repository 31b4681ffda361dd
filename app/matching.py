"""Which documents answer a query in full and which in part, with scores, before any filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from app.meaning import values_meant
from app.query.plan import Plan
from app.query.targets import Named
from app.ranking import PARTIAL_SHARE
from indexer.model import CitationKind
from indexer.store import Snapshot
from indexer.store.columns import BoolArray, IntArray

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Documents, ascending, with their scores side by side.

    A document of a higher tier ranks before all of a lower one: the resolution that a query names comes before the
    clauses that cite it.
    """

    docs: IntArray
    scores: Scores
    tiers: npt.NDArray[np.int8]


def all_documents(snapshot: Snapshot) -> Answer:
    """Return the answer to no question: everything, in no order of relevance."""
    return _answer(np.arange(len(snapshot), dtype=np.int32), np.zeros(len(snapshot)))


def no_documents() -> Answer:
    """Return the answer to a question that holds nothing to look for."""
    return _answer(np.empty(0, np.int32), np.empty(0))


def full_answer(snapshot: Snapshot, plan: Plan) -> Answer:
    """Return the documents that hold what the query asks for."""
    matches = snapshot.match(plan.full)
    return _answer(matches.docs, matches.scores)


def target_answer(snapshot: Snapshot, plan: Plan, target: Named) -> Answer:
    """Return what belongs to a target that the query names: its own clauses first, then those that cite it.

    For an instrument, whose own clauses no index holds, the clauses that hold the words of its name belong too.
    """
    columns = snapshot.columns
    own = columns["symbol"].mask(values_meant("symbol", target.id, columns))
    citing = columns["cites"].mask(values_meant("cites", target.id, columns))
    worded = np.zeros(len(snapshot))
    matches = snapshot.match(plan.full)
    worded[matches.docs] = matches.scores
    answering = own | citing
    if target.kind is CitationKind.INSTRUMENT or not answering.any():
        answering[matches.docs] = True
    docs = np.flatnonzero(answering).astype(np.int32)
    # Its own clauses stand in their order, so that the title leads.
    scores = np.where(own, 0.0, worded)[docs]
    return Answer(docs, scores, own[docs].astype(np.int8))


def partial_answer(snapshot: Snapshot, plan: Plan, full: IntArray) -> Answer:
    """Return the documents that hold most words of the query but not all, by what the words tell.

    A word weighs the more the fewer documents hold it, so «и» and «в» do not make most of a query; one that no
    document holds (a slip of the pen) does not count.
    """
    if not plan.words:
        return no_documents()
    weights = np.zeros(len(snapshot))
    scores = np.zeros(len(snapshot))
    total = 0.0
    for word in plan.words:
        matches = snapshot.match(word)
        if len(matches.docs):
            weight = log((len(snapshot) + 1) / len(matches.docs))
            weights[matches.docs] += weight
            scores[matches.docs] += matches.scores
            total += weight
    enough: BoolArray = weights > PARTIAL_SHARE * total
    enough[full] = False
    if plan.conditions is not None:
        meeting = np.zeros(len(snapshot), np.bool_)
        meeting[snapshot.match(plan.conditions).docs] = True
        enough &= meeting
    docs = np.flatnonzero(enough).astype(np.int32)
    return _answer(docs, scores[docs] * weights[docs] / (total or 1.0))


def search_documents(snapshot: Snapshot, plan: Plan | None, targets: Sequence[Named], *, asked: bool) -> Answer:
    """Return the full answer to a query. ``asked`` tells an empty query from one that says nothing."""
    if plan is None:
        return no_documents() if asked else all_documents(snapshot)
    if len(targets) == 1 and targets[0].whole:
        return target_answer(snapshot, plan, targets[0])
    return full_answer(snapshot, plan)


def _answer(docs: IntArray, scores: Scores) -> Answer:
    return Answer(docs, scores, np.zeros(len(docs), np.int8))
