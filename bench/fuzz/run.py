"""Reads mutants in processes that may die of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz.mutate import mutant
from indexer.parse import parse
from indexer.reading.formats import read_bytes
from indexer.structure import is_resolution
from indexer.supervision import Limits, Lost, supervise

MUTANTS_A_BATCH = 50
LIMITS = Limits(seconds=300)


@dataclass(frozen=True, slots=True)
class Batch:
    """Mutants of one format: the seeds from ``first`` on."""

    name: str
    samples: tuple[bytes, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: the faults, by seed; the slowest mutant in seconds; growth of memory in bytes."""

    name: str
    read: int
    faults: tuple[str, ...]
    slowest: float
    grown: int


def fuzz(samples: Mapping[str, tuple[bytes, ...]], mutants: int, *, jobs: int, seed: int = 1) -> Iterator[Outcome]:
    """Read so many mutants of each format and yield what became of them, batch by batch."""
    batches = [
        Batch(name, files, seed + first)
        for name, files in samples.items()
        for first in range(0, mutants, MUTANTS_A_BATCH)
    ]
    for found in supervise(read_batch, batches, jobs, LIMITS):
        if isinstance(found, Lost):
            yield Outcome(found.item.name, 0, (f"seeds from {found.item.first}: {found.reason}",), 0.0, 0)
        else:
            yield found


def read_batch(batch: Batch) -> Outcome:
    """Read the mutants of a batch, in this process."""
    faults, slowest, read = [], 0.0, 0
    read_one(batch.name, batch.samples[0])  # what is loaded once is no leak
    before = _memory()
    for seed in range(batch.first, batch.first + MUTANTS_A_BATCH):
        started = time.perf_counter()
        try:
            read += read_one(batch.name, mutant(list(batch.samples), seed))
        except Exception as error:
            faults.append(f"seed {seed}: {type(error).__name__}: {error}")
        slowest = max(slowest, time.perf_counter() - started)
    return Outcome(batch.name, read, tuple(faults), slowest, _memory() - before)


def read_one(name: str, data: bytes) -> int:
    """Read a file as a build does; return the number of resolutions in it."""
    documents = read_bytes(name, data).documents
    return sum(is_resolution(parse(document)) is None for document in documents)


def _memory() -> int:
    """Return the bytes that the process holds; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0
