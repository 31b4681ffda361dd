"""Plain text to raw documents: decoding, blocks, parts."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.document import Shape, Zone
from indexer.reading.plain import decode, read_plain

TEXT = "71/399. Озера\n\nГенеральная Ассамблея,"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_decodes_unicode(data: bytes) -> None:
    assert decode(data) == (TEXT, ())


def test_undecodable_bytes_are_replaced_and_counted() -> None:
    text, problems = decode(b"lakes \xff\xfe fish")
    assert text == "lakes \ufffd\ufffd fish"
    assert [problem.code for problem in problems] == ["undecodable-bytes"]
    assert "2 bytes" in problems[0].message


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_and_read(data: bytes) -> None:
    text, _ = decode(data)
    assert isinstance(read_plain("x", text), list)


def test_blocks_have_no_zone_and_no_label() -> None:
    (document,) = read_plain("озера.txt", f"{TEXT}\n\n1. просит считать рыб.")
    assert document.source == "озера.txt"
    assert [block.text for block in document.blocks] == [
        "71/399. Озера",
        "Генеральная Ассамблея,",
        "1. просит считать рыб.",
    ]
    assert {(block.zone, block.shape, block.label) for block in document.blocks} == {
        (Zone.UNKNOWN, Shape.PARAGRAPH, None)
    }


PARTS = """57/399. Озера

A

Рыбы

Генеральная Ассамблея,

1. просит считать рыб1.

_______________
1 А/57/1.

B

Вода

Генеральная Ассамблея,

1. просит измерять воду2.

_______________
2 А/57/2.
"""


def test_parts_become_documents_with_their_own_notes() -> None:
    first, second = read_plain("x", PARTS)
    assert [block.text for block in first.blocks][:3] == ["57/399. Озера", "A", "Рыбы"]
    assert [block.text for block in second.blocks][:3] == ["57/399. Озера", "B", "Вода"]
    assert [(n.number, n.text) for n in first.notes] == [(1, "А/57/1.")]
    assert [(n.number, n.text) for n in second.notes] == [(2, "А/57/2.")]


def test_several_resolutions_in_one_file() -> None:
    text = "71/1. Озера\n\nСовет,\n\nждет.\n\n71/2. Рыбы\n\nСовет,\n\nждет."
    assert [document.blocks[0].text for document in read_plain("x", text)] == ["71/1. Озера", "71/2. Рыбы"]


def test_a_section_letter_is_no_part() -> None:
    text = "71/1. Озера\n\nСовет,\n\nA\n\n1. ждет;\n\nB\n\n2. ждет."
    assert len(read_plain("x", text)) == 1
