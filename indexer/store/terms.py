"""The term dictionary: which number a term has, looked up in sorted bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

import numpy.typing as npt

TERMS_A_BLOCK = 16  # one term of so many is kept in memory
END_OF_PREFIX = b"\xff"  # greater than any byte of UTF-8


class TermRange(Protocol):
    """The terms of a field: ``first`` … ``end - 1``."""

    @property
    def first(self) -> int: ...

    @property
    def end(self) -> int: ...


class TermTable:
    """All terms, field by field, each field in order of bytes; ``text_at`` says where each begins in ``text``."""

    def __init__(self, text: npt.NDArray[Any], text_at: npt.NDArray[Any], fields: Mapping[str, TermRange]) -> None:
        # memory views give single numbers several times faster than arrays do
        self._text = text.data
        self._text_at = text_at.data
        self._fields = fields

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield all terms with their fields, in order of numbers."""
        for field, entry in self._fields.items():
            for term in range(entry.first, entry.end):
                yield field, term

    def encoded(self, term: int) -> bytes:
        """Return the bytes of a term."""
        return bytes(self._text[self._text_at[term] : self._text_at[term + 1]])

    def text(self, term: int) -> str:
        """Return a term."""
        return self.encoded(term).decode()

    def number(self, field: str, text: str) -> int | None:
        """Return the number of a term, None where no document has it."""
        return self.find(field, _encode(text))

    def find(self, field: str, text: bytes) -> int | None:
        """Return the number of a term by its bytes, None where no document has it."""
        entry = self._fields.get(field)
        if entry is None:
            return None
        term = self.first_from(field, text)
        return term if term < entry.end and self.encoded(term) == text else None

    def first_from(self, field: str, text: bytes) -> int:
        """Return the first term of a field that does not stand before the text; the field's end if there is none."""
        entry = self._fields[field]
        block = bisect_right(self._heads[field], text) - 1
        low = entry.first + max(block, 0) * TERMS_A_BLOCK
        high = min(low + TERMS_A_BLOCK, entry.end)
        while low < high:
            middle = (low + high) // 2
            if self.encoded(middle) < text:
                low = middle + 1
            else:
                high = middle
        return low

    def beginning_with(self, field: str, prefix: str) -> range:
        """Return the terms of a field that begin so, in order of bytes."""
        if field not in self._fields:
            return range(0)
        key = _encode(prefix)
        return range(self.first_from(field, key), self.first_from(field, key + END_OF_PREFIX))

    @cached_property
    def _heads(self) -> dict[str, list[bytes]]:
        """The first term of each block."""
        return {
            field: [self.encoded(term) for term in range(entry.first, entry.end, TERMS_A_BLOCK)]
            for field, entry in self._fields.items()
        }


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a character is no term and begins none, but no error either
