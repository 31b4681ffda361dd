"""A lock that processes and threads share: a file that one of them holds, and that a dead one lets go of at once."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.05


@contextmanager
def hold(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a file, which is made if need be and stays.

    Raises `TimeoutError` when another still holds it after ``wait`` seconds, and other `OSError` when the file cannot
    be written.
    """
    deadline = time.monotonic() + wait
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise TimeoutError(f"{path} is held by another") from None
                time.sleep(POLL_SECONDS)
        yield
