"""Working one step ahead gives the same items in the same order, and lets go of its thread."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Event, active_count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.ahead import ahead

PATIENCE = 10.0  # seconds


@given(st.lists(st.none() | st.integers()))
def test_the_items_come_in_their_order(items: list[int | None]) -> None:
    assert list(ahead(iter(items))) == items


def test_the_next_item_is_worked_out_while_one_is_used() -> None:
    second = Event()

    def items() -> Iterator[int]:
        yield 1
        second.set()
        yield 2

    taken = ahead(items())
    assert next(taken) == 1
    assert second.wait(PATIENCE)
    assert list(taken) == [2]


def test_what_is_raised_is_raised_where_its_item_was_due() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("no lamp oil")

    taken = ahead(items())
    assert next(taken) == 1
    with pytest.raises(OSError, match="no lamp oil"):
        next(taken)


def test_who_stops_early_leaves_no_thread() -> None:
    before = active_count()
    taken = ahead(count())
    assert next(taken) == 0
    taken.close()
    assert active_count() == before
