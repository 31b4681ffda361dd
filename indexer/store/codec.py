"""The arrays of `indexer.store.arrays` as Whoosh reads a segment: its door is the codec.

With these classes every query, matcher and scorer of Whoosh works on an index of arrays. The evaluator leaves to them
what it does not take on, and the tests hold it against them. There is no Whoosh writer for the format: documents
written one posting at a time were what made Whoosh slow (`indexer.store.segment` writes it whole).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import numpy as np
from whoosh.codec.base import Codec, FieldCursor, PerDocumentReader, Segment, TermsReader
from whoosh.formats import Format
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo
from whoosh.scoring import BaseScorer

from indexer.store.arrays import AnyArray, FieldEntry, SegmentArrays
from indexer.store.schema import LENGTHS, WEIGHT_UNIT, language_of

INDEX_NAME = "MAIN"  # the name that Whoosh gives an index without one


class ReadOnlyError(NotImplementedError):
    """Whoosh asked for a way to write or change what is only ever written whole."""


class ArraySegment(Segment):
    """A segment of a number of documents, none of them ever deleted."""

    def __init__(self, indexname: str, documents: int) -> None:
        Segment.__init__(self, indexname)
        self._documents = documents

    def doc_count_all(self) -> int:
        """Return the number of documents."""
        return self._documents

    def deleted_count(self) -> int:
        """Return zero."""
        return 0

    def deleted_docs(self) -> tuple[int, ...]:
        """Return nothing."""
        return ()

    def is_deleted(self, docnum: int) -> bool:
        """Return False."""
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Raise `ReadOnlyError`."""
        raise ReadOnlyError


class ArrayCodec(Codec):
    """Reads the arrays of one segment; all readers share them. Raises `ReadOnlyError` when asked to write."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays

    def terms_reader(self, storage: object, segment: object) -> ArrayTerms:
        """Return a reader of terms and postings."""
        return ArrayTerms(self._arrays)

    def per_document_reader(self, storage: object, segment: object) -> ArrayDocuments:
        """Return a reader of lengths."""
        return ArrayDocuments(self._arrays)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise ReadOnlyError

    new_segment = per_document_writer = field_writer = postings_writer = postings_reader = _refuse


class ArrayCursor(FieldCursor):
    """Stands on one term of a field, or behind the last."""

    def __init__(self, terms: ArrayTerms, arrays: SegmentArrays, field: str) -> None:
        self._terms = terms
        self._arrays = arrays
        self._field = field
        self._entry = arrays.fields.get(field, FieldEntry(0, 0))
        self._term = self._entry.first

    def is_valid(self) -> bool:
        """Return whether it stands on a term."""
        return self._term < self._entry.end

    def text(self) -> str | None:
        """Return the term."""
        return self._arrays.terms.text(self._term) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term."""
        return self._terms.info(self._field, self._term) if self.is_valid() else None

    def first(self) -> str | None:
        """Go to the first term."""
        self._term = self._entry.first
        return self.text()

    def find(self, string: str) -> str | None:
        """Go to the first term that does not stand before the text."""
        if self._field in self._arrays.fields:
            self._term = self._arrays.terms.first_from(self._field, string.encode())
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._term = min(self._term + 1, self._entry.end)
        return self.text()


class ArrayTerms(TermsReader):
    """Terms and their postings."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._arrays.terms.find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return list(self._arrays.fields)

    def cursor(self, fieldname: str, fieldobj: object) -> ArrayCursor:
        """Return a cursor on the first term of a field."""
        return ArrayCursor(self, self._arrays, fieldname)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms, field by field."""
        return ((field, self._arrays.terms.encoded(term)) for field, term in self._arrays.terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of a field from a text on."""
        return (term for term, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with their statistics."""
        return (
            ((field, self._arrays.terms.encoded(term)), self.info(field, term)) for field, term in self._arrays.terms
        )

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield the terms of a field from a text on, with their statistics."""
        if fieldname in self._arrays.fields:
            for term in range(self._arrays.terms.first_from(fieldname, prefix), self._arrays.fields[fieldname].end):
                yield (fieldname, self._arrays.terms.encoded(term)), self.info(fieldname, term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term; raises `KeyError`."""
        return self.info(fieldname, self._find(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the weight of a term in all documents; raises `KeyError`."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return the number of documents that hold a term; raises `KeyError`, as Whoosh's reader expects."""
        return self._arrays.frequency(self._find(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None) -> ListMatcher:
        """Return a matcher over the postings of a term; raises `KeyError`."""
        term = self._find(fieldname, text)
        weights, _ = self._weights_and_lengths(fieldname, term)
        return ListMatcher(
            self._arrays.docs(term).tolist(),
            weights.tolist(),
            Positions(self._arrays, term) if language_of(fieldname) else None,
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=self.info(fieldname, term),
        )

    def info(self, field: str, term: int) -> TermInfo:
        """Return the statistics of a term by its number."""
        weights, lengths = self._weights_and_lengths(field, term)
        docs = self._arrays.docs(term)
        return TermInfo(
            weight=float(weights.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def _find(self, field: str, text: bytes) -> int:
        term = self._arrays.terms.find(field, text)
        if term is None:
            raise KeyError(f"{field}:{text!r}")
        return term

    def _weights_and_lengths(self, field: str, term: int) -> tuple[AnyArray, AnyArray]:
        if not language_of(field):
            return np.ones(self._arrays.frequency(term)), np.zeros(self._arrays.frequency(term), np.intp)
        units, lengths = np.array(self._arrays.fields[field].pairs).T
        codes = self._arrays.codes(term) - 1
        return units.take(codes) * WEIGHT_UNIT, LENGTHS.take(lengths.take(codes))


class Positions(Sequence[bytes]):
    """The positions of a term in each of its documents, as `schema.PlainPositions` encodes them."""

    def __init__(self, arrays: SegmentArrays, term: int) -> None:
        self._places = arrays.places(term)
        self._firsts = arrays.doc_places.take(arrays.docs(term))
        self._starts = np.append(np.searchsorted(self._places, self._firsts), len(self._places))

    def __len__(self) -> int:
        return len(self._firsts)

    def __getitem__(self, posting: Any) -> Any:
        places = self._places[self._starts[posting] : self._starts[posting + 1]]
        return (places - self._firsts[posting]).astype(np.uint32).tobytes()


class ArrayDocuments(PerDocumentReader):
    """The lengths of documents. Nothing else is kept for a document here: records and columns are the store's own."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays

    def doc_count(self) -> int:
        """Return the number of documents."""
        return self._arrays.documents

    def doc_count_all(self) -> int:
        """Return the number of documents."""
        return self._arrays.documents

    def has_deletions(self) -> bool:
        """Return False."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Return False."""
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        """Return nothing."""
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a document in the text fields of its own language, the only ones it is asked for."""
        return int(LENGTHS[self._arrays.lengths[docnum]])

    def field_length(self, fieldname: str) -> int:
        """Return the number of words of all documents in a field."""
        entry = self._arrays.fields.get(fieldname)
        return entry.words if entry else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length of a document that holds a word of the field."""
        return min(self._lengths(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length of a document that holds a word of the field."""
        return max(self._lengths(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Return nothing."""
        return {}

    def _lengths(self, field: str) -> list[int]:
        entry = self._arrays.fields.get(field)
        return [int(LENGTHS[pair.length]) for pair in entry.pairs] if entry else []
