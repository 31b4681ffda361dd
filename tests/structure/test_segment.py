"""Blocks to clauses: plain text in six languages, declared zones, any blocks at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import ClauseType, FootnoteMark
from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Shape, Zone
from indexer.structure import is_resolution, segment
from tests.structure.segmenting import RUSSIAN, codes, outline, parse


def test_plain_russian() -> None:
    resolution = parse(RUSSIAN)
    assert (resolution.symbol, resolution.title) == ("A/RES/71/399", "Охрана горных озер")
    assert (resolution.date, resolution.body, resolution.session) == ("2017-07-05", "GA", "71")
    assert outline(resolution) == [
        "title title -",
        "enacting enacting -",
        "pp1 preambular -",
        "pp2 preambular -",
        "pp2.a subparagraph a",
        "pp2.b subparagraph b",
        "op1 operative 1",
        "op2 operative 2",
        "op2.a subparagraph 2.a",
        "op2.a.i subparagraph 2.a.i",
        "op2.a.ii subparagraph 2.a.ii",
        "op2.b subparagraph 2.b",
        "op2.b.t1 subparagraph -",
        "h1 heading -",
        "op3 operative 3",
        "adoption adoption -",
        "annex1 annex -",
        "annex1.h1 heading -",
        "annex1.op1 annex 1",
        "annex1.op1.a annex 1.a",
        "annex1.op1.a.t1 annex -",
        "annex1.op2 annex 2",
    ]
    assert codes(resolution) == []


ENGLISH = """71/399. Mountain lakes

The General Assembly,

Recalling the lakes,

1. Requests the counting of fish;

2. Decides to return to the lakes.

12th plenary meeting
5 July 2017"""

FRENCH = """71/399. Lacs de montagne

L’Assemblée générale,

Rappelant les lacs de la montagne,

1. Prie les pêcheurs de compter les poissons ;

2. Décide de revenir aux lacs.

12e séance plénière
5 juillet 2017"""

SPANISH = """71/399. Lagos de montaña

La Asamblea General,

Recordando los lagos de la montaña,

1. Solicita que se cuenten los peces;

2. Decide volver a los lagos.

12a sesión plenaria
5 de julio de 2017"""

ARABIC = """71 / 399   بحيرات الجبال

إن الجمعية العامة،

إذ تشير إلى البحيرات،

1 - تطلب عد الأسماك؛

2 - تقرر العودة إلى البحيرات.

الجلسة العامة 12
5 تموز/يوليه 2017"""

CHINESE = """71/399. 高山湖泊

大会，

回顾湖泊，

1. 请数鱼；

2. 决定再议湖泊。

2017年7月5日
第12次全体会议"""

COUNCIL = """Resolution 2999 (2017)

Adopted by the Security Council at its 8000th meeting, on 5 July 2017

The Security Council,

Recalling the lakes,

1. Requests the counting of fish;

2. Decides to wait."""

HUMAN_RIGHTS_COUNCIL = """16/99. Горные озера

Совет по правам человека,

ссылаясь на озера,

1. просит считать рыб;

2. постановляет ждать.

