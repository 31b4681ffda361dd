"""The manifest of a generation: what it was made from and with, what it holds, and a checksum of every file.

A generation is named after the checksum of its own manifest, so damage to the manifest or to the name shows as well.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from indexer.errors import IndexDamagedError, IndexOutdatedError
from indexer.model import LANGUAGES, LanguageCode, Problem
from indexer.store.generations import sync
from indexer.store.layout import CLAUSES, RESOLUTIONS
from indexer.store.schema import SCHEMA_VERSION
from indexer.store.stats import IndexStats

MANIFEST = "manifest.json"

# Whatever turns text into terms: with another version of one of these a query may not find what was indexed.
ANALYSIS_PACKAGES = ("pymorphy3", "pymorphy3-dicts-ru", "PyStemmer", "rjieba", "whoosh3")


@dataclass(frozen=True, slots=True)
class FileSeal:
    """The size and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How the resolutions were read: with which program, in which languages.

    ``since_learned`` counts the resolutions that came or changed since words were learned from the whole corpus.
    """

    program: str = ""
    languages: tuple[LanguageCode, ...] = LANGUAGES
    since_learned: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """``corpus`` is a SHA-256 over all indexed resolutions; ``files`` are paths inside the generation."""

    schema: int
    created: str
    corpus: str
    versions: dict[str, str]
    stats: IndexStats
    files: dict[str, FileSeal]
    settings: BuildSettings = BuildSettings()


def installed_versions() -> dict[str, str]:
    """Return the versions of the packages that analysis depends on; a package that is not installed has none."""
    versions: dict[str, str] = {}
    for package in ANALYSIS_PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


class Sealing:
    """Seals the files of a folder, those that are finished early while the others are still written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(os.cpu_count())  # hashing lets go of the interpreter
        self._early: dict[Path, Future[FileSeal]] = {}

    def start(self, path: Path) -> None:
        """Begin to seal a finished file, and to put it on disk."""
        self._early[path] = self._threads.submit(_seal_and_sync, path)

    def files(self) -> dict[str, FileSeal]:
        """Return the seal of every file under the folder except the manifest."""
        paths = [
            path for path in sorted(self._folder.rglob("*")) if path.is_file() and path != self._folder / MANIFEST
        ]
        for path in paths:
            if path not in self._early:
                self.start(path)
        return {path.relative_to(self._folder).as_posix(): self._early[path].result() for path in paths}

    def end(self) -> None:
        """Let what is under way come to its end."""
        self._threads.shutdown(cancel_futures=True)


def _seal_and_sync(path: Path) -> FileSeal:
    sealed = seal(path)
    sync(path)
    return sealed


def corpus_hash(files: Mapping[str, FileSeal]) -> str:
    """Return a checksum of all records, from the seals of their files."""
    records = (files[f"{name}.jsonl"].sha256 for name in (CLAUSES, RESOLUTIONS))
    return hashlib.sha256(" ".join(records).encode()).hexdigest()


def seals(paths: Iterable[Path]) -> Iterator[FileSeal]:
    """Yield the seals of files in their order, several files being read at once."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # hashing lets go of the interpreter
        yield from threads.map(seal, paths)


def seal(path: Path) -> FileSeal:
    """Return the size and checksum of one file."""
    with path.open("rb") as file:
        return FileSeal(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest and return the name that the generation must bear."""
    content = msgspec.json.format(msgspec.json.encode(manifest))
    (folder / MANIFEST).write_bytes(content)
    return _name_for(manifest.created, content)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation.

    Raises `IndexDamagedError` when it is missing, unreadable or not the one that the folder is named after, and
    `IndexOutdatedError` when it was written with another schema version.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        written = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        schema, created = (msgspec.json.decode(written[name]) for name in ("schema", "created"))
    except (OSError, KeyError, ValueError) as error:
        raise IndexDamagedError(f"{folder.name}/{MANIFEST} cannot be read: {error}") from error
    if folder.name != _name_for(str(created), content):
        raise IndexDamagedError(f"{folder.name}/{MANIFEST} is not as it was written")
    if schema != SCHEMA_VERSION:
        raise IndexOutdatedError(f"the index has schema version {schema}, this program reads {SCHEMA_VERSION}")
    return msgspec.json.decode(content, type=Manifest)


def _name_for(created: str, content: bytes) -> str:
    moment = created.replace("-", "").replace(":", "")
    return f"{moment}-{hashlib.sha256(content).hexdigest()[:16]}"


def file_problems(folder: Path, manifest: Manifest, *, hashed_up_to: float = float("inf")) -> Iterator[Problem]:
    """Yield a problem for every file that is missing, unknown or not as it was sealed.

    Contents are read only of files of at most ``hashed_up_to`` bytes; sizes are compared of all.
    """
    hashed: list[str] = []
    for name, sealed in manifest.files.items():
        path = folder / name
        if not path.is_file():
            yield Problem("file-missing", "the file is gone", name)
        elif path.stat().st_size != sealed.size:
            yield Problem("file-damaged", f"{path.stat().st_size} bytes where {sealed.size} were written", name)
        elif sealed.size <= hashed_up_to:
            hashed.append(name)
    for name, sealed in zip(hashed, seals(folder / name for name in hashed), strict=True):
        if sealed != manifest.files[name]:
            yield Problem("file-damaged", "the contents are not what was written", name)
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in manifest.files and name != MANIFEST:
            yield Problem("file-unknown", "the build did not write this file", name)
