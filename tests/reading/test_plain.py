"""Plain text to raw documents: blocks, parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.document import RawDocument, Shape, Zone
from indexer.reading.encoding import decode
from indexer.reading.plain import part_letter, read_plain

TEXT = "71/399. Озера\n\nГенеральная Ассамблея,"


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


def resolutions(texts: list[str]) -> list[RawDocument]:
    return read_plain("x", "\n\n".join(texts))


def test_notes_that_count_anew_go_with_their_resolution() -> None:
    texts = [
        f"27{n} (XXVI). Озеро {n}\n\nГенеральная Ассамблея,\n\nполучив доклад[1],\n\nждет.\n\n[1] A/{n}."
        for n in (51, 52)
    ]
    documents = resolutions(texts)
    assert [[note.text for note in document.notes] for document in documents] == [["A/51."], ["A/52."]]
    assert all(document.problems == () for document in documents)


def test_resolutions_of_several_bodies_in_one_text() -> None:
    documents = resolutions(
        [
            "71/399. Lakes\n\nThe General Assembly,\n\nWaits.",
            "Resolution 2999 (2017)\n\nAdopted by the Security Council\n\nThe Security Council,\n\nWaits.",
        ]
    )
    assert [document.blocks[0].text for document in documents] == ["71/399. Lakes", "Resolution 2999 (2017)"]


def test_parts_under_arabic_letters() -> None:
    part = "إن الجمعية العامة،\n\nتقرر الانتظار."
    documents = resolutions(["71/399 - بحيرات", "ألف", "الأسماك", part, "باء", "المياه", part])
    assert [document.blocks[1].text for document in documents] == ["ألف", "باء"]


@pytest.mark.parametrize(
    ("text", "letter"), [("A", "A"), ("В", "B"), ("باء", "B"), ("乙", "B"), ("AB", None), ("а", None)]
)
def test_part_letters(text: str, letter: str | None) -> None:
    assert part_letter(text) == letter
