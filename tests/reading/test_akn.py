"""Reading AKN4UN: what is declared, what is healed, what is left out, and input that is broken or hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import FootnoteMark
from indexer.reading.akn import read_akn
from indexer.reading.document import Block, RawDocument, Shape, Zone
from indexer.reading.lines import compose

FIXTURES = Path(__file__).parent / "fixtures"
NOTE_1 = "<authorialNote marker='1'><p>N</p></authorialNote>"
NOTE_2 = "<authorialNote marker='2'><p>N</p></authorialNote>"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

TITLE = "Lighthouses of the coast and of the sea"


def wrap(
    body: str,
    *,
    symbol: str = "A/RES/86/14",
    kind: str = "resolution",
    language: str = "eng",
    preamble: str = "<formula><p>The General Assembly,</p></formula>",
    head: str = "",
) -> bytes:
    """A whole file around a body of paragraphs in English."""
    return f"""{head}<akomaNtoso xmlns="{AKN}"><statement name="{kind}">
    <meta><FRBRExpression><FRBRlanguage language="{language}"/></FRBRExpression></meta>
    <coverPage><p><docNumber>{symbol}</docNumber></p></coverPage>
    <preface><p><docNumber>86/14.</docNumber><docTitle>{TITLE}</docTitle></p></preface>
    <preamble>{preamble}</preamble><mainBody>{body}</mainBody></statement></akomaNtoso>""".encode()


def read_one(data: bytes, name: str = "x.xml") -> RawDocument:
    reading = read_akn(name, data)
    assert not reading.skipped
    assert len(reading.documents) == 1
    return reading.documents[0]


def paragraph(inner: str) -> Block:
    """The block that one paragraph with this content gives."""
    return read_one(wrap(f"<paragraph><num>1.</num><content><p>{inner}</p></content></paragraph>")).blocks[-1]


@pytest.fixture(scope="module")
def lighthouses() -> RawDocument:
    return read_one((FIXTURES / "resolution.ru.xml").read_bytes(), "86session/Russian/A_RES_86_12.xml")


def outline(document: RawDocument) -> list[tuple[str, str, int, str | None, str]]:
    return [(b.zone.value, b.shape.value, b.annex, b.label, b.text) for b in document.blocks]


def test_every_encoding_of_paragraphs_in_order(lighthouses: RawDocument) -> None:
    assert outline(lighthouses) == [
        ("head", "heading", 0, None, "Маяки и морские пути"),
        ("preamble", "paragraph", 0, None, "Генеральная Ассамблея,"),
        ("preamble", "paragraph", 0, None,
         "ссылаясь на свою резолюцию 85/3 от 1 декабря 2030 года о маяках, а также на доклад о них,"),
        ("preamble", "paragraph", 0, None, "отмечая роль маяков:"),
        ("preamble", "paragraph", 0, "а)", "в проливах,"),
        ("preamble", "paragraph", 0, "b)", "у рифов,"),
        ("body", "heading", 0, None, "I Общие положения"),
        ("body", "paragraph", 0, "1.", "постановляет зажечь маяки;"),
        ("body", "paragraph", 0, "2.", "просит Генерального секретаря:"),
        ("body", "paragraph", 0, "a)", "сосчитать маяки;"),
        ("body", "paragraph", 0, "i)", "старые;"),
        ("body", "paragraph", 0, "ii)", "новые;"),
        ("body", "paragraph", 0, None, "и сообщить о них;"),
        ("body", "paragraph", 0, None, "(b) описать их."),
        ("body", "heading", 0, None, "II Расходы"),
        ("preamble", "paragraph", 0, None, "рассмотрев смету,"),
        ("body", "paragraph", 0, "3. a)", "утверждает смету;"),
        ("body", "table", 0, None, "Год | Сумма // 2032 | | 1 000a"),
        ("body", "table", 0, None, "a В долларах США."),
        ("tail", "paragraph", 0, None, "40-е пленарное заседание 5 декабря 2031 года"),
        ("annex", "heading", 1, None, "Приложение"),
        ("annex", "paragraph", 1, "1.", "Маяк светит."),
        ("annex", "paragraph", 2, None, "Карта."),
    ]  # fmt: skip


def test_metadata(lighthouses: RawDocument) -> None:
    meta = lighthouses.meta
    assert meta.symbol == "A/RES/86/12", "the Cyrillic А of the print is folded"
    assert meta.lang == "ru"
    assert meta.title == "Маяки и морские пути"
    assert meta.date == "2031-12-05", "the year 1 of the metadata is no date; the line of the meeting has it"
    assert meta.subjects == ("lighthouses", "sea routes"), "the librarians' list, without doubles"
    assert lighthouses.problems == ()


def test_notes_and_marks(lighthouses: RawDocument) -> None:
    assert [(note.number, note.text) for note in lighthouses.notes] == [
        (1, "См. A/85/7, приложение."),
        (2, "A/86/9."),
    ]
    recalling, reefs = lighthouses.blocks[2], lighthouses.blocks[5]
    assert [recalling.text[: mark.offset].split()[-1] for mark in recalling.marks] == ["маяках", "доклад"]
    assert [mark.number for mark in recalling.marks] == [1, 2]
    assert reefs.marks == (FootnoteMark(1, len("у рифов")),), "a small figure repeats the mark of note 1"


def test_split_links_are_one(lighthouses: RawDocument) -> None:
    recalling = lighthouses.blocks[2]
    assert [(recalling.text[link.start : link.end], link.target) for link in recalling.links] == [
        ("85/3", "https://undocs.org/ru/A/RES/85/3")
    ]
    note = lighthouses.notes[0]
    assert [note.text[link.start : link.end] for link in note.links] == ["A/85/7"]


def test_each_part_is_a_document() -> None:
    reading = read_akn("parts.xml", (FIXTURES / "parts.en.xml").read_bytes())
    first, second = reading.documents
    assert (first.meta.symbol, second.meta.symbol) == ("A/RES/86/13 A", "A/RES/86/13 B")
    assert (first.meta.title, second.meta.title) == ("Lighthouses Lamps", "Lighthouses Keepers")
    assert (first.meta.date, second.meta.date) == ("2031-12-05", "2032-06-30"), "a part may have its own date"
    assert [note.number for note in first.notes] == [1]
    assert [note.number for note in second.notes] == [2]


# N1 and N2 stand for notes.
@pytest.mark.parametrize(
    ("inner", "text", "marks"),
    [
        ("Notes\u00a0the\tlamps  of\u3000the sea;", "Notes the lamps of the sea;", ()),
        ("Notes the la\u00admps\u200f;", "Notes the lamps;", ()),
        ("Cafe\u0301;", "Café;", ()),
        ("Cafe<span>\u0301</span>;", "Café;", ()),
        ("Cafe<a href='t'>\u0301</a>;", "Café;", ()),
        ("lampsN1 , sea", "lamps, sea", ((1, 5),)),
        ("lamps N1, sea", "lamps, sea", ((1, 5),)),
        ("lamps N1 sea", "lamps sea", ((1, 5),)),
        ("pharesN1\u00a0; mer", "phares ; mer", ((1, 6),)),
        ("lamp<sup>(</sup>N1<sup>)</sup>، sea", "lamp، sea", ((1, 4),)),
        ("lamp (N1) sea", "lamp sea", ((1, 4),)),
        ("lamp<sup>(</sup>N1<sup>)، (</sup>N2<sup>)</sup> sea", "lamp sea", ((1, 4), (2, 4))),
        ("lampN1<sup>،</sup> sea", "lamp، sea", ((1, 4),)),
        ("“lamp<sup>”(</sup>N1<sup>)</sup> sea", "“lamp” sea", ((1, 6),)),
        ("the 1<sup>er</sup> May, 5 m<sup>2</sup>", "the 1er May, 5 m2", ()),
        ("<img src='x'/>lamp<eol/>sea", "lamp sea", ()),
    ],
)
def test_inline_text(inner: str, text: str, marks: tuple[tuple[int, int], ...]) -> None:
    block = paragraph(inner.replace("N1", NOTE_1).replace("N2", NOTE_2))
    assert block.text == text
    assert tuple((mark.number, mark.offset) for mark in block.marks) == marks


@pytest.mark.parametrize(
    ("inner", "text", "numbers"),
    [
        ("Recommendation (2019)<sup>1</sup> of the lamps", "Recommendation (2019)1 of the lamps", [1]),
        ("5 km<sup>1</sup>", "5 km1", [1]),
        ("the lamps<sup>1</sup> of the sea", "the lamps of the sea", [1, 1]),
        ("the lamps<sup>7</sup> of the sea", "the lamps7 of the sea", [1]),
    ],
)
def test_small_figure_is_a_mark_only_of_a_note_that_was_met(inner: str, text: str, numbers: list[int]) -> None:
    block = paragraph(f"Notes{NOTE_1} {inner}")
    assert block.text == f"Notes {text}"
    assert [mark.number for mark in block.marks] == numbers


def test_note_without_figure_gets_the_next_free_number() -> None:
    block = paragraph(
        "a<authorialNote marker='*'><p>Star</p></authorialNote> b<authorialNote marker='1'><p>One</p></authorialNote>"
    )
    assert [mark.number for mark in block.marks] == [2, 1]


@pytest.mark.parametrize(
    ("inner", "spans"),
    [
        ("<a href='t'>2436</a><a href='t'> </a><a href='t'>(2018)</a>", ["2436 (2018)"]),
        ("<a href='t'>1/2</a> and <a href='t'>1/3</a>", ["1/2", "1/3"]),
        (f"<a href='t'>1/2</a>{NOTE_1}<a href='u'>1/3</a>", ["1/2", "1/3"]),
        ("<a href='t'> 1/2 </a>of it", ["1/2"]),
        ("<a href='t'> </a>of it", []),
        ("<a>1/2</a>", []),
    ],
)
def test_links(inner: str, spans: list[str]) -> None:
    block = paragraph(f"See {inner}")
    assert [block.text[link.start : link.end] for link in block.links] == spans


def test_preamble_ends_at_the_first_number() -> None:
    document = read_one(
        wrap(
            "",
            preamble="<formula><p>The General Assembly,</p></formula>"
            "<container><p>Noting the lamps of the sea,</p></container>"
            "<container><p>1. Requests the lamps:</p></container><container><p>(a) To be lit;</p></container>",
        )
    )
    assert [block.zone for block in document.blocks] == [
        Zone.HEAD,
        Zone.PREAMBLE,
        Zone.PREAMBLE,
        Zone.BODY,
        Zone.BODY,
    ]


@pytest.mark.parametrize(
    ("inner", "shape", "label", "text"),
    [
        ("<paragraph class='H1'><num>I.</num><p>Lamps</p></paragraph>", "heading", None, "I. Lamps"),
        ("<paragraph class='H1'><num>I.</num><p>I. Lamps</p></paragraph>", "heading", None, "I. Lamps"),
        ("<paragraph class='TitleH1'><num>4.</num><p>Lamps;</p></paragraph>", "paragraph", "4.", "Lamps;"),
        ("<paragraph class='H23'><num>I</num></paragraph>", "heading", None, "I"),
        ("<paragraph><num>1.1</num><content><p>. Lamps;</p></content></paragraph>", "paragraph", "1.1", "Lamps;"),
        ("<section><p><num>IV</num></p></section>", "heading", None, "IV"),
        ("<article><num>IV</num><point><num>1.</num><p>Lamps;</p></point></article>", "paragraph", "1.", "Lamps;"),
        ("<crossHeading>Lamps</crossHeading>", "heading", None, "Lamps"),
        ("<hcontainer><list><intro>Lamps:</intro></list></hcontainer>", "paragraph", None, "Lamps:"),
    ],
)
def test_headings_and_labels(inner: str, shape: str, label: str | None, text: str) -> None:
    block = read_one(wrap(inner)).blocks[-1]
    assert (block.shape.value, block.label, block.text) == (shape, label, text)


def test_number_without_text_is_dropped_and_passes_to_nobody() -> None:
    document = read_one(
        wrap(
            "<paragraph><num>1.</num><content><p/></content></paragraph><paragraph><content><p>Lamps</p></content></paragraph>"
        )
    )
    assert [(block.label, block.text) for block in document.blocks[2:]] == [(None, "Lamps")]


def test_quoted_text_follows_its_announcement() -> None:
    document = read_one(
        wrap(
            "<paragraph><num>1.</num><content><p>Decides that paragraph 2 shall read:<mod><quotedStructure>"
            "<p>“Lamps:</p><point><num>(a)</num><p>Old;”</p></point>"
            "</quotedStructure></mod></p></content></paragraph>"
        )
    )
    assert [(block.label, block.text) for block in document.blocks[2:]] == [
        ("1.", "Decides that paragraph 2 shall read:"),
        (None, "“Lamps:"),
        ("(a)", "Old;”"),
    ]


def test_title_of_the_council_is_its_cover_page() -> None:
    data = wrap(
        "<paragraph><num>1.</num><content><p>Decides to act on the lamps of the sea.</p></content></paragraph>"
    )
    text = data.decode()
    text = text.replace("<docNumber>A/RES/86/14</docNumber>", "<docNumber>S/RES/9000 (2031)</docNumber>")
    text = text.replace("</coverPage>", "<p><docTitle>Resolution 9000 (2031)</docTitle></p></coverPage>")
    start, end = text.index("<preface>"), text.index("</preface>") + len("</preface>")
    document = read_one((text[:start] + text[end:]).encode())
    assert document.meta.title == "Resolution 9000 (2031)"
    assert document.meta.symbol == "S/RES/9000 (2031)"


@pytest.mark.parametrize(
    ("name", "cover", "symbol"),
    [
        ("86session/A_RES_86_14-E.xml", "A/RES/86/13", "A/RES/86/14"),
        ("86_14 B_E.xml", "A/RES/86/13 B", "A/RES/86/14 B"),
        ("a.zip!A_RES_ES-11_2-E.xml", "A/RES/ES-11/1", "A/RES/ES-11/2"),
        ("A_RES_86_140-E.xml", "A/RES/86/140", "A/RES/86/140"),
        ("A_RES_85_14-E.xml", "A/RES/86/13", "A/RES/86/13"),
        ("my_86_14.xml", "A/RES/86/13", "A/RES/86/13"),
        ("86_14/x.xml", "A/RES/86/13", "A/RES/86/13"),
    ],
)
def test_file_name_corrects_the_number_of_a_copied_cover(name: str, cover: str, symbol: str) -> None:
    document = read_one(wrap(BODY, symbol=cover), name)
    assert document.meta.symbol == symbol
    assert [problem.code for problem in document.problems] == ["symbol-mismatch"] * (cover != symbol)


def test_symbol_from_the_address_of_the_work() -> None:
    data = wrap("<paragraph><content><p>Notes the lamps of the sea.</p></content></paragraph>", symbol="")
    data = data.replace(
        b"<FRBRExpression>",
        b"<FRBRthis value='/akn/un/statement/deliberation/unsc/2031-01-02/9000-2031/'/><FRBRExpression>",
    )
    assert read_one(data).meta.symbol == "S/RES/9000 (2031)"


BODY = (
    "<paragraph><num>1.</num><content><p>Requests the States to light the lamps of the sea.</p></content></paragraph>"
)
GERMAN = "<paragraph><p>Ersucht die Staaten, das Licht der See zu zünden und dem Rat zu berichten.</p></paragraph>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (wrap(BODY, kind="draftResolution", symbol="S/2031/7"), "skipped-draft"),
        (wrap(BODY, symbol="A/86/L.3"), "skipped-draft"),
        (wrap(BODY, kind="presidentialStatement", symbol="S/PRST/2031/7"), "skipped-statement"),
        (wrap(GERMAN, preamble="", language="deu"), "skipped-language"),
        (wrap("", preamble=""), "no-text"),
        (b"<html><p>x</p></html>", "unknown-format"),
        (b"no xml at all", "bad-xml"),
        (b"", "bad-xml"),
        (b"\x00\x00\x00", "bad-xml"),
    ],
)
def test_what_is_left_out_says_why(data: bytes, code: str) -> None:
    reading = read_akn("Council/x.xml", data)
    assert reading.documents == ()
    assert [(problem.code, problem.where) for problem in reading.skipped] == [(code, "Council/x.xml")]


def test_language_is_that_of_the_text() -> None:
    reading = read_akn("79session/Russian/x.xml", wrap(BODY, language="spa"))
    (document,) = reading.documents
    assert document.meta.lang == "en"
    assert [(problem.code, problem.message) for problem in document.problems] == [
        ("language-mismatch", "the folder says ru, the text is en"),
        ("language-mismatch", "the metadata says es, the text is en"),
    ]


@pytest.mark.parametrize("cut", [0.5, 0.7, 0.9])
def test_truncated_file_is_read_as_far_as_it_goes(cut: float) -> None:
    whole = wrap(BODY * 40)
    document = read_one(whole[: int(len(whole) * cut)])
    assert "damaged-xml" in [problem.code for problem in document.problems]
    assert len(document.blocks) > 40 * cut - 12


def test_missing_end_tag_loses_nothing() -> None:
    data = wrap(BODY).replace(b"</docTitle></p></preface>", b"</docTitle><inline name='B'></p></preface>")
    document = read_one(data)
    assert "damaged-xml" in [problem.code for problem in document.problems]
    assert [block.zone for block in document.blocks] == [Zone.HEAD, Zone.PREAMBLE, Zone.BODY]
    assert document.meta.title == TITLE


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE akomaNtoso [<!ENTITY e0 "boom">{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    reading = read_akn("x.xml", wrap(BODY.replace("the sea", "the sea &e11; &file;"), head=head))
    texts = [block.text for document in reading.documents for block in document.blocks]
    assert any("the sea" in text for text in texts)
    assert not any("boom" in text or "SECRET" in text for text in texts)


@pytest.mark.parametrize("depth", [100, 240, 5_000])
def test_great_depth_does_not_break(depth: int) -> None:
    deep = "<container>" * depth + "<p>Lamps of the sea.</p>" + "</container>" * depth
    reading = read_akn("x.xml", wrap(BODY + deep))
    assert all(problem.code in ("bad-xml", "no-text") for problem in reading.skipped)
    inline = "<span>" * depth + "Lamps of the sea." + "</span>" * depth
    assert read_akn("x.xml", wrap(BODY + f"<p>{inline}</p>")).documents


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    whole = bytearray((FIXTURES / "resolution.ru.xml").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(whole) - 1))
        whole[start : start + data.draw(st.integers(0, 80))] = data.draw(st.binary(max_size=8))
    reading = read_akn("x.xml", bytes(whole))
    assert reading.documents or reading.skipped
    for document in reading.documents:
        _assert_lawful(document)


FRAGMENTS = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&"), max_size=8),
        st.sampled_from([" ", "\t", "\u00a0", ",", " ;", "(", ")", "\u0301", "\u00ad", "e\u0301"]),
        st.sampled_from(
            [
                NOTE_1,
                "<authorialNote marker='*'><p>N</p></authorialNote>",
                "<sup>(</sup>",
                "<sup>1</sup>",
                "<a href='t'>1/2 </a>",
                "<a href='t'> </a>",
                "<eol/>",
                "<span> x</span>",
            ]
        ),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(FRAGMENTS)
def test_text_is_clean_and_offsets_lie_in_it(fragments: list[str]) -> None:
    inner = "".join(fragments)
    _assert_lawful(read_one(wrap(BODY + f"<paragraph><content><p>{inner}</p></content></paragraph>")))


def _assert_lawful(document: RawDocument) -> None:
    for block in document.blocks:
        assert block.text == " ".join(block.text.split())
        assert compose(block.text) == block.text
        offsets = [mark.offset for mark in block.marks]
        assert offsets == sorted(offsets)
        assert all(0 <= offset <= len(block.text) for offset in offsets)
        for link in block.links:
            assert 0 <= link.start < link.end <= len(block.text)
            assert block.text[link.start : link.end].strip() == block.text[link.start : link.end]
        assert block.text or (block.label and block.shape is Shape.HEADING)
