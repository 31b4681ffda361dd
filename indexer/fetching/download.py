"""Downloading one file: politely, with patience, never losing what has come and never keeping what is broken.

- A file that has not changed since is not sent again (``ETag``, ``Last-Modified``).
- What was broken off goes on where it ended (``Range`` with ``If-Range``); a server that cannot do so, or has another
  version now, sends the whole.
- A server that is busy is asked again, after as long as it wants (``Retry-After``) or ever longer; so is one that
  breaks off.
- A server may lead elsewhere, but never from https to http.
- A file takes its place only when it is whole and is what it should be: an error page is no archive.
"""

from __future__ import annotations

import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3

from indexer.errors import FetchError
from indexer.fetching.provenance import CHUNK, Place, Provenance, checksum
from indexer.fetching.targets import Kind, Target

USER_AGENT = "clausula (search in United Nations resolutions)"
BUSY = frozenset([408, 425, 429, 500, 502, 503, 504])
TRIES = 6
FIRST_WAIT = 1.0  # seconds; doubled each time
LONGEST_WAIT = 120.0  # seconds, whatever the server wants
MAX_BYTES = {"zip": 8 * 2**30, "pdf": 256 * 2**20}
TIMEOUT = urllib3.Timeout(connect=20, read=60)

MAX_REDIRECTS = 5
_BEGINNINGS: dict[Kind, bytes] = {"zip": b"PK", "pdf": b"%PDF"}
_PDF_END = b"%%EOF"
_PDF_END_WITHIN = 2048  # bytes; some writers put a little behind it

Progress = Callable[[int, int | None], None]
"""Told how many bytes are there, and how many there will be if that is known."""


