"""Any form of a Russian word finds any other, and words that have nothing in common do not meet.

Pairs are drawn from the forms of the index by the dictionary (pymorphy3), seeded. A pair meets if the query of one
form finds the clauses that hold the other, as the search itself answers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.model import SearchRequest
from app.search import search
from app.vocabulary import vocabulary
from indexer.lang.morphology import readings
from indexer.model import LanguageCode
from indexer.store import Snapshot

LANG: LanguageCode = "ru"
SEED = 5
LIKELY = 0.1  # score of a reading that a reader would think of

_WORD = re.compile("[а-я]{3,}")


@dataclass(frozen=True, slots=True)
class Met:
    """How many of the pairs met, and which did not (or should not have)."""

    pairs: int
    exceptions: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """The share of pairs that are no exception."""
        return 1 - len(self.exceptions) / self.pairs if self.pairs else 1.0


def forms_that_meet(snapshot: Snapshot, number: int) -> Met:
    """Draw pairs of forms of one word; exceptions are those of which one does not find the clauses with the other."""
    words = _words(snapshot)
    forms = sorted({form for of_word in words.values() for form in of_word if len(of_word) > 1})
    dice = random.Random(SEED)
    pairs: list[tuple[str, str]] = []
    while len(pairs) < number and forms:
        form = dice.choice(forms)
        others = [other for other in words.get(readings(form)[0][:2], ()) if other != form]
        if others:
            pairs.append((form, dice.choice(others)))
    missed = tuple(pair for pair in pairs if not _finds(snapshot, *pair))
    return Met(len(pairs), missed)


def false_meetings(snapshot: Snapshot, number: int) -> Met:
    """Draw pairs of forms that share a base in the index; exceptions are those of words with nothing in common.

    Two forms have something in common if some likely reading of each is the same word.
    """
    language = snapshot.language(LANG)
    by_base: dict[str, list[str]] = {}
    for form in _forms(snapshot):
        for base in language.tokens(form)[0].bases:
            by_base.setdefault(base, []).append(form)
    groups = [forms for _, forms in sorted(by_base.items()) if len(forms) > 1]
    dice = random.Random(SEED)
    pairs = []
    for _ in range(number if groups else 0):
        one, other = dice.sample(dice.choice(groups), 2)
        pairs.append((one, other))
    return Met(len(pairs), tuple(pair for pair in pairs if _likely(pair[0]).isdisjoint(_likely(pair[1]))))


def _finds(snapshot: Snapshot, held: str, asked: str) -> bool:
    """Whether a query for one form finds every clause that holds the other."""
    return _total(snapshot, f"={held}") == _total(snapshot, f"={held} {asked}")


def _total(snapshot: Snapshot, q: str) -> int:
    return search(snapshot, SearchRequest(q, {"lang": (LANG,)}, per_page=1, facets=())).total


def _words(snapshot: Snapshot) -> dict[tuple[str, str], list[str]]:
    words: dict[tuple[str, str], list[str]] = {}
    for form in _forms(snapshot):
        for base, word_class, score in readings(form):
            if score >= LIKELY:
                words.setdefault((base, word_class), []).append(form)
    return words


def _forms(snapshot: Snapshot) -> Iterator[str]:
    return (form for form in vocabulary(snapshot, LANG).forms if _WORD.fullmatch(form))


def _likely(form: str) -> set[str]:
    return {reading.base for reading in readings(form) if reading.score >= LIKELY / 2}
