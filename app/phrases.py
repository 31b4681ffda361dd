"""Frequent phrases of an index: runs of words that several of its titles share, for completions.

Titles say what resolutions are about in the words that readers know; a run from «о» to «и» is no phrase.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from app.kept import KeptWithSnapshot
from app.query.scripts import is_spaced
from app.query.synonyms import is_binding
from indexer.lang.base import Language
from indexer.model import LanguageCode
from indexer.store import Snapshot
from indexer.text.normalise import normalise, strip_accents

LENGTHS = range(2, 7)  # words of a phrase
LEAST_TITLES = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as printed and the number of resolutions with it in their titles."""

    text: str
    resolutions: int


class Phrases:
    """The phrases of one language, by how they begin."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        known = ((folded(text), Phrase(text, count)) for text, count in counts.items() if count >= LEAST_TITLES)
        ordered = sorted(known, key=lambda pair: (pair[0], -pair[1].resolutions, pair[1].text))
        kept = [pair for pair, after in zip_longest(ordered, ordered[1:]) if not _goes_on(pair, after)]
        self._keys = [key for key, _ in kept]
        self._phrases = [phrase for _, phrase in kept]

    def beginning(self, typed: str) -> list[Phrase]:
        """Return the phrases that begin so whatever their case and accents, the most frequent first."""
        start = folded(typed)
        first = bisect_left(self._keys, start)
        last = bisect_left(self._keys, start + "\U0010ffff", first)
        best: dict[str, Phrase] = {}
        for place in range(first, last):
            best.setdefault(self._keys[place], self._phrases[place])
        return sorted(best.values(), key=lambda phrase: (-phrase.resolutions, len(phrase.text), phrase.text))


def _goes_on(pair: tuple[str, Phrase], after: tuple[str, Phrase] | None) -> bool:
    """Whether all titles with a phrase go on in the same way: «миссии Организации» of the United Nations."""
    return after is not None and after[0].startswith(pair[0] + " ") and after[1].resolutions == pair[1].resolutions


def folded(text: str) -> str:
    """Return a text for comparing as people type: small letters, no accents, single spaces."""
    return strip_accents(" ".join(normalise(text).text.casefold().replace("ё", "е").split()))


def runs(title: str, language: Language) -> Iterator[str]:
    """Yield the runs of words of a title that neither begin nor end with a word that only binds others."""
    spans: list[tuple[int, int, bool]] = []
    for token in language.tokens(title):
        if not spans or token.start >= spans[-1][1]:
            spans.append((token.start, token.end, is_binding(title[token.start : token.end], language.code)))
    for first, (start, _, binds) in enumerate(spans):
        if not binds:
            for length in LENGTHS:
                if first + length <= len(spans) and not spans[first + length - 1][2]:
                    yield title[start : spans[first + length - 1][1]]


def phrases(snapshot: Snapshot, lang: LanguageCode) -> Phrases:
    """Return the phrases of a language in an index, gathered once; safe for any number of threads."""
    return _kept.get(snapshot, lang)


def _gather(snapshot: Snapshot, lang: LanguageCode) -> Phrases:
    counts: Counter[str] = Counter()
    language = snapshot.language(lang)
    titles = {record.symbol: record.title for record in snapshot.resolutions() if record.lang == lang}
    for title in titles.values():
        counts.update({_small(run) if is_spaced(run) else run for run in runs(title, language)})
    return Phrases(counts)


_kept = KeptWithSnapshot(_gather)


def _small(run: str) -> str:
    """Return a run that opens a title as it stands within one: «Права человека», «права человека»."""
    first, _, rest = run.partition(" ")
    return f"{first.lower()} {rest}" if first[1:].islower() else run
