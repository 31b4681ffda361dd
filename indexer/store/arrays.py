"""The postings of an index as flat arrays in files, memory-mapped: what they hold and how they are laid out.

A *term* is a word or an exact value in one field. Terms are numbered: field by field, each field in order of the
terms' bytes, the text fields before the fields of exact values. All that belongs to term ``t`` is a slice.

```
               term 0        term 1    term 2 …
text         ┌─────────────┬─────────┬─────┬─────     bytes: the terms one after the other, in UTF-8
text_at      0             13        22    27 …       where each begins (one entry more than there are terms)

docs         ┌─────────┬───────────────────┬───       documents that hold the term, ascending
docs_at      0         3                   9 …        where the term's documents begin
codes        ┌─────────┬───────────────────┬───       beside docs, for text fields alone: a number for
                                                      (weight of the term in the text, length of the text)

places       ┌───────────────┬─────────────┬───       where the term stands, ascending, for text fields alone
places_at    0               5             14 …

doc_places   ┌─────┬─────────────┬─────────┬───       the place of the first word of each document
lengths      ┌─┬─┬─┬─                                 its length in one byte, as Whoosh rounds it
```

- A *place* numbers the words of all documents: position ``p`` of document ``d`` is ``doc_places[d] + p``. Between two
  documents one place stays empty, so no phrase runs over a border and a phrase is an intersection of places.
- A *code* stands for a weight and a length, all that BM25 asks of a posting. A field has a few thousand different
  pairs (`FieldEntry.pairs`), so scores come from a small table, exact to the last bit. Code 0 stands for no posting.

Each array is a ``.npy`` file named after the Whoosh segment, ``<segment>.docs.npy``: documents as int32, all else in
the smallest unsigned type that holds the values. ``<segment>.fields.json`` is the `Directory`. `FORMAT` counts the
versions of all this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.store.npy import mapped
from indexer.store.schema import language_of
from indexer.store.selection import first_in_order
from indexer.store.terms import TermTable

FORMAT = 1

ArrayName = Literal["text", "text_at", "docs", "docs_at", "codes", "places", "places_at", "doc_places", "lengths"]
ARRAYS: tuple[ArrayName, ...] = (
    "text",
    "text_at",
    "docs",
    "docs_at",
    "codes",
    "places",
    "places_at",
    "doc_places",
    "lengths",
)

AnyArray = npt.NDArray[Any]
IntArray = npt.NDArray[np.int32]

KEPT_TERMS = 1 << 12  # numbers of words looked up lately


class Pair(NamedTuple):
    """What a code stands for: a weight in units of `schema.WEIGHT_UNIT`, and a length as Whoosh's byte."""

    units: int
    length: int


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field.

    Its terms are ``first`` … ``end - 1``; its texts have ``words`` words together; code ``c`` is ``pairs[c - 1]``.
    """

    first: int
    end: int
    words: int = 0
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """What a segment holds. Fields without terms are missing."""

    format: int
    documents: int
    fields: dict[str, FieldEntry]


class SegmentArrays:
    """The arrays of one segment, open for any number of threads.

    Slices are views of the maps: read-only, and no page is read before it is used. Raises `ValueError` or `OSError`
    when the files are not what this program writes.
    """

    def __init__(self, folder: Path, segment: str) -> None:
        self.directory = msgspec.json.decode(directory_path(folder, segment).read_bytes(), type=Directory)
        if self.directory.format != FORMAT:
            raise ValueError(f"the arrays have format {self.directory.format}, this program reads {FORMAT}")
        self._arrays = {name: mapped(array_path(folder, segment, name)) for name in ARRAYS}
        self.lengths: npt.NDArray[np.uint8] = self._arrays["lengths"]
        self.doc_places = self._arrays["doc_places"]
        self._docs: IntArray = self._arrays["docs"]
        self._codes = self._arrays["codes"]
        self._places = self._arrays["places"]
        self.terms = TermTable(self._arrays["text"], self._arrays["text_at"], self.fields)
        self.number = lru_cache(maxsize=KEPT_TERMS)(self.terms.number)
        # memory views give single numbers several times faster than arrays do
        self._docs_at = self._arrays["docs_at"].data
        self._places_at = self._arrays["places_at"].data

    @property
    def documents(self) -> int:
        """The number of documents."""
        return self.directory.documents

    @property
    def fields(self) -> dict[str, FieldEntry]:
        """The fields that have terms."""
        return self.directory.fields

    def array(self, name: ArrayName) -> AnyArray:
        """Return a whole array, for `check`."""
        return self._arrays[name]

    def docs(self, term: int) -> IntArray:
        """Return the documents of a term, ascending."""
        return self._docs[self._docs_at[term] : self._docs_at[term + 1]]

    def codes(self, term: int) -> AnyArray:
        """Return the codes beside the documents of a term of a text field."""
        return self._codes[self._docs_at[term] : self._docs_at[term + 1]]

    def places(self, term: int) -> AnyArray:
        """Return where a term of a text field stands, ascending."""
        return self._places[self._places_at[term] : self._places_at[term + 1]]

    def frequency(self, term: int) -> int:
        """Return the number of documents that hold a term."""
        return int(self._docs_at[term + 1] - self._docs_at[term])

    def beginning_with(self, field: str, prefix: str, limit: int | None = None) -> list[int]:
        """Return the terms of a field that begin so: the ``limit`` most frequent, then in order of bytes."""
        terms = self.terms.beginning_with(field, prefix)
        frequencies = np.diff(self._arrays["docs_at"][terms.start : terms.stop + 1].astype(np.int64))
        order = first_in_order((-frequencies,), limit)
        return [terms[place] for place in order]

    def exact_values(self, field: str) -> tuple[list[str], IntArray, IntArray]:
        """Return the values of a field and, for each posting, the place of its value among them and its document."""
        entry = self.fields.get(field, FieldEntry(0, 0))
        docs_at = self._arrays["docs_at"][entry.first : entry.end + 1].astype(np.int64)
        values = [self.terms.text(term) for term in range(entry.first, entry.end)]
        codes = np.repeat(np.arange(len(values), dtype=np.int32), np.diff(docs_at))
        return values, codes, self._docs[docs_at[0] : docs_at[-1]]

    def docs_of_places(self, places: AnyArray) -> IntArray:
        """Return for each place the document that it is in."""
        # Places of another type would have NumPy convert the borders of all documents first.
        wanted = places.astype(self.doc_places.dtype, copy=False)
        return (np.searchsorted(self.doc_places, wanted, side="right") - 1).astype(np.int32)

    def is_text(self, field: str) -> bool:
        """Return whether a field holds words with codes and places."""
        return language_of(field) is not None


class ArrayWriter:
    """Writes one array piece by piece, its length not known before; a context manager."""

    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self._path = path
        self._dtype = np.dtype(dtype)
        self._length = 0
        self._largest = 0
        self._file = path.open("wb+")
        self._write_header()

    def write(self, values: AnyArray) -> None:
        """Append values; they must fit the type."""
        self._file.write(np.ascontiguousarray(values, self._dtype).data)
        self._length += len(values)
        if len(values):
            self._largest = max(self._largest, int(values.max()))

    def close(self) -> None:
        """Finish the file."""
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def abandon(self) -> None:
        """Close without finishing; does nothing to a finished file."""
        self._file.close()

    def narrow(self) -> None:
        """Finish the file in the smallest type that holds all values."""
        self.close()
        smallest = smallest_type(self._largest)
        if smallest != self._dtype:
            whole = np.load(self._path, mmap_mode="r")
            wide = self._path.rename(self._path.with_suffix(".wide"))
            np.save(self._path, whole.astype(smallest))
            wide.unlink()

    def _write_header(self) -> None:
        # NumPy pads the header of an array that may grow, so it takes as much room at the end as at the start.
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": (self._length,)}
        np.lib.format.write_array_header_1_0(self._file, header)


def smallest_type(largest: int) -> np.dtype[Any]:
    """Return the smallest unsigned type that holds a number."""
    return np.min_scalar_type(largest)


def array_path(folder: Path, segment: str, name: str) -> Path:
    """Return the file of an array."""
    return folder / f"{segment}.{name}.npy"


def directory_path(folder: Path, segment: str) -> Path:
    """Return the file of the directory."""
    return folder / f"{segment}.fields.json"


def save_directory(folder: Path, segment: str, directory: Directory) -> None:
    """Write the directory."""
    directory_path(folder, segment).write_bytes(msgspec.json.encode(directory))
