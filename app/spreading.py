"""Clauses in the light of their resolutions: a page for readers of resolutions, not twenty clauses of one.

What a clause scores by its words is kept in proportion: a resolution on the subject gives its clauses a little more,
and each further clause of the same resolution counts a little less. So the best clauses lead, and other resolutions
come in before the fifth clause of the first.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.matching import Answer, Scores, word_weight
from app.query.plan import Plan
from app.ranking import DENSITY_BOOST, LATER_CLAUSES, LEAST_SHARE, TITLE_BOOST
from indexer.model import ClauseType
from indexer.store import Snapshot
from indexer.store.columns import IntArray

FIRST_BEST = 512  # documents that are looked at first, beside some for each that is wanted
FEW_OF_BEST = 4


def spread(answer: Answer, snapshot: Snapshot, plan: Plan, before: IntArray, count: int | None = None) -> Answer:
    """Return the answer with scores that know of resolutions. Tiers and the scores by words stay.

    ``before`` are documents that stand before the answer whatever they score. With ``count`` documents that are not
    among so many of the best may be left out.
    """
    if not len(answer.docs):
        return answer
    resolutions = snapshot.columns.resolution[answer.docs]
    boost = 1.0 + DENSITY_BOOST * np.log1p(np.bincount(resolutions))[resolutions]
    boost += TITLE_BOOST * _title_shares(snapshot, plan)[resolutions]
    raised = replace(answer, scores=answer.scores * boost)
    if count is None or answer.tiers.any():
        return _with_later_clauses(raised, snapshot, before)
    return _best(raised, snapshot, before, count)


def _best(answer: Answer, snapshot: Snapshot, before: IntArray, count: int) -> Answer:
    """Return the best documents, ``count`` at least, with what later clauses lose.

    No score grows, and what stands before a clause of a resolution scores more: so the documents with the highest
    scores are enough as soon as so many of them keep more than any of the rest had.
    """
    first = FIRST_BEST + FEW_OF_BEST * count
    while first < len(answer.docs):
        chosen = np.argpartition(-answer.scores, first)[:first]
        chosen.sort()
        best = _with_later_clauses(answer.at(chosen), snapshot, before)
        if np.partition(best.scores, -count)[-count] > answer.scores[chosen].min():
            return best
        first *= FEW_OF_BEST
    return _with_later_clauses(answer, snapshot, before)


def _with_later_clauses(answer: Answer, snapshot: Snapshot, before: IntArray) -> Answer:
    """Return the answer with each clause counting less for every better one of its resolution."""
    scores = answer.scores
    resolutions = snapshot.columns.resolution[answer.docs]
    order = np.lexsort((answer.docs, -scores, -answer.tiers, resolutions))
    factors = np.empty(len(order))
    places = np.bincount(snapshot.columns.resolution[before], minlength=int(resolutions.max()) + 1)[
        resolutions[order]
    ]
    places += _places_within(resolutions[order])
    factors[order] = np.maximum(LATER_CLAUSES**places, LEAST_SHARE)
    return replace(answer, scores=scores * factors)


def _title_shares(snapshot: Snapshot, plan: Plan) -> Scores:
    """Return for each resolution how much of the query its title holds, by what the words tell."""
    columns = snapshot.columns
    titles = columns.having("type", ClauseType.TITLE)
    shares = np.zeros(len(columns.first_docs) - 1)
    total = 0.0
    for part in plan.parts:
        weight = part.worth * word_weight(snapshot, snapshot.count(part.query))
        shares[columns.resolution[titles[snapshot.matching(part.query, titles)]]] += weight
        total += weight
    return np.minimum(shares / total, 1.0) if total else shares


def _places_within(resolutions: IntArray) -> npt.NDArray[np.intp]:
    """Return for each of a sorted list of resolutions how many of the same stand before it."""
    starts = np.flatnonzero(np.r_[True, resolutions[1:] != resolutions[:-1]])
    return np.arange(len(resolutions)) - np.repeat(starts, np.diff(np.r_[starts, len(resolutions)]))
