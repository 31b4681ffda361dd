"""Picking from long lists: the first few in order without sorting all, the first of each run of equal values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FEW = 256  # so many are sorted sooner than picked

Keys = Sequence[npt.NDArray[Any]]


def first_in_order(keys: Keys, count: int | None = None) -> npt.NDArray[np.intp]:
    """Return ``np.lexsort(keys)[:count]``: the last key decides first, equal ones stand in order of their places.

    Takes time in proportion to the list, plus the sorting of what it returns.
    """
    length = len(keys[-1])
    if count is None or count >= length or length <= FEW:
        return np.lexsort(keys)[:count]
    if count <= 0:
        return np.empty(0, np.intp)
    chosen = _at_most_kth(keys, count)
    return chosen[np.lexsort([key[chosen] for key in keys])[:count]]


def _at_most_kth(keys: Keys, count: int) -> npt.NDArray[np.intp]:
    """Return places that are sure to hold the first ``count``, and few others."""
    *lesser, key = keys
    bound = np.partition(key, count - 1)[count - 1]
    sure = np.flatnonzero(key < bound)
    equal = np.flatnonzero(key == bound)
    missing = count - len(sure)
    if lesser and missing < len(equal):  # the next key decides which of the equal ones come first
        equal = equal[_at_most_kth([other[equal] for other in lesser], missing)]
    elif not lesser:
        equal = equal[:missing]
    return np.concatenate((sure, equal))


def starts_of_runs(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return which values differ from the one before; the first one does."""
    starts = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=starts[1:])
    return starts
