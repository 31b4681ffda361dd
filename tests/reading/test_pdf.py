"""PDFs are read by their layout; what cannot be read says why and never breaks the reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import FootnoteMark
from indexer.parse import parse
from indexer.reading import ocr
from indexer.reading.document import Block, RawDocument, Shape
from indexer.reading.formats import read_bytes
from indexer.reading.pdf import heal_pages, read_pdf
from indexer.reading.pdf_glyphs import read_pages
from indexer.reading.pdf_lines import set_pages
from tests.reading.pdf_writer import Bar, Mark, Picture, Text, lines, note, raised, write_pdf

WIDE = "and every keeper of a lamp shall look after the light and the glass of it with care"  # a full line
PARAGRAPH = [
    "Recalling that lamps are lit in the evening of every day in all the houses,",
    WIDE,
    "until the morning,",
]


def read(pages: Sequence[Sequence[Mark]]) -> RawDocument:
    (document,) = read_pdf("x.pdf", write_pdf(pages)).documents
    return document


def texts(pages: Sequence[Sequence[Mark]]) -> list[str]:
    return [block.text for block in read(pages).blocks]


def codes(document: RawDocument) -> list[str]:
    return [problem.code for problem in document.problems]


# ---------------------------------------------------------------- marks and notes


def test_a_small_raised_figure_is_a_mark_and_leaves_the_text() -> None:
    text = Text(100, 700, "Noting the Charter of Lamps")
    rest = Text(text.end + 4, 700, ", of 2011 and its 12 articles,")
    document = read([[text, raised(text, "1"), rest, Bar(100, 100, 80), *note("1", "Lamps, vol. 3, No. 4.", 88)]])
    assert document.blocks == (
        Block("Noting the Charter of Lamps, of 2011 and its 12 articles,", marks=(FootnoteMark(1, 27),)),
    )
    assert [(n.number, n.text) for n in document.notes] == [(1, "Lamps, vol. 3, No. 4.")]
    assert document.problems == ()


@pytest.mark.parametrize("separator", [[Bar(100, 100, 80)], [Text(100, 100, "_" * 18, 8)], []])
def test_the_notes_are_told_by_a_rule_or_by_their_size(separator: list[Mark]) -> None:
    text = Text(124, 700, "Noting the report on lamps")
    page = [*lines(PARAGRAPH, 760), text, raised(text, "1"), *separator, *note("1", "A/86/15.", 88)]
    document = read([page])
    assert [n.text for n in document.notes] == ["A/86/15."]
    assert document.blocks[-1] == Block(text.text, marks=(FootnoteMark(1, len(text.text)),))


def test_an_exponent_is_no_mark() -> None:
    area = Text(100, 700, "a room of 20 m")
    lamp = Text(100, 600, "Noting the report on lamps")
    document = read([[area, raised(area, "2"), lamp, raised(lamp, "1"), *note("1", "A/86/15.", 88)]])
    assert document.blocks == (Block("a room of 20 m²"), Block(lamp.text, marks=(FootnoteMark(1, 26),)))


def test_a_mark_behind_a_figure_is_none_of_its_digits() -> None:
    text = Text(100, 700, "Recalling its resolution 86/15")
    document = read([[text, raised(text, "1"), *note("1", "On lamps.", 88)]])
    assert document.blocks == (Block("Recalling its resolution 86/15", marks=(FootnoteMark(1, 30),)),)


def test_a_note_is_called_again_on_a_later_page() -> None:
    first, second = Text(124, 640, "Noting the Charter"), Text(124, 640, "Noting also the Charter")
    document = read(
        [
            [*lines(PARAGRAPH, 700), first, raised(first, "1"), *note("1", "On lamps.", 88)],
            [*lines(PARAGRAPH, 700), second, raised(second, "1")],
        ]
    )
    assert [block.marks for block in document.blocks] == [(), (FootnoteMark(1, 18),), (), (FootnoteMark(1, 23),)]


def test_a_note_runs_over_to_the_next_page() -> None:
    first, second = Text(124, 640, "Noting the Charter"), Text(124, 640, "Noting the report")
    going_on: list[Mark] = [Bar(100, 120, 80), Text(120, 108, "belongs to them, vol. 3.", 8)]
    document = read(
        [
            [*lines(PARAGRAPH, 700), first, raised(first, "1"), *note("1", "Lamps, their glass and all that", 88)],
            [*lines(PARAGRAPH, 700), second, raised(second, "2"), *going_on, *note("2", "A/86/15.", 88)],
        ]
    )
    assert [n.text for n in document.notes] == [
        "Lamps, their glass and all that belongs to them, vol. 3.",
        "A/86/15.",
    ]
    assert [block.text for block in document.blocks] == [
        " ".join(PARAGRAPH),
        "Noting the Charter",
        " ".join(PARAGRAPH),
        "Noting the report",
    ]


def test_marks_that_are_not_raised_are_found_by_their_shape() -> None:
    document = read(
        [[*lines(["Noting the Charter of Lamps,1"], 700), Bar(100, 100, 80), Text(120, 88, "1 Vol. 3.", 8)]]
    )
    assert document.blocks == (Block("Noting the Charter of Lamps,", marks=(FootnoteMark(1, 28),)),)
    assert [n.text for n in document.notes] == ["Vol. 3."]


# ---------------------------------------------------------------- paragraphs


def test_a_gap_opens_a_paragraph() -> None:
    page = [*lines(PARAGRAPH, 700), *lines(PARAGRAPH, 658)]
    assert texts([page]) == [" ".join(PARAGRAPH)] * 2


def test_an_indent_opens_one_where_there_are_no_gaps() -> None:
    page = [mark for at in range(5) for mark in lines(PARAGRAPH, 700 - 36 * at)]
    assert texts([page]) == [" ".join(PARAGRAPH)] * 5


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    first = [*lines(PARAGRAPH, 760), *lines(PARAGRAPH[:2], 100)]
    second = [Text(100, 760, "until the morning,"), *lines(PARAGRAPH, 742)]
    assert texts([first, second]) == [" ".join(PARAGRAPH)] * 3


def test_a_paragraph_begins_on_a_new_page() -> None:
    first = [*lines(PARAGRAPH, 760), *lines([PARAGRAPH[0], WIDE], 100)]
    second = [*lines(PARAGRAPH, 760), *lines(PARAGRAPH, 718)]
    assert texts([first, second])[1:3] == [f"{PARAGRAPH[0]} {WIDE}", " ".join(PARAGRAPH)]


def test_a_short_line_ends_a_paragraph_at_the_foot_of_a_page() -> None:
    first = [*lines(PARAGRAPH, 760), *lines(PARAGRAPH, 112)]
    second = [Text(100, 760, "without indent another one begins,"), *lines(PARAGRAPH, 742)]
    assert texts([first, second]) == [
        " ".join(PARAGRAPH),
        " ".join(PARAGRAPH),
        "without indent another one begins,",
        " ".join(PARAGRAPH),
    ]


def test_a_heading_stands_alone() -> None:
    page = [Text(100, 712, "Care of lamps", font="bold"), *lines(PARAGRAPH, 700)]
    assert texts([page]) == ["Care of lamps", " ".join(PARAGRAPH)]


def test_the_number_of_a_section_stands_apart_from_its_name() -> None:
    page = [Text(100, 700, "Section 11", font="bold"), Text(100, 688, "Lamps and lanterns", font="bold")]
    assert texts([page]) == ["Section 11", "Lamps and lanterns"]


def test_an_enumerator_belongs_to_its_text_however_far_it_stands() -> None:
    assert texts([[Text(100, 700, "1."), Text(160, 700, "Decides to light the lamps;")]]) == [
        "1. Decides to light the lamps;"
    ]


def test_real_hyphens_stay_and_broken_words_are_mended() -> None:
    page = [
        *lines(["Noting the lamp-lighters, the lamp-", "lighters and the interna-", "tional, international day"], 700)
    ]
    assert texts([page]) == ["Noting the lamp-lighters, the lamp-lighters and the international, international day"]


def test_letters_without_printed_spaces_are_parted_by_their_gaps() -> None:
    assert texts([[Text(100, 700, "General"), Text(139, 700, "Assembly"), Text(179, 700, ",")]]) == [
        "General Assembly,"
    ]


# ---------------------------------------------------------------- the page


def test_running_heads_and_feet_are_left_out() -> None:
    def page(number: int, *body: Mark) -> list[Mark]:
        head = Text(60, 770, f"A/RES/86/15{' ' * 4}Care of lamps", 8, "bold")
        foot = [Text(60, 30, "86-00015", 7), Text(500, 29, f"{number}/4", 8, "bold")]
        return [head, *foot, *body] if number > 1 else [Text(480, 770, "A/RES/86/15"), *foot, *body]

    pages = [page(number, *lines(PARAGRAPH, 700), *lines(PARAGRAPH, 600)) for number in (1, 2, 3, 4)]
    document = read(pages)
    assert [block.text for block in document.blocks] == [" ".join(PARAGRAPH)] * 8
    assert document.meta.symbol == "A/RES/86/15"


def test_columns_are_read_one_after_the_other() -> None:
    narrow = [
        "Recalling that lamps need care and",
        "that their keepers need sleep, and",
        "noting that both need oil in winter",
    ]
    left = [mark for at in range(3) for mark in lines(narrow, 700 - 42 * at, x=60)]
    right = [mark for at in range(3) for mark in lines(narrow, 694 - 42 * at, x=320)]
    page = [Text(60, 740, "Care of lamps and of those who keep them lit through all the nights of the long year")]
    for one, other in zip(left, right, strict=True):  # the order of drawing does not tell
        page += [other, one]
    assert texts([page])[1:] == [" ".join(narrow)] * 6


def test_a_table_is_one_block_and_cells_keep_their_lines() -> None:
    rows = [("Lamp", "Keeper", "Oil"), ("North", "Anna", "12"), ("South", "Boris and", "7")]
    table = [
        Text(x, 600 - 18 * at, cell, 8)
        for at, row in enumerate(rows)
        for x, cell in zip((100, 260, 480), row, strict=True)
    ]
    page = [*lines(PARAGRAPH, 700), *table, Text(260, 600 - 36 - 9, "Clara", 8), *lines(PARAGRAPH, 500)]
    document = read([page])
    assert document.blocks[1] == Block(
        "Lamp | Keeper | Oil // North | Anna | 12 // South | Boris and Clara | 7", shape=Shape.TABLE
    )


def test_the_masthead_is_not_mixed_with_what_stands_beside_it() -> None:
    page = [Text(100, 760, "Lamps of the Nations", 14), Text(480, 760, "A/RES/86/15"), *lines(PARAGRAPH, 700)]
    assert texts([page])[:1] == ["Lamps of the Nations"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_seen(rotation: int) -> None:
    reading = read_pdf("x.pdf", write_pdf([lines(PARAGRAPH, 700)], turn=rotation))
    assert [block.text for block in reading.documents[0].blocks] == [" ".join(PARAGRAPH)]


def test_text_that_runs_up_the_page_is_level_where_all_does() -> None:
    page = [Text(100 + 12 * at, 100, text, turned=True) for at, text in enumerate([WIDE, "until morning."])]
    assert texts([page]) == [f"{WIDE} until morning."]


def test_text_across_the_others_is_left_out_and_named() -> None:
    document = read([[*lines(PARAGRAPH, 700), Text(40, 200, "COPY", turned=True)]])
    assert [block.text for block in document.blocks] == [" ".join(PARAGRAPH)]
    assert codes(document) == ["sideways-text"]


# ---------------------------------------------------------------- scripts


def test_cyrillic() -> None:
    text = Text(100, 700, "ссылаясь на Устав ламп")
    document = read([[text, raised(text, "1"), *note("1", "Лампы, том 3.", 88)]])
    assert document.blocks == (Block("ссылаясь на Устав ламп", marks=(FootnoteMark(1, 22),)),)
    assert document.notes[0].text == "Лампы, том 3."


def test_arabic_is_in_the_order_of_reading() -> None:
    first, second = "إذ تشير إلى قرارها بشأن المصابيح", "وإلى تقرير الأمين العام،"
    page = [Text(500 - 5 * len(text), 700 - 12 * at, text[::-1]) for at, text in enumerate((first, second))]
    assert texts([page]) == [f"{first} {second}"]


def test_chinese_has_no_spaces_between_lines() -> None:
    assert texts([[Text(100, 700, "大会重申其关于灯的决"), Text(100, 688, "议，")]]) == ["大会重申其关于灯的决议，"]


# ---------------------------------------------------------------- what cannot be read


def skipped(data: bytes) -> tuple[str, str]:
    reading = read_pdf("x.pdf", data)
    assert reading.documents == ()
    (problem,) = reading.skipped
    assert problem.where == "x.pdf"
    return problem.code, problem.message


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As where the language data of the extra for scans are not installed."""
    monkeypatch.setattr(ocr, "_DATA_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("stamp", [[], [Text(60, 30, "86-00015", 7)]])
def test_a_scan_says_what_reads_it(stamp: list[Mark]) -> None:
    code, message = skipped(write_pdf([[Picture(), *stamp]] * 2))
    assert code == "scan-without-text"
    assert "clausula[ocr]" in message


@pytest.mark.usefixtures("without_ocr")
def test_fonts_without_letters_say_what_reads_them() -> None:
    code, message = skipped(write_pdf([lines(PARAGRAPH, 700)], mapped=False))
    assert code == "broken-fonts"
    assert "clausula[ocr]" in message


def test_an_empty_page_is_no_scan() -> None:
    assert skipped(write_pdf([[]]))[0] == "no-text"


def test_a_password_is_asked_for() -> None:
    code, message = skipped(write_pdf([lines(PARAGRAPH, 700)], locked=True))
    assert code == "password-protected"
    assert "password" in message


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"lamps " * 400])
def test_what_is_no_pdf_inside_is_damaged(data: bytes) -> None:
    assert skipped(data)[0] == "damaged-pdf"


