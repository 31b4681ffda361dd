"""Citations: finding them in a text, naming their targets, resolving them across a document."""

from __future__ import annotations

from indexer.citing.extract import find_citations
from indexer.citing.gazetteer import Event, Gazetteer, Instrument, Organ, load_gazetteer
from indexer.citing.resolve import cite

__all__ = ["Event", "Gazetteer", "Instrument", "Organ", "cite", "find_citations", "load_gazetteer"]
