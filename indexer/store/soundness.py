"""Whether the arrays of a segment hold together: the laws of `indexer.store.arrays`, field by field."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.model import Problem
from indexer.store.arrays import AnyArray, ArrayName, SegmentArrays
from indexer.store.columns import Columns
from indexer.store.schema import EXACT_FIELDS, ValueName, make_schema
from indexer.store.selection import starts_of_runs


def posting_problems(arrays: SegmentArrays, columns: Columns) -> Iterator[Problem]:
    """Yield what is wrong with the arrays, and exact values that are not those of the columns.

    Reads every array once. Raises nothing, whatever the arrays hold.
    """
    outline = list(_outline_problems(arrays))
    yield from outline
    if outline:  # slices cannot be trusted
        return
    for field in arrays.fields:
        yield from _term_problems(arrays, field)
        yield from _document_problems(arrays, field)
        if arrays.is_text(field):
            yield from _code_problems(arrays, field)
            yield from _place_problems(arrays, field)
    for name in EXACT_FIELDS:
        if name in columns:
            yield from _value_problems(arrays, columns, name)


def _problem(message: str, where: str) -> Problem:
    return Problem("postings", message, where)


def _outline_problems(arrays: SegmentArrays) -> Iterator[Problem]:
    """Yield offsets that do not fit the arrays that they lead into, or the fields."""
    text_terms = max((entry.end for field, entry in arrays.fields.items() if arrays.is_text(field)), default=0)
    terms = max((entry.end for entry in arrays.fields.values()), default=0)
    leading: tuple[tuple[ArrayName, ArrayName | None, int], ...] = (
        ("text_at", "text", terms),
        ("docs_at", "docs", terms),
        ("places_at", "places", text_terms),
        ("doc_places", None, arrays.documents),
    )
    for offsets, target, count in leading:
        values = arrays.array(offsets)
        if len(values) != count + 1:
            yield _problem(f"{len(values)} entries where there should be {count + 1}", offsets)
        elif values[0] != 0 or not _rising(values) or (target and values[-1] != len(arrays.array(target))):
            yield _problem("does not lead through the array", offsets)
    if len(arrays.lengths) != arrays.documents:
        yield _problem(f"{len(arrays.lengths)} lengths for {arrays.documents} documents", "lengths")
    expected = 0
    for field, entry in sorted(arrays.fields.items(), key=lambda item: item[1].first):
        if field not in make_schema() or entry.first != expected or entry.end <= entry.first:
            yield _problem("not a field of the schema, or not beside its neighbours", field)
        expected = entry.end
    docs_at = arrays.array("docs_at")
    if text_terms < len(docs_at) and len(arrays.array("codes")) != docs_at[text_terms]:
        yield _problem("not one code for each posting of a word", "codes")


def _term_problems(arrays: SegmentArrays, field: str) -> Iterator[Problem]:
    entry = arrays.fields[field]
    before = None
    for term in range(entry.first, entry.end):
        text = arrays.terms.encoded(term)
        try:
            text.decode()
        except UnicodeDecodeError:
            yield _problem(f"term {term} is not text", field)
        if not text and arrays.is_text(field):
            yield _problem(f"term {term} is empty", field)
        if before is not None and text <= before:
            yield _problem(f"term {term} does not stand behind the one before", field)
        before = text


def _document_problems(arrays: SegmentArrays, field: str) -> Iterator[Problem]:
    docs, starts = _slices(arrays, "docs", "docs_at", field)
    if len(docs) and (docs.min() < 0 or docs.max() >= arrays.documents):
        yield _problem("documents out of range", field)
    if not _ascending_in_slices(docs, starts) or np.any(np.diff(starts) == 0):
        yield _problem("documents out of order, or none", field)


def _code_problems(arrays: SegmentArrays, field: str) -> Iterator[Problem]:
    codes, _ = _slices(arrays, "codes", "docs_at", field)
    if len(codes) and (codes.min() < 1 or codes.max() > len(arrays.fields[field].pairs)):
        yield _problem("codes that stand for nothing", field)


def _place_problems(arrays: SegmentArrays, field: str) -> Iterator[Problem]:
    places, starts = _slices(arrays, "places", "places_at", field)
    if not _ascending_in_slices(places, starts) or np.any(np.diff(starts) == 0):
        yield _problem("places out of order, or none", field)
    elif len(places) and places.max() >= arrays.doc_places[-1]:
        yield _problem("places out of range", field)
    else:
        docs = arrays.docs_of_places(places)
        first_of_document = starts_of_runs(docs)
        first_of_document[starts[:-1]] = True
        held, held_from = _slices(arrays, "docs", "docs_at", field)
        counts = np.add.reduceat(first_of_document, starts[:-1], dtype=np.int64)
        if not np.array_equal(docs[first_of_document], held) or not np.array_equal(counts, np.diff(held_from)):
            yield _problem("places in other documents than the postings", field)


def _value_problems(arrays: SegmentArrays, columns: Columns, name: ValueName) -> Iterator[Problem]:
    column = columns[name]
    docs, counts = column.postings()
    entry = arrays.fields.get(name)
    if entry is None:
        texts: list[bytes] = []
        held, starts = np.empty(0, np.int32), np.zeros(1, np.int64)
    else:
        texts = [arrays.terms.encoded(term) for term in range(entry.first, entry.end)]
        held, starts = _slices(arrays, "docs", "docs_at", name)
    if [value.encode() for value in column.values] != texts:
        yield _problem("values are not those of the column", name)
    elif not np.array_equal(np.diff(starts), counts) or not np.array_equal(held, docs):
        yield _problem("documents are not those of the column", name)


def _slices(arrays: SegmentArrays, name: ArrayName, offsets: ArrayName, field: str) -> tuple[AnyArray, AnyArray]:
    """Return what an array holds for the terms of a field, and where each term's slice begins in that."""
    entry = arrays.fields[field]
    starts = arrays.array(offsets)[entry.first : entry.end + 1].astype(np.int64)
    return arrays.array(name)[starts[0] : starts[-1]], starts - starts[0]


def _rising(values: AnyArray) -> bool:
    return bool(np.all(values[1:] >= values[:-1]))


def _ascending_in_slices(values: AnyArray, starts: AnyArray) -> bool:
    """Return whether the values of each slice ascend without repetitions."""
    ascending = values[1:] > values[:-1]
    borders = starts[1:-1] - 1
    ascending[borders[borders >= 0]] = True
    return bool(np.all(ascending))
