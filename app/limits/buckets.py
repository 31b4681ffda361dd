"""Token buckets: how often one client may ask.

A bucket holds ``burst`` tokens and gains ``rate`` a second; a request takes one. So a page with all that belongs to
it passes at once, and a script that never pauses is slowed down to the rate.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MAX_CLIENTS = 10_000  # the one that asked least recently is forgotten, and starts again with a full bucket


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float  # when


class TokenBuckets:
    """The buckets of all clients. Not safe for threads: one event loop asks it."""

    def __init__(self, rate: float, burst: int, *, max_clients: int = MAX_CLIENTS) -> None:
        self._rate = rate
        self._burst = burst
        self._max_clients = max_clients
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, client: str, now: float) -> float:
        """Take a token of a client; return 0, or the seconds until there is one again."""
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._buckets[client] = _Bucket(float(self._burst), now)
            if len(self._buckets) > self._max_clients:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(client)
        bucket.tokens = min(self._burst, bucket.tokens + max(0.0, now - bucket.filled) * self._rate)
        bucket.filled = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return 0.0
