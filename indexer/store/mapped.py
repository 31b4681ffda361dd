"""A read-only Whoosh storage over memory maps, so that many readers share the pages of one generation.

Whoosh's own two ways do not fit a server: a compound segment copies each inner file whole into memory for every
reader, and plain files are opened by name, which fails once the generation has been replaced and removed. Here the
files are opened once; a reader gets maps of its own (a Whoosh file has a cursor, so threads must not share one).
"""

from __future__ import annotations

import mmap
import os
import weakref
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile


class MappedStorage(Storage):
    """The files of one folder as they were when the storage was made.

    Keeps one descriptor a file until the storage is garbage; what happens to the folder afterwards does not matter.
    """

    readonly = True

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, tuple[int, int]] = {}
        weakref.finalize(self, _close_all, self._files)
        for path in sorted(folder.iterdir()):
            descriptor = os.open(path, os.O_RDONLY)
            self._files[path.name] = (descriptor, os.fstat(descriptor).st_size)

    def open_file(self, name: str, *_: object, **__: object) -> StructFile:
        """Return the file with a cursor of its own; raises `FileNotFoundError`."""
        try:
            descriptor, size = self._files[name]
        except KeyError:
            raise FileNotFoundError(name) from None
        content = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ) if size else BytesIO()
        return StructFile(cast("BinaryIO", content), name=name)  # a map reads and seeks like a file

    def list(self) -> list[str]:
        """Return the names of the files."""
        return list(self._files)

    def file_exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        return name in self._files

    def file_length(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self._files[name][1]

    def close(self) -> None:
        """Do nothing: every reader calls this when it closes, and the others go on."""


def _close_all(files: dict[str, tuple[int, int]]) -> None:
    for descriptor, _ in files.values():
        os.close(descriptor)
