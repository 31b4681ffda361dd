"""Values of every document as arrays: exact facet counts, filters and sorting without reading a posting.

A column maps each of its *rows* to codes into a sorted list of distinct values. The rows are the documents, or, for
what all documents of a resolution share (`OF_RESOLUTION`), the resolutions: counting is then a matter of thousands
instead of hundreds of thousands. Kept as memory-mapped ``.npy`` files, so all workers share them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.store.npy import mapped
from indexer.store.numbering import GONE, inverse
from indexer.store.schema import ValueName
from indexer.store.selection import first_in_order, starts_of_runs

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]

OF_RESOLUTION: tuple[ValueName, ...] = ("lang", "body", "session", "year", "subject", "symbol")
OF_DOCUMENT: tuple[ValueName, ...] = ("type", "cites", "names", "action", "path")
COLUMNS: tuple[ValueName, ...] = (*OF_RESOLUTION, *OF_DOCUMENT)

FEW_ROWS = 32  # for fewer than one row in so many, codes are picked row by row

Order = Literal["newest", "oldest", "symbol"]
ORDERS: tuple[Order, ...] = ("newest", "oldest", "symbol")


class Column:
    """The values of all documents under one name, none, one or several a document.

    ``values`` are the distinct values in order of text. The codes of row ``r``, ascending, are
    ``codes[offsets[r]:offsets[r + 1]]``; without offsets every row has just one. ``row_of`` gives for each document
    its row, None where the rows are the documents.
    """

    def __init__(
        self,
        values: tuple[str, ...],
        codes: npt.NDArray[Any],
        offsets: IntArray | None = None,
        row_of: IntArray | None = None,
    ) -> None:
        self.values = values
        self.codes = codes
        self.offsets = offsets
        self.rows = len(codes) if offsets is None else len(offsets) - 1
        self.row_of = row_of
        self._code_of = {value: code for code, value in enumerate(values)}

    def __len__(self) -> int:
        return self.rows if self.row_of is None else len(self.row_of)

    def of(self, doc: int) -> tuple[str, ...]:
        """Return the values of a document in order of text."""
        row = doc if self.row_of is None else int(self.row_of[doc])
        if self.offsets is None:
            return (self.values[self.codes[row]],)
        return tuple(self.values[code] for code in self.codes[self.offsets[row] : self.offsets[row + 1]])

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
        rows = wanted.take(self.codes)
        if self.offsets is not None:
            having = self.owners[rows]
            rows = np.zeros(self.rows, np.bool_)
            rows[having] = True
        return rows if self.row_of is None else rows.take(self.row_of)

    @cached_property
    def totals(self) -> Counts:
        """For each value the number of documents that have it."""
        return self._weighted(self._row_sizes)

    def count(self, selection: Selection) -> Counts:
        """Return for each value the number of documents of a selection that have it."""
        if selection.is_everything:
            return self.totals
        rows = selection.docs if self.row_of is None else selection.rows(self.row_of)
        if len(rows) < self.rows // FEW_ROWS or (self.row_of is None and self.offsets is None):
            codes = self._codes_of_rows(rows)
        elif self.row_of is None:
            codes = self.codes.take(np.flatnonzero(selection.mask.take(self.owners)))
        else:
            return self._weighted(selection.row_counts(self.rows))
        return np.bincount(codes, minlength=len(self.values))

    def most_frequent(self, counts: Counts, limit: int | None = None) -> list[tuple[str, int]]:
        """Return values with their counts: most first, then in order of text; none with zero."""
        present = np.flatnonzero(counts > 0)
        order = present[first_in_order((-counts[present],), limit)]
        return [
            (self.values[code], count) for code, count in zip(order.tolist(), counts[order].tolist(), strict=True)
        ]

    def postings(self) -> tuple[IntArray, Counts]:
        """Return the documents of each value, ascending, value by value, and their numbers."""
        codes, docs = self.codes, self.owners
        if self.row_of is not None:  # a row stands for the documents of a resolution, which lie side by side
            sizes = self._row_sizes.take(docs)
            firsts = np.cumsum(self._row_sizes) - self._row_sizes
            places = np.repeat(firsts.take(docs) - (np.cumsum(sizes) - sizes), sizes)
            codes, docs = np.repeat(codes, sizes), (places + np.arange(len(places))).astype(np.int32)
        return docs[np.argsort(codes, kind="stable")].astype(np.int32), self.totals

    @cached_property
    def owners(self) -> IntArray:
        """For each code the row that it belongs to."""
        sizes = 1 if self.offsets is None else np.diff(self.offsets)
        return np.repeat(np.arange(self.rows, dtype=np.int32), sizes)

    def _codes_of_rows(self, rows: IntArray) -> npt.NDArray[Any]:
        if self.offsets is None:
            return self.codes.take(rows)
        starts = self.offsets.take(rows)
        sizes = self.offsets.take(rows + np.int32(1)) - starts
        ends = np.cumsum(sizes)
        places = np.repeat(starts - (ends - sizes), sizes)
        return self.codes.take(places + np.arange(len(places)))

    @cached_property
    def _row_sizes(self) -> Counts:
        """The number of documents of each row."""
        if self.row_of is None:
            return np.ones(self.rows, np.int64)
        return np.bincount(self.row_of, minlength=self.rows)

    def _weighted(self, rows: Counts) -> Counts:
        """Return for each value the sum over the rows that have it."""
        weights = rows if self.offsets is None else rows.take(self.owners)
        return np.bincount(self.codes, weights, minlength=len(self.values)).astype(np.int64)


class Selection:
    """A set of documents to be counted in several columns; what the columns share is worked out once."""

    def __init__(self, docs: IntArray, documents: int) -> None:
        self.docs = docs
        self.is_everything = len(docs) == documents
        self._documents = documents
        self._rows: IntArray | None = None
        self._row_counts: Counts | None = None

    @cached_property
    def mask(self) -> BoolArray:
        """The documents as a mask over all."""
        mask = np.zeros(self._documents, np.bool_)
        mask[self.docs.astype(np.intp)] = True
        return mask

    def rows(self, row_of: IntArray) -> IntArray:
        """Return for each document its resolution."""
        if self._rows is None:
            self._rows = row_of.take(self.docs)
        return self._rows

    def row_counts(self, rows: int) -> Counts:
        """Return how many of the documents are in each resolution; `rows` comes first."""
        if self._row_counts is None:
            assert self._rows is not None
            self._row_counts = np.bincount(self._rows, minlength=rows)
        return self._row_counts


class Columns(Mapping[ValueName, Column]):
    """All columns of an index, and what it is sorted by.

    ``date`` is the day as a proleptic Gregorian ordinal, 0 where unknown; ``symbol_rank`` orders documents by symbol
    as a reader would (58/9 before 58/10); ``resolution`` is the number of a document's resolution, and the documents
    of resolution ``r`` are ``first_docs[r]`` … ``first_docs[r + 1] - 1``. ``order`` has for each way to sort the rank
    of every document, no two alike: ties go by date, newest first, then by symbol, then by place in the resolution;
    documents without a date stand last either way.
    """

    def __init__(self, folder: Path) -> None:
        self.date: IntArray = _load(folder, "date")
        self.symbol_rank: IntArray = _load(folder, "symbol_rank")
        self.resolution: IntArray = _load(folder, "resolution")
        self.first_docs: IntArray = _load(folder, "first_docs")
        self.order: dict[Order, IntArray] = {name: _load(folder, f"order.{name}") for name in ORDERS}
        self._having: dict[tuple[ValueName, str], IntArray] = {}
        self._first_of_symbol: dict[Order, IntArray] = {}
        self._columns: dict[ValueName, Column] = {
            **{name: load_column(folder, name, self.resolution) for name in OF_RESOLUTION},
            **{name: load_column(folder, name) for name in OF_DOCUMENT},
        }

    def __getitem__(self, name: ValueName) -> Column:
        return self._columns[name]

    def __iter__(self) -> Iterator[ValueName]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def having(self, name: ValueName, value: str) -> IntArray:
        """Return the documents that have a value, from memory once asked for: for values that code names."""
        if (name, value) not in self._having:
            self._having[name, value] = np.flatnonzero(self._columns[name].mask((value,))).astype(np.int32)
        return self._having[name, value]

    def first_of_symbol(self, order: Order) -> IntArray:
        """Return for each document the rank of the first one with its symbol: the same for all six languages.

        From memory once asked for.
        """
        if order not in self._first_of_symbol:
            ranks = self.order[order]
            docs = np.argsort(ranks)
            starts = np.flatnonzero(starts_of_runs(self.symbol_rank[docs]))
            firsts = np.empty(len(ranks), np.int32)
            firsts[docs] = np.repeat(starts, np.diff(np.r_[starts, len(ranks)]))
            self._first_of_symbol[order] = firsts
        return self._first_of_symbol[order]

    def select(self, docs: IntArray) -> Selection:
        """Return documents, ascending, as a selection to be counted."""
        return Selection(docs, len(self.resolution))


class ColumnWriter:
    """Gathers the values of one column, row by row."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._owners = array("i")
        self._given = array("i")
        self._rows = 0

    def begin_with(self, values: Sequence[str], given: IntArray, owners: IntArray, rows: int) -> None:
        """Take over the first rows from an index: codes into values, and the row of each code."""
        self._codes = {value: code for code, value in enumerate(values)}
        self._given.frombytes(given.astype(np.int32).tobytes())
        self._owners.frombytes(owners.astype(np.int32).tobytes())
        self._rows = rows

    def add(self, values: Iterable[str]) -> None:
        """Give the next row its values; a repeated value counts once."""
        codes = self._codes
        for value in dict.fromkeys(values):
            self._given.append(codes.setdefault(value, len(codes)))
            self._owners.append(self._rows)
        self._rows += 1

    def column(self, order: IntArray, row_of: IntArray | None = None) -> Column:
        """Return the finished column, its codes in order of the values, its rows in the order given.

        Rows that the order leaves out are gone, and so are values that only they had.
        """
        given, owners = np.array(self._given, np.int32), inverse(order, self._rows).take(self._owners)
        if len(order) < self._rows:
            staying = owners != GONE
            given, owners = given[staying], owners[staying]
        used = np.bincount(given, minlength=len(self._codes)) > 0
        values = sorted(value for value, code in self._codes.items() if used[code])
        rank = np.zeros(len(self._codes), np.int32)
        rank[[self._codes[value] for value in values]] = np.arange(len(values), dtype=np.int32)
        given = rank[given]
        places = np.lexsort((given, owners))
        owners = owners[places]
        codes = given[places].astype(np.min_scalar_type(max(len(values) - 1, 0)))
        if np.array_equal(owners, np.arange(len(order))):
            return Column(tuple(values), codes, None, row_of)
        return Column(
            tuple(values), codes, np.searchsorted(owners, np.arange(len(order) + 1)).astype(np.int32), row_of
        )