def test_a_page_that_is_a_picture_is_named_and_the_others_are_read() -> None:
    document = read([lines(PARAGRAPH, 700), [Picture()]])
    assert [block.text for block in document.blocks] == [" ".join(PARAGRAPH)]
    assert [(p.code, p.where) for p in document.problems] == [("page-without-text", "x.pdf, page 2")]


def test_single_characters_without_letters_are_counted() -> None:
    document = read([[*lines(PARAGRAPH, 700), Text(100, 640, "Lamps \ue000 and oil")]])
    assert codes(document) == ["unmapped-characters"]
    assert document.blocks[-1].text == "Lamps \ufffd and oil"


def test_recognised_text_is_named() -> None:
    assert codes(read([[Picture(), *(Text(100, 700, WIDE, hidden=True),)]])) == ["recognised-text"]


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = write_pdf([lines(PARAGRAPH, 700)])
    (document,) = read_pdf("x.pdf", data[: data.index(b"xref")]).documents
    assert [block.text for block in document.blocks] == [" ".join(PARAGRAPH)]
    assert codes(document) == ["truncated-file"]


def test_time_is_bounded() -> None:
    found = read_pages("x.pdf", write_pdf([lines(PARAGRAPH, 700)] * 3), seconds=0)
    assert found.pages == []
    assert [problem.code for problem in found.problems] == ["pages-left-out"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(write_pdf([lines(PARAGRAPH, 700), [Picture()]]))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(9, len(content)))
    reading = read_pdf("x.pdf", bytes(content[:end]))
    assert reading.documents or reading.skipped


