"""Downloads from a server that behaves well, slowly and badly."""

from __future__ import annotations

import io
import ssl
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from indexer.errors import FetchError
from indexer.fetching import download
from indexer.fetching.download import Downloader, Outcome
from indexer.fetching.provenance import FOLDER, Place, checksum
from indexer.fetching.targets import Kind, Target
from tests.fetching.server import Behaviour, serving


def archive(text: str) -> bytes:
    """Return a zip archive of one stored file, so that every byte of the text counts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("75session/Russian/75_1_R.txt", text)
    return packed.getvalue()


ARCHIVE = archive("1. Просит Генерального секретаря представить доклад. " * 400)


class Fetching:
    """Fetches a file from a behaviour and remembers the pauses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paused: list[float] = []

    def __call__(self, behaviour: Behaviour, *, kind: Kind = "zip", pause: float = 0) -> Outcome:
        """Fetch the path ``/file``."""
        with serving({"/file": behaviour}) as root:
            # The port changes from server to server; the file is the same.
            target = Target(f"{root}/file", "one.zip", kind, "the file")
            self._same_address(target.address)
            downloader = Downloader(self.folder, pause=pause, sleep=self.paused.append)
            return downloader.fetch(target, lambda there, total: None)

    def _same_address(self, address: str) -> None:
        for record in (self.place.record, self.place.part_of):
            if known := self.place.read(record):
                text = record.read_text(encoding="utf-8").replace(known.address, address)
                record.write_text(text, encoding="utf-8")

    @property
    def place(self) -> Place:
        """Where the file goes."""
        return Place(self.folder / "one.zip")


@pytest.fixture
def fetch(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path)


def test_a_file_comes_with_its_provenance(fetch: Fetching) -> None:
    behaviour = Behaviour(ARCHIVE)
    assert fetch(behaviour) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE
    known = fetch.place.known()
    assert known is not None
    assert (known.sha256, known.size, known.etag) == (checksum(fetch.place.path), len(ARCHIVE), behaviour.etag)
    assert known.fetched.endswith("+00:00")
    assert sorted(path.name for path in fetch.folder.iterdir()) == [FOLDER, "one.zip"]
    assert [path.name for path in (fetch.folder / FOLDER).iterdir()] == ["one.zip.json"]


