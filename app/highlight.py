"""Where a hit answers: marked words, and the best passage of a long clause.

The hit's text is analysed again with the language of the index, so what is marked is what matched: whole words as
printed, phrases only as phrases, nothing for words behind NOT. All offsets are code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.model import Snippet
from app.query.pattern import Mark, Pattern, find_marks
from app.ranking import SNIPPET_ABOVE, SNIPPET_LENGTH
from indexer.lang.base import Language

Span = tuple[int, int]


def find_highlights(text: str, language: Language, patterns: Sequence[Pattern]) -> list[Mark]:
    """Return the marks of a text, ascending; they may overlap."""
    return find_marks(language.tokens(text), patterns) if patterns else []


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap joined to one; spans that only touch stay apart."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def best_passage(text: str, marks: Sequence[Mark]) -> Snippet | None:
    """Return the passage that answers most words of the query, None for a text that is short enough.

    The first of equal passages wins; without marks it is the beginning. A passage starts and ends between words.
    """
    if len(text) <= SNIPPET_ABOVE:
        return None
    start = max((mark.start for mark in marks), key=lambda at: (_worth(marks, at), -at), default=0)
    inside = [mark.end for mark in marks if start <= mark.start and mark.end <= start + SNIPPET_LENGTH]
    slack = SNIPPET_LENGTH - (max(inside, default=start) - start)
    # The words before the first mark say more than those behind the last: a clause opens with who does what.
    return _widened(text, max(0, start - slack * 2 // 3))


def _worth(marks: Sequence[Mark], start: int) -> tuple[int, int]:
    inside = [mark for mark in marks if start <= mark.start and mark.end <= start + SNIPPET_LENGTH]
    return len({mark.word for mark in inside}), len(inside)


def _widened(text: str, start: int) -> Snippet:
    end = min(len(text), start + SNIPPET_LENGTH)
    start = max(0, end - SNIPPET_LENGTH)
    return Snippet(_word_start(text, start), _word_end(text, end))


MAX_WIDENING = 30  # code points; longer runs without a space are Chinese, where any place will do


def _word_start(text: str, at: int) -> int:
    space = text.rfind(" ", max(0, at - MAX_WIDENING), at)
    if at == 0 or text[at - 1] == " ":
        return at
    return space + 1 if space >= 0 else (0 if at <= MAX_WIDENING else at)


def _word_end(text: str, at: int) -> int:
    if at >= len(text) or text[at] == " ":
        return min(at, len(text))
    space = text.find(" ", at, at + MAX_WIDENING)
    if space >= 0:
        return space
    return len(text) if len(text) - at <= MAX_WIDENING else at
