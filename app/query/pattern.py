"""What a query looks for in a text, word by word: the base of highlights and passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.lang.base import Base, Form, Token


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern: a token fits by any of its bases, by its form, or by the beginning of its form."""

    bases: frozenset[Base] = frozenset()
    forms: frozenset[Form] = frozenset()
    prefix: str | None = None

    def fits(self, token: Token) -> bool:
        """Whether a token of a text may stand in this place."""
        return (
            token.form in self.forms
            or not self.bases.isdisjoint(token.bases)
            or (self.prefix is not None and token.form.startswith(self.prefix))
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots at positions side by side. ``word`` numbers the word of the query that the pattern stands for."""

    slots: tuple[Slot, ...]
    word: int


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` answers a word of the query."""

    start: int
    end: int
    word: int


def slots_of(tokens: Sequence[Token], *, exact: bool) -> tuple[Slot, ...]:
    """Return one slot a position: a compound's whole and its first part share theirs."""
    positions = sorted({token.position for token in tokens})
    at = {position: [token for token in tokens if token.position == position] for position in positions}
    if exact:
        return tuple(Slot(forms=frozenset(token.form for token in at[position])) for position in positions)
    return tuple(
        Slot(bases=frozenset(base for token in at[position] for base in token.bases)) for position in positions
    )


def find_marks(tokens: Sequence[Token], patterns: Sequence[Pattern]) -> list[Mark]:
    """Return the places of a text that fit, ascending; a phrase is one place from its first word to its last."""
    return finder(tuple(patterns)).marks(tokens)


class _Finder:
    """Patterns by what their first words are found by: most words of a text begin none."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._by_term: dict[str, list[Pattern]] = {}  # forms and bases: `Slot.fits` tells which of them counts
        self._by_prefix: list[tuple[str, Pattern]] = []
        for pattern in patterns:
            first = pattern.slots[0]
            for term in first.forms | first.bases:
                self._by_term.setdefault(term, []).append(pattern)
            if first.prefix is not None:
                self._by_prefix.append((first.prefix, pattern))

    def marks(self, tokens: Sequence[Token]) -> list[Mark]:
        """Return the places of a text that fit, ascending."""
        marks: dict[tuple[int, Pattern], Mark] = {}
        known, prefixes = self._by_term, self._by_prefix
        for at, (_, _, position, form, bases) in enumerate(tokens):
            if form not in known and known.keys().isdisjoint(bases) and not prefixes:
                continue
            for pattern in self._beginning(form, bases):
                if (position, pattern) not in marks and (mark := _mark_at(tokens, at, pattern)) is not None:
                    marks[position, pattern] = mark
        return sorted(marks.values(), key=lambda mark: (mark.start, mark.end))

    def _beginning(self, form: Form, bases: Sequence[Base]) -> Iterator[Pattern]:
        for term in (form, *bases):
            yield from self._by_term.get(term, ())
        for prefix, pattern in self._by_prefix:
            if form.startswith(prefix):
                yield pattern


finder = lru_cache(maxsize=256)(_Finder)  # a page asks for the same patterns twenty times


def _mark_at(tokens: Sequence[Token], at: int, pattern: Pattern) -> Mark | None:
    """Return the mark of a pattern whose first word is at the position of a token."""
    position = tokens[at].position
    while at and tokens[at - 1].position == position:
        at -= 1
    start, end = -1, -1
    for slot in pattern.slots:
        fitting = []
        while at < len(tokens) and tokens[at].position <= position:
            if tokens[at].position == position and slot.fits(tokens[at]):
                fitting.append(tokens[at])
            at += 1
        if not fitting:
            return None
        if start < 0:
            start = min(token.start for token in fitting)
        end = max(end, *(token.end for token in fitting))
        position += 1
    return Mark(start, end, pattern.word)
