"""Blocks to clauses: plain text, declared zones, odd documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import ClauseType, FootnoteMark, Resolution
from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Shape, Zone
from indexer.reading.plain import read_plain
from indexer.structure import is_resolution, segment


def parse(text: str) -> Resolution:
    (document,) = read_plain("test.txt", text)
    return segment(document)


def outline(resolution: Resolution) -> list[str]:
    return [f"{clause.path} {clause.type} {clause.number or '-'}" for clause in resolution.clauses]


def codes(resolution: Resolution) -> list[str]:
    return [problem.code for problem in resolution.problems]


RUSSIAN = """
 71/399. Охрана горных озер

 Генеральная Ассамблея,

 ссылаясь на свои решения об озерах,

 отмечая:

 а) холод;

 b) глубину,

 1. призывает беречь озера;

 2. просит:

 а) считать рыб:

 i) малых;

 ii) больших;

 b) измерять воду;

и сообщать об этом каждый год;

Отчетность

 3. постановляет вернуться к вопросу об озерах.

12-е пленарное заседание,
5 июля 2017 года

Приложение

Правила счета рыб

 1. Рыбы считаются утром:

 а) по одной;

 • парами;

 2. Вода не мутится.
"""


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
