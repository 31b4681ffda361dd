"""Instruments by some words of a title: «Пекинская платформа», “1982 Convention on the Law of the Sea”.

Texts name an instrument in full or by an agreed short name, and `find_citations` knows those. Who asks remembers some
words of the title; they name an instrument when they fit one title better than all others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from indexer.citing import load_gazetteer
from indexer.lang import Base, get_language
from indexer.model import LanguageCode, TargetId

LEAST_WORDS = 2  # «Устав», “Convention” begin too many titles; a name of one word is another matter
LEAST_SHARE = 0.25  # of the words of the title, when the question says that a text is meant
LEAST_OPENING = 0.5  # of the words of the title, when nothing else says so: «Пекинская платформа»
MOST_READINGS = 4  # words that fit more titles than these are no name

_YEAR = re.compile(r"(?:18|19|20)\d\d")

Place = frozenset[Base]


@dataclass(frozen=True, slots=True)
class _Title:
    places: tuple[Place, ...]
    id: TargetId
    date: str

    def opens_with(self, words: Sequence[Place]) -> bool:
        """Whether the words are the first ones of the title."""
        return len(words) <= len(self.places) and not any(
            word.isdisjoint(place) for word, place in zip(words, self.places, strict=False)
        )

    def holds(self, words: Sequence[Place]) -> bool:
        """Whether each of the words is in the title."""
        return all(any(not word.isdisjoint(place) for place in self.places) for word in words)

    def follows(self, words: Sequence[Place]) -> bool:
        """Whether the words come in this order in the title, the first one first."""
        if words[0].isdisjoint(self.places[0]):
            return False
        rest = iter(self.places)
        return all(any(not word.isdisjoint(place) for place in rest) for word in words)


def instruments_titled(text: str, lang: LanguageCode) -> tuple[TargetId, ...]:
    """Return the instruments whose title in a language holds all the words of a text and the fewest others.

    For a question that says that a text is meant. A year that the title does not hold must be that of the instrument.
    Empty when the words fit too many titles, or are too few.
    """
    years = _YEAR.findall(text)
    words = _places(text, lang)
    telling = [word for word in words if word.isdisjoint(years)] or words
    left: dict[TargetId, int] = {}
    for title in _holding(lang, telling[0]) if telling else ():
        kept = [word for word in words if not _dates(word, years, title)]
        enough = len(kept) >= max(min(LEAST_WORDS, len(title.places)), LEAST_SHARE * len(title.places))
        if enough and title.holds(kept):
            others = len(title.places) - len(kept)
            left[title.id] = min(others, left.get(title.id, others))
    best = tuple(id for id, others in left.items() if others == min(left.values()))
    return best if len(best) <= MOST_READINGS else ()


def instrument_opening(text: str, lang: LanguageCode) -> TargetId | None:
    """Return the instrument whose title a text abbreviates: its first word and others in order, half of all.

    For a text that may as well be words to look for: «программа действий» opens many titles, and “global compact”
    opens one that it does not abbreviate best, so neither names any.
    """
    words = _places(text, lang)
    if len(words) < LEAST_WORDS:
        return None
    left: dict[TargetId, int] = {}
    opened: set[TargetId] = set()
    for title in _holding(lang, words[0]):
        if title.opens_with(words):
            opened.add(title.id)
        if len(words) >= LEAST_OPENING * len(title.places) and title.follows(words):
            others = len(title.places) - len(words)
            left[title.id] = min(others, left.get(title.id, others))
    best = [id for id, others in left.items() if others == min(left.values())]
    return best[0] if len(best) == 1 and opened <= {best[0]} else None


def _dates(word: Place, years: Sequence[str], title: _Title) -> bool:
    """Whether a word is only the year of the instrument: «Конвенция 1982 года»."""
    if word.isdisjoint(years) or title.holds([word]):
        return False
    return any(title.date.startswith(year) for year in years if year in word)


def _holding(lang: LanguageCode, word: Place) -> tuple[_Title, ...]:
    """Return the titles that hold a word, in the order of the gazetteer."""
    by_base = _titles(lang)
    found = {id(title): title for base in sorted(word) for title in by_base.get(base, ())}
    return tuple(found.values())


@cache
def _titles(lang: LanguageCode) -> dict[Base, tuple[_Title, ...]]:
    """Return the titles of a language by the bases of their words."""
    by_base: dict[Base, list[_Title]] = {}
    for instrument in load_gazetteer().instruments:
        for name in (
            *filter(None, (instrument.names.get(lang),)),
            *instrument.also.get(lang, ()),
            *instrument.short.get(lang, ()),
            *(name for name in instrument.local.get(lang, ()) if name.isalpha()),
        ):
            title = _Title(_places(name, lang), instrument.id, instrument.date)
            for base in {base for place in title.places for base in place}:
                by_base.setdefault(base, []).append(title)
    return {base: tuple(titles) for base, titles in by_base.items()}


def _places(text: str, lang: LanguageCode) -> tuple[Place, ...]:
    """Return the bases of each word; of a compound only those of the whole: «Космос-2030» is not of 2030."""
    found: list[Place] = []
    reached = 0
    for token in get_language(lang).tokens(text):
        if token.start >= reached:
            found.append(frozenset(token.bases))
            reached = token.end
    return tuple(found)
