"""The language versions of one resolution, clause against clause, so that every clause has one id in all of them.

A version may lack the number of a paragraph, repeat one by mistake, miss a heading or break a paragraph in two; from
there on its own count leaves that of the others. `align` takes the version that most others agree with as the
reference and gives the clauses of the rest the paths of their counterparts there.

Counterparts are found without looking at words: numbers that both print are anchors, and between anchors clauses are
matched in order by what does not depend on the language: footnotes, cited texts, actions, relative length.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from indexer.model import LANGUAGES, Clause, ClausePath, ClauseType, Resolution
from indexer.structure.paths import Paths

T = TypeVar("T")

LARGEST_GAP: Final = 250_000  # pairs of clauses between two anchors that are weighed; beyond, only equal paths match

# Weights of the evidence that two clauses are the same one; below nothing a pair is worse than none. A footnote or a
# cited text in common says more than a verb, a verb more than a length.
_SHARED_NOTES, _OTHER_NOTES = 3.0, -1.0
_SHARED_CITATIONS, _OTHER_CITATIONS = 3.0, -0.5
_SAME_ACTION, _OTHER_ACTION = 1.0, -0.5
_SAME_LENGTH, _OTHER_LENGTH = 0.5, -1.0
_SAME_TYPE, _SAME_SORT, _OTHER_SORT = 1.0, 0.0, -0.5  # paragraphs and items are of one sort, headings are not
_SAME_NUMBER = 2.0
_SAME_PATH = 0.5
_SAME_PLACE = 1.0  # as many clauses in both between two anchors, and both the third of them, say
_ONE_SIDED = -0.4  # a note or a citation that only one of them has
_NEAR, _FAR = 0.35, 1.0  # log of the ratio of lengths: versions differ by a third in places, not by a factor of three

_ANCHOR_TYPES: Final = frozenset({ClauseType.TITLE, ClauseType.ENACTING, ClauseType.ADOPTION})


def align(versions: Sequence[Resolution]) -> list[Resolution]:
    """Return the versions of one resolution with the paths of the clauses aligned, in the order given.

    Within a version paths stay unique. A clause that got another path than its own version prints is marked
    ``inferred`` and has the type that belongs to the path; ``number`` stays what is printed. A clause without a
    counterpart keeps its path, with ``~2`` behind it where the reference needs that path for another.
    """
    if len({tuple(clause.path for clause in version.clauses) for version in versions}) <= 1:
        return list(versions)
    reference = choose_reference(versions)
    return [version if version is reference else align_with(version, reference) for version in versions]


def choose_reference(versions: Sequence[Resolution]) -> Resolution:
    """Return the version that shares most paths with the others, then the one with most printed numbers."""
    paths = [{clause.path for clause in version.clauses} for version in versions]

    def merit(place: int) -> tuple[int, int, int]:
        others = [other for number, other in enumerate(paths) if number != place]
        shared = sum(len(paths[place] & other) for other in others)
        lost = sum(len(paths[place] - other) for other in others)
        numbered = sum(clause.number is not None for clause in versions[place].clauses)
        return 2 * shared - lost, numbered, -LANGUAGES.index(versions[place].lang)

    return versions[max(range(len(versions)), key=merit)]


def align_with(version: Resolution, reference: Resolution) -> Resolution:
    """Return a version with the paths of the reference."""
    counterparts = dict(match_clauses(version.clauses, reference.clauses))
    paths = Paths()
    for clause in reference.clauses:
        paths.claim(clause.path)
    renamed: dict[ClausePath, ClausePath] = {}
    clauses: list[Clause] = []
    for place, clause in enumerate(version.clauses):
        other = reference.clauses[counterparts[place]] if place in counterparts else None
        path = other.path if other else paths.claim(clause.path)
        renamed[clause.path] = path
        if path != clause.path:
            clause = replace(clause, path=path, type=other.type if other else clause.type, inferred=True)
        clauses.append(clause)
    footnotes = tuple(
        replace(note, clause=renamed.get(note.clause, note.clause)) if note.clause else note
        for note in version.footnotes
    )
    return replace(version, clauses=tuple(clauses), footnotes=footnotes)


def match_clauses(clauses: Sequence[Clause], reference: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Yield the places of clauses that are the same one, ascending in both."""
    left = right = 0
    pairer = _Pairer(clauses, reference)
    for anchor_left, anchor_right in [*_anchors(clauses, reference), (len(clauses), len(reference))]:
        yield from pairer.pairs(range(left, anchor_left), range(right, anchor_right))
        if anchor_left < len(clauses):
            yield anchor_left, anchor_right
        left, right = anchor_left + 1, anchor_right + 1


