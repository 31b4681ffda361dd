"""Why a clause answers: which form matched through which lemma, and what each part of the query scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.matching import Scores
from app.query.pattern import Mark, Pattern
from app.query.plan import Part, Patterns, Plan
from app.ranking import PAIR_BOOST
from indexer.lang.base import Language, Token
from indexer.store import Snapshot
from indexer.store.columns import IntArray
from indexer.store.query import StoreQuery
from indexer.store.records import ClauseRecord

Explained = dict[str, object]


def explain_parts(
    snapshot: Snapshot, doc: int, record: ClauseRecord, plan: Plan, marks: Sequence[Mark]
) -> list[Explained]:
    """Return for each part of the query what it scored in a document and which words of the text it matched."""
    language = snapshot.language(record.lang)
    tokens = language.tokens(record.text)
    return [_part(snapshot, doc, part, plan.patterns, marks, language, tokens) for part in plan.parts]


def explain_neighbours(snapshot: Snapshot, doc: int, plan: Plan) -> float:
    """Return what the document gained by holding neighbours of the query side by side."""
    return round(PAIR_BOOST * sum(score_of(snapshot, pair, doc) or 0.0 for pair in plan.pairs), 4)


def score_of(snapshot: Snapshot, query: StoreQuery, doc: int) -> float | None:
    """Return what a document scores for a query, None if it does not match."""
    matches = snapshot.match(query)
    return _at(matches.docs, matches.scores, doc)


def _at(docs: IntArray, scores: Scores, doc: int) -> float | None:
    place = int(np.searchsorted(docs, doc))
    return float(scores[place]) if place < len(docs) and docs[place] == doc else None


def _part(
    snapshot: Snapshot,
    doc: int,
    part: Part,
    patterns: Patterns,
    marks: Sequence[Mark],
    language: Language,
    tokens: Sequence[Token],
) -> Explained:
    score, how, said = score_of(snapshot, part.query, doc), "word", part.text
    sought = [pattern for pattern in patterns.get(language.code, ()) if pattern.word in part.marks]
    if score is None:
        how = "missing"
        for other in part.stand_ins:
            points = score_of(snapshot, other.query, doc)
            if points is not None and points * other.stand.weight > (score or 0.0):
                score, how, said = points * other.stand.weight, other.stand.how, other.stand.text
                sought = other.patterns.get(language.code, [])
    explained: Explained = {"word": part.text, "how": how, "score": round(score or 0.0, 4)}
    if how not in ("word", "missing"):
        explained["instead"] = said
    explained["matches"] = [
        _match(token, sought, snapshot.record(doc).text)
        for token in tokens
        if _is_marked(token, part, marks) and any(slot.fits(token) for pattern in sought for slot in pattern.slots)
    ]
    return explained


def _is_marked(token: Token, part: Part, marks: Sequence[Mark]) -> bool:
    return any(mark.word in part.marks and mark.start <= token.start and token.end <= mark.end for mark in marks)


def _match(token: Token, sought: Sequence[Pattern], text: str) -> Explained:
    """Return a word of the text as printed, as folded, and the lemma by which it was found."""
    slots = [slot for pattern in sought for slot in pattern.slots if slot.fits(token)]
    shared = [base for base in token.bases if any(base in slot.bases for slot in slots)]
    return {
        "text": text[token.start : token.end],
        "start": token.start,
        "end": token.end,
        "form": token.form,
        "lemma": shared[0] if shared else None,
    }
