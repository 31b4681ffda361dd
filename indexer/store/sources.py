"""What an index was made from: every source with its checksum and the resolutions that it gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.model import LanguageCode, Problem, Symbol
from indexer.store.layout import SOURCES
from indexer.store.lines import Lines, LineWriter


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source: a file, or a member of an archive.

    ``sha256`` is that of its content, None where it could not be read; ``archive`` that of the file on disk where it
    is a member of one. ``gave`` are the resolutions in it, those too that another source gave before; ``problem`` is
    why there is none, unless it was left out on purpose.
    """

    name: str
    sha256: str | None
    archive: str | None = None
    gave: tuple[tuple[Symbol, LanguageCode], ...] = ()
    problem: Problem | None = None


def save_sources(folder: Path, sources: Iterable[SourceRecord]) -> None:
    """Write the records into a generation."""
    writer = LineWriter[SourceRecord](folder / SOURCES)
    for source in sources:
        writer.add(source)
    writer.close()


def load_sources(folder: Path) -> list[SourceRecord]:
    """Return the records of a generation; none where it has no such file."""
    if not (folder / f"{SOURCES}.jsonl").exists():
        return []
    return list(Lines(folder / SOURCES, SourceRecord))
