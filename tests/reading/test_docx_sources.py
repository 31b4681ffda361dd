"""Forms in archives, under wrong names, empty and huge: through the finding and reading of sources."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indexer.parse import parse
from indexer.reading import docx_package, sources
from indexer.reading.sources import find_sources, read_source
from tests.reading.docx_files import docx, paragraph, run
from tests.reading.seed import agrees_with_gold

PARAGRAPHS = ("86/15. Лампы", "Генеральная Ассамблея,", "1. постановляет зажечь лампы на всех озерах.")
TEXT = "\n\n".join(PARAGRAPHS)
PAGE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OFFICE = docx("".join(paragraph(run(text)) for text in PARAGRAPHS))
FORMS = {
    "a.docx": OFFICE,
    "b.html": PAGE.encode(),
    "c.htm": PAGE.encode("windows-1251"),
    "d.txt": TEXT.encode("koi8-r"),
    "e.txt": TEXT.encode("utf-16"),
}


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return path


def test_all_forms_in_one_archive_and_in_an_archive_within(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.bin", FORMS).read_bytes()
    path = archive(tmp_path / "all.zip", {**FORMS, "z.zip": inner})
    found = list(find_sources([path]))
    assert len(found) == 2 * len(FORMS)
    for source in found:
        (document,) = read_source(source).documents
        resolution = parse(document)
        assert (resolution.symbol, resolution.lang) == ("A/RES/86/15", "ru")
        assert [str(clause.path) for clause in resolution.clauses] == ["title", "enacting", "op1"]
        assert resolution.source == source.name


@pytest.mark.parametrize("data", list(FORMS.values()), ids=list(FORMS))
@pytest.mark.parametrize("name", ["x.pdf", "x.xml", "x.txt", "x.docx", "x.html"])
def test_the_content_decides(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (source,) = find_sources([path])
    (document,) = read_source(source).documents
    assert parse(document).symbol == "A/RES/86/15"


def test_a_document_that_calls_itself_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(OFFICE)
    (source,) = find_sources([path])
    (document,) = read_source(source).documents
    assert parse(document).symbol == "A/RES/86/15"
    outer = archive(tmp_path / "outer.zip", {"x.zip": OFFICE})
    (source,) = find_sources([outer])
    assert source.name.endswith("outer.zip!x.zip")
    assert read_source(source).documents


@pytest.mark.parametrize("name", ["x.docx", "x.html", "x.txt", "x.png"])
def test_empty_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    (source,) = find_sources([path])
    assert [problem.code for problem in read_source(source).skipped] == ["empty-file"]


def test_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBER_BYTES", 100_000)
    monkeypatch.setattr(docx_package, "MAX_BYTES", 50_000)
    members = {"a.docx": docx(paragraph(run("ламп " * 100_000))), "b.html": PAGE.encode() * 1_000}
    path = archive(tmp_path / "a.zip", members)
    assert [[p.code for p in read_source(source).skipped] for source in find_sources([path])] == [
        ["too-large"],
        ["unreadable"],
    ]


def test_text_with_zeros_and_lone_surrogates(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(TEXT.replace("лампы на", "лам\x00пы \ud800 на").encode("utf-8", "surrogatepass"))
    (source,) = find_sources([path])
    (document,) = read_source(source).documents
    assert document.blocks[-1].text == "1. постановляет зажечь лампы \ufffd\ufffd\ufffd на всех озерах."
    assert [problem.code for problem in document.problems] == ["undecodable-bytes", "control-characters"]


def test_the_seed_in_an_archive_agrees_with_gold(tmp_path: Path, seed: Path) -> None:
    agrees_with_gold(archive(tmp_path / "seed.zip", {"58-208.ru.txt": seed.read_bytes()}))
