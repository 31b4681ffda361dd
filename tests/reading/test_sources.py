"""Finding and loading sources: folders, archives in archives, and everything that can be wrong with them."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading import sources
from indexer.reading.sources import Source, find_sources, read_source

FIXTURES = Path(__file__).parent / "fixtures"
XML = (FIXTURES / "resolution.ru.xml").read_bytes()
TEXT = "86/15. Лампы\n\nГенеральная Ассамблея,\n\n1. постановляет зажечь лампы.\n".encode()


def archive(members: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return buffer.getvalue()


def names(folder: Path, *found: Source) -> list[str]:
    return [source.name.removeprefix(folder.as_posix() + "/") for source in found]


def codes(*found: Source) -> list[str]:
    return [problem.code for source in found for problem in read_source(source).skipped]


def test_folder_is_searched_in_order_and_in_depth(tmp_path: Path) -> None:
    for name in ("b.xml", "a/c.txt", "a/b/d.xml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(XML if path.suffix == ".xml" else TEXT)
    (tmp_path / "c.zip").write_bytes(archive({"z.xml": XML, "Russian/y.xml": XML, "empty/": b""}))
    found = list(find_sources([tmp_path]))
    assert names(tmp_path, *found) == ["a/b/d.xml", "a/c.txt", "b.xml", "c.zip!Russian/y.xml", "c.zip!z.xml"]
    readings = [read_source(source) for source in found]
    assert [len(reading.documents) for reading in readings] == [1, 1, 1, 1, 1]
    assert [reading.documents[0].source for reading in readings] == [source.name for source in found]


def test_archive_in_an_archive(tmp_path: Path) -> None:
    inner = archive({"x.xml": XML})
    path = tmp_path / "outer.ZIP"
    path.write_bytes(archive({"in/inner.zip": inner, "a.xml": XML}, compression=zipfile.ZIP_STORED))
    found = list(find_sources([path]))
    assert names(tmp_path, *found) == ["outer.ZIP!a.xml", "outer.ZIP!in/inner.zip!x.xml"]
    assert all(source.load() == XML for source in found)
    again = pickle.loads(pickle.dumps(found[1]))
    assert again == found[1]
    assert again.load() == XML
    assert len(pickle.dumps(found[1])) < 1_000


def test_nesting_has_an_end(tmp_path: Path) -> None:
    data = archive({"x.xml": XML})
    for _ in range(sources.MAX_DEPTH):
        data = archive({"n.zip": data})
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    found = list(find_sources([path]))
    assert codes(*found) == ["bad-archive"]
    assert found[0].name.endswith("!n.zip" * sources.MAX_DEPTH)


def test_replaced_archive_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"x.xml": XML}))
    (source,) = find_sources([path])
    assert source.load() == XML
    path.write_bytes(archive({"x.xml": TEXT}))
    os.utime(path, ns=(1, 1))
    assert source.load() == TEXT


def test_what_holds_no_resolution_is_passed_over_but_counted(tmp_path: Path) -> None:
    members = {
        "README.txt": TEXT,
        "__MACOSX/._x.xml": b"junk",
        ".DS_Store": b"junk",
        "a/LICENSE": b"free",
        "readme_notes.txt": TEXT,
        "x.xml": XML,
    }
    (tmp_path / "a.zip").write_bytes(archive(members))
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.xml").write_bytes(XML)
    found = list(find_sources([tmp_path]))
    assert Counter(codes(*found)) == {"skipped-ignored": 5}
    read = [source.name for source in found if read_source(source).documents]
    assert [name.rpartition("!")[2] for name in read] == ["readme_notes.txt", "x.xml"]


def test_hidden_file_that_is_asked_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / ".x.xml"
    path.write_bytes(XML)
    (source,) = find_sources([path])
    assert read_source(source).documents


def test_file_reached_twice_is_found_once(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(XML)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(find_sources([tmp_path, path, tmp_path]))) == 1


def broken_archive() -> bytes:
    """An archive whose second member does not match its checksum."""
    data = bytearray(
        archive({"a.xml": XML, "b.xml": b"<akomaNtoso>lamps</akomaNtoso>"}, compression=zipfile.ZIP_STORED)
    )
    at = data.index(b"lamps")
    data[at : at + 5] = b"LAMPS"
    return bytes(data)


def test_bad_member_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(broken_archive())
    good, bad = find_sources([path])
    assert read_source(good).documents
    (problem,) = read_source(bad).skipped
    assert (problem.code, problem.where) == ("unreadable", bad.name)
    assert "CRC" in problem.message
    with pytest.raises(UnreadableSourceError):
        bad.load()


@pytest.mark.parametrize("cut", [0, 10, 0.5, 0.98])
def test_broken_archive_is_reported(tmp_path: Path, cut: float) -> None:
    whole = archive({"a.xml": XML})
    path = tmp_path / "a.zip"
    path.write_bytes(whole[: int(cut if cut >= 1 else cut * len(whole))])
    found = list(find_sources([path]))
    assert codes(*found) == ["bad-archive"]


def test_broken_archive_in_an_archive_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"bad.zip": b"PK\x03\x04 no archive", "x.xml": XML}))
    assert codes(*find_sources([path])) == ["bad-archive"]
    assert [len(read_source(source).documents) for source in find_sources([path])] == [0, 1]


def test_size_is_bounded_by_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBER_BYTES", 1_000_000)
    path = tmp_path / "bomb.zip"
    path.write_bytes(archive({"x.xml": b" " * 5_000_000}))
    assert path.stat().st_size < 10_000
    (source,) = find_sources([path])
    (problem,) = read_source(source).skipped
    assert problem.code == "unreadable"
    assert "larger than" in problem.message


def test_large_archive_in_an_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_NESTED_BYTES", 1_000)
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"n.zip": archive({"x.xml": XML}, compression=zipfile.ZIP_STORED)}))
    assert codes(*find_sources([path])) == ["bad-archive"]


def test_names_that_point_elsewhere_point_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_bytes(b"secret")
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "a.zip"
    path.write_bytes(archive({"../secret.xml": XML, "/etc/passwd": TEXT}))
    found = list(find_sources([path]))
    assert [source.load() for source in found] == [XML, TEXT]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in", "secret.xml"]


def test_missing_path_and_vanished_file(tmp_path: Path) -> None:
    assert codes(*find_sources([tmp_path / "none.xml"])) == ["not-found"]
    path = tmp_path / "x.xml"
    path.write_bytes(XML)
    (source,) = find_sources([path])
    path.unlink()
    assert codes(source) == ["unreadable"]


def test_encrypted_member_is_reported(tmp_path: Path) -> None:
    data = bytearray(archive({"x.xml": XML}))
    data[6] |= 1  # the flag in the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the table of contents
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    (source,) = find_sources([path])
    (problem,) = read_source(source).skipped
    assert problem.message == "it is encrypted"


def test_official_archives(shared: Path) -> None:
    """Every 40th file of the official archives is read, or left out on purpose."""
    found = list(find_sources([shared / "data" / "unxml"]))
    assert len(found) > 12_000
    readings = [read_source(source) for source in found[::40]]
    assert Counter(p.code for r in readings for p in r.skipped).keys() <= {
        "skipped-language",
        "skipped-draft",
        "skipped-statement",
    }
    documents = [document for reading in readings for document in reading.documents]
    assert len(documents) > 250
    assert {document.meta.lang for document in documents} == {"ar", "zh", "en", "fr", "ru", "es"}
    for document in documents:
        assert document.meta.symbol
        assert document.meta.date
        assert document.meta.title
