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

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from indexer.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexUnwritableError
from indexer.locking import hold

CURRENT = "CURRENT"
LOCK = "LOCK"

_GENERATION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{16}")
_BUILDING = "building-"
_REMEDY = "see that there is room on the disk and that the folder may be written"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room within the quota",
    errno.EFBIG: "raise the limit on the size of a file",
    errno.EROFS: "the file system is read-only: mount it for writing, or name another folder with --index",
    errno.EACCES: "give yourself the right to write there, or name another folder with --index",
    errno.EPERM: "give yourself the right to write there, or name another folder with --index",
}


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

    Raises `IndexBusyError` when another still holds it after ``wait`` seconds, and `OSError` when the folder may not
    be written.
    """
    index.mkdir(parents=True, exist_ok=True)
    with ExitStack() as lock:
        try:
            lock.enter_context(hold(index / LOCK, wait))
        except TimeoutError:
            raise IndexBusyError(_busy(index, wait)) from None
        yield


def _busy(index: Path, wait: float) -> str:
    waited = f" after {wait:g} seconds" if wait else ""
    advice = "with --wait SECONDS this one starts when that is done"
    return f"another build is{' still' if wait else ''} writing to {index}{waited}; try again later, or {advice}"


@contextmanager
def told_if_unwritable(index: Path) -> Iterator[None]:
    """Turn what the system says when it lets nothing be written into `IndexUnwritableError`, with what to do."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename and not Path(error.filename).is_relative_to(index) else ""
        raise IndexUnwritableError(
            f"no new index was written to {index} ({where}{error.strerror or error}), and one that is there stays "
            f"as it was: {_REMEDIES.get(error.errno or 0, _REMEDY)}, then try again"
        ) from error


def start_generation(index: Path) -> Path:
    """Return a new empty folder to build in, and remove what killed builds left. Needs the lock.

    What one left that was killed while it published is removed by the next `publish`.
    """
    for orphan in index.glob(_BUILDING + "*"):
        shutil.rmtree(orphan)
    return Path(tempfile.mkdtemp(prefix=_BUILDING, dir=index))


def publish(built: Path, name: str) -> Path:
    """Make a built folder the live generation under its name and return where it now is. Needs the lock.

    All is on disk before ``CURRENT`` changes. The generation that was live until now stays, for readers that are
    opening it at this moment; older ones are removed (whoever has them open keeps their maps). When the system lets
    something not be written, `OSError` is raised and nothing has changed.
    """
    index = built.parent
    before = _name_in_current(index)
    built.chmod(0o755)  # mkdtemp lets only its owner in; a server may run as another user
    fresh = built / f"{CURRENT}.new"  # where a killed build leaves it, it goes with the folder
    fresh.write_text(f"{name}\n", "ascii")
    _sync_tree(built)
    generation = built.rename(index / name)
    try:
        sync(index)
        (generation / fresh.name).replace(index / CURRENT)
    except OSError:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    sync(generation)
    sync(index)
    for old in index.iterdir():
        if _GENERATION.fullmatch(old.name) and old.name not in (name, before):
            shutil.rmtree(old, ignore_errors=True)  # what is left of it goes next time
    return generation


def _name_in_current(index: Path) -> str | None:
    try:
        return current_generation(index).name
    except (IndexMissingError, IndexDamagedError):
        return None


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Have the system put a file or folder on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
