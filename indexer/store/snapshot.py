"""Reading an index: one immutable view of one generation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import cast

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.errors import IndexDamagedError, StoreError
from indexer.lang import get_language
from indexer.lang.base import Base, Form, Language, Lexicon
from indexer.model import LANGUAGES, ClauseId, LanguageCode, Resolution, Symbol
from indexer.store.columns import Columns
from indexer.store.evaluation import BoolArray, IntArray, Matches, Scores
from indexer.store.generations import current_generation
from indexer.store.layout import CLAUSES, COLUMN_FOLDER, LEXICONS, POSTINGS, RESOLUTIONS
from indexer.store.lines import Lines
from indexer.store.manifest import Manifest, file_problems, read_manifest
from indexer.store.postings import Postings, TermCount
from indexer.store.query import StoreQuery
from indexer.store.records import ClauseRecord, ResolutionRecord, restore
from indexer.store.sources import SourceRecord, load_sources
from indexer.store.stats import IndexStats

_LANGUAGES_IN = [tuple(lang for bit, lang in enumerate(LANGUAGES) if held >> bit & 1) for held in range(1 << 6)]

HASHED_AT_OPENING = 2**16  # bytes; enough for Whoosh's pickled table of contents, too little to delay a start


class Snapshot:
    """An index as it was at one moment, safe for any number of threads.

    Documents have the numbers 0 … ``len(snapshot) - 1``, the documents of a resolution side by side. Nothing needs
    closing: descriptors and maps go when the last reference does, whatever happens to the folder meanwhile.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.generation = folder.name
        self.manifest = manifest
        self.columns = Columns(folder / COLUMN_FOLDER)
        self.postings = Postings(folder / POSTINGS)
        self._clauses = Lines(folder / CLAUSES, ClauseRecord)
        self._resolutions = Lines(folder / RESOLUTIONS, ResolutionRecord)
        self._lexicons = {
            lang: msgspec.json.decode(path.read_bytes(), type=dict[Form, tuple[Base, ...]])
            for lang in LANGUAGES
            if (path := folder / LEXICONS / f"{lang}.json").exists()
        }
        self._languages: dict[LanguageCode, Language] = {}
        self._languages_lock = Lock()
        self._number_of = self._number_resolutions()

    def __len__(self) -> int:
        return len(self._clauses)

    def match(self, query: StoreQuery) -> Matches:
        """Return all documents that match, ascending, with their scores."""
        return self.postings.match(query)

    def scores(self, query: StoreQuery, docs: IntArray) -> Scores:
        """Return the scores of some documents, ascending; 0 where they do not match."""
        return self.postings.scores(query, docs)

    def matching(self, query: StoreQuery, docs: IntArray) -> BoolArray:
        """Return which of some documents, ascending, match."""
        return self.postings.matching(query, docs)

    def count(self, query: StoreQuery) -> int:
        """Return the number of documents that match, from memory where it was asked for lately."""
        return self.postings.count(query)

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[TermCount]:
        """Return the terms of a field that begin so, most frequent first, then in order of text."""
        return self.postings.terms(field, prefix, limit)

    def record(self, doc: int) -> ClauseRecord:
        """Return a document; raises `IndexError` for a number that is none."""
        return self._clauses[doc]

    def doc_of(self, clause: ClauseId, lang: LanguageCode) -> int | None:
        """Return the document of a clause in a language, None if the index has none."""
        symbol, _, path = clause.partition("#")
        number = self._number_of.get((Symbol(symbol), lang))
        code = self.columns["path"].code_of(path)
        if number is None or code is None:
            return None
        first, end = self.columns.first_docs[number : number + 2]
        places = np.flatnonzero(self.columns["path"].codes[first:end] == code)  # every document has just one path
        return int(first + places[0]) if len(places) else None

    def languages_of(self, clause: ClauseId) -> tuple[LanguageCode, ...]:
        """Return the languages in which the index holds a clause."""
        return tuple(lang for lang in LANGUAGES if self.doc_of(clause, lang) is not None)

    def languages_beside(self, doc: int) -> tuple[LanguageCode, ...]:
        """Return the languages in which the index holds the clause of a document."""
        return _LANGUAGES_IN[int(self._languages_of_docs[doc])]

    @cached_property
    def _languages_of_docs(self) -> npt.NDArray[np.uint8]:
        """For each document a bit for every language in which its clause is held."""
        path, lang, rank = self.columns["path"], self.columns["lang"], self.columns.symbol_rank
        clauses, clause_of = np.unique(rank.astype(np.int64) * len(path.values) + path.codes, return_inverse=True)
        bits = np.array([1 << LANGUAGES.index(cast(LanguageCode, value)) for value in lang.values], np.uint8)
        held = np.zeros(len(clauses), np.uint8)
        np.bitwise_or.at(held, clause_of, bits[lang.codes][self.columns.resolution])
        return held[clause_of]

    def resolution(self, symbol: Symbol, lang: LanguageCode) -> ResolutionRecord | None:
        """Return the record of a resolution, None if the index has none."""
        number = self._number_of.get((symbol, lang))
        return None if number is None else self._resolutions[number]

    def resolution_of(self, doc: int) -> ResolutionRecord:
        """Return the record of the resolution that a document belongs to."""
        return self._resolutions[int(self.columns.resolution[doc])]

    def resolutions(self) -> Iterator[ResolutionRecord]:
        """Yield the records of all resolutions in the order in which they were added."""
        return iter(self._resolutions)

    @property
    def held(self) -> frozenset[tuple[Symbol, LanguageCode]]:
        """All resolutions, each with its language."""
        return frozenset(self._number_of)

    def languages_of_resolution(self, symbol: Symbol) -> tuple[LanguageCode, ...]:
        """Return the languages in which the index holds a resolution."""
        return tuple(lang for lang in LANGUAGES if (symbol, lang) in self._number_of)

    def load(self, record: ResolutionRecord) -> Resolution:
        """Return the whole resolution as it was added."""
        return restore(record, map(self.record, record.documents))

    @property
    def learned_languages(self) -> tuple[LanguageCode, ...]:
        """The languages whose words were learned from this corpus."""
        return tuple(self._lexicons)

    def sources(self) -> list[SourceRecord]:
        """Return what the index was made from; empty for one that was not built from files."""
        return load_sources(self.folder)

    def lexicon(self, lang: LanguageCode) -> Lexicon:
        """Return what this corpus proved about the forms of a language; empty where it proved nothing."""
        return self._lexicons.get(lang, {})

    def language(self, lang: LanguageCode) -> Language:
        """Return the language with which this index was analysed."""
        with self._languages_lock:
            if lang not in self._languages:
                self._languages[lang] = get_language(lang, self._lexicons.get(lang))
            return self._languages[lang]

    def stats(self) -> IndexStats:
        """Return what the index holds."""
        return self.manifest.stats

    def _number_resolutions(self) -> dict[tuple[Symbol, LanguageCode], int]:
        symbol, lang = self.columns["symbol"], self.columns["lang"]
        places = zip(symbol.codes.tolist(), lang.codes.tolist(), strict=True)
        codes = cast("tuple[LanguageCode, ...]", lang.values)
        return {(Symbol(symbol.values[s]), codes[c]): number for number, (s, c) in enumerate(places)}