# ---------------------------------------------------------------- laws and the whole


_WORDS = st.text(st.sampled_from("abcdefg АБВ .,;()12-"), min_size=1, max_size=60).filter(lambda text: text.strip())
_PLACED = st.builds(
    Text,
    x=st.integers(0, 560),
    y=st.integers(0, 790),
    text=_WORDS,
    size=st.sampled_from([5, 6.5, 8, 10, 14]),
    font=st.sampled_from(["regular", "bold", "italic"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PLACED, max_size=12), min_size=1, max_size=3))
def test_every_line_ends_in_one_place(pages: list[list[Text]]) -> None:
    printed = read_pages("x.pdf", write_pdf(pages)).pages
    healed = heal_pages(printed)
    used = [number for paragraph in healed.paragraphs for number in paragraph.lines]
    used += [number for n in healed.notes for number in n.lines]
    used += [gap.line for gap in healed.gaps]
    assert len(used) == len(set(used)) == sum(map(len, set_pages(printed)))


def test_a_resolution_from_its_pages() -> None:
    call = Text(124, 600, "Recalling the Charter of Lamps")
    head = [
        Text(100, 770, "Lamps of the Nations", 14),
        Text(480, 770, "A/RES/86/15"),
        Text(60, 700, "86/15. Care of lamps", 12, "bold"),
        Text(124, 670, "The General Assembly,", font="italic"),
    ]
    first: list[Mark] = [*head, call, raised(call, "1"), Text(call.end + 4, 600, ",")]
    first += [
        *lines(["1. Requests the Secretary-General to see to it that lamps are lit each evening", WIDE], 580),
        Bar(100, 100, 80),
    ]
    first += note("1", "See resolution 85/3 of 1 December 2030.", 88)
    second = [Text(60, 770, "Care of lamps", 8), Text(480, 770, "A/RES/86/15", 8)]
    second += [
        Text(100, 740, "until the morning;"),
        *lines(["2. Decides to remain seized of the matter."], 722),
    ]
    second += [Text(300, 690, "51st plenary meeting"), Text(300, 678, "19 December 2031")]
    (document,) = read_bytes("x.pdf", write_pdf([first, second])).documents
    resolution = parse(document)
    assert resolution.symbol == "A/RES/86/15"
    assert resolution.title == "Care of lamps"
    assert [(clause.path, clause.number) for clause in resolution.clauses] == [
        ("title", None),
        ("enacting", None),
        ("pp1", None),
        ("op1", "1"),
        ("op2", "2"),
        ("adoption", None),
    ]
    assert resolution.clauses[3].text.endswith("and the glass of it with care until the morning;")
    assert [(n.number, n.clause, [c.id for c in n.citations]) for n in resolution.footnotes] == [
        (1, "pp1", ["A/RES/85/3"])
    ]
