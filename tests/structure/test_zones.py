"""Where preamble, operative part and annexes begin, and how what stands in them counts."""

from __future__ import annotations

import pytest

from indexer.model import ClauseType
from indexer.reading.document import Block, RawDocument, RawMetadata, Shape, Zone
from indexer.structure import segment
from tests.structure.segmenting import outline, parse

TREATY = """71/399. Озера

Генеральная Ассамблея,

принимает Конвенцию, содержащуюся в приложении.

Приложение

Конвенция об озерах

Часть I

Общие положения

Статья 1

Цель

1. Цель проста:

а) рыбы;

b) вода.

Статья 2. Термины

Термины ясны.

Статья 3

1. Споров нет.
"""


def test_articles_count_their_paragraphs_anew() -> None:
    assert outline(parse(TREATY))[2:] == [
        "op1 operative -",
        "annex1 annex -",
        "annex1.h1 heading -",
        "annex1.h2 heading -",
        "annex1.art1 heading -",
        "annex1.art1.op1 annex 1",
        "annex1.art1.op1.a annex 1.a",
        "annex1.art1.op1.b annex 1.b",
        "annex1.art2 heading -",
        "annex1.art2.t1 annex -",
        "annex1.art3 heading -",
        "annex1.art3.op1 annex 1",
    ]


def test_chinese_treaty_has_the_paths_of_the_others() -> None:
    annex = Zone.ANNEX
    blocks = (
        Block("第一条", annex, annex=1),
        Block("宗旨", annex, annex=1),
        Block("一、宗旨如下：", annex, annex=1),
        Block("㈠ 鱼：", annex, annex=1),
        Block("小鱼；", annex, label="1.", annex=1),
        Block("大鱼。", annex, label="2.", annex=1),
        Block("二、水。", annex, annex=1),
    )
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "zh"))).clauses
    assert [clause.path for clause in clauses] == [
        "annex1.art1", "annex1.art1.op1", "annex1.art1.op1.a", "annex1.art1.op1.a.i", "annex1.art1.op1.a.ii",
        "annex1.art1.op2",
    ]  # fmt: skip


def test_several_annexes_in_one_attachment() -> None:
    annex = Zone.ANNEX
    blocks = (
        Block("Annex I", annex, Shape.HEADING, annex=1),
        Block("Fish swim.", annex, label="1.", annex=1),
        Block("Annex II", annex, Shape.HEADING, annex=1),
        Block("Water flows.", annex, label="1.", annex=1),
        Block("Snow falls.", annex, label="1.", annex=2),
    )
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "en"))).clauses
    assert [clause.path for clause in clauses] == ["annex1", "annex1.op1", "annex2", "annex2.op1", "annex3.op1"]


@pytest.mark.parametrize(
    "heading",
    [
        (Block("I Fish", Zone.BODY, Shape.HEADING),),
        (Block("I", Zone.BODY, Shape.HEADING), Block("Fish", Zone.BODY, Shape.HEADING)),
        (Block("I", Zone.BODY), Block("Fish", Zone.BODY)),
        (Block("Fish", Zone.BODY, label="I"),),
    ],
)
def test_headings_count_alike_however_they_are_set(heading: tuple[Block, ...]) -> None:
    blocks = (*heading, Block("Counts fish;", Zone.BODY, label="1."))
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "en"))).clauses
    assert [(clause.path, clause.text) for clause in clauses] == [("h1", "I Fish"), ("op1", "Counts fish;")]


def test_lost_number_leaves_the_next_ones_paragraphs() -> None:
    numbers = [1, 2, 9, 10, 11, 11, 12]
    text = "71/399. Lakes\n\nThe General Assembly,\n\n" + "\n\n".join(f"{n}. Counts fish;" for n in numbers)
    paths = [clause.path for clause in parse(text).clauses][2:]
    assert paths == ["op1", "op2", "op9", "op10", "op11", "op11~2", "op12"]


