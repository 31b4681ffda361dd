"""What it takes to write an index, in a process of its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from bench.speed.documents import Document, documents
from bench.speed.engines import Peer
from indexer.build import build_index
from indexer.model import LanguageCode
from indexer.store import open_snapshot
from indexer.store.generations import current_generation
from indexer.store.layout import COLUMN_FOLDER, LEXICONS, POSTINGS

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Writing:
    """Wall seconds, peak memory of the process (Clausula: plus that of its largest worker), size of the index."""

    seconds: float
    peak_mb: float
    bytes: int


def write_ours(sources: list[Path], index: Path, languages: tuple[LanguageCode, ...]) -> Writing:
    """Build an index from the sources on all cores."""
    seconds, peak = _alone(_build, sources, index, languages)
    return Writing(seconds, peak, searchable_size(index))


def write_peer(peer: type[Peer], index: Path, folder: Path) -> Writing:
    """Let a peer write the documents of an index; making the documents does not count."""
    return _alone(_write_peer, peer, index, folder)


def searchable_size(index: Path) -> int:
    """Return the bytes of what Clausula searches: the index without the records, which no peer is given to keep."""
    generation = current_generation(index)
    return sum(size_of(generation / part) for part in (POSTINGS, COLUMN_FOLDER, LEXICONS))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _build(sources: list[Path], index: Path, languages: tuple[LanguageCode, ...]) -> tuple[float, float]:
    report = build_index(sources, index, languages=languages)
    return report.seconds, report.peak_mib


def _write_peer(peer: type[Peer], index: Path, folder: Path) -> Writing:
    given = _Timed(documents(open_snapshot(index)))
    started = time.perf_counter()
    peer.write(folder, given)
    seconds = time.perf_counter() - started - given.seconds
    return Writing(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size_of(folder))


def _alone(function: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Call a function in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *given, **named).result()


class _Timed(Iterable[Document]):
    """Documents, and the seconds that it took to make them."""

    def __init__(self, made: Iterator[Document]) -> None:
        self._made = made
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Document]:
        while True:
            started = time.perf_counter()
            document = next(self._made, None)
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            yield document
