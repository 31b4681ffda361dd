"""The time that a search may take.

A search looks at the clock between its steps. Past its time it leaves out what is still to come (hits that answer in
part, counts of facets) and says so: what it has found so far is right.
"""

from __future__ import annotations

import time


class Deadline:
    """A moment after which no further step is taken; 0 seconds are no limit."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._end = time.monotonic() + seconds if seconds else None

    @property
    def is_past(self) -> bool:
        """Whether the time is over."""
        return self._end is not None and time.monotonic() > self._end
