from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.terms import TERMS_A_BLOCK, TermTable


@dataclass(frozen=True)
class Range:
    first: int
    end: int


def table(*fields: Iterable[str]) -> TermTable:
    """Return the table of fields ``a``, ``b`` … with these terms."""
    texts = [sorted(text.encode() for text in terms) for terms in fields]
    flat = [text for terms in texts for text in terms]
    ends = np.cumsum([0, *map(len, texts)])
    ranges = {chr(97 + place): Range(int(ends[place]), int(ends[place + 1])) for place in range(len(texts))}
    text = np.frombuffer(b"".join(flat), np.uint8)
    return TermTable(text, np.cumsum([0, *map(len, flat)]), {name: held for name, held in ranges.items() if held.end})


terms = st.sets(st.text("абwz\U0001f54a", max_size=4), max_size=60)


@given(terms, terms, st.text("абwz\U0001f54a", max_size=4))
def test_terms_are_found_by_name_and_by_beginning(first: set[str], second: set[str], text: str) -> None:
    found = table(first, second)
    for field, held in (("a", first), ("b", second)):
        number = found.number(field, text)
        assert (number is not None) == (text in held)
        assert number is None or found.text(number) == text
        assert [found.text(term) for term in found.beginning_with(field, text)] == sorted(
            (term for term in held if term.startswith(text)), key=str.encode
        )


@pytest.mark.parametrize("count", [1, TERMS_A_BLOCK - 1, TERMS_A_BLOCK, TERMS_A_BLOCK + 1, 5 * TERMS_A_BLOCK])
def test_blocks_of_terms_have_no_gaps(count: int) -> None:
    held = [f"{number:04}" for number in range(1, 2 * count, 2)]
    found = table(["x"], held)
    for place, text in enumerate(held):
        assert found.number("b", text) == place + 1
        assert found.number("b", f"{int(text) - 1:04}") is None
    assert found.first_from("b", b"") == 1
    assert found.first_from("b", b"9999") == count + 1
    assert found.number("nowhere", "x") is None