def test_section_with_a_preamble_and_one_paragraph_without_number() -> None:
    resolution = parse(
        "71/399. Lakes\n\nThe General Assembly,\n\nRecalling lakes,\n\nI\n\nFish\n\n1. Counts fish;\n\nII\n\n"
        "Water\n\nRecalling water,\n\nMeasures it every year;\n\nIII\n\nSnow\n\n1. Counts snow."
    )
    assert outline(resolution)[2:] == [
        "pp1 preambular -", "h1 heading -", "op1 operative 1", "h2 heading -", "pp2 preambular -", "op0 operative -",
        "h3 heading -", "op1~2 operative 1",
    ]  # fmt: skip


def test_short_lines_under_a_colon_are_a_list() -> None:
    resolution = parse(
        "71/399. Lakes\n\nThe General Assembly,\n\n1. Holds two panels:\n\nPanel 1: fish\n\nPanel 2: water\n\n"
        "2. Waits;\n\nReporting:\n\n3. Requests a report."
    )
    assert outline(resolution)[2:] == [
        "op1 operative 1", "op1.t1 subparagraph -", "op1.t2 subparagraph -", "op2 operative 2", "h1 heading -",
        "op3 operative 3",
    ]  # fmt: skip


def test_announcement_at_the_end_of_the_preamble() -> None:
    blocks = (
        Block("大会，", Zone.PREAMBLE),
        Block("正式决定：", Zone.PREAMBLE),
        Block("数鱼；", Zone.BODY, label="1."),
    )
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "zh"))).clauses
    assert [clause.path for clause in clauses] == ["enacting", "op0", "op1"]


def test_operative_part_declared_as_preamble() -> None:
    blocks = (
        Block("The General Assembly,", Zone.PREAMBLE),
        Block("Recalling lakes,", Zone.PREAMBLE),
        Block("Counts fish:", Zone.PREAMBLE),
        Block("small;", Zone.PREAMBLE, label="(a)"),
        Block("large.", Zone.BODY, label="(b)"),
    )
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "en"))).clauses
    assert [clause.path for clause in clauses] == ["enacting", "pp1", "op1", "op1.a", "op1.b"]


def test_stop_for_a_comma_in_the_preamble_of_a_typed_text() -> None:
    resolution = parse(
        "2999 (XXV). Озера\n\nГенеральная Ассамблея,\n\nполучив доклад,\n\nрассмотрев его.\n\nпостановляет ждать."
    )
    assert [clause.path for clause in resolution.clauses][2:] == ["pp1", "pp2", "op1"]


def test_legal_basis_before_paragraph_one_stays_in_the_preamble() -> None:
    blocks = (
        Block("The Security Council,", Zone.PREAMBLE),
        Block("Acting under Chapter VII of the Charter of the United Nations:", Zone.PREAMBLE),
        Block("Counts fish;", Zone.BODY, label="1."),
    )
    clauses = segment(RawDocument("x", blocks, meta=RawMetadata("S/RES/2999(2017)", "en"))).clauses
    assert [clause.path for clause in clauses] == ["enacting", "pp1", "op1"]


def test_resolving_line_of_a_plain_text() -> None:
    resolution = parse(
        "71/399. Lakes\n\nThe General Assembly,\n\nRecalling lakes,\n\nResolves that, for 2017:\n\n"
        "1. Fish are counted;\n\n2. Water is measured."
    )
    assert [clause.path for clause in resolution.clauses][2:] == ["pp1", "op0", "op1", "op2"]


def test_annex_heading_with_a_title_in_small_letters() -> None:
    blocks = (Block("Annex B – items of fish", Zone.ANNEX, Shape.HEADING, annex=1),)
    (clause,) = segment(RawDocument("x", blocks, meta=RawMetadata(lang="en"))).clauses
    assert (clause.path, clause.type) == ("annex1", ClauseType.ANNEX)
