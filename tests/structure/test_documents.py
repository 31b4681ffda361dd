"""What document it is: symbol, title, organ, and what is no resolution at all."""

from __future__ import annotations

import pytest

from indexer.model import Resolution
from indexer.reading.document import Block, RawDocument, RawMetadata, Shape, Zone
from indexer.reading.plain import read_plain
from indexer.structure import is_resolution, segment
from tests.structure.segmenting import RUSSIAN, codes, parse


def test_text_wins_over_metadata() -> None:
    document = read_plain("x", RUSSIAN)[0]
    declared = RawDocument("x", document.blocks, meta=RawMetadata("A/RES/70/1", "ru", "Иное", "2001-01-01"))
    resolution = segment(declared)
    assert (resolution.symbol, resolution.title, resolution.date) == (
        "A/RES/71/399",
        "Охрана горных озер",
        "2017-07-05",
    )
    assert "symbol-mismatch" in codes(resolution)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unknown-language"),
        ("12345 67890", "unknown-language"),
        ("Просто текст без номера, который ничего не решает.", "skipped-document"),
        ("71/499. Озера\n\nНа своем 9-м заседании Ассамблея постановила ждать.", "skipped-decision"),
        ("71/399. Озера\n\nГенеральная Ассамблея,", "empty-resolution"),
    ],
)
def test_what_is_no_resolution(text: str, code: str) -> None:
    resolution = parse(text)
    problem = is_resolution(resolution)
    assert problem is not None
    assert problem.code == code


def draft(masthead: str) -> Resolution:
    return parse(
        f"{masthead}\n\nMountain lakes\n\nThe General Assembly,\n\nRecalling its resolution 70/999,\n\n"
        "1. Requests the counting of fish;\n\n2. Decides to wait."
    )


@pytest.mark.parametrize(
    ("masthead", "code", "words"),
    [
        (
            "United Nations  A/C.2/71/L.99/Rev.1\n\nSecond Committee",
            "skipped-draft",
            "A/C.2/71/L.99/Rev.1 is a draft",
        ),
        ("United Nations  S/2017/999\n\nFrance: draft resolution", "skipped-draft", "“draft resolution”"),
        ("United Nations  A/71/999\n\nLetter dated 1 March 2017", "skipped-document", "A/71/999 is a document"),
        ("[on the report of the Committee (A/71/999/L.1)]", "skipped-document", "though it has an enacting line"),
    ],
)
def test_what_was_never_adopted_is_left_out_with_its_reason(masthead: str, code: str, words: str) -> None:
    problem = is_resolution(draft(masthead))
    assert problem is not None
    assert problem.code == code
    assert words in problem.message


def test_a_note_about_a_draft_makes_no_draft() -> None:
    resolution = draft("[without reference to a Main Committee (A/71/L.99)]\n\n71/399. Lakes and rivers")
    assert is_resolution(resolution) is None


def test_organ_of_the_masthead_is_no_enacting_line() -> None:
    resolution = parse(
        "Организация Объединенных Наций E/RES/2017/99\n\nЭкономический и Социальный Совет\n\n"
        "2017/99. Горные озера\n\nЭкономический и Социальный Совет,\n\nссылаясь на озера,\n\nпостановляет ждать."
    )
    assert (resolution.symbol, resolution.title) == ("E/RES/2017/99", "Горные озера")
    assert [clause.path for clause in resolution.clauses] == ["title", "enacting", "pp1", "op1"]


@pytest.mark.parametrize(
    "line", ["Резолюция 16/99\nГорные озера", "Резолюция 16/99\n\nГорные озера", "16/99 Горные озера"]
)
def test_word_before_the_number_of_a_title(line: str) -> None:
    resolution = parse(f"{line}\n\nСовет по правам человека,\n\nссылаясь на озера,\n\nпостановляет ждать.")
    assert (resolution.symbol, resolution.title) == ("A/HRC/RES/16/99", "Горные озера")


def test_part_letter_in_an_arabic_title() -> None:
    resolution = parse("71/399 باء - بحيرات الجبال\n\nإن الجمعية العامة،\n\nإذ تشير إلى البحيرات،\n\nتقرر الانتظار.")
    assert (resolution.symbol, resolution.title) == ("A/RES/71/399B", "بحيرات الجبال")


def test_resolution_of_another_body_in_a_title() -> None:
    blocks = (
        Block(
            "Financing of the activities arising from Security Council resolution 2999 (2017)",
            Zone.HEAD,
            Shape.HEADING,
        ),
        Block("The General Assembly,", Zone.PREAMBLE),
        Block("Counts fish;", Zone.BODY, label="1."),
    )
    assert segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "en"))).symbol == "A/RES/71/399"


def test_old_council_adoption_line() -> None:
    resolution = parse(
        "2999 (2017). Резолюция от 31 октября 2017 года\n\nСовет Безопасности,\n\nссылаясь на озера,\n\n"
        "постановляет ждать.\n\nПринята единогласно на 8213-м заседании."
    )
    assert [clause.path for clause in resolution.clauses][-2:] == ["op1", "adoption"]
