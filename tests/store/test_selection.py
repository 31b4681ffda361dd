from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.selection import first_in_order

few = st.integers(0, 3)


@given(st.lists(st.tuples(few, few, few)), st.integers(0, 12) | st.none())
def test_the_first_are_those_of_sorting_all(rows: list[tuple[int, int, int]], count: int | None) -> None:
    keys = [np.array([row[place] for row in rows], np.int64) for place in range(3)]
    for some in (keys, keys[:1], keys[1:]):
        assert first_in_order(some, count).tolist() == np.lexsort(some)[:count].tolist()