def test_what_has_not_changed_is_not_sent_again(fetch: Fetching) -> None:
    fetch(Behaviour(ARCHIVE))
    behaviour = Behaviour(ARCHIVE)
    assert fetch(behaviour) is Outcome.UNCHANGED
    assert behaviour.asked[0]["if-none-match"] == behaviour.etag
    changed = archive("другое")
    assert fetch(Behaviour(changed)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == changed


def test_a_file_that_was_tampered_with_is_fetched_again(fetch: Fetching) -> None:
    fetch(Behaviour(ARCHIVE))
    fetch.place.path.write_bytes(ARCHIVE[:100])
    assert fetch(Behaviour(ARCHIVE)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE


def test_what_was_broken_off_goes_on_where_it_ended(fetch: Fetching) -> None:
    behaviour = Behaviour(ARCHIVE, breaks_after=[7000, 5000])
    assert fetch(behaviour) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE
    assert [asked.get("range") for asked in behaviour.asked] == [None, "bytes=7000-", "bytes=12000-"]
    assert len(fetch.paused) == 2


def test_a_later_run_goes_on_too(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "TRIES", 1)
    with pytest.raises(FetchError, match="goes on from there"):
        fetch(Behaviour(ARCHIVE, breaks_after=[7000]))
    assert not fetch.place.path.exists()
    behaviour = Behaviour(ARCHIVE)
    assert fetch(behaviour) is Outcome.FETCHED
    assert behaviour.asked[0]["range"] == "bytes=7000-"
    assert fetch.place.path.read_bytes() == ARCHIVE


@pytest.mark.parametrize(
    "behave",
    [
        lambda content: Behaviour(content, ranges=False, breaks_after=[7000]),
        lambda content: Behaviour(content, names_versions=False, breaks_after=[7000]),
        lambda content: Behaviour(content, weak=True, breaks_after=[7000]),
    ],
    ids=["no ranges", "no versions", "weak versions"],
)
def test_a_server_that_cannot_go_on_sends_the_whole(fetch: Fetching, behave: Callable[[bytes], Behaviour]) -> None:
    assert fetch(behave(ARCHIVE)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE


def test_another_version_is_not_patched_onto_a_part(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(download, "TRIES", 1)
        with pytest.raises(FetchError):
            fetch(Behaviour(ARCHIVE, breaks_after=[7000]))
    newer = archive("2. Постановляет продолжить рассмотрение этого вопроса. " * 500)
    assert fetch(Behaviour(newer)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == newer


def test_the_rest_of_another_version_is_not_taken(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(download, "TRIES", 1)
        with pytest.raises(FetchError):
            fetch(Behaviour(ARCHIVE, breaks_after=[7000]))
    newer = archive("2. Постановляет продолжить рассмотрение этого вопроса. " * 500)
    assert fetch(Behaviour(newer, heeds_if_range=False)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == newer


def test_damage_of_the_same_size_is_seen(fetch: Fetching) -> None:
    fetch(Behaviour(ARCHIVE))
    damaged = bytearray(ARCHIVE)
    damaged[len(damaged) // 2] ^= 1
    fetch.place.path.write_bytes(damaged)
    assert fetch(Behaviour(ARCHIVE)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7 and only the first half", "pdf"), (ARCHIVE[:-10], "zip"), (ARCHIVE[:9000], "zip")],
)
def test_what_was_cut_off_without_a_length_is_not_kept(fetch: Fetching, content: bytes, kind: Kind) -> None:
    with pytest.raises(FetchError, match=r"a part of it|a damaged archive"):
        fetch(Behaviour(content, says_length=False), kind=kind)
    assert not fetch.place.path.exists()


def test_an_archive_with_a_damaged_member_is_not_kept(fetch: Fetching) -> None:
    damaged = bytearray(ARCHIVE)
    damaged[len(damaged) // 2] ^= 1
    with pytest.raises(FetchError, match="a damaged archive"):
        fetch(Behaviour(bytes(damaged)))


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with serving({"/file": Behaviour(ARCHIVE)}) as root:
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        with pytest.raises(FetchError, match="cannot be written to"):
            Downloader(tmp_path / "file" / "below").fetch(target, lambda there, total: None)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the limits of POSIX")
def test_a_disk_without_room(fetch: Fetching) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(FetchError, match="cannot be written to"):
            fetch(Behaviour(ARCHIVE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fetch(Behaviour(ARCHIVE)) is Outcome.FETCHED
    assert fetch.place.path.read_bytes() == ARCHIVE


def test_a_server_that_leads_in_circles_is_not_asked_again(tmp_path: Path) -> None:
    behaviour = Behaviour(b"", redirect="/file")
    with serving({"/file": behaviour}) as root:
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        with pytest.raises(FetchError, match="in circles"):
            Downloader(tmp_path).fetch(target, lambda there, total: None)
    assert len(behaviour.asked) <= 6


def test_a_busy_server_is_asked_again_after_as_long_as_it_wants(fetch: Fetching) -> None:
    assert fetch(Behaviour(ARCHIVE, statuses=[503, 429], retry_after="7")) is Outcome.FETCHED
    assert fetch.paused == [7, 7]


def test_waits_grow_and_end(fetch: Fetching) -> None:
    with pytest.raises(FetchError, match="busy"):
        fetch(Behaviour(ARCHIVE, statuses=[503] * 99))
    assert fetch.paused == [1, 2, 4, 8, 16]


def test_a_server_is_not_waited_for_for_hours(fetch: Fetching) -> None:
    fetch(Behaviour(ARCHIVE, statuses=[503], retry_after="86400"))
    assert fetch.paused == [download.LONGEST_WAIT]


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with serving({}) as root:
        pass
    target = Target(f"{root}/file", "one.zip", "zip", "the file")
    with pytest.raises(FetchError, match="cannot be reached"):
        Downloader(tmp_path, sleep=lambda seconds: None).fetch(target, lambda there, total: None)


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"<!doctype html><html>Sorry</html>", "zip", "a page instead"),
        (b"<html>Not found</html>", "pdf", "a page instead"),
        (b"PK\x03\x04 and no more", "zip", "a damaged archive"),
        (b"", "pdf", "something else"),
        (ARCHIVE, "pdf", "something else"),
    ],
)
def test_what_is_something_else_is_not_kept(fetch: Fetching, content: bytes, kind: Kind, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(Behaviour(content), kind=kind)
    assert [path for path in fetch.folder.rglob("*") if path.is_file()] == []


def test_a_whole_file_stays_when_a_newer_one_is_broken(fetch: Fetching) -> None:
    fetch(Behaviour(ARCHIVE))
    with pytest.raises(FetchError):
        fetch(Behaviour(b"<html>Sorry</html>"))
    assert fetch.place.path.read_bytes() == ARCHIVE
    assert fetch.place.known() is not None


@pytest.mark.parametrize("status", [403, 404, 410, 418])
def test_a_refusal_is_final(fetch: Fetching, status: int) -> None:
    behaviour = Behaviour(ARCHIVE, statuses=[status])
    with pytest.raises(FetchError):
        fetch(behaviour)
    assert len(behaviour.asked) == 1


def test_an_endless_answer_ends(fetch: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(download.MAX_BYTES, "zip", 1_000_000)
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        fetch(Behaviour(b"", endless=True))
    assert [path for path in fetch.folder.rglob("*") if path.is_file()] == []


def test_redirects_are_followed(tmp_path: Path) -> None:
    paths = {"/file": Behaviour(b"", redirect="/there"), "/there": Behaviour(ARCHIVE)}
    with serving(paths) as root:
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        assert Downloader(tmp_path).fetch(target, lambda there, total: None) is Outcome.FETCHED
    assert (tmp_path / "one.zip").read_bytes() == ARCHIVE


def test_there_is_a_pause_between_requests(tmp_path: Path) -> None:
    paused: list[float] = []
    with serving({"/a": Behaviour(ARCHIVE), "/b": Behaviour(ARCHIVE)}) as root:
        downloader = Downloader(tmp_path, pause=2.5, sleep=paused.append)
        for name in ("a", "b"):
            downloader.fetch(Target(f"{root}/{name}", f"{name}.zip", "zip", name), lambda there, total: None)
    assert paused == [2.5]


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The side of the server; its certificate is trusted as those of the system are."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_a_safe_connection_leads_to_another(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with serving({"/file": Behaviour(b"", redirect="/there"), "/there": Behaviour(ARCHIVE)}, tls=tls) as root:
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        assert Downloader(tmp_path).fetch(target, lambda there, total: None) is Outcome.FETCHED
    assert (tmp_path / "one.zip").read_bytes() == ARCHIVE


def test_a_safe_connection_never_leads_to_an_unsafe_one(tmp_path: Path, tls: ssl.SSLContext) -> None:
    unsafe = Behaviour(ARCHIVE)
    with (
        serving({"/file": unsafe}) as there,
        serving({"/file": Behaviour(b"", redirect=f"{there}/file")}, tls=tls) as root,
    ):
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        with pytest.raises(FetchError, match="where nothing is safe"):
            Downloader(tmp_path).fetch(target, lambda there, total: None)
    assert unsafe.asked == []
    assert not (tmp_path / "one.zip").exists()


def test_an_unsafe_connection_may_lead_to_a_safe_one_but_to_no_file(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with serving({"/file": Behaviour(ARCHIVE)}, tls=tls) as there:
        paths = {
            "/file": Behaviour(b"", redirect=f"{there}/file"),
            "/disk": Behaviour(b"", redirect="file:///etc/passwd"),
        }
        with serving(paths) as root:
            target = Target(f"{root}/file", "one.zip", "zip", "the file")
            assert Downloader(tmp_path).fetch(target, lambda there, total: None) is Outcome.FETCHED
            with pytest.raises(FetchError, match="where nothing is safe"):
                Downloader(tmp_path).fetch(Target(f"{root}/disk", "two.zip", "zip", "it"), lambda there, total: None)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "another.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "another.pem"))
    with serving({"/file": Behaviour(ARCHIVE)}, tls=tls) as root:
        target = Target(f"{root}/file", "one.zip", "zip", "the file")
        with pytest.raises(FetchError, match="cannot be reached"):
            Downloader(tmp_path, sleep=lambda seconds: None).fetch(target, lambda there, total: None)
