"""Where a fetched file came from: kept beside it, in the hidden folder ``.fetched``.

The folder also holds what is not whole yet, so that `clausula build` sees whole files only, and the lock by which two
runs keep apart.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexer.errors import FetchError
from indexer.locking import hold

FOLDER = ".fetched"
LOCK = "LOCK"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of a file: its address, what the server called it, its checksum and size, and when it came."""

    address: str
    etag: str | None
    modified: str | None
    sha256: str
    size: int
    fetched: str  # UTC, ISO 8601


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one fetched file."""

    path: Path

    @property
    def part(self) -> Path:
        """What has come of it so far."""
        return self._beside(".part")

    @property
    def part_of(self) -> Path:
        """Which version of it that is a part of."""
        return self._beside(".part.json")

    @property
    def record(self) -> Path:
        """Its provenance."""
        return self._beside(".json")

    def _beside(self, suffix: str) -> Path:
        return self.path.parent / FOLDER / (self.path.name + suffix)

    def known(self) -> Provenance | None:
        """Return the provenance of a whole file; None where file or record is missing or is not what it was."""
        record = self.read(self.record)
        whole = record is not None and self.path.exists() and checksum(self.path) == record.sha256
        return record if whole else None

    def read(self, path: Path) -> Provenance | None:
        """Return a record; None where there is none that can be read."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=Provenance)
        except (OSError, msgspec.DecodeError):
            return None

    def keep(self, record: Provenance) -> None:
        """Put what has come in its place, synced, then its provenance."""
        with self.part.open("rb") as file:
            os.fsync(file.fileno())
        self.part.replace(self.path)
        self.part_of.unlink(missing_ok=True)
        self.write(self.record, record)

    def give_up(self) -> None:
        """Throw away what has come so far."""
        self.part.unlink(missing_ok=True)
        self.part_of.unlink(missing_ok=True)

    def write(self, path: Path, record: Provenance) -> None:
        """Write a record whole or not at all."""
        fresh = path.with_suffix(path.suffix + ".new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(record)) + b"\n")
        fresh.replace(path)


@contextmanager
def alone_in(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Be the only one who fetches into a folder.

    Raises `FetchError` when another still does after ``wait`` seconds, and when the folder cannot be written to.
    """
    with ExitStack() as lock:
        try:
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
            lock.enter_context(hold(folder / FOLDER / LOCK, wait))
        except TimeoutError:
            raise FetchError(
                f"another fetch is{' still' if wait else ''} writing to {folder}; try again later, or with --wait "
                "SECONDS this one starts when that is done"
            ) from None
        except OSError as error:
            raise FetchError(f"{folder} cannot be written to ({error.strerror or error})") from error
        yield


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
