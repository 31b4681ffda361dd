"""The snapshot that requests are answered from, replaced when a new index goes live."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock

from indexer.errors import StoreError
from indexer.store.generations import is_current
from indexer.store.snapshot import Snapshot, open_snapshot

CHECK_SECONDS = 1.0


class SnapshotSource:
    """Gives each request the newest snapshot of an index; safe for any number of threads.

    A request keeps its snapshot to its end, and a replaced one goes when the last request lets go of it. When a new
    index cannot be opened the old one stays in service and ``problem`` says why.
    """

    def __init__(self, index: Path, *, check_seconds: float = CHECK_SECONDS) -> None:
        self.index = index
        self.problem: StoreError | None = None
        self._check_seconds = check_seconds
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._next_check = 0.0

    def current(self) -> Snapshot:
        """Return the newest snapshot, looking for a new index at most once in ``check_seconds``.

        Raises `StoreError` when none could ever be opened. While one thread opens a new index the others go on with
        the old one.
        """
        snapshot = self._snapshot
        if snapshot is not None and time.monotonic() < self._next_check:
            return snapshot
        if not self._lock.acquire(blocking=snapshot is None):
            assert snapshot is not None
            return snapshot
        try:
            if self._snapshot is None or time.monotonic() >= self._next_check:
                self._refresh()
            if self._snapshot is None:
                raise self.problem or StoreError(f"no snapshot of {self.index}")
            return self._snapshot
        finally:
            self._lock.release()

    def _refresh(self) -> None:
        try:
            if self._snapshot is None or not is_current(self.index, self._snapshot.generation):
                self._snapshot = open_snapshot(self.index)
            self.problem = None
        except StoreError as error:
            self.problem = error
        self._next_check = time.monotonic() + self._check_seconds
