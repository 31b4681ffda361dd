"""Words that say the same in other words: UN terms and how people call the things («фистула», «свищ»).

The table of a language is data: ``data/<lang>/synonyms.toml``. Each row is a group of words of which any stands for
any, or with ``from`` a word for which the ``words`` stand but not the other way. Several words are a phrase. A
synonym weighs less than the word itself and never makes a clause a full answer. ``acronyms.toml`` holds rows of the
same form for the names of bodies: «ЮНИСЕФ».

``data/<lang>/binding.toml`` lists the words that tell nothing alone: prepositions, particles, articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.query.tables import tables
from indexer.lang import Base, get_language
from indexer.model import LanguageCode

CLOSE = 0.8  # weight of a word of the same meaning, where a row says nothing


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word or phrase that may stand for another; ``weight`` is what it counts beside the word itself."""

    text: str
    weight: float


def synonyms(word: str, lang: LanguageCode) -> tuple[Synonym, ...]:
    """Return the synonyms of a word in any of its forms, in the order of the table."""
    bases = _whole_word(word, lang)
    found: dict[str, Synonym] = {}
    for base in bases:
        for synonym in _table(lang).get(base, ()):
            if bases.isdisjoint(_whole_word(synonym.text, lang)):
                found.setdefault(synonym.text, synonym)
    return tuple(found.values())


@cache
def _table(lang: LanguageCode) -> dict[Base, tuple[Synonym, ...]]:
    table: dict[Base, tuple[Synonym, ...]] = {}
    for row in (*tables(lang, "synonyms")["group"], *tables(lang, "acronyms")["group"]):
        others = tuple(Synonym(text, row.get("weight", CLOSE)) for text in row["words"])
        for word in row.get("from", row["words"]):
            for base in _whole_word(word, lang):
                table[base] = (*table.get(base, ()), *others)
    return table


def _whole_word(text: str, lang: LanguageCode) -> frozenset[Base]:
    """Return the bases of a text that is one word or one compound; none for a phrase."""
    whole = [token for token in get_language(lang).tokens(text) if (token.start, token.end) == (0, len(text))]
    return frozenset(base for token in whole for base in token.bases)


@cache
def _binding(lang: LanguageCode) -> frozenset[Base]:
    rows = tables(lang, "binding")["word"]
    return frozenset(base for row in rows for base in _whole_word(row["word"], lang))


def is_binding(word: str, lang: LanguageCode) -> bool:
    """Say whether a word only binds others (prepositions, particles, articles) and tells nothing alone."""
    bases = _whole_word(word, lang)
    return bool(bases) and bases <= _binding(lang)
