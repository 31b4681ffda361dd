"""Finding the files that hold resolutions: single files, folders, zip archives and archives within archives.

Archives are read in place: nothing is unpacked to disk, so names inside them cannot point anywhere. A `Source` is a
path and a chain of member names, cheap to send to another process; each process keeps its own open archives.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from indexer.errors import UnreadableSourceError
from indexer.model import Problem
from indexer.reading.document import Reading
from indexer.reading.formats import read_bytes

SEPARATOR = "!"  # between an archive and its member: GA-79.zip!79session/Russian/x.xml
MAX_MEMBER_BYTES = 64 * 2**20  # the largest resolution of the corpus takes 2 MiB
MAX_NESTED_BYTES = 512 * 2**20  # of an archive within an archive, which is held in memory
MAX_DEPTH = 3  # archives within archives
MAX_MEMBERS = 200_000  # in one archive
OPEN_ARCHIVES = 8  # kept open a process

_ARCHIVE_SUFFIX = ".zip"
_PACKAGE_MEMBER = "[Content_Types].xml"  # every office document has it, no archive of files does
_IGNORED_NAMES = frozenset(["__macosx", "thumbs.db", "desktop.ini"])
_IGNORED_STEMS = frozenset(["readme", "license", "licence", "copying", "changelog", "notice", "manifest", "index"])
_DOCUMENT_STEM_SUFFIXES = frozenset(["", ".md", ".rst", ".txt", ".html"])  # README.txt, LICENSE, but not index.xml

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file that may hold resolutions.

    ``name`` is the path as given, with the members behind it. ``problem`` is set where the search already found that
    there is nothing to load.
    """

    name: str
    path: str
    members: tuple[str, ...] = ()
    problem: Problem | None = None

    def load(self) -> bytes:
        """Return the content.

        Raises `UnreadableSourceError` for a missing or damaged file and for one larger than `MAX_MEMBER_BYTES`.
        """
        if self.problem:
            raise UnreadableSourceError(self.name, self.problem.message)
        try:
            if not self.members:
                with Path(self.path).open("rb") as file:
                    return _read_within(file, MAX_MEMBER_BYTES, self.name)
            archive = _open_archive(self.path, self.members[:-1], *_fingerprint(self.path))
            with archive.open(self.members[-1]) as member:
                return _read_within(member, MAX_MEMBER_BYTES, self.name)
        except _ZIP_ERRORS as error:
            raise UnreadableSourceError(self.name, _reason(error)) from error


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Yield a source for each file at or below the given paths, sorted within each.

    Only folders and the tables of contents of archives are read, so counting is cheap. Hidden files, ``README`` and
    the like are yielded with a ``skipped-ignored`` problem, unreadable archives and missing paths with a problem of
    their own: nothing is raised and nothing passes unseen. A file that is reached twice is yielded once.
    """
    seen: set[Path] = set()
    for path in paths:
        yield from _find(Path(path), seen, given=True)


def read_source(source: Source) -> Reading:
    """Load and read one source; whatever is wrong with it comes back as a problem that names it."""
    if source.problem:
        return Reading(skipped=(source.problem,))
    try:
        data = source.load()
    except UnreadableSourceError as error:
        return Reading(skipped=(Problem("unreadable", error.reason, source.name),))
    return replace(read_bytes(source.name, data), sha256=hashlib.sha256(data).hexdigest())


def _find(path: Path, seen: set[Path], *, given: bool) -> Iterator[Source]:
    name = path.as_posix()
    try:
        resolved = path.resolve()
        if resolved in seen:
            return
        seen.add(resolved)
        if not given and _is_ignored(path.name):
            yield _ignored(name, str(path), ())
        elif path.is_dir():
            for child in sorted(path.iterdir()):
                yield from _find(child, seen, given=False)
        elif not path.exists():
            yield Source(name, str(path), problem=Problem("not-found", "there is no such file", name))
        elif path.suffix.lower() == _ARCHIVE_SUFFIX:
            yield from _find_members(name, str(path), ())
        elif given or path.is_file():
            yield Source(name, str(path))
        else:
            yield _ignored(name, str(path), ())  # a socket or a pipe
    except OSError as error:
        yield Source(name, str(path), problem=Problem("unreadable", _reason(error), name))


def _find_members(name: str, path: str, chain: tuple[str, ...]) -> Iterator[Source]:
    """Yield the members of an archive; ``chain`` leads to it where it lies in other archives."""
    if len(chain) >= MAX_DEPTH:
        message = f"archives are nested more than {MAX_DEPTH} deep"
        yield Source(name, path, chain, Problem("bad-archive", message, name))
        return
    try:
        infos = _open_archive(path, chain, *_fingerprint(path)).infolist()
    except (*_ZIP_ERRORS, UnreadableSourceError) as error:
        yield Source(name, path, chain, Problem("bad-archive", _reason(error), name))
        return
    if len(infos) > MAX_MEMBERS:
        message = f"it has {len(infos):,} members, more than {MAX_MEMBERS:,}"
        yield Source(name, path, chain, Problem("bad-archive", message, name))
        return
    if any(info.filename == _PACKAGE_MEMBER for info in infos):
        yield Source(name, path, chain)  # an office document that calls itself .zip
        return
    for member in sorted({info.filename for info in infos if not info.is_dir()}):
        inner = f"{name}{SEPARATOR}{member}"
        if any(_is_ignored(part) for part in PurePosixPath(member).parts):
            yield _ignored(inner, path, (*chain, member))
        elif member.lower().endswith(_ARCHIVE_SUFFIX):
            yield from _find_members(inner, path, (*chain, member))
        else:
            yield Source(inner, path, (*chain, member))


def _is_ignored(name: str) -> bool:
    """Whether a file or folder holds no resolution by its name: hidden, of the system, or about the others."""
    lowered = name.lower()
    if lowered.startswith(".") or lowered in _IGNORED_NAMES:
        return lowered not in (".", "..")
    stem, dot, suffix = lowered.partition(".")
    return stem in _IGNORED_STEMS and dot + suffix in _DOCUMENT_STEM_SUFFIXES


def _ignored(name: str, path: str, members: tuple[str, ...]) -> Source:
    return Source(name, path, members, Problem("skipped-ignored", "its name says that it holds no resolution", name))


def _fingerprint(path: str) -> tuple[int, int]:
    """Return what changes when a file is replaced, so that no archive stays open under a new file."""
    stat = Path(path).stat()
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=OPEN_ARCHIVES)
def _open_archive(path: str, chain: tuple[str, ...], modified: int, size: int) -> zipfile.ZipFile:
    """Open an archive, or the one that ``chain`` leads to inside it. Raises what `zipfile` raises."""
    if not chain:
        return zipfile.ZipFile(path)
    outer = _open_archive(path, chain[:-1], modified, size)
    with outer.open(chain[-1]) as member:
        return zipfile.ZipFile(io.BytesIO(_read_within(member, MAX_NESTED_BYTES, chain[-1])))


def _read_within(file: IO[bytes], limit: int, name: str) -> bytes:
    """Read a file to its end, but never more than ``limit`` bytes: a size given in an archive may lie."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableSourceError(name, f"it is larger than {limit // 2**20} MiB")
    return data


def _reason(error: BaseException) -> str:
    if isinstance(error, UnreadableSourceError):
        return error.reason
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, RuntimeError) and "encrypted" in str(error):
        return "it is encrypted"
    return str(error) or type(error).__name__
