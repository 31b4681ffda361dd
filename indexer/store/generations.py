"""The folder of an index: generations side by side, and ``CURRENT`` naming the live one.

```
<index>/CURRENT                    the name of the live generation and a line end
<index>/LOCK                       locked by whoever writes
<index>/20240131T120000Z-<hash>/   a finished generation, never changed again
<index>/building-<random>/         one in the making, or what a killed build left
```

A reader never sees half an index: ``CURRENT`` is replaced in one step, after everything it names is on disk.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexBusyError, IndexDamagedError, IndexMissingError

CURRENT = "CURRENT"
LOCK = "LOCK"
LOCK_POLL_SECONDS = 0.05

_GENERATION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{16}")
_BUILDING = "building-"


def current_generation(index: Path) -> Path:
    """Return the folder of the live generation.

    Raises `IndexMissingError` when nothing was ever built there, `IndexDamagedError` when what ``CURRENT`` says is
    not there.
    """
    try:
        content = (index / CURRENT).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"no index at {index}") from None
    name = content.decode("ascii", "replace").removesuffix("\n")
    if not _GENERATION.fullmatch(name) or content != f"{name}\n".encode() or not (index / name).is_dir():
        raise IndexDamagedError(f"{index / CURRENT} does not name a generation that is there")
    return index / name


def is_current(index: Path, name: str) -> bool:
    """Return whether a generation is the live one; raises nothing."""
    return _name_in_current(index) == name


@contextmanager
def write_lock(index: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the only right to write, across processes and threads; a dead holder loses it at once.

    Raises `IndexBusyError` when another still holds it after ``wait`` seconds.
    """
    index.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait
    with (index / LOCK).open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexBusyError(f"another build is writing to {index}; try again when it is done") from None
                time.sleep(LOCK_POLL_SECONDS)
        yield


def start_generation(index: Path) -> Path:
    """Return a new empty folder to build in, and remove what killed builds left. Needs the lock."""
    for orphan in index.glob(_BUILDING + "*"):
        shutil.rmtree(orphan)
    return Path(tempfile.mkdtemp(prefix=_BUILDING, dir=index))


def publish(built: Path, name: str) -> Path:
    """Make a built folder the live generation under its name and return where it now is. Needs the lock.

    All is on disk before ``CURRENT`` changes. The generation that was live until now stays, for readers that are
    opening it at this moment; older ones are removed (whoever has them open keeps their maps).
    """
    index = built.parent
    before = _name_in_current(index)
    built.chmod(0o755)  # mkdtemp lets only its owner in; a server may run as another user
    _sync_tree(built)
    generation = built.rename(index / name)
    _sync(index)
    fresh = index / f"{CURRENT}.new"
    fresh.write_text(f"{name}\n", "ascii")
    _sync(fresh)
    fresh.replace(index / CURRENT)
    _sync(index)
    for old in index.iterdir():
        if _GENERATION.fullmatch(old.name) and old.name not in (name, before):
            shutil.rmtree(old)
    return generation


def _name_in_current(index: Path) -> str | None:
    try:
        return current_generation(index).name
    except (IndexMissingError, IndexDamagedError):
        return None


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
