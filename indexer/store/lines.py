"""Files of JSON records, one a line, read by number.

Chosen over Whoosh's stored fields: a read is one slice of a memory map and one decode (some microseconds), needs no
cursor and so no lock between threads, and the file can be read with any tool.
"""

from __future__ import annotations

import mmap
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Generic, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.store.npy import mapped

Record = TypeVar("Record")

COPIED_AT_ONCE = 1 << 24  # bytes

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


def rearrange(sources: Sequence[Path], target: Path, order: npt.NDArray[np.int32]) -> None:
    """Write records of closed files to another in a new order.

    ``order`` has their numbers, those of one file going on where those of the file before it end.
    """
    offsets = [np.load(source.with_name(source.name + _OFFSETS)) for source in sources]
    firsts = np.cumsum([0, *(len(each) - 1 for each in offsets)])
    lengths = np.concatenate([np.diff(each) for each in offsets])[order]
    cuts = (np.diff(order) != 1) | np.isin(order[1:], firsts)
    with ExitStack() as files:
        lines = [files.enter_context(source.with_name(source.name + _LINES).open("rb", 0)) for source in sources]
        arranged = files.enter_context(target.with_name(target.name + _LINES).open("wb", 0))
        for run in np.split(order, np.flatnonzero(cuts) + 1):  # of lines that stay side by side
            if len(run):
                place = int(np.searchsorted(firsts, run[0], side="right")) - 1
                begin, end = offsets[place][[run[0] - firsts[place], run[-1] + 1 - firsts[place]]].tolist()
                _copy(lines[place], arranged, begin, end - begin)
    np.save(target.with_name(target.name + _OFFSETS), np.concatenate(([0], np.cumsum(lengths))))


def _copy(source: IO[bytes], target: IO[bytes], begin: int, size: int) -> None:
    """Append part of a file to another, both without buffers; inside the kernel where it can."""
    end = begin + size
    while begin < end:
        copied = _copy_range(source, target, begin, min(end - begin, COPIED_AT_ONCE))
        if not copied:
            raise EOFError(f"a file of {end} bytes ends at {begin}")
        begin += copied


def _copy_range(source: IO[bytes], target: IO[bytes], begin: int, size: int) -> int:
    if hasattr(os, "copy_file_range"):
        with suppress(OSError):  # not between these two file systems
            return os.copy_file_range(source.fileno(), target.fileno(), size, begin)
    source.seek(begin)
    return target.write(source.read(size))


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
