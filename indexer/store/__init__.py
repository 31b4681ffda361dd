"""The index store: the only room that knows Whoosh.

Write with `prepare` and `IndexWriter`; read with `open_snapshot` or, in a service, `SnapshotSource`; verify with
`check_index`.
Queries are the trees of `indexer.store.query`, answers are NumPy arrays of document numbers and scores.
"""

from __future__ import annotations

from indexer.store.check import check_index
from indexer.store.columns import Column, Columns
from indexer.store.evaluation import Matches
from indexer.store.manifest import BuildSettings, installed_versions
from indexer.store.postings import TermCount
from indexer.store.query import And, AndNot, Boost, Everything, Or, Phrase, Prefix, StoreQuery, Term
from indexer.store.records import ClauseRecord, FoldTarget, ResolutionRecord
from indexer.store.schema import base_field, form_field
from indexer.store.snapshot import Snapshot, open_snapshot
from indexer.store.source import SnapshotSource
from indexer.store.sources import SourceRecord
from indexer.store.stats import IndexStats
from indexer.store.writer import IndexWriter, PreparedResolution, prepare

__all__ = [
    "And",
    "AndNot",
    "Boost",
    "BuildSettings",
    "ClauseRecord",
    "Column",
    "Columns",
    "Everything",
    "FoldTarget",
    "IndexStats",
    "IndexWriter",
    "Matches",
    "Or",
    "Phrase",
    "Prefix",
    "PreparedResolution",
    "ResolutionRecord",
    "Snapshot",
    "SnapshotSource",
    "SourceRecord",
    "StoreQuery",
    "Term",
    "TermCount",
    "base_field",
    "check_index",
    "form_field",
    "installed_versions",
    "open_snapshot",
    "prepare",
]
