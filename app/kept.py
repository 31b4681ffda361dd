"""What is worked out once for an index and kept as long as the index is in use."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from indexer.store import Snapshot

Key = TypeVar("Key")
Value = TypeVar("Value")


class KeptWithSnapshot(Generic[Key, Value]):
    """Values of a snapshot by key, each made once; safe for any number of threads.

    What is there is given without waiting: while a new index is prepared, requests go on with the old one. A value
    must hold no reference to its snapshot, which could never go.
    """

    def __init__(self, make: Callable[[Snapshot, Key], Value]) -> None:
        self._make = make
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Snapshot, dict[Key, Value]] = WeakKeyDictionary()

    def get(self, snapshot: Snapshot, key: Key) -> Value:
        """Return the value, made now if it was not asked for before."""
        kept = self._kept.get(snapshot)
        if kept is not None and key in kept:
            return kept[key]
        with self._lock:
            kept = self._kept.setdefault(snapshot, {})
            if key not in kept:
                kept[key] = self._make(snapshot, key)
            return kept[key]
