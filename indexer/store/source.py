"""The snapshot that requests are answered from, replaced when a new index goes live."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from indexer.errors import IndexDamagedError, StoreError
from indexer.store.generations import is_current
from indexer.store.snapshot import Snapshot, open_snapshot

CHECK_SECONDS = 1.0
RETRY_SECONDS = 10.0  # after a new index that could not be used: preparing one takes seconds


class SnapshotSource:
    """Gives each request the newest snapshot of an index; safe for any number of threads.

    A request keeps its snapshot to its end, and a replaced one goes when the last request lets go of it. When a new
    index cannot be opened the old one stays in service and ``problem`` says why.

    With ``prepare`` the index that follows another is opened in a thread of its own, and ``prepare`` gathers there
    what its first requests would wait for; the old one answers meanwhile. One that cannot be prepared is damaged.
    """

    def __init__(
        self,
        index: Path,
        *,
        check_seconds: float = CHECK_SECONDS,
        prepare: Callable[[Snapshot], None] | None = None,
    ) -> None:
        self.index = index
        self.problem: StoreError | None = None
        self._check_seconds = check_seconds
        self._prepare = prepare
        self._is_preparing = False
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
        self._next_check = time.monotonic() + self._check_seconds
        if self._is_preparing:  # asked first: who ends it has set the snapshot that is looked at next
            return
        if self._snapshot is not None and is_current(self.index, self._snapshot.generation):
            self.problem = None
        elif self._snapshot is None or self._prepare is None:
            self._open(None)
        else:
            self._is_preparing = True
            Thread(target=self._open_beside, args=(self._prepare,), name="new index", daemon=True).start()

    def _open(self, prepare: Callable[[Snapshot], None] | None) -> None:
        try:
            snapshot = open_snapshot(self.index)
            if prepare is not None:
                _prepare(snapshot, prepare)
            self._snapshot, self.problem = snapshot, None
        except StoreError as error:
            self.problem = error

    def _open_beside(self, prepare: Callable[[Snapshot], None]) -> None:
        try:
            self._open(prepare)
            if self.problem is not None:
                self._next_check = time.monotonic() + RETRY_SECONDS
        finally:
            self._is_preparing = False


def _prepare(snapshot: Snapshot, prepare: Callable[[Snapshot], None]) -> None:
    try:
        prepare(snapshot)
    except Exception as error:  # anything at all, on broken files that are opened without reading them
        cure = "build it again with clausula build"
        raise IndexDamagedError(
            f"{snapshot.generation} cannot be read: {type(error).__name__}: {error}; {cure}"
        ) from error
