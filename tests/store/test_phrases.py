from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.store import phrases
from indexer.store.phrases import intersection, side_by_side

places = st.sets(st.integers(0, 400)).map(lambda some: np.array(sorted(some), np.uint32))
sparse = st.sets(st.integers(0, 400), max_size=4).map(lambda some: np.array(sorted(some), np.uint32))


@given(places | sparse, places | sparse)
def test_an_intersection_is_that_of_sets(first: phrases.Places, second: phrases.Places) -> None:
    expected = sorted(set(first.tolist()) & set(second.tolist()))
    assert intersection(first, second).tolist() == expected


@given(st.lists(places, min_size=2, max_size=4))
def test_words_stand_side_by_side(slots: list[phrases.Places]) -> None:
    held = [set(slot.tolist()) for slot in slots]
    starts = [start for start in held[0] if all(start + slot in some for slot, some in enumerate(held))]
    anchor = max(range(len(slots)), key=lambda slot: len(slots[slot]))
    assert side_by_side(slots).tolist() == [start + anchor for start in sorted(starts)]
