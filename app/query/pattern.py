"""What a query looks for in a text, word by word: the base of highlights and passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    by_position: dict[int, list[Token]] = {}
    for token in tokens:
        by_position.setdefault(token.position, []).append(token)
    marks = []
    for pattern in patterns:
        first = pattern.slots[0]
        for position in dict.fromkeys(token.position for token in tokens if first.fits(token)):
            mark = _mark_at(by_position, position, pattern)
            if mark is not None:
                marks.append(mark)
    return sorted(marks, key=lambda mark: (mark.start, mark.end))


def _mark_at(by_position: dict[int, list[Token]], position: int, pattern: Pattern) -> Mark | None:
    start, end = -1, -1
    for offset, slot in enumerate(pattern.slots):
        fitting = [token for token in by_position.get(position + offset, ()) if slot.fits(token)]
        if not fitting:
            return None
        if offset == 0:
            start = min(token.start for token in fitting)
        end = max(end, *(token.end for token in fitting))
    return Mark(start, end, pattern.word)
