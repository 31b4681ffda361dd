"""Values of every document as arrays: exact facet counts, filters and sorting without reading a posting.

A column maps each document to codes into a sorted list of distinct values. Kept as memory-mapped ``.npy`` files, so
all workers share them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.store.schema import ValueName

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]
Selection = BoolArray | IntArray
"""A set of documents: a mask over all of them, or their numbers in ascending order."""

COLUMNS: tuple[ValueName, ...] = (
    "lang",
    "type",
    "cites",
    "action",
    "body",
    "session",
    "year",
    "subject",
    "symbol",
    "path",
)


class Column:
    """The values of all documents under one name, none, one or several a document.

    ``values`` are the distinct values in order of text. The codes of document ``d`` are
    ``codes[offsets[d]:offsets[d + 1]]``, each at most once.
    """

    def __init__(self, values: tuple[str, ...], offsets: npt.NDArray[np.int64], codes: IntArray) -> None:
        self.values = values
        self.offsets = offsets
        self.codes = codes
        self._code_of = {value: code for code, value in enumerate(values)}
        # most columns give each document just one value, and then a document's number is the place of its code
        self._one_each = len(codes) == len(self) and bool(np.all(np.diff(offsets) == 1))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, doc: int) -> tuple[str, ...]:
        """Return the values of a document in order of text."""
        return tuple(self.values[code] for code in self.codes[self.offsets[doc] : self.offsets[doc + 1]])

    def code_of(self, value: str) -> int | None:
        """Return the code of a value, None for one that no document has."""
        return self._code_of.get(value)

    def codes_of(self, values: Iterable[str]) -> IntArray:
        """Return the codes of those values that some document has, ascending."""
        known = {self._code_of[value] for value in values if value in self._code_of}
        return np.array(sorted(known), np.int32)

    def mask(self, values: Iterable[str]) -> BoolArray:
        """Return which documents have any of the values."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[self.codes_of(values)] = True
        if self._one_each:
            return wanted[self.codes]
        hits = np.flatnonzero(wanted[self.codes])
        mask = np.zeros(len(self), np.bool_)
        mask[np.searchsorted(self.offsets, hits, side="right") - 1] = True
        return mask

    def counts(self, selection: Selection) -> list[tuple[str, int]]:
        """Return how many of the documents have each value: most first, then in order of text; none with zero."""
        tally = np.bincount(self.codes[self._places(selection)], minlength=len(self.values))
        order = np.lexsort((np.arange(len(tally)), -tally))
        return [(self.values[code], int(tally[code])) for code in order[: np.count_nonzero(tally)]]

    def _places(self, selection: Selection) -> npt.NDArray[np.int64]:
        """Return the places in ``codes`` that belong to the documents."""
        docs: npt.NDArray[Any] = np.flatnonzero(selection) if selection.dtype == np.bool_ else selection
        if self._one_each:
            return docs
        starts = self.offsets[docs]
        lengths = self.offsets[docs + 1] - starts
        ends = np.cumsum(lengths)
        places: npt.NDArray[np.int64] = np.repeat(starts - (ends - lengths), lengths)
        places += np.arange(len(places))
        return places


class Columns(Mapping[ValueName, Column]):
    """All columns of an index, and what it is sorted by.

    ``date`` is the day as a proleptic Gregorian ordinal, 0 where unknown; ``symbol_rank`` orders documents by symbol
    as a reader would (58/9 before 58/10); ``resolution`` is the number of a document's resolution, and the documents
    of resolution ``r`` are ``first_docs[r]`` … ``first_docs[r + 1] - 1``.
    """

    def __init__(self, folder: Path) -> None:
        self._columns: dict[ValueName, Column] = {name: load_column(folder, name) for name in COLUMNS}
        self.date: IntArray = _load(folder, "date")
        self.symbol_rank: IntArray = _load(folder, "symbol_rank")
        self.resolution: IntArray = _load(folder, "resolution")
        self.first_docs: IntArray = _load(folder, "first_docs")

    def __getitem__(self, name: ValueName) -> Column:
        return self._columns[name]

    def __iter__(self) -> Any:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class ColumnWriter:
    """Gathers the values of one column, document by document."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._offsets = array("q", [0])
        self._given = array("i")

    def add(self, values: Iterable[str]) -> None:
        """Give the next document its values; a repeated value counts once."""
        self._given.extend(self._codes.setdefault(value, len(self._codes)) for value in dict.fromkeys(values))
        self._offsets.append(len(self._given))

    def column(self) -> Column:
        """Return the finished column, its codes in order of the values."""
        values = sorted(self._codes)
        rank = np.zeros(len(values), np.int32)
        rank[[self._codes[value] for value in values]] = np.arange(len(values), dtype=np.int32)
        offsets = np.frombuffer(self._offsets, np.int64)
        codes = rank[np.frombuffer(self._given, np.int32)]
        owners = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        return Column(tuple(values), offsets, codes[np.lexsort((codes, owners))])


def save_column(folder: Path, name: str, column: Column) -> None:
    """Write a column to its three files."""
    (folder / f"{name}.values.json").write_bytes(msgspec.json.encode(column.values))
    save_array(folder, f"{name}.offsets", column.offsets)
    save_array(folder, f"{name}.codes", column.codes)


def save_array(folder: Path, name: str, values: npt.NDArray[Any]) -> None:
    """Write one array to its file."""
    np.save(folder / f"{name}.npy", values)


def rank_of_values(column: Column, key: Callable[[str], Any]) -> IntArray:
    """Return for each document of a column with one value the rank of that value in order of the key."""
    ranks = np.zeros(len(column.values), np.int32)
    ranks[sorted(range(len(column.values)), key=lambda code: key(column.values[code]))] = np.arange(
        len(column.values), dtype=np.int32
    )
    return ranks[column.codes]


def load_column(folder: Path, name: str) -> Column:
    values = msgspec.json.decode((folder / f"{name}.values.json").read_bytes(), type=tuple[str, ...])
    return Column(values, _load(folder, f"{name}.offsets"), _load(folder, f"{name}.codes"))


def _load(folder: Path, name: str) -> npt.NDArray[Any]:
    # as a plain array over the map: slicing an np.memmap runs Python code for every slice
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
