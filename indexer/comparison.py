"""Where the language versions of one resolution disagree: clauses, numbers, citations.

The versions are taken as `indexer.alignment` leaves them. What at least half of them have is expected of all: a
difference points at a slip of a translator, of the editor of a file, or of our own reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain

from indexer.findings import Finding
from indexer.model import CitationKind, ClausePath, ClauseType, Resolution

# What is cited whatever the wording: a session or "the present resolution" may be left out in a translation.
COMPARED_KINDS = frozenset(
    {CitationKind.RESOLUTION, CitationKind.DECISION, CitationKind.PRESIDENTIAL_STATEMENT, CitationKind.INSTRUMENT}
)


class Disagreement(StrEnum):
    """The kinds of disagreement, in the order of the report."""

    CLAUSE_MISSING = "clause-missing"
    NUMBER_MISSING = "number-missing"
    PARAGRAPH_COUNT = "paragraph-count"
    CITATIONS_DIFFER = "citations-differ"


def compare_versions(versions: Sequence[Resolution]) -> Iterator[Finding]:
    """Yield the disagreements of the versions of one resolution; a single language gives none."""
    if len({version.lang for version in versions}) < 2:
        return
    for compare in (_missing_clauses, _missing_numbers, _paragraph_counts, _citations):
        yield from compare(versions)


def _missing_clauses(versions: Sequence[Resolution]) -> Iterator[Finding]:
    """Clauses that half of the versions have and one has not."""
    paths = [{clause.path for clause in version.clauses} for version in versions]
    holders = Counter(path for own in paths for path in own)
    expected = [path for path, count in holders.items() if 2 * count >= len(versions)]
    for version, own in zip(versions, paths, strict=True):
        for path in sorted(set(expected) - own):
            message = f"{holders[path]} of {len(versions)} language versions have this clause"
            yield _finding(Disagreement.CLAUSE_MISSING, message, version, clause=path)


def _missing_numbers(versions: Sequence[Resolution]) -> Iterator[Finding]:
    """Clauses without a printed number that has one in half of the versions."""
    numbers = Counter(
        (clause.path, clause.number)
        for version in versions
        for clause in version.clauses
        if clause.number is not None
    )
    usual = {path: number for (path, number), count in numbers.items() if 2 * count >= len(versions)}
    for version in versions:
        for clause in version.clauses:
            if clause.number is None and (number := usual.get(clause.path)):
                message = f"no number is printed, other language versions have {number}"
                yield _finding(Disagreement.NUMBER_MISSING, message, version, clause=clause.path)


def _paragraph_counts(versions: Sequence[Resolution]) -> Iterator[Finding]:
    """Versions with another number of operative paragraphs than most."""
    counts = [sum(clause.type is ClauseType.OPERATIVE for clause in version.clauses) for version in versions]
    usual, _ = Counter(counts).most_common(1)[0]
    for version, count in zip(versions, counts, strict=True):
        if count != usual:
            message = f"{count} operative paragraphs, other language versions have {usual}"
            yield _finding(Disagreement.PARAGRAPH_COUNT, message, version)


def _citations(versions: Sequence[Resolution]) -> Iterator[Finding]:
    """Versions that do not cite what half of them cite, or that alone of three or more cite something."""
    cited = [set(_cited(version)) for version in versions]
    citers = Counter(target for own in cited for target in own)
    expected = {target for target, count in citers.items() if 2 * count >= len(versions)}
    for version, own in zip(versions, cited, strict=True):
        lacking = sorted(expected - own)
        alone = sorted(target for target in own if citers[target] == 1 and len(versions) > 2)
        if lacking or alone:
            parts = [f"not cited: {', '.join(lacking)}"] if lacking else []
            parts += [f"cited in this version only: {', '.join(alone)}"] if alone else []
            yield _finding(Disagreement.CITATIONS_DIFFER, "; ".join(parts), version)


def _cited(version: Resolution) -> Iterator[str]:
    texts = [*(clause.citations for clause in version.clauses), *(note.citations for note in version.footnotes)]
    for citation in chain.from_iterable(texts):
        if citation.id and citation.kind in COMPARED_KINDS:
            yield citation.id


def _finding(code: Disagreement, message: str, version: Resolution, clause: ClausePath | None = None) -> Finding:
    return Finding(code.value, message, version.source, version.symbol, version.lang, clause)
