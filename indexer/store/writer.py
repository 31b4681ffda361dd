"""Writing an index: a new generation beside the live one, swapped in whole.

Whoosh writes at the pace of its loop over postings, which dominates: analysis, records and columns together cost a
fraction of it. One process and one segment: memory is bounded by `postings.MEMORY_LIMIT_MB` for postings (beyond it
Whoosh spills sorted runs) plus some hundred bytes a document for the columns.
"""

from __future__ import annotations

import hashlib
import shutil
from array import array
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from indexer.errors import EmptyCorpusError
from indexer.lang import get_language
from indexer.lang.base import Language, Lexicon
from indexer.model import LanguageCode, Resolution, Symbol
from indexer.store.check import require_whole
from indexer.store.columns import COLUMNS, ColumnWriter, rank_of_values, save_array, save_column
from indexer.store.folding import folded
from indexer.store.generations import publish, start_generation, write_lock
from indexer.store.layout import CLAUSES, COLUMN_FOLDER, LEXICONS, POSTINGS, RESOLUTIONS
from indexer.store.lines import LineWriter
from indexer.store.manifest import Manifest, installed_versions, seal_files, write_manifest
from indexer.store.postings import postings_writer
from indexer.store.records import ClauseRecord, FoldTarget, ResolutionRecord, documents_of, record_of, values_of
from indexer.store.schema import (
    EXACT_FIELDS,
    SCHEMA_VERSION,
    base_field,
    form_field,
    indexed_bases,
    indexed_forms,
)
from indexer.store.stats import StatsCounter, natural_key


class IndexWriter:
    """Writes one generation; a context manager that throws it away unless `commit` was reached.

    ``fold`` gives the id under which citations of the same thing are counted together. Entering raises
    `IndexBusyError` when another writer holds the index after ``wait`` seconds.
    """

    def __init__(self, index: Path, *, fold: FoldTarget = folded, wait: float = 0.0) -> None:
        self._index = index
        self._fold = fold
        self._wait = wait
        self._cleanup = ExitStack()
        self._languages: dict[LanguageCode, Language] = {}
        self._lexicons: dict[LanguageCode, Lexicon] = {}
        self._held: set[tuple[Symbol, LanguageCode]] = set()
        self._corpus = hashlib.sha256()
        self._counter = StatsCounter()
        self._columns = {name: ColumnWriter() for name in COLUMNS}
        self._dates = array("i")
        self._first_docs = array("i", [0])

    def __enter__(self) -> Self:
        with ExitStack() as cleanup:
            cleanup.enter_context(write_lock(self._index, self._wait))
            self._built = start_generation(self._index)
            cleanup.callback(shutil.rmtree, self._built, ignore_errors=True)
            self._workspace = self._built / "workspace"
            for folder in (POSTINGS, COLUMN_FOLDER, LEXICONS, self._workspace.name):
                (self._built / folder).mkdir()
            self._clauses = LineWriter[ClauseRecord](self._built / CLAUSES)
            cleanup.callback(self._clauses.abandon)
            self._resolutions = LineWriter[ResolutionRecord](self._built / RESOLUTIONS)
            cleanup.callback(self._resolutions.abandon)
            self._postings = postings_writer(self._built / POSTINGS)
            cleanup.callback(self._abandon_postings)
            self._cleanup = cleanup.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cleanup.close()

    @property
    def workspace(self) -> Path:
        """A folder on the same disk for files that the build needs meanwhile; gone after the build."""
        return self._workspace

    def use_lexicons(self, lexicons: dict[LanguageCode, Lexicon]) -> None:
        """Analyse with what the corpus proved, and keep it with the index. To be called before the first `add`."""
        self._lexicons = dict(lexicons)
        self._languages.clear()

    def add(self, resolution: Resolution) -> bool:
        """Write the clauses and footnotes of one resolution.

        Returns False, having written nothing, when this index already holds the resolution in this language.
        """
        key = (resolution.symbol, resolution.lang)
        if key in self._held:
            return False
        self._held.add(key)
        self._corpus.update(msgspec.json.encode(resolution))
        record = record_of(resolution, first=self._first_docs[-1])
        documents = list(documents_of(resolution, self._fold))
        self._resolutions.add(record)
        self._counter.add(record, documents)
        for document in documents:
            self._add_document(record, document)
        self._dates.extend([_ordinal(record.date)] * len(documents))
        self._first_docs.append(record.first + len(documents))
        return True

    def commit(self) -> None:
        """Finish the generation, verify it and make it the live one.

        Raises `EmptyCorpusError` when nothing was added and `IndexDamagedError` when what was written does not
        hold together; the live index then stays as it was.
        """
        if not self._held:
            raise EmptyCorpusError("nothing was added to the index")
        self._postings.commit()
        self._clauses.close()
        self._resolutions.close()
        self._save_columns(self._built / COLUMN_FOLDER)
        for lang, lexicon in self._lexicons.items():
            (self._built / LEXICONS / f"{lang}.json").write_bytes(msgspec.json.encode(lexicon))
        shutil.rmtree(self._workspace)
        manifest = Manifest(
            schema=SCHEMA_VERSION,
            created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            corpus=self._corpus.hexdigest(),
            versions=installed_versions(),
            stats=self._counter.stats(),
            files=seal_files(self._built),
        )
        name = write_manifest(self._built, manifest)
        require_whole(self._built, manifest)
        publish(self._built, name)

    def _add_document(self, record: ResolutionRecord, document: ClauseRecord) -> None:
        tokens = self._language(document.lang).tokens(document.text)
        values = values_of(record, document)
        self._clauses.add(document)
        for name, column in self._columns.items():
            column.add(values[name])
        fields: dict[str, object] = {name: values[name] for name in EXACT_FIELDS}
        fields[form_field(document.lang)] = indexed_forms(tokens)
        fields[base_field(document.lang)] = indexed_bases(tokens)
        self._postings.add_document(**fields)

    def _language(self, lang: LanguageCode) -> Language:
        if lang not in self._languages:
            self._languages[lang] = get_language(lang, self._lexicons.get(lang))
        return self._languages[lang]

    def _save_columns(self, folder: Path) -> None:
        columns = {name: writer.column() for name, writer in self._columns.items()}
        for name, column in columns.items():
            save_column(folder, name, column)
        first_docs = np.array(self._first_docs, np.int32)
        resolutions = np.arange(len(first_docs) - 1, dtype=np.int32)
        save_array(folder, "date", np.array(self._dates, np.int32))
        save_array(folder, "first_docs", first_docs)
        save_array(folder, "resolution", np.repeat(resolutions, np.diff(first_docs)))
        save_array(folder, "symbol_rank", rank_of_values(columns["symbol"], natural_key))

    def _abandon_postings(self) -> None:
        if not self._postings.is_closed:
            self._postings.cancel()


def _ordinal(day: str | None) -> int:
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:  # a date that only looks like one is as good as none
        return 0
