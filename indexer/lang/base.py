"""The interface that every language offers to the index and to queries.

Index and query use the same object, so a word found in a text is found by any of its forms in a query.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NewType, Protocol

from indexer.model import LanguageCode

Form = NewType("Form", str)
"""A word as printed, folded (case, accents as the language folds them, ё, homoglyphs): the term of exact search."""

Base = NewType("Base", str)
"""A base form (lemma or stem): the term of ordinary search."""

Lexicon = Mapping[Form, tuple[Base, ...]]
"""Base forms that a corpus proved for ambiguous forms, likeliest first; stored with the index."""


class Token(NamedTuple):
    """A word of a text.

    ``text[start:end]`` is the word as printed. ``bases`` is never empty, likeliest first. A compound
    (``государства-члены``) is one token for the whole and one for each part: the whole and the first part share a
    position, each further part takes the next one. Positions never fall; spans of tokens at different positions
    do not overlap, except that a compound's span covers its parts'.
    """

    start: int
    end: int
    position: int
    form: Form
    bases: tuple[Base, ...]


class Language(Protocol):
    """Turns text into tokens."""

    @property
    def code(self) -> LanguageCode:
        """The language's code."""
        ...

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order, with offsets into the text exactly as given. Never raises."""
        ...

    def fold(self, text: str) -> Form:
        """Return the exact-search term of a single word."""
        ...

    def knows(self, form: Form) -> bool:
        """Say whether a dictionary lists the word: then it is no slip of the pen, however rare it is in a corpus.

        Always false for a language without a dictionary.
        """
        ...

    def learn(self, counts: Mapping[Form, int]) -> Lexicon:
        """Return the base forms of ambiguous forms as proved by a corpus in which each form occurs so often.

        Empty for a language whose base forms do not depend on a corpus.
        """
        ...