def rank_of_values(column: Column, key: Callable[[str], Any]) -> IntArray:
    """Return for each document of a column with one value the rank of that value in order of the key."""
    ranks = np.zeros(len(column.values), np.int32)
    ranks[sorted(range(len(column.values)), key=lambda code: key(column.values[code]))] = np.arange(
        len(column.values), dtype=np.int32
    )
    of_rows: IntArray = ranks[column.codes]
    return of_rows if column.row_of is None else of_rows.take(column.row_of)


def orders(date: IntArray, symbol_rank: IntArray) -> dict[Order, IntArray]:
    """Return the ranks of all documents in each order."""
    undated_last = np.where(date == 0, np.iinfo(np.int32).max, date)
    return {
        "newest": _ranks(symbol_rank, -date),
        "oldest": _ranks(symbol_rank, undated_last),
        "symbol": _ranks(symbol_rank),
    }


def _ranks(*keys: IntArray) -> IntArray:
    ranks = np.empty(len(keys[0]), np.int32)
    ranks[np.lexsort(keys)] = np.arange(len(ranks), dtype=np.int32)
    return ranks


def save_column(folder: Path, name: str, column: Column) -> None:
    """Write a column to its files; there are no offsets where every row has one value."""
    (folder / f"{name}.values.json").write_bytes(msgspec.json.encode(column.values))
    save_array(folder, f"{name}.codes", column.codes)
    if column.offsets is not None:
        save_array(folder, f"{name}.offsets", column.offsets)


def save_array(folder: Path, name: str, values: npt.NDArray[Any]) -> None:
    """Write one array to its file."""
    np.save(folder / f"{name}.npy", values)


def load_column(folder: Path, name: str, row_of: IntArray | None = None) -> Column:
    """Return a column that `save_column` wrote."""
    values = msgspec.json.decode((folder / f"{name}.values.json").read_bytes(), type=tuple[str, ...])
    offsets = _load(folder, f"{name}.offsets") if (folder / f"{name}.offsets.npy").exists() else None
    return Column(values, _load(folder, f"{name}.codes"), offsets, row_of)


def _load(folder: Path, name: str) -> npt.NDArray[Any]:
    return mapped(folder / f"{name}.npy")