def open_snapshot(index: Path, *, verify: bool = False) -> Snapshot:
    """Open the live generation of an index.

    The sizes of all files and the contents of small ones are checked, with ``verify`` all contents. Raises
    `IndexMissingError`, `IndexOutdatedError` or `IndexDamagedError`, each saying what to do.
    """
    try:
        while True:
            generation = current_generation(index)
            try:
                return _open_generation(generation, verify)
            except IndexDamagedError:
                if current_generation(index) == generation:
                    raise
                # otherwise it was replaced and removed while it was being opened: the next one is whole
    except StoreError as error:
        raise type(error)(f"{error}; build it with: clausula build SOURCE … --index {index}") from error


def _open_generation(generation: Path, whole: bool) -> Snapshot:
    manifest = read_manifest(generation)
    _require_sealed(generation, manifest, float("inf") if whole else HASHED_AT_OPENING)
    return open_files(generation, manifest)


def verify(snapshot: Snapshot) -> None:
    """Read every byte of a snapshot and compare it with its seals; raises `IndexDamagedError`."""
    _require_sealed(snapshot.folder, snapshot.manifest, float("inf"))


def _require_sealed(folder: Path, manifest: Manifest, hashed_up_to: float) -> None:
    try:
        for problem in file_problems(folder, manifest, hashed_up_to=hashed_up_to):
            if problem.code != "file-unknown":  # a file manager's litter does no harm
                raise IndexDamagedError(f"{folder.name}/{problem.where}: {problem.message}")
    except OSError as error:
        raise IndexDamagedError(f"{folder.name} cannot be read: {error}") from error


def open_files(folder: Path, manifest: Manifest) -> Snapshot:
    """Open the files of a generation that may not have its name yet; raises `IndexDamagedError`."""
    try:
        return Snapshot(folder, manifest)
    except Exception as error:  # Whoosh and NumPy raise anything at all on broken files
        raise IndexDamagedError(f"{folder} cannot be opened: {type(error).__name__}: {error}") from error
