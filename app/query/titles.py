"""Instruments by some words of a title: «Пекинская платформа», “1982 Convention on the Law of the Sea”.

Texts name an instrument in full or by an agreed short name, and `find_citations` knows those. Who asks remembers some
words of the title; they name an instrument when they fit one title better than all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.citing import Instrument, load_gazetteer
from indexer.lang import Base, get_language
from indexer.model import LanguageCode

LEAST_WORDS = 2  # «Устав», “Convention” begin too many titles; a name of one word is another matter
LEAST_SHARE = 0.25  # of the words of the title, when the question says that a text is meant
LEAST_OPENING = 0.4  # of the words of the title, when nothing else says so: «Пекинская платформа»
MOST_READINGS = 4  # words that fit more titles than these are no name

_YEAR = re.compile(r"(?:18|19|20)\d\d")

Place = frozenset[Base]


@dataclass(frozen=True, slots=True)
class _Title:
    places: tuple[Place, ...]
    instrument: Instrument


def instruments_titled(words: str, lang: LanguageCode, *, ordered: bool) -> tuple[Instrument, ...]:
    """Return the instruments whose title in a language holds all the words and the fewest others.

    With ``ordered`` the words must follow each other as in the title, open with its first one and make up much of it:
    «Программа действий» names none. A year that the title does not hold must be that of the instrument. Empty when
    the words are too few or fit too many titles.
    """
    years = _YEAR.findall(words)
    sought = _places(words, lang)
    share = LEAST_OPENING if ordered else LEAST_SHARE
    if not sought:
        return ()
    extra: dict[str, int] = {}
    named: dict[str, Instrument] = {}
    for title in _titles(lang):
        kept = tuple(place for place in sought if not _dates(place, years, title))
        least = min(LEAST_WORDS, len(title.places)) if not ordered else LEAST_WORDS
        if len(kept) < max(least, share * len(title.places)):
            continue
        if _holds(title.places, kept, ordered):
            left = len(title.places) - len(kept)
            id = title.instrument.id
            extra[id] = min(left, extra.get(id, left))
            named[id] = title.instrument
    best = [named[id] for id, left in extra.items() if left == min(extra.values())]
    return tuple(best) if len(best) <= MOST_READINGS else ()


def _dates(place: Place, years: list[str], title: _Title) -> bool:
    """Whether a word is only the year of the instrument: «Конвенция 1982 года»."""
    year = next((year for year in years if year in place), None)
    if year is None or any(year in other for other in title.places):
        return False
    return title.instrument.date.startswith(year)


def _holds(title: tuple[Place, ...], sought: tuple[Place, ...], ordered: bool) -> bool:
    if not ordered:
        return all(any(not place.isdisjoint(other) for other in title) for place in sought)
    if sought[0].isdisjoint(title[0]):
        return False
    rest = iter(title)
    return all(any(not place.isdisjoint(other) for other in rest) for place in sought)


@cache
def _titles(lang: LanguageCode) -> tuple[_Title, ...]:
    return tuple(
        _Title(places, instrument)
        for instrument in load_gazetteer().instruments
        for name in (
            *filter(None, (instrument.names.get(lang),)),
            *instrument.also.get(lang, ()),
            *instrument.short.get(lang, ()),
            *(name for name in instrument.local.get(lang, ()) if name.isalpha()),
        )
        if (places := _places(name, lang))
    )


def _places(text: str, lang: LanguageCode) -> tuple[Place, ...]:
    """Return the bases of each word; of a compound only those of the whole: «Космос-2030» is not of 2030."""
    found: list[Place] = []
    reached = 0
    for token in get_language(lang).tokens(text):
        if token.start >= reached:
            found.append(frozenset(token.bases))
            reached = token.end
    return tuple(found)
