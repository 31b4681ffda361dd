"""The format is told by the content, and what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.reading.formats import FORMATS, read_bytes

XML = (Path(__file__).parent / "fixtures" / "resolution.ru.xml").read_bytes()
TEXT = "86/15. Лампы\n\nГенеральная Ассамблея,\n\n1. постановляет зажечь лампы.\n"


@pytest.mark.parametrize(
    ("name", "data", "problems"),
    [
        ("x.xml", XML, []),
        ("x.XML", XML, []),
        ("x.xml", b"\xef\xbb\xbf" + XML, []),
        ("x.xml", XML.decode().encode("utf-16"), []),
        ("x.xml", b"\n \n" + XML, []),
        ("x.txt", XML, ["wrong-suffix"]),
        ("x", XML, []),
        ("x.txt", TEXT.encode(), []),
        ("x.txt", TEXT.encode("utf-16"), []),
        ("x.txt", TEXT.encode("utf-16-le"), []),
        ("x.xml", TEXT.encode(), ["wrong-suffix"]),
        ("a.zip!b/x.txt", TEXT.encode(), []),
        ("x.txt", TEXT.encode() + b"\xff", ["undecodable-bytes"]),
        ("x.txt", b"<akomaNtoso" + XML[11:-60], ["wrong-suffix", "damaged-xml"]),
    ],
)
def test_content_decides(name: str, data: bytes, problems: list[str]) -> None:
    reading = read_bytes(name, data)
    (document,) = reading.documents
    assert document.source == name
    assert [problem.code for problem in document.problems] == problems
    assert any("лампы" in block.text or "маяки" in block.text for block in document.blocks)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "empty-file", "empty"),
        (b" \r\n\t\x00", "empty-file", "empty"),
        (b"%PDF-1.7\n", "damaged-pdf", "PDF"),
        (b"PK\x03\x04rest", "bad-archive", "damaged"),
        (b"\xd0\xcf\x11\xe0rest", "unknown-format", "office"),
        (b"<!DOCTYPE html><script>load()</script>", "empty-page", "script"),
        (bytes(range(256)) * 8, "unknown-format", "no text"),
        (b"<?xml version='1.0'?><rss/>", "unknown-format", "AKN4UN"),
        (b"<akomaNtoso", "bad-xml", "no XML"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str, word: str) -> None:
    reading = read_bytes("folder/x.txt", data)
    assert reading.documents == ()
    (problem,) = reading.skipped
    assert (problem.code, problem.where) == (code, "folder/x.txt")
    assert word in problem.message


def test_suffixes_belong_to_one_format() -> None:
    suffixes = [suffix for format_ in FORMATS for suffix in format_.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
