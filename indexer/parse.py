"""From a raw document to a resolution: structure, then actions, then citations."""

from __future__ import annotations

from dataclasses import replace

from indexer.citing import cite
from indexer.model import Resolution
from indexer.reading.document import RawDocument
from indexer.structure import find_actions, segment


def parse(document: RawDocument) -> Resolution:
    """Return the resolution that a raw document holds.

    Never raises on content: what is odd or missing stands in ``problems``.
    """
    return cite(with_actions(segment(document)))


def with_actions(resolution: Resolution) -> Resolution:
    """Return the same resolution with the actions of its clauses."""
    clauses = tuple(
        replace(clause, actions=find_actions(clause.text, resolution.lang, clause.type))
        for clause in resolution.clauses
    )
    return replace(resolution, clauses=clauses)