def _anchors(clauses: Sequence[Clause], reference: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return places of clauses with the same printed number or standing for themselves, ascending in both."""
    places = {clause.path: place for place, clause in enumerate(reference) if _is_anchor(clause)}
    pairs = [
        (place, places[clause.path])
        for place, clause in enumerate(clauses)
        if clause.path in places and _is_anchor(clause) and clause.type is reference[places[clause.path]].type
    ]
    return _longest_ascending(pairs)


def _is_anchor(clause: Clause) -> bool:
    return (clause.number is not None or clause.type in _ANCHOR_TYPES) and "~" not in clause.path


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of ``pairs`` that ascends in its second members too: a misprinted number falls out."""
    tails: list[int] = []  # the smallest end of an ascending run of each length
    ends: list[int] = []  # the place of that end among the pairs
    before: list[int | None] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(tails, second)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [second]
        ends[length : length + 1] = [place]
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a clause does not depend on its language."""

    path: ClausePath
    type: ClauseType
    number: str | None
    notes: frozenset[int]
    cited: frozenset[str]
    actions: frozenset[str]  # the opening action and what else its formula may stand for
    length: float  # share in the text of the version


class _Pairer:
    """Pairs the clauses between two anchors so that the evidence for all pairs together is strongest."""

    def __init__(self, clauses: Sequence[Clause], reference: Sequence[Clause]) -> None:
        self._left = _traits(clauses)
        self._right = _traits(reference)

    def pairs(self, left: range, right: range) -> list[tuple[int, int]]:
        """Return pairs of places, ascending in both; a clause may stay alone."""
        own = [self._left[place].path for place in left]
        theirs = [self._right[place].path for place in right]
        if own == theirs:
            return list(zip(left, right, strict=True))
        if len(own) * len(theirs) > LARGEST_GAP:
            known = Counter(theirs)
            places = dict(zip(theirs, right, strict=True))
            return _longest_ascending(
                [(place, places[path]) for place, path in zip(left, own, strict=True) if path in known]
            )
        return self._weigh(left, right)

    def _weigh(self, left: range, right: range) -> list[tuple[int, int]]:
        """Needleman and Wunsch: the best sum of evidence over all ways to pair in order, gaps for nothing."""
        width = len(right) + 1
        best = [[0.0] * width for _ in range(len(left) + 1)]
        gains = [[_likeness(self._left[i], self._right[j]) for j in right] for i in left]
        if len(left) == len(right):
            for place, gain in enumerate(gains):
                gain[place] += _SAME_PLACE
        for row, gain in enumerate(gains, 1):
            above, current = best[row - 1], best[row]
            for column in range(1, width):
                paired = above[column - 1] + gain[column - 1]
                current[column] = max(paired, above[column], current[column - 1])
        found: list[tuple[int, int]] = []
        row, column = len(left), len(right)
        while row and column:
            if best[row][column] == best[row - 1][column]:
                row -= 1
            elif best[row][column] == best[row][column - 1]:
                column -= 1
            else:
                row, column = row - 1, column - 1
                found.append((left[row], right[column]))
        return found[::-1]


def _traits(clauses: Sequence[Clause]) -> list[_Traits]:
    total = sum(len(clause.text) for clause in clauses) or 1
    return [
        _Traits(
            path=clause.path,
            type=clause.type,
            number=clause.number,
            notes=frozenset(mark.number for mark in clause.marks),
            cited=frozenset(citation.id for citation in clause.citations if citation.id),
            actions=frozenset((clause.action.id, *clause.action.alternatives)) if clause.action else frozenset(),
            length=max(1, len(clause.text)) / total,
        )
        for clause in clauses
    ]


def _likeness(one: _Traits, other: _Traits) -> float:
    """The evidence that two clauses are the same one."""
    heading = ClauseType.HEADING
    sort = _SAME_SORT if (one.type is heading) == (other.type is heading) else _OTHER_SORT
    score = _SAME_TYPE if one.type is other.type else sort
    score += _evidence(one.notes, other.notes, _SHARED_NOTES, _OTHER_NOTES)
    score += _evidence(one.cited, other.cited, _SHARED_CITATIONS, _OTHER_CITATIONS)
    if one.actions and other.actions:
        score += _SAME_ACTION if one.actions & other.actions else _OTHER_ACTION
    distance = abs(math.log(one.length / other.length))
    score += _SAME_LENGTH if distance < _NEAR else _OTHER_LENGTH if distance > _FAR else 0.0
    if one.number is not None and one.number == other.number:
        score += _SAME_NUMBER
    return score + (_SAME_PATH if one.path == other.path else 0.0)


def _evidence(one: frozenset[T], other: frozenset[T], same: float, different: float) -> float:
    """Grade what two clauses have in common of one sort of thing."""
    if one and other:
        common = len(one & other)
        return same * common / len(one | other) if common else different
    return _ONE_SIDED if one or other else 0.0