12-е заседание
5 июля 2017 года"""


@pytest.mark.parametrize(
    ("text", "symbol", "lang"),
    [
        (ENGLISH, "A/RES/71/399", "en"),
        (FRENCH, "A/RES/71/399", "fr"),
        (SPANISH, "A/RES/71/399", "es"),
        (ARABIC, "A/RES/71/399", "ar"),
        (CHINESE, "A/RES/71/399", "zh"),
        (COUNCIL, "S/RES/2999(2017)", "en"),
        (HUMAN_RIGHTS_COUNCIL, "A/HRC/RES/16/99", "ru"),
    ],
)
def test_six_languages_and_bodies(text: str, symbol: str, lang: str) -> None:
    resolution = parse(text)
    assert (resolution.symbol, resolution.date, resolution.lang) == (symbol, "2017-07-05", lang)
    paths = [clause.path for clause in resolution.clauses if clause.path != "adoption"]
    assert paths == ["title", "enacting", "pp1", "op1", "op2"]
    assert is_resolution(resolution) is None


def test_title_of_the_council_names_its_meeting() -> None:
    text = (
        "Resolution 2999 (2017)\n\nAdopted by the Security Council on 5 July 2017\n\nThe Security Council,\n\nWaits."
    )
    assert parse(text).title == "Resolution 2999 (2017) Adopted by the Security Council on 5 July 2017"


def test_single_operative_has_no_number() -> None:
    resolution = parse(
        "2999 (XXV). Горные озера\n\nГенеральная Ассамблея,\n\nссылаясь на озера,\n\nпостановляет считать рыб:\n\n"
        "а) малых;\n\nб) больших.\n\n1999-е пленарное заседание,\n5 июля 1970 года."
    )
    assert resolution.symbol == "A/RES/2999(XXV)"
    assert outline(resolution)[2:6] == [
        "pp1 preambular -",
        "op1 operative -",
        "op1.a subparagraph a",
        "op1.b subparagraph b",
    ]


def test_masthead_is_left_out() -> None:
    resolution = parse(
        "United Nations\nA/RES/71/399\n\nGeneral Assembly\nDistr.: General\n7 July 2017\n\n17-12345 (E)\n\n"
        "Seventy-first session\nAgenda item 9\n\nResolution adopted by the General Assembly\non 5 July 2017\n\n"
        "[on the report of the Second Committee (A/71/399)]\n\n71/399. Mountain lakes\n\nThe General Assembly,\n\n"
        "Recalling the lakes,\n\n1. Requests the counting of fish;\n\n2. Decides to wait."
    )
    assert [clause.path for clause in resolution.clauses] == ["title", "enacting", "pp1", "op1", "op2"]
    assert resolution.date == "2017-07-05"


def test_sections_that_count_anew() -> None:
    resolution = parse(
        "71/399. Lakes\n\nThe General Assembly,\n\nI\n\nFish\n\n1. Requests the counting of fish;\n\n"
        "2. Decides to wait;\n\nII\n\nWater\n\n1. Requests the measuring of water;\n\n(a) By day;\n\n(b) By night."
    )
    assert [clause.path for clause in resolution.clauses][2:] == [
        "h1", "op1", "op2", "h2", "op1~2", "op1~2.a", "op1~2.b",
    ]  # fmt: skip
    assert codes(resolution) == ["no-date", "repeated-path"]


def test_declared_zones_and_labels() -> None:
    body, annex = Zone.BODY, Zone.ANNEX
    resolution = segment(
        RawDocument(
            "lakes.xml",
            (
                Block("Mountain lakes", Zone.HEAD, Shape.HEADING),
                Block("The General Assembly,", Zone.PREAMBLE),
                Block("Recalling the lakes,", Zone.PREAMBLE, marks=(FootnoteMark(1, 19),)),
                Block("Counts fish:", body, label="1."),
                Block("small;", body, label="(a)"),
                Block("(b) large;", body),
                Block("and eats none;", body),
                Block("On water", body, Shape.HEADING),
                Block("Measures water;", body, label="2. (a)"),
                Block("12th plenary meeting 5 July 2017", Zone.TAIL),
                Block("Annex I", annex, Shape.HEADING, annex=1),
                Block("Rules", annex, Shape.HEADING, annex=1),
                Block("Small | 3 // Large | 4", annex, Shape.TABLE, annex=1),
                Block("Fish swim.", annex, label="1.", annex=1),
                Block("No title here.", annex, annex=2),
            ),
            (RawNote(1, "Resolution 70/999."),),
            RawMetadata("A/RES/71/399", "en", "Mountain lakes", "2017-07-05", ("LAKES",)),
        )
    )
    assert outline(resolution) == [
        "title title -",
        "enacting enacting -",
        "pp1 preambular -",
        "op1 operative 1",
        "op1.a subparagraph 1.a",
        "op1.b subparagraph 1.b",
        "op1.b.t1 subparagraph -",
        "h1 heading -",
        "op2.a subparagraph 2.a",
        "adoption adoption -",
        "annex1 annex -",
        "annex1.h1 heading -",
        "annex1.t1 annex -",
        "annex1.op1 annex 1",
        "annex2.t1 annex -",
    ]
    assert resolution.clauses[5].text == "large;"
    assert [(note.number, note.clause) for note in resolution.footnotes] == [(1, "pp1")]
    assert (resolution.symbol, resolution.subjects) == ("A/RES/71/399", ("LAKES",))


def test_preamble_that_ran_over_into_the_body() -> None:
    blocks = (
        Block("The General Assembly,", Zone.PREAMBLE),
        Block("Recalling the lakes,", Zone.PREAMBLE),
        Block("Noting the fish,", Zone.BODY),
        Block("Counts fish;", Zone.BODY, label="1."),
    )
    resolution = segment(RawDocument("x", blocks, meta=RawMetadata("A/RES/71/399", "en")))
    assert [clause.path for clause in resolution.clauses] == ["enacting", "pp1", "pp2", "op1"]


def test_marks_move_with_the_text() -> None:
    blocks = (Block("1. Counts fish;", Zone.BODY, marks=(FootnoteMark(1, 14),)),)
    (clause,) = segment(RawDocument("x", blocks, meta=RawMetadata(lang="en"))).clauses
    assert (clause.text, clause.marks) == ("Counts fish;", (FootnoteMark(1, 11),))


def test_missing_enacting_line_is_survived() -> None:
    resolution = parse("71/399. Озера\n\nссылаясь на озера,\n\n1. просит считать рыб;\n\n2. постановляет ждать.")
    assert is_resolution(resolution) is None
    assert codes(resolution) == ["no-date", "no-enacting"]


WORDS = st.sampled_from(
    ["Генеральная Ассамблея,", "Приложение", "1. просит", "а) рыб;", "I", "12-е заседание", "The General Assembly,",
     "71/399. Озера", "大会，", "2 - تطلب", "[1]", "озера,", "A/RES/71/399", "• рыбы", "5 июля 2017 года", "."]
)  # fmt: skip
BLOCKS = st.builds(
    Block,
    st.one_of(WORDS, st.text(max_size=30)),
    st.sampled_from(Zone),
    st.sampled_from(Shape),
    st.one_of(st.none(), st.sampled_from(["1.", "(a)", "2. (b)", "I", "?", ""])),
    st.integers(0, 2),
)


@given(st.lists(BLOCKS, max_size=12))
def test_any_blocks_are_segmented_with_paths_used_once(blocks: list[Block]) -> None:
    resolution = segment(RawDocument("x", tuple(blocks)))
    paths = [clause.path for clause in resolution.clauses]
    assert len(paths) == len(set(paths))
    assert all(clause.text for clause in resolution.clauses)
    kept = sum(len(clause.text) for clause in resolution.clauses if clause.type is not ClauseType.TITLE)
    assert kept <= sum(len(block.label or "") + len(block.text) + 2 for block in blocks)
    is_resolution(resolution)
