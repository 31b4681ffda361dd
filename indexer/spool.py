"""Parsed resolutions on disk, given back with all language versions of one together.

A corpus is read file by file, in any order of languages; aligning and comparing versions needs them side by side.
Memory holds one place a resolution and language, whatever their length.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from indexer.model import Resolution, Symbol

decode_resolution = msgspec.json.Decoder(Resolution).decode
encode_resolution = msgspec.json.Encoder().encode


class Spool:
    """A context manager around a temporary file, which is gone at its end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._places: dict[Symbol, list[tuple[int, int]]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def symbols(self) -> int:
        """The number of resolutions, however many languages they came in."""
        return len(self._places)

    def add(self, symbol: Symbol, encoded: bytes) -> None:
        """Keep one language version of a resolution, as `encode_resolution` gives it."""
        self._file.write(encoded)
        self._places.setdefault(symbol, []).append((self._end, len(encoded)))
        self._end += len(encoded)

    def versions(self) -> Iterator[list[Resolution]]:
        """Yield the versions of one resolution after another, both in the order in which they came."""
        for encoded in self.encoded():
            yield [decode_resolution(version) for version in encoded]

    def encoded(self) -> Iterator[list[bytes]]:
        """Yield the same as `versions`, encoded as they were kept."""
        for places in self._places.values():
            yield [self._read(*place) for place in places]

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)
