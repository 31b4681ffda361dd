"""Verifying an index: every byte, every record, every posting, and that they agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexer.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from indexer.model import Problem
from indexer.store.columns import COLUMNS
from indexer.store.generations import current_generation
from indexer.store.manifest import Manifest, file_problems, installed_versions, read_manifest
from indexer.store.records import record_of, restore, values_of
from indexer.store.schema import EXACT_FIELDS
from indexer.store.snapshot import Snapshot, open_files
from indexer.store.stats import StatsCounter


def check_index(index: Path) -> list[Problem]:
    """Verify the live generation from end to end; an empty list means that it is whole.

    Reads everything once: about as long as a second build pass. Raises nothing for a broken or missing index.
    """
    try:
        generation = current_generation(index)
        manifest = read_manifest(generation)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError) as error:
        code = type(error).__name__.removesuffix("Error").replace("Index", "index-").lower()
        return [Problem(code, str(error), str(index))]
    if problems := list(file_problems(generation, manifest)):
        return problems
    try:
        snapshot = open_files(generation, manifest)
    except IndexDamagedError as error:
        return [Problem("index-damaged", str(error), generation.name)]
    return [
        *_version_problems(manifest),
        *_count_problems(snapshot),
        *_record_problems(snapshot),
        *_posting_problems(snapshot),
    ]


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Open a generation that is about to go live and compare its counts; raises `IndexDamagedError`."""
    for problem in _count_problems(open_files(folder, manifest)):
        raise IndexDamagedError(f"the new index does not hold together: {problem.where}: {problem.message}")


def _version_problems(manifest: Manifest) -> Iterator[Problem]:
    installed = installed_versions()
    for package, version in manifest.versions.items():
        if installed.get(package) != version:
            message = f"built with {package} {version}, but {installed.get(package, 'none')} is installed"
            yield Problem("other-version", message, "manifest.json")


def _count_problems(snapshot: Snapshot) -> Iterator[Problem]:
    documents = snapshot.manifest.stats.documents
    columns = snapshot.columns
    counted = {
        "clauses": len(snapshot),
        "postings": snapshot.postings.documents,
        "columns/date": len(columns.date),
        "columns/symbol_rank": len(columns.symbol_rank),
        "columns/resolution": len(columns.resolution),
        "columns/first_docs": int(columns.first_docs[-1]),
        **{f"columns/{name}": len(columns[name]) for name in COLUMNS},
    }
    for where, count in counted.items():
        if count != documents:
            yield Problem("count", f"{count} documents where the manifest has {documents}", where)
    if snapshot.columns["lang"].counts(np.ones(len(snapshot), np.bool_)) != sorted(
        snapshot.manifest.stats.documents_by_language.items(), key=lambda item: (-item[1], item[0])
    ):
        yield Problem("count", "languages are not counted as in the manifest", "columns/lang")


def _record_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield problems of records, and of columns that differ from the records."""
    counter = StatsCounter()
    columns = snapshot.columns
    try:
        for number, resolution in enumerate(snapshot.resolutions()):
            documents = [snapshot.record(doc) for doc in resolution.documents]
            counter.add(resolution, documents)
            if record_of(restore(resolution, documents), resolution.first) != resolution:
                yield Problem("record", "the records do not make up the resolution", resolution.symbol)
            for doc, document in zip(resolution.documents, documents, strict=True):
                values = values_of(resolution, document)
                for name in COLUMNS:
                    if columns[name].of(doc) != tuple(sorted(values[name])):
                        yield Problem("column", f"{name} differs from the record of {document.id}", f"columns/{name}")
                if columns.resolution[doc] != number:
                    yield Problem("column", f"{document.id} stands under another resolution", "columns/resolution")
    except (ValueError, IndexError) as error:
        yield Problem("record", f"a record cannot be read: {error}", "clauses")
        return
    if counter.stats() != snapshot.stats():
        yield Problem("count", "the records do not add up to the counts of the manifest", "manifest.json")


def _posting_problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield problems of postings: unreadable, out of order, out of range, or exact values unlike the columns."""
    everything = np.ones(len(snapshot), np.bool_)
    columns = {name: dict(snapshot.columns[name].counts(everything)) for name in COLUMNS}
    exact: dict[str, dict[str, int]] = {name: {} for name in EXACT_FIELDS}
    with snapshot.postings.searcher() as searcher:
        reader = searcher.reader()
        for (field, term), info in reader:
            where = f"{field}:{term.decode('utf-8', 'replace')}"
            try:
                docs = np.fromiter(reader.postings(field, term).all_ids(), np.int64)
            except Exception as error:  # Whoosh raises anything at all on broken postings
                yield Problem("postings", f"cannot be read: {type(error).__name__}: {error}", where)
                continue
            if len(docs) != info.doc_frequency():
                yield Problem("postings", f"{len(docs)} documents where {info.doc_frequency()} were written", where)
            if len(docs) and (np.any(np.diff(docs) <= 0) or docs[0] < 0 or docs[-1] >= len(snapshot)):
                yield Problem("postings", "documents out of order or range", where)
            if field in exact:
                exact[field][term.decode()] = len(docs)
    for name in COLUMNS:
        if name in exact and exact[name] != columns[name]:
            yield Problem("postings", "exact values are not those of the column", name)
    if sum(exact["id"].values()) != len(snapshot):
        yield Problem("postings", "documents and ids differ in number", "id")
