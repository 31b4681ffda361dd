"""Writing an index: a new generation beside the live one, swapped in whole.

`prepare` does for one resolution all that needs no other one, and so can be done in many processes; `IndexWriter`
numbers what was prepared, gathers it and, at the end, sorts it into postings and columns. Its memory is bounded by
`inversion.TOKENS_A_RUN` for the postings, plus the distinct words of the corpus and some hundred bytes a document for
the columns.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from indexer.errors import EmptyCorpusError, IndexMissingError
from indexer.lang import get_language
from indexer.lang.base import Language, Lexicon
from indexer.model import LanguageCode, Resolution, Symbol
from indexer.store.analysed import AnalysedTexts, analyse
from indexer.store.check import require_whole
from indexer.store.columns import (
    COLUMNS,
    OF_DOCUMENT,
    OF_RESOLUTION,
    Column,
    ColumnWriter,
    orders,
    rank_of_values,
    save_array,
    save_column,
)
from indexer.store.folding import folded
from indexer.store.generations import publish, start_generation, told_if_unwritable, write_lock
from indexer.store.layout import CLAUSES, COLUMN_FOLDER, LEXICONS, POSTINGS, RESOLUTIONS
from indexer.store.lines import LineWriter, rearrange
from indexer.store.manifest import (
    BuildSettings,
    Manifest,
    Sealing,
    corpus_hash,
    installed_versions,
    write_manifest,
)
from indexer.store.numbering import Numbering
from indexer.store.records import (
    ClauseRecord,
    FoldTarget,
    ResolutionRecord,
    documents_of,
    record_of,
    values_of_document,
    values_of_resolution,
)
from indexer.store.schema import EXACT_FIELDS, SCHEMA_VERSION, ValueName
from indexer.store.segment import SegmentWriter
from indexer.store.snapshot import Snapshot, open_snapshot, verify
from indexer.store.sources import SourceRecord, save_sources
from indexer.store.stats import StatsCounter, natural_key

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, eq=False)
class PreparedResolution:
    """A resolution ready to be written: all about it but the numbers of its documents.

    ``lines`` are its documents as JSON, ``values`` the values of each under the names that are told of documents.
    """

    record: ResolutionRecord
    lines: tuple[bytes, ...]
    values: dict[ValueName, tuple[tuple[str, ...], ...]]
    texts: AnalysedTexts
    counter: StatsCounter


def prepare(resolution: Resolution, language: Language, fold: FoldTarget = folded) -> PreparedResolution:
    """Analyse the clauses and footnotes of a resolution with its language.

    ``fold`` gives the id under which citations of the same thing are counted together.
    """
    record = record_of(resolution, first=0)
    documents = list(documents_of(resolution, fold))
    values = [values_of_document(document) for document in documents]
    counter = StatsCounter()
    counter.add(record, documents)
    return PreparedResolution(
        record=record,
        lines=tuple(map(_encode, documents)),
        values={name: tuple(value[name] for value in values) for name in (*OF_DOCUMENT, "id")},
        texts=analyse((document.text for document in documents), language),
        counter=counter,
    )


class IndexWriter:
    """Writes one generation; a context manager that throws it away unless `commit` was reached.

    ``fold`` is what `prepare` takes. Entering raises `IndexBusyError` when another writer holds the index after
    ``wait`` seconds, and `IndexUnwritableError` when the system lets nothing be written; so does leaving when it
    refused later. The live index then stays as it was. Nothing is taken over from it unless `begin_with` says so.
    """

    def __init__(self, index: Path, *, fold: FoldTarget = folded, wait: float = 0.0) -> None:
        self._index = index
        self._fold = fold
        self._wait = wait
        self._base: Snapshot | None = None
        self._gone: dict[tuple[Symbol, LanguageCode], int] = {}  # by number of arrival, that is in the base
        self._instead: dict[int, int] = {}
        self._sources: Sequence[SourceRecord] = ()
        self._settings = BuildSettings()
        self._verification: Future[None] | None = None
        self._committed = False
        self._cleanup = ExitStack()
        self._languages: dict[LanguageCode, Language] = {}
        self._lexicons: dict[LanguageCode, Lexicon] = {}
        self._held: dict[tuple[Symbol, LanguageCode], int] = {}
        self._counter = StatsCounter()
        self._columns: dict[ValueName, ColumnWriter] = {name: ColumnWriter() for name in (*COLUMNS, "id")}
        self._records: list[ResolutionRecord] = []

    def __enter__(self) -> Self:
        with told_if_unwritable(self._index), ExitStack() as cleanup:
            cleanup.enter_context(write_lock(self._index, self._wait))
            self._built = start_generation(self._index)
            cleanup.callback(shutil.rmtree, self._built, ignore_errors=True)
            self._workspace = self._built / "workspace"
            for folder in (POSTINGS, COLUMN_FOLDER, LEXICONS, self._workspace.name):
                (self._built / folder).mkdir()
            self._clauses = LineWriter[ClauseRecord](self._workspace / CLAUSES)
            cleanup.callback(self._clauses.abandon)
            self._postings = SegmentWriter(self._built / POSTINGS, self._workspace)
            self._sealing = Sealing(self._built)
            cleanup.callback(self._sealing.end)
            self._verifier = cleanup.enter_context(ThreadPoolExecutor(1))
            self._cleanup = cleanup.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with told_if_unwritable(self._index):
            self._cleanup.close()
            if self._verification and not self._committed:
                self._verification.result()  # damage of the live index may be why it failed, and is told even if not
            if isinstance(error, OSError):
                raise error

    @property
    def workspace(self) -> Path:
        """A folder on the same disk for files that the build needs meanwhile; gone after the build."""
        return self._workspace

    def live(self) -> Snapshot | None:
        """Return the live generation, which no other writer can replace meanwhile; None when there is none.

        All of it is verified until `commit`: damage must not get new seals. Raises `IndexDamagedError` and
        `IndexOutdatedError`.
        """
        try:
            live = open_snapshot(self._index)
        except IndexMissingError:
            return None
        self._verification = self._verifier.submit(verify, live)
        return live

    def begin_with(self, base: Snapshot) -> None:
        """Take over all resolutions of an index, with its lexicons: only what changed needs to be added.

        To be called before the first `add` and `remove`. Costs about what copying the files does.
        """
        self._base = base
        self._records = list(base.resolutions())
        self._held = {(record.symbol, record.lang): came for came, record in enumerate(self._records)}
        self._lexicons = {lang: base.lexicon(lang) for lang in base.learned_languages}
        self._counter.begin_with(base.stats())
        for name, column in base.columns.items():
            self._columns[name].begin_with(column.values, column.codes, column.owners, column.rows)
        self._columns["id"].begin_with(*base.postings.arrays.exact_values("id"), len(base))

    def remove(self, symbol: Symbol, lang: LanguageCode) -> bool:
        """Leave out a resolution of the index that was begun with; returns False when there is none.

        When the same is added afterwards, it stands in the same place.
        """
        came = self._held.pop((symbol, lang), None)
        if came is None:
            return False
        assert self._base is not None
        record = self._records[came]
        counter = StatsCounter()
        counter.add(record, map(self._base.record, record.documents))
        self._counter.subtract(counter)
        self._gone[symbol, lang] = came
        return True

    @property
    def held(self) -> frozenset[tuple[Symbol, LanguageCode]]:
        """The resolutions that the index will hold."""
        return frozenset(self._held)

    @property
    def fresh(self) -> frozenset[tuple[Symbol, LanguageCode]]:
        """Those of them that were added, not taken over."""
        taken_over = len(self._base.held) if self._base else 0
        return frozenset(key for key, came in self._held.items() if came >= taken_over)

    def keep(self, sources: Sequence[SourceRecord], settings: BuildSettings) -> None:
        """Keep with the index what it was made from and how, for the next update."""
        self._sources, self._settings = sources, settings

    def use_lexicons(self, lexicons: dict[LanguageCode, Lexicon]) -> None:
        """Analyse with what the corpus proved, and keep it with the index. To be called before the first `add`."""
        self._lexicons = dict(lexicons)
        self._languages.clear()

    def add(self, resolution: Resolution) -> bool:
        """Write the clauses and footnotes of one resolution.

        Returns False, having written nothing, when this index already holds the resolution in this language.
        """
        if (resolution.symbol, resolution.lang) in self._held:
            return False
        return self.add_prepared(prepare(resolution, self._language(resolution.lang), self._fold))

    def add_prepared(self, prepared: PreparedResolution) -> bool:
        """Write a resolution that was prepared, perhaps in another process; returns what `add` does."""
        record = prepared.record
        if (record.symbol, record.lang) in self._held:
            return False
        self._held[record.symbol, record.lang] = came = len(self._records)
        if (record.symbol, record.lang) in self._gone:
            self._instead[came] = self._gone[record.symbol, record.lang]
        self._records.append(record)
        self._counter.update(prepared.counter)
        for line in prepared.lines:
            self._clauses.add_encoded(line)
        for name, values in values_of_resolution(record).items():
            self._columns[name].add(values)
        for name, rows in prepared.values.items():
            for values in rows:
                self._columns[name].add(values)
        if prepared.lines:
            self._postings.add(prepared.texts)
        return True

    def commit(self) -> None:
        """Finish the generation, verify it and make it the live one.

        Raises `EmptyCorpusError` when nothing was added and `IndexDamagedError` when what was written does not
        hold together; the live index then stays as it was.
        """
        if not self._held:
            raise EmptyCorpusError("nothing was left to put into the index")
        numbering = Numbering.by_language(
            [record.lang for record in self._records],
            [len(record.documents) for record in self._records],
            gone=set(self._gone.values()),
            instead=self._instead,
        )
        with ThreadPoolExecutor(1) as beside:  # most of it is copying within the kernel
            records_saved = beside.submit(self._save_records, numbering)
            columns = self._save_columns(self._built / COLUMN_FOLDER, numbering)
            records_saved.result()
        base = self._base.postings.arrays if self._base else None
        self._postings.commit(numbering.docs, {name: columns[name] for name in EXACT_FIELDS}, base)
        for lang, lexicon in self._lexicons.items():
            (self._built / LEXICONS / f"{lang}.json").write_bytes(msgspec.json.encode(lexicon))
        save_sources(self._built, self._sources)
        shutil.rmtree(self._workspace)
        files = self._sealing.files()
        if self._verification:
            self._verification.result()
        manifest = Manifest(
            schema=SCHEMA_VERSION,
            created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            corpus=corpus_hash(files),
            versions=installed_versions(),
            stats=self._counter.stats(),
            files=files,
            settings=self._settings,
        )
        name = write_manifest(self._built, manifest)
        require_whole(self._built, manifest)
        publish(self._built, name)
        self._committed = True

    def _language(self, lang: LanguageCode) -> Language:
        if lang not in self._languages:
            self._languages[lang] = get_language(lang, self._lexicons.get(lang))
        return self._languages[lang]

    def _save_records(self, numbering: Numbering) -> None:
        self._clauses.close()
        sources = [self._workspace / CLAUSES]
        if self._base:
            sources.insert(0, self._base.folder / CLAUSES)
        rearrange(sources, self._built / CLAUSES, numbering.docs)
        self._sealing.start(self._built / f"{CLAUSES}.jsonl")
        resolutions = LineWriter[ResolutionRecord](self._built / RESOLUTIONS)
        for came, first in zip(numbering.resolutions.tolist(), numbering.first_docs.tolist(), strict=False):
            resolutions.add(replace(self._records[came], first=first))
        resolutions.close()

    def _save_columns(self, folder: Path, numbering: Numbering) -> dict[ValueName, Column]:
        resolution = numbering.resolution_of
        columns = {
            name: writer.column(numbering.resolutions, resolution)
            if name in OF_RESOLUTION
            else writer.column(numbering.docs)
            for name, writer in self._columns.items()
        }
        for name in COLUMNS:
            save_column(folder, name, columns[name])
        dates = np.array([_ordinal(record.date) for record in self._records], np.int32)
        date = dates[numbering.resolutions].take(resolution)
        symbol_rank = rank_of_values(columns["symbol"], natural_key)
        save_array(folder, "date", date)
        save_array(folder, "first_docs", numbering.first_docs)
        save_array(folder, "resolution", resolution)
        save_array(folder, "symbol_rank", symbol_rank)
        for order, ranks in orders(date, symbol_rank).items():
            save_array(folder, f"order.{order}", ranks)
        return columns


def _ordinal(day: str | None) -> int:
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:  # a date that only looks like one is as good as none
        return 0