class Outcome(StrEnum):
    """What became of a file."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    close: Callable[[], None]  # the connection, too: what was not read would be taken for the next answer


class _BrokenOffError(Exception):
    """The server is busy or broke off; ``wait`` is how long it wants to be left alone."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Downloader:
    """Downloads files into a folder, with a pause between any two requests."""

    def __init__(self, folder: Path, *, pause: float = 1.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self._folder = folder
        self._pause = pause
        self._sleep = sleep
        self._asked = False
        self._pool = urllib3.PoolManager(headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT, retries=False)

    def fetch(self, target: Target, progress: Progress) -> Outcome:
        """Fetch a file unless it is there already. Raises `FetchError` with what to do when it cannot be had."""
        try:
            return self._fetch(target, Place(self._folder / target.file), progress)
        except OSError as error:
            reason = error.strerror or str(error)
            raise FetchError(f"{target.what}: {self._folder} cannot be written to ({reason})") from error

    def _fetch(self, target: Target, place: Place, progress: Progress) -> Outcome:
        place.part.parent.mkdir(parents=True, exist_ok=True)
        wait = FIRST_WAIT
        for tries_left in reversed(range(TRIES)):
            try:
                return self._try(target, place, progress)
            except _BrokenOffError as error:
                if not tries_left:
                    raise FetchError(
                        f"{target.what}: {error}. What has come is kept: the same command goes on from there."
                    ) from error
                self._sleep(min(error.wait if error.wait is not None else wait, LONGEST_WAIT))
                wait = min(wait * 2, LONGEST_WAIT)
        raise AssertionError("unreachable")

    def _try(self, target: Target, place: Place, progress: Progress) -> Outcome:
        known, partial = place.known(), _partial(place, target)
        if known and known.address != target.address:
            known = None
        headers = _conditions(known) if partial is None else _going_on(place, partial)
        answer = self._ask(target, headers)
        try:
            return self._take(target, place, answer, partial=partial, known=known, progress=progress)
        finally:
            answer.close()

    def _take(
        self,
        target: Target,
        place: Place,
        answer: _Answer,
        *,
        partial: Provenance | None,
        known: Provenance | None,
        progress: Progress,
    ) -> Outcome:
        match answer.status:
            case 304 if known:
                return Outcome.UNCHANGED
            case 206 if partial and _goes_on(answer.headers, place.part.stat().st_size, partial):
                mode = "ab"
            case 200:
                mode = "wb"
            case 206 | 416:  # another part than was asked for, or none left: from the beginning
                place.part.unlink(missing_ok=True)
                raise _BrokenOffError("the server has another version now", 0.0)
            case 404 | 410:
                raise FetchError(f"{target.what}: the server has no such document ({target.address})")
            case status:
                raise FetchError(f"{target.what}: the server refuses it with status {status} ({target.address})")
        self._receive(target, place, answer, mode, progress)
        _check(target, place)
        place.keep(_provenance(target, answer.headers, place.part))
        return Outcome.FETCHED

    def _ask(self, target: Target, headers: Mapping[str, str]) -> _Answer:
        if self._asked and self._pause:
            self._sleep(self._pause)
        self._asked = True
        try:
            # Compressed on the way, a file has no length and no place to go on from.
            asked = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
            response = self._follow(target, asked)
        except urllib3.exceptions.LocationValueError as error:
            raise FetchError(f"{target.address} is no address: {error}") from error
        except urllib3.exceptions.HTTPError as error:
            raise _BrokenOffError(f"the server cannot be reached ({error})") from error
        given = {name.lower(): value for name, value in response.headers.items()}
        if response.status in BUSY:
            response.close()
            raise _BrokenOffError(f"the server is busy (status {response.status})", _wanted_pause(given))
        return _Answer(response.status, given, response.stream(CHUNK, decode_content=False), response.close)

    def _follow(self, target: Target, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        """Return the answer to which the server leads."""
        address = target.address
        for _ in range(MAX_REDIRECTS + 1):
            response = self._pool.request("GET", address, headers=headers, preload_content=False, redirect=False)
            location = response.get_redirect_location()
            if not location:
                return response
            response.close()
            there = urljoin(address, location)
            if not _may_lead(address, there):
                raise FetchError(f"{target.what}: the server leads from {address} to {there}, where nothing is safe")
            address = there
        raise FetchError(f"{target.what}: the server leads in circles ({target.address})")

    def _receive(self, target: Target, place: Place, answer: _Answer, mode: str, progress: Progress) -> None:
        there = place.part.stat().st_size if mode == "ab" else 0
        length = answer.headers.get("content-length", "")
        total = there + int(length) if length.isdecimal() else None
        if mode == "wb":
            place.part.unlink(missing_ok=True)  # before its new version is named: the old bytes are none of that
        place.write(place.part_of, _provenance(target, answer.headers, None))
        with place.part.open(mode) as file:
            try:
                for chunk in answer.chunks:
                    there += len(chunk)
                    if there > MAX_BYTES[target.kind]:
                        place.give_up()
                        raise FetchError(f"{target.what}: it has more than {MAX_BYTES[target.kind]:,} bytes")
                    file.write(chunk)
                    progress(there, total)
            except urllib3.exceptions.HTTPError as error:
                raise _BrokenOffError("the server broke off") from error
        if total is not None and there < total:
            raise _BrokenOffError("the server broke off")


def _may_lead(here: str, there: str) -> bool:
    """Whether a redirect may be followed: never from a safe connection to one on which anyone may change the file."""
    return urlsplit(there).scheme in (("https",) if urlsplit(here).scheme == "https" else ("http", "https"))


def _partial(place: Place, target: Target) -> Provenance | None:
    """Return of which version a part is there; None where none is, or the server could not tell it from another."""
    record = place.read(place.part_of) if place.part.exists() and place.part.stat().st_size else None
    usable = record and record.address == target.address and (record.etag or record.modified)
    return record if usable else None


def _conditions(known: Provenance | None) -> dict[str, str]:
    """Return the headers that ask for a file only if it is another than the one known."""
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in asked.items() if value}


def _going_on(place: Place, partial: Provenance) -> dict[str, str]:
    """Return the headers that ask for the rest of the same version, else for the whole of the present one."""
    weak = partial.etag is None or partial.etag.startswith("W/")  # RFC 9110, 13.1.5: only a strong one will do
    version = partial.modified if weak else partial.etag
    return {"Range": f"bytes={place.part.stat().st_size}-", "If-Range": version} if version else {}


def _goes_on(headers: Mapping[str, str], there: int, partial: Provenance) -> bool:
    """Whether a partial answer begins where the part that is there ends, and is of the same version.

    Not every server heeds ``If-Range``: one that sends the rest of another version names it.
    """
    named = (headers.get("etag", partial.etag), headers.get("last-modified", partial.modified))
    begins = headers.get("content-range", "").startswith(f"bytes {there}-")
    return begins and named == (partial.etag, partial.modified)


def _check(target: Target, place: Place) -> None:
    """Raise `FetchError`, throwing away what came, unless it is what was asked for."""
    with place.part.open("rb") as file:
        start = file.read(1024)
        file.seek(max(0, place.part.stat().st_size - _PDF_END_WITHIN))
        end = file.read()
    if start.lstrip()[: len(_BEGINNINGS[target.kind])] != _BEGINNINGS[target.kind]:
        reason = "a page instead of it" if b"<html" in start.lower() else "something else"
    elif target.kind == "zip" and not _is_whole_archive(place.part):
        reason = "a damaged archive"
    elif target.kind == "pdf" and _PDF_END not in end:
        reason = "a part of it"
    else:
        return
    place.give_up()
    raise FetchError(f"{target.what}: the server sent {reason} ({target.address})")


def _is_whole_archive(path: Path) -> bool:
    """Whether an archive can be opened and every member has its checksum."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False


def _wanted_pause(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server wants to be left alone: a number or a date."""
    wanted = headers.get("retry-after", "").strip()
    if wanted.isdecimal():
        return float(wanted)
    try:
        return max(0.0, (parsedate_to_datetime(wanted) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _provenance(target: Target, headers: Mapping[str, str], whole: Path | None) -> Provenance:
    return Provenance(
        address=target.address,
        etag=headers.get("etag"),
        modified=headers.get("last-modified"),
        sha256=checksum(whole) if whole else "",
        size=whole.stat().st_size if whole else 0,
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
    )
