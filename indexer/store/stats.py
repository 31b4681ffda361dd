"""What an index holds, counted while it is written and again when it is checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from indexer.model import LANGUAGES, CitationStatus, ClauseType
from indexer.store.records import ClauseRecord, ResolutionRecord


@dataclass(frozen=True, slots=True)
class IndexStats:
    """Documents are clauses and footnotes in one language; keys stand in the order for showing, without zeros.

    Security Council resolutions have no session and are missing from ``resolutions_by_session``.
    """

    resolutions: int
    documents: int
    resolutions_by_language: dict[str, int]
    documents_by_language: dict[str, int]
    documents_by_type: dict[str, int]
    resolutions_by_body: dict[str, int]
    resolutions_by_session: dict[str, int]
    citations_by_status: dict[str, int]


@dataclass(slots=True)
class StatsCounter:
    """Adds up resolutions to `IndexStats`."""

    resolutions: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    sessions: Counter[str] = field(default_factory=Counter)
    citations: Counter[str] = field(default_factory=Counter)

    def add(self, record: ResolutionRecord, documents: Iterable[ClauseRecord]) -> None:
        """Count one resolution and its documents."""
        self.resolutions[record.lang] += 1
        self.bodies[record.body] += 1
        if record.session:
            self.sessions[record.session] += 1
        for document in documents:
            self.documents[document.lang] += 1
            self.types[document.type] += 1
            self.citations.update(citation.status.value for citation in document.citations)

    def update(self, other: StatsCounter) -> None:
        """Add what another counter counted."""
        for each in fields(self):
            getattr(self, each.name).update(getattr(other, each.name))

    def begin_with(self, stats: IndexStats) -> None:
        """Take over the sums of an index."""
        for counter, counts in (
            (self.resolutions, stats.resolutions_by_language),
            (self.documents, stats.documents_by_language),
            (self.types, stats.documents_by_type),
            (self.bodies, stats.resolutions_by_body),
            (self.sessions, stats.resolutions_by_session),
            (self.citations, stats.citations_by_status),
        ):
            counter.update(counts)

    def subtract(self, other: StatsCounter) -> None:
        """Take away what another counter counted."""
        for each in fields(self):
            getattr(self, each.name).subtract(getattr(other, each.name))

    def stats(self) -> IndexStats:
        """Return the sums."""
        return IndexStats(
            resolutions=self.resolutions.total(),
            documents=self.documents.total(),
            resolutions_by_language=_in_order(self.resolutions, LANGUAGES),
            documents_by_language=_in_order(self.documents, LANGUAGES),
            documents_by_type=_in_order(self.types, [kind.value for kind in ClauseType]),
            resolutions_by_body=_in_order(self.bodies, sorted(self.bodies)),
            resolutions_by_session=_in_order(self.sessions, sorted(self.sessions, key=natural_key)),
            citations_by_status=_in_order(self.citations, [status.value for status in CitationStatus]),
        )


def natural_key(text: str) -> list[tuple[int, str]]:
    """Return a sorting key under which numbers stand by size: ``A/RES/58/9`` before ``A/RES/58/10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text) if part]


def _in_order(counts: Counter[str], keys: Iterable[str]) -> dict[str, int]:
    return {key: counts[key] for key in keys if counts[key]}
