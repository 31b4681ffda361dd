"""Files of JSON records, one a line, read by number.

Chosen over Whoosh's stored fields: a read is one slice of a memory map and one decode (some microseconds), needs no
cursor and so no lock between threads, and the file can be read with any tool.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.store.npy import mapped

Record = TypeVar("Record")

_OFFSETS = ".offsets.npy"
_LINES = ".jsonl"


class LineWriter(Generic[Record]):
    """Writes ``<path>.jsonl`` and, when closed, ``<path>.offsets.npy``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.with_name(path.name + _LINES).open("wb")
        self._offsets = array("q", [0])
        self._encode = msgspec.json.Encoder().encode

    def add(self, record: Record) -> None:
        """Write one record, a dataclass; its number is the count of those before it."""
        self.add_encoded(self._encode(record))

    def add_encoded(self, line: bytes) -> None:
        """Write one record that is JSON already."""
        self._file.write(line + b"\n")
        self._offsets.append(self._offsets[-1] + len(line) + 1)

    def close(self) -> None:
        """Finish both files."""
        self._file.close()
        np.save(self._path.with_name(self._path.name + _OFFSETS), np.frombuffer(self._offsets, np.int64))

    def abandon(self) -> None:
        """Close without finishing."""
        self._file.close()


def rearrange(source: Path, target: Path, order: npt.NDArray[np.int32]) -> None:
    """Write the records of a closed file to another in a new order: the numbers that they have in the first."""
    offsets = np.load(source.with_name(source.name + _OFFSETS))
    lengths = np.diff(offsets)[order]
    breaks = np.flatnonzero(np.diff(order) != 1) + 1
    with (
        source.with_name(source.name + _LINES).open("rb") as lines,
        target.with_name(target.name + _LINES).open("wb") as arranged,
    ):
        for run in np.split(order, breaks):  # of lines that stay side by side
            if len(run):
                lines.seek(offsets[run[0]])
                arranged.write(lines.read(int(offsets[run[-1] + 1] - offsets[run[0]])))
    np.save(target.with_name(target.name + _OFFSETS), np.concatenate(([0], np.cumsum(lengths))))


class Lines(Generic[Record]):
    """Reads what `LineWriter` wrote; safe for any number of threads.

    Raises `msgspec.DecodeError` for a line that does not hold a record.
    """

    def __init__(self, path: Path, record: type[Record]) -> None:
        self._offsets = mapped(path.with_name(path.name + _OFFSETS))
        with path.with_name(path.name + _LINES).open("rb") as file:
            empty = len(self._offsets) == 1
            self._content = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._decode = msgspec.json.Decoder(record).decode

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> Record:
        """Return a record by its number; raises `IndexError` outside ``range(len(self))``."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._decode(self._content[int(self._offsets[number]) : int(self._offsets[number + 1])])

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))
