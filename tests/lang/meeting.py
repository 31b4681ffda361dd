"""What tests of words ask again and again."""

from __future__ import annotations

from indexer.lang import Lexicon, get_language


def bases(code: str, text: str, lexicon: Lexicon | None = None) -> set[str]:
    """Return all bases in a text."""
    return {base for token in get_language(code, lexicon).tokens(text) for base in token.bases}


def meets(code: str, word: str, text: str, lexicon: Lexicon | None = None) -> bool:
    """Say whether the first token of a word shares a base with some token of a text."""
    return not set(get_language(code, lexicon).tokens(word)[0].bases).isdisjoint(bases(code, text, lexicon))


def holds(code: str, query: str, text: str, lexicon: Lexicon | None = None) -> bool:
    """Say whether every word of a query shares a base with some token of a text."""
    found = bases(code, text, lexicon)
    return all(not found.isdisjoint(token.bases) for token in get_language(code, lexicon).tokens(query))


def surfaces(code: str, text: str) -> list[str]:
    """Return the tokens as printed."""
    return [text[token.start : token.end] for token in get_language(code).tokens(text)]
