"""Writing the one segment of a new index: postings of words, of exact values, and Whoosh's table of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.model import LanguageCode
from indexer.store.ahead import ahead
from indexer.store.analysed import AnalysedTexts
from indexer.store.arrays import (
    FORMAT,
    ArrayName,
    ArrayWriter,
    Directory,
    FieldEntry,
    Pair,
    SegmentArrays,
    array_path,
    save_directory,
    smallest_type,
)
from indexer.store.codec import INDEX_NAME, ArraySegment
from indexer.store.columns import Column
from indexer.store.inversion import FieldTerms, Inverter, PostingBlock, encoded
from indexer.store.merging import KeptPostings, Postings
from indexer.store.numbering import inverse
from indexer.store.schema import LENGTHS, make_schema


class SegmentWriter:
    """Gathers analysed texts in order and writes the segment of an index in an empty folder."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self._folder = folder
        self._inverter = Inverter(workspace)
        self._lengths: list[npt.NDArray[np.uint32]] = []  # in words
        self._extents: list[npt.NDArray[np.uint32]] = []  # greatest position and one
        self._words: Counter[LanguageCode] = Counter()

    def add(self, texts: AnalysedTexts) -> None:
        """Give the next documents their texts."""
        lengths, extents = measure(texts)
        self._lengths.append(lengths)
        self._extents.append(extents)
        self._words[texts.lang] += int(lengths.sum())
        self._inverter.add(texts)

    def commit(
        self, order: npt.NDArray[np.int32], exact: Mapping[str, Column], base: SegmentArrays | None = None
    ) -> None:
        """Write everything.

        ``order`` lists by final number the number with which a document came, those of ``base`` before all others;
        ``exact`` has for each field of exact values those of all documents in that order.
        """
        lengths = np.minimum(np.searchsorted(LENGTHS, _joined(self._lengths)), len(LENGTHS) - 1).astype(np.uint8)
        extents = _joined(self._extents).astype(np.int64) + 1  # one place between two documents stays empty
        if base:
            lengths = np.concatenate((base.lengths, lengths))
            extents = np.concatenate((np.diff(base.doc_places.astype(np.int64)), extents))
        doc_places = np.concatenate(([0], np.cumsum(extents[order])))
        numbers = inverse(order, len(lengths))
        held = base.documents if base else 0
        kept = KeptPostings(base, numbers[:held], doc_places) if base else None
        segment = ArraySegment(INDEX_NAME, documents=len(order))
        with SegmentFiles(self._folder, str(segment.segment_id()), int(doc_places[-1]), kept) as files:
            files.write_documents(doc_places, lengths[order])
            terms: Sequence[FieldTerms] = self._inverter.terms()
            frequencies = None
            words = Counter(self._words)
            if kept:
                terms = kept.join_terms(terms)
                frequencies = kept.frequencies(terms[-1].end)
                words.update(kept.words())
            for postings in ahead(files.join(self._inverter.blocks(terms, numbers[held:], frequencies), terms)):
                files.write(postings)
            files.write_terms(terms, words)
            for name, column in exact.items():
                files.write_exact(name, column)
            files.finish(len(order))
        TOC(make_schema(), [segment], generation=1).write(FileStorage(str(self._folder)), INDEX_NAME)


def _joined(arrays: list[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint32]:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.uint32)


