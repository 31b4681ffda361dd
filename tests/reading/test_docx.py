"""Office documents: numbers, notes, tracked changes, tables, and everything that is no DOCX or means harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading import docx_package
from indexer.reading.document import RawDocument, Shape
from indexer.reading.docx import read_docx
from indexer.reading.docx_numbering import print_number
from indexer.reading.formats import read_bytes
from tests.reading.docx_files import W, docx, lists, note_call, notes, numbered, package, paragraph, run


def read(data: bytes) -> RawDocument:
    reading = read_docx("x.docx", data)
    assert reading.skipped == ()
    (document,) = reading.documents
    return document


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def codes(document: RawDocument) -> list[str]:
    return [problem.code for problem in document.problems]


def test_lists_are_printed_with_their_numbers() -> None:
    numbering = lists([("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")], [("bullet", "")])
    body = [
        paragraph(run("просит"), properties=numbered(1)),
        paragraph(run("лампы:"), properties=numbered(1, 1)),
        paragraph(run("зажечь;"), properties=numbered(1, 2)),
        paragraph(run("погасить;"), properties=numbered(1, 2)),
        paragraph(run("озера."), properties=numbered(1, 1)),
        paragraph(properties=numbered(1)),
        paragraph(run("призывает"), properties=numbered(1)),
        paragraph(run("рыб;"), properties=numbered(1, 1)),
        paragraph(run("маяк"), properties=numbered(2)),
        paragraph(run("без номера"), properties=numbered(0)),
    ]
    assert texts(read(docx("".join(body), {"numbering": numbering}))) == [
        "1. просит",
        "a) лампы:",
        "i) зажечь;",
        "ii) погасить;",
        "b) озера.",
        "2. призывает",
        "a) рыб;",
        "• маяк",
        "без номера",
    ]


def test_a_style_may_number_and_a_list_may_start_anew() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    styles = (
        f'<w:style w:styleId="base"><w:name w:val="Base"/><w:pPr>{numbered(1)}</w:pPr></w:style>'
        '<w:style w:styleId="own"><w:name w:val="Own"/><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = [
        paragraph(run("один"), properties='<w:pStyle w:val="own"/>'),
        paragraph(run("два"), properties='<w:pStyle w:val="base"/>'),
        paragraph(run("три"), properties=numbered(2)),
        paragraph(run("четыре"), properties=numbered(2)),
        paragraph(run("пять"), properties='<w:pStyle w:val="loop"/>'),
    ]
    document = read(docx("".join(body), {"numbering": numbering, "styles": styles}))
    assert texts(document) == ["III. один", "IV. два", "I. три", "II. четыре", "пять"]


@pytest.mark.parametrize(
    ("number", "format_", "printed"),
    [
        (10, "decimal", "10"),
        (3, "decimalZero", "03"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (9, "lowerRoman", "ix"),
        (3, "russianLower", "в"),
        (10, "russianLower", "к"),
        (1, "russianUpper", "А"),
        (2, "arabicAbjad", "ب"),
        (3, "arabicAlpha", "ت"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (5, "no such style", "5"),
        (10**9, "lowerLetter", "1000000000"),
        (0, "lowerRoman", "0"),
    ],
)
def test_counting_styles(number: int, format_: str, printed: str) -> None:
    assert print_number(number, format_) == printed


@given(st.integers(-5, 10**9), st.sampled_from(["lowerLetter", "upperRoman", "russianLower", "chineseCounting"]))
def test_printed_numbers_stay_short(number: int, format_: str) -> None:
    assert len(print_number(number, format_)) <= 16


def test_footnotes_are_numbered_in_the_order_of_their_calls() -> None:
    body = paragraph(run("вода"), note_call(9), run(" и рыба"), note_call(4), run(" в озере."))
    parts = {"footnotes": notes([(4, "Рыба."), (9, "Вода.")])}
    document = read(docx(body, parts))
    (block,) = document.blocks
    assert block.text == "вода и рыба в озере."
    assert [(mark.number, mark.offset) for mark in block.marks] == [(1, 4), (2, 11)]
    assert [(note.number, note.text) for note in document.notes] == [(1, "Вода."), (2, "Рыба.")]
    assert document.problems == ()


def test_a_mark_before_a_comma_leaves_no_gap() -> None:
    body = paragraph(run("в докладе "), note_call(1), run(", а также"))
    (block,) = read(docx(body, {"footnotes": notes([(1, "А/1.")])})).blocks
    assert (block.text, block.marks[0].offset) == ("в докладе, а также", 9)


def test_endnotes_and_signs_of_their_own_follow_the_footnotes() -> None:
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    body = paragraph(run("заголовок"), star) + paragraph(
        run("вода"), note_call(1, "endnote"), run(" рыба"), note_call(2)
    )
    parts = {"footnotes": notes([(2, "Рыба."), (3, "Переиздано.")]), "endnotes": notes([(1, "Вода.")], "endnote")}
    document = read(docx(body, parts))
    assert texts(document) == ["заголовок", "вода рыба"]
    assert [(note.number, note.text) for note in document.notes] == [(1, "Рыба."), (2, "Переиздано."), (3, "Вода.")]
    assert sorted(codes(document)) == ["custom-mark", "endnotes"]


def test_tracked_changes_are_accepted_and_told() -> None:
    body = paragraph(
        run("постановляет "),
        f"<w:ins>{run('зажечь')}</w:ins>",
        "<w:del><w:r><w:delText>погасить</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('вчера ')}</w:moveFrom>",
        run(" лампы"),
        f"<w:moveTo>{run(' завтра')}</w:moveTo>",
    )
    body += paragraph(run("и "), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("маяки."))
    document = read(docx(body))
    assert texts(document) == ["постановляет зажечь лампы завтра", "и маяки."]
    (problem,) = document.problems
    assert problem.code == "tracked-changes"
    assert problem.message == "2 insertions were taken and 3 deletions dropped"


def test_what_only_wraps_or_hides_text() -> None:
    body = paragraph(
        f'<w:smartTag w:element="place">{run("Озеро")}</w:smartTag>',
        f"<w:hyperlink>{run(' Чад')}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{run(' и')}</w:sdtContent></w:sdt>",
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>мая</w:t><w:softHyphen/><w:t>ки</w:t></w:r>",
        run("тайна", "<w:vanish/>"),
        run(" явь", '<w:vanish w:val="0"/>'),
        '<w:r><w:t xml:space="preserve"> все</w:t><w:noBreakHyphen/><w:t>таки</w:t></w:r>',
        run(" ре\u00adка"),
    )
    assert texts(read(docx(body))) == ["Озеро Чад и маяки явь все-таки река"]


def test_text_boxes_are_left_out_and_told() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('сбоку'))}</w:txbxContent></w:pict></w:r>"
    document = read(docx(paragraph(run("лампы"), box)))
    assert texts(document) == ["лампы"]
    assert codes(document) == ["text-box"]


def test_headers_give_the_symbol_and_no_text() -> None:
    parts = {"header1": paragraph(run("A/RES/71/399")), "footer1": paragraph(run("12-34567"))}
    document = read(docx(paragraph(run("лампы")), parts))
    assert texts(document) == ["лампы"]
    assert document.meta.symbol == "A/RES/71/399"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in cells) + "</w:tr>"


def test_tables_become_one_line() -> None:
    body = f"<w:tbl>{row('Озеро', 'Рыбы')}{row('Чад', '')}{row('Нево', '12')}</w:tbl>"
    (block,) = read(docx(body)).blocks
    assert (block.shape, block.text) == (Shape.TABLE, "Озеро | Рыбы // Чад | // Нево | 12")


def test_tables_that_only_set_the_page_become_paragraphs() -> None:
    long = "просит считать рыб " * 20
    body = f"<w:tbl>{row('1.', long)}{row('2.', 'призывает ждать')}</w:tbl>"
    assert texts(read(docx(body))) == [f"1. {long.strip()}", "2. призывает ждать"]


def test_heading_styles_count_behind_the_enacting_line() -> None:
    styles = '<w:style w:styleId="h"><w:name w:val="heading 1"/></w:style>'
    heading = '<w:pStyle w:val="h"/>'
    body = [
        paragraph(run("Резолюция, принятая вчера"), properties=heading),
        paragraph(run("Совет,")),
        paragraph(run("Лампы"), properties=heading),
    ]
    document = read(docx("".join(body), {"styles": styles}))
    assert [block.shape for block in document.blocks] == [Shape.PARAGRAPH, Shape.PARAGRAPH, Shape.HEADING]


# ---------------------------------------------------------------- what is no DOCX, or means harm


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "unknown-format", "password"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "unknown-format", "before 2007"),
        (b"\xd0\xcf\x11\xe0", "unknown-format", "old office"),
        (package({"xl/workbook.xml": "<x/>"}), "unknown-format", "spreadsheet"),
        (package({"ppt/presentation.xml": "<x/>"}), "unknown-format", "presentation"),
        (package({"mimetype": "x", "content.xml": "<x/>"}), "unknown-format", "OpenDocument"),
        (package({"a.txt": "лампы"}), "unknown-format", "call it .zip"),
        (b"PK\x03\x04junk", "bad-archive", "damaged"),
        (docx(paragraph(run("лампы")))[:-40], "bad-archive", "damaged"),
        (package({"word/document.xml": "<w:document"}), "bad-docx", "no XML"),
        (docx(paragraph()), "empty-file", "no text"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, code: str, word: str) -> None:
    (problem,) = read_bytes("x.docx", data).skipped
    assert (problem.code, problem.where) == (code, "x.docx")
    assert word in problem.message


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(package({"word/document.xml": "<x/>"}))
    data[6] |= 1  # the flag in the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the table of contents
    (problem,) = read_docx("x", bytes(data)).skipped
    assert problem.code == "encrypted"


def test_entities_are_refused() -> None:
    dtd = '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;">]>'
    xml = f"{dtd}<w:document {W}><w:body>{paragraph('<w:r><w:t>&b;</w:t></w:r>')}</w:body></w:document>"
    (problem,) = read_docx("x", package({"word/document.xml": xml})).skipped
    assert problem.code == "bad-docx"


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_BYTES", 100_000)
    data = docx(paragraph(run("ламп " * 200_000)))
    assert len(data) < 10_000
    (problem,) = read_docx("x", data).skipped
    assert problem.code == "too-large"


@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    whole = docx(
        paragraph(run("лампы"), note_call(1), properties=numbered(1)),
        {"footnotes": notes([(1, "А/1.")]), "numbering": lists([("decimal", "%1.")])},
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    broken = whole[:at] + bytes([byte]) + whole[at + 1 :]
    reading = read_docx("x", broken)
    assert reading.documents or reading.skipped


@given(
    st.lists(st.sampled_from(["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:sdt"]), max_size=12)
)
def test_any_nesting_is_read(tags: list[str]) -> None:
    body = "".join(f"<{tag}>" for tag in tags) + "лампы" + "".join(f"</{tag}>" for tag in reversed(tags))
    reading = read_docx("x", docx(body))
    assert reading.documents or reading.skipped


def test_the_name_of_the_package_does_not_matter() -> None:
    reading = read_bytes("x.txt", docx(paragraph(run("лампы"))))
    assert [problem.code for problem in reading.documents[0].problems] == ["wrong-suffix"]
    assert zipfile.is_zipfile(io.BytesIO(docx("")))
