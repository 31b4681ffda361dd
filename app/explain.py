"""Why a clause answers: which form matched through which lemma, and what each part of the query scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.query.pattern import Mark, Pattern
from app.query.plan import Part, Plan
from app.ranking import PAIR_BOOST
from indexer.lang.base import Token
from indexer.store import Matches, Snapshot
from indexer.store.query import StoreQuery
from indexer.store.records import ClauseRecord

Explained = dict[str, object]


class Explainer:
    """Explains the hits of one answer; every part of the query is asked once, however many hits there are."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self._snapshot = snapshot
        self._plan = plan
        self._matches: dict[StoreQuery, Matches] = {}

    def parts(self, doc: int, record: ClauseRecord, marks: Sequence[Mark]) -> list[Explained]:
        """Return for each part of the query what it scored in a document and which words of the text it matched."""
        tokens = self._snapshot.language(record.lang).tokens(record.text)
        return [self._part(doc, record, part, marks, tokens) for part in self._plan.parts]

    def neighbours(self, doc: int) -> float:
        """Return what a document gained by neighbours of the query near each other, and by names asked for."""
        gained = PAIR_BOOST * sum(self._score(pair, doc) or 0.0 for pair in self._plan.pairs)
        if self._plan.liked is not None:
            gained += self._score(self._plan.liked, doc) or 0.0
        return round(gained, 4)

    def _score(self, query: StoreQuery, doc: int) -> float | None:
        """Return what a document scores for a query, None if it does not match."""
        if query not in self._matches:
            self._matches[query] = self._snapshot.match(query)
        matches = self._matches[query]
        place = int(np.searchsorted(matches.docs, doc))
        return float(matches.scores[place]) if place < len(matches.docs) and matches.docs[place] == doc else None

    def _part(
        self, doc: int, record: ClauseRecord, part: Part, marks: Sequence[Mark], tokens: Sequence[Token]
    ) -> Explained:
        score, how, said = self._score(part.query, doc), "word", part.text
        sought = [pattern for pattern in self._plan.patterns.get(record.lang, ()) if pattern.word in part.marks]
        if score is None:
            how = "missing"
            for other in part.stand_ins:
                points = self._score(other.query, doc)
                if points is not None and points * other.stand.weight > (score or 0.0):
                    score, how, said = points * other.stand.weight, other.stand.how, other.stand.text
                    sought = other.patterns.get(record.lang, [])
        explained: Explained = {"word": part.text, "how": how, "score": round(score or 0.0, 4)}
        if how not in ("word", "missing"):
            explained["instead"] = said
        explained["matches"] = [
            _match(token, sought, record.text)
            for token in tokens
            if _is_marked(token, part, marks) and any(slot.fits(token) for one in sought for slot in one.slots)
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
