"""Verifying an index: every byte, every record, every posting, and that they agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from indexer.model import Problem
from indexer.store.columns import COLUMNS, ORDERS
from indexer.store.generations import current_generation
from indexer.store.manifest import Manifest, file_problems, installed_versions, read_manifest
from indexer.store.query import Term
from indexer.store.records import record_of, restore, values_of_document, values_of_resolution
from indexer.store.snapshot import Snapshot, open_files
from indexer.store.soundness import posting_problems
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
        *posting_problems(snapshot.postings.arrays, snapshot.columns),
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
        **{f"columns/{name}": len(columns[name].codes) for name in ("type", "path")},
        **{f"columns/order.{name}": len(columns.order[name]) for name in ORDERS},
    }
    for where, count in counted.items():
        if count != documents:
            yield Problem("count", f"{count} documents where the manifest has {documents}", where)
    languages = columns["lang"]
    if dict(languages.most_frequent(languages.totals)) != snapshot.manifest.stats.documents_by_language:
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
            shared = values_of_resolution(resolution)
            for doc, document in zip(resolution.documents, documents, strict=True):
                values = shared | values_of_document(document)
                for name in COLUMNS:
                    if columns[name].of(doc) != tuple(sorted(values[name])):
                        yield Problem("column", f"{name} differs from the record of {document.id}", f"columns/{name}")
                if columns.resolution[doc] != number:
                    yield Problem("column", f"{document.id} stands under another resolution", "columns/resolution")
                if doc not in snapshot.match(Term("id", document.id)).docs:
                    yield Problem("postings", f"{document.id} is not found by its id", "id")
    except (ValueError, IndexError) as error:
        yield Problem("record", f"a record cannot be read: {error}", "clauses")
        return
    if counter.stats() != snapshot.stats():
        yield Problem("count", "the records do not add up to the counts of the manifest", "manifest.json")