def measure(texts: AnalysedTexts) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return for each text its number of distinct positions, and its greatest position and one."""
    ends = np.cumsum(texts.tokens)
    starts = ends - texts.tokens
    fresh = np.ones(len(texts.positions), np.uint32)
    fresh[1:] = texts.positions[1:] != texts.positions[:-1]
    filled = texts.tokens > 0
    fresh[starts[filled]] = 1
    total = np.concatenate(([0], np.cumsum(fresh)))
    extents = np.zeros(len(texts.tokens), np.uint32)
    extents[filled] = texts.positions[ends[filled] - 1] + 1  # positions never fall
    return (total[ends] - total[starts]).astype(np.uint32), extents


class SegmentFiles:
    """The files of a segment while they are written: blocks of terms in order, text fields before exact ones."""

    def __init__(self, folder: Path, segment: str, places: int, kept: KeptPostings | None = None) -> None:
        self._folder = folder
        self._segment = segment
        self._place_type = smallest_type(places + (1 << 16))  # phrases count on a little beyond the last place
        self._open = ExitStack()
        self._fields: dict[str, FieldEntry] = {}
        self._kept = kept
        self._pairs = {field: _Pairs(pairs) for field, pairs in kept.pairs.items()} if kept else {}
        self._text_at, self._docs_at, self._places_at = (_Offsets() for _ in range(3))

    def __enter__(self) -> Self:
        self._text = self._array("text", np.uint8)
        self._docs = self._array("docs", np.int32)
        self._codes = self._array("codes", np.uint32)
        self._places = self._array("places", self._place_type)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write_documents(self, doc_places: npt.NDArray[np.int64], lengths: npt.NDArray[np.uint8]) -> None:
        """Write where the documents begin and how long they are."""
        self._doc_places, self._lengths = doc_places.astype(self._place_type), lengths
        self._save("doc_places", self._doc_places)
        self._save("lengths", lengths)

    def join(self, blocks: Iterable[PostingBlock], fields: Sequence[FieldTerms]) -> Iterator[Postings]:
        """Yield the postings of blocks of terms of text fields, in order, joined with those that are kept."""
        first = 0
        for block in blocks:
            places = self._doc_places.take(block.occurrence_docs) + block.positions.astype(self._place_type)
            codes = self._codes_of(block, fields, first)
            postings = Postings(block.docs, codes, block.doc_counts, places, block.occurrence_counts)
            yield self._kept.join(first, postings) if self._kept else postings
            first += len(block.doc_counts)

    def write(self, postings: Postings) -> None:
        """Write the postings of the next terms of text fields."""
        self._docs.write(postings.docs)
        self._docs_at.add(postings.doc_counts)
        self._codes.write(postings.codes)
        self._places.write(postings.places)
        self._places_at.add(postings.place_counts)

    def _codes_of(self, block: PostingBlock, fields: Iterable[FieldTerms], first: int) -> npt.NDArray[np.uint32]:
        ends = np.concatenate(([0], np.cumsum(block.doc_counts)))
        lengths = self._lengths.take(block.docs)
        codes = np.zeros(len(block.docs), np.uint32)
        for part in fields:
            low, high = (min(max(term - first, 0), len(block.doc_counts)) for term in (part.first, part.end))
            if ends[low] < ends[high]:
                postings = slice(ends[low], ends[high])
                pairs = self._pairs.setdefault(part.field, _Pairs())
                codes[postings] = pairs.codes(block.units[postings], lengths[postings])
        return codes

    def write_terms(self, fields: Iterable[FieldTerms], words: Mapping[LanguageCode, int]) -> None:
        """Write the terms of all text fields."""
        for part in fields:
            self._write_texts(*part.encoded())
            pairs = self._pairs[part.field].pairs if part.first < part.end else ()
            self._fields[part.field] = FieldEntry(part.first, part.end, words[part.lang], tuple(pairs))

    def write_exact(self, field: str, column: Column) -> None:
        """Write a field of exact values with its postings."""
        owners, counts = column.postings()
        first = self._docs_at.count
        self._docs.write(owners)
        self._docs_at.add(counts)
        self._write_texts(*encoded(column.values))
        if column.values:
            self._fields[field] = FieldEntry(first, first + len(column.values))

    def finish(self, documents: int) -> None:
        """Finish all files."""
        self._save("text_at", self._text_at.array())
        self._save("docs_at", self._docs_at.array())
        self._save("places_at", self._places_at.array())
        for array in (self._text, self._docs, self._places):
            array.close()
        self._codes.narrow()
        save_directory(self._folder, self._segment, Directory(FORMAT, documents, self._fields))

    def _write_texts(self, text: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int64]) -> None:
        self._text.write(text)
        self._text_at.add(lengths)

    def _array(self, name: ArrayName, dtype: npt.DTypeLike) -> ArrayWriter:
        writer = ArrayWriter(array_path(self._folder, self._segment, name), dtype)
        self._open.callback(writer.abandon)
        return writer

    def _save(self, name: ArrayName, values: npt.NDArray[Any]) -> None:
        np.save(array_path(self._folder, self._segment, name), values)


class _Offsets:
    """Where each of many slices begins, from their lengths."""

    def __init__(self) -> None:
        self._ends: list[npt.NDArray[np.int64]] = [np.zeros(1, np.int64)]
        self.count = 0

    def add(self, lengths: npt.NDArray[Any]) -> None:
        self.count += len(lengths)
        if len(lengths):
            self._ends.append(np.cumsum(lengths, dtype=np.int64) + self._ends[-1][-1])

    def array(self) -> npt.NDArray[Any]:
        offsets = np.concatenate(self._ends)
        return offsets.astype(smallest_type(int(offsets[-1])))


class _Pairs:
    """Gives each pair of weight and length of a field a code, from 1 in order of appearance."""

    def __init__(self, pairs: Sequence[Pair] = ()) -> None:
        self.pairs = list(pairs)
        keys = np.array([pair.units * len(LENGTHS) + pair.length for pair in pairs], np.int64)
        self._code_of = np.zeros(int(keys.max(initial=-1)) + 1, np.uint32)
        self._code_of[keys] = np.arange(1, len(keys) + 1)

    def codes(self, units: npt.NDArray[np.uint32], lengths: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
        keys = units * np.uint32(len(LENGTHS)) + lengths
        missing = int(keys.max()) + 1 - len(self._code_of)
        if missing > 0:
            self._code_of = np.concatenate((self._code_of, np.zeros(missing, np.uint32)))
        fresh = np.unique(keys[self._code_of.take(keys) == 0])
        self._code_of[fresh] = np.arange(len(fresh)) + len(self.pairs) + 1
        self.pairs += [Pair(*divmod(key, len(LENGTHS))) for key in fresh.tolist()]
        return self._code_of.take(keys)
