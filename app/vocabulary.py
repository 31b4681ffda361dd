"""The words of an index: what begins so, what is spelt nearly so, how many clauses hold it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.kept import KeptWithSnapshot
from indexer.model import LanguageCode
from indexer.store import Snapshot, form_field

KEPT_LOOKUPS = 1 << 12
MAX_CANDIDATES = 400  # words near another that are looked at; the nearest come first


class Vocabulary:
    """The folded forms of one language in one index, with the number of documents that hold each."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.forms = sorted(counts)
        by_length: dict[int, list[str]] = {}
        for form in self.forms:
            if form.isalpha():
                by_length.setdefault(len(form), []).append(form)
        # no method: its memory would hold these words for as long as the collector of cycles likes
        self._near = lru_cache(maxsize=KEPT_LOOKUPS)(partial(_look_near, counts, by_length))

    def __contains__(self, form: str) -> bool:
        return form in self.counts

    def beginning(self, prefix: str) -> list[str]:
        """Return all forms that begin so, the most frequent first."""
        first, last = self._range(prefix)
        return sorted(self.forms[first:last], key=lambda form: (-self.counts[form], form))

    def number_beginning(self, prefix: str) -> int:
        """Return how many forms begin so."""
        first, last = self._range(prefix)
        return last - first

    def _range(self, prefix: str) -> tuple[int, int]:
        first = bisect_left(self.forms, prefix)
        return first, bisect_left(self.forms, prefix + "\U0010ffff", first)

    def near(self, form: str, distance: int) -> tuple[str, ...]:
        """Return the forms that a few typing errors turn into this one: nearest first, then most frequent.

        An error is a letter wrong, left out, put in, or two that changed places.
        """
        return self._near(form, distance)


def _look_near(
    counts: Mapping[str, int], by_length: Mapping[int, Sequence[str]], form: str, distance: int
) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    for length in range(max(2, len(form) - distance), len(form) + distance + 1):
        candidates = by_length.get(length, ())
        for near, errors, _ in process.extract(
            form, candidates, scorer=OSA.distance, score_cutoff=distance, limit=MAX_CANDIDATES
        ):
            found.append((errors, near))
    return tuple(near for _, near in sorted(found, key=lambda pair: (pair[0], -counts[pair[1]], pair[1])))


def vocabulary(snapshot: Snapshot, lang: LanguageCode) -> Vocabulary:
    """Return the words of a language in an index, gathered once; safe for any number of threads."""
    return _kept.get(snapshot, lang)


def _gather(snapshot: Snapshot, lang: LanguageCode) -> Vocabulary:
    return Vocabulary({term.term: term.documents for term in snapshot.terms(form_field(lang))})


_kept = KeptWithSnapshot(_gather)
