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


def spread(answer: Answer, snapshot: Snapshot, plan: Plan, before: IntArray) -> Answer:
    """Return the answer with scores that know of resolutions. Documents, tiers and the scores by words stay.

    ``before`` are documents that stand before the answer whatever they score.
    """
    if not len(answer.docs):
        return answer
    resolutions = snapshot.columns.resolution[answer.docs]
    boost = 1.0 + DENSITY_BOOST * np.log1p(np.bincount(resolutions))[resolutions]
    boost += TITLE_BOOST * _title_shares(snapshot, plan)[resolutions]
    scores = answer.scores * boost
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
    titles = columns["type"].mask((ClauseType.TITLE,))
    shares = np.zeros(len(columns.first_docs) - 1)
    total = 0.0
    for part in plan.parts:
        matches = snapshot.match(part.query)
        weight = part.worth * word_weight(snapshot, len(matches.docs))
        shares[columns.resolution[matches.docs[titles[matches.docs]]]] += weight
        total += weight
    return np.minimum(shares / total, 1.0) if total else shares


def _places_within(resolutions: IntArray) -> npt.NDArray[np.intp]:
    """Return for each of a sorted list of resolutions how many of the same stand before it."""
    starts = np.flatnonzero(np.r_[True, resolutions[1:] != resolutions[:-1]])
    return np.arange(len(resolutions)) - np.repeat(starts, np.diff(np.r_[starts, len(resolutions)]))
