"""Cutting texts into links, isolated runs and marked pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.texts import Text, TextLink, annotated, direction, highlighted, passage, symbol_spans, tidy
from indexer.model import FootnoteMark

spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8)
texts = st.text(alphabet="аб ж()/.,-58A<&\u0301ع", max_size=50)


def marked(text: Text) -> list[str]:
    return [piece.text for part in text.parts for run in part.runs for piece in run.pieces if piece.marked]


def isolated(text: Text) -> list[str]:
    return ["".join(p.text for p in run.pieces) for part in text.parts for run in part.runs if run.isolated]


def test_highlights_are_code_points() -> None:
    assert marked(highlighted("\U0001d54f совет", "ru", [(2, 7)])) == ["совет"]


def test_overlapping_and_stray_highlights_are_joined_and_clipped() -> None:
    assert tidy([(4, 9), (0, 2), (7, 12), (3, 3), (20, 30), (-4, 1)], 10) == ((0, 2), (4, 10))


@given(texts, spans)
def test_cutting_loses_and_adds_no_text(text: str, highlights: list[tuple[int, int]]) -> None:
    for lang in ("ru", "ar", None):
        assert highlighted(text, lang, highlights).plain == text


@given(texts, spans)
def test_what_is_marked_is_what_was_to_be_marked(text: str, highlights: list[tuple[int, int]]) -> None:
    wanted = "".join(text[start:end] for start, end in tidy(highlights, len(text)))
    assert "".join(marked(highlighted(text, "ar", highlights))) == wanted


@given(texts, spans, spans)
def test_links_and_notes_keep_the_text(text: str, links: list[tuple[int, int]], notes: list[tuple[int, int]]) -> None:
    shown = annotated(
        text, "ar", [TextLink(a, b, "#x") for a, b in links], [FootnoteMark(n, offset) for n, offset in notes]
    )
    assert shown.plain == text
    assert sorted(part.note for part in shown.parts if part.note is not None) == sorted(n for n, _ in notes)


def test_notes_stand_at_their_offset_and_never_inside_a_link() -> None:
    text = "ссылаясь на Пакт и Устав"
    shown = annotated(
        text, "ru", [TextLink(12, 16, "/p")], [FootnoteMark(1, 8), FootnoteMark(2, 14), FootnoteMark(3, 24)]
    )
    flow = [part.note or "".join(p.text for run in part.runs for p in run.pieces) for part in shown.parts]
    assert flow == ["ссылаясь", 1, " на ", "Пакт", 2, " и Устав", 3]


def test_a_link_inside_another_is_dropped() -> None:
    shown = annotated("резолюция 58/208", "ru", [TextLink(10, 16, "/inner"), TextLink(0, 16, "/outer")])
    assert [part.href for part in shown.parts] == ["/outer"]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("قرار الجمعية العامة 58/208", ["58/208"]),
        ("الوثيقة (A/58/98)،", ["A/58/98"]),
        ("القرار S/RES/1325(2000).", ["S/RES/1325(2000)"]),
        ("A/C.2/54/2 و 60/1.", ["A/C.2/54/2", "60/1"]),
        ("كانون الأول/ديسمبر 2003", []),
        ("1325 (2000)", []),
        ("///", []),
    ],
)
def test_symbols_in_right_to_left_text_are_isolated(text: str, symbols: list[str]) -> None:
    assert [text[start:end] for start, end in symbol_spans(text)] == symbols
    assert isolated(highlighted(text, "ar")) == symbols


def test_left_to_right_text_needs_no_isolation() -> None:
    assert isolated(highlighted("resolution 58/208", "en")) == []


def test_a_highlight_inside_an_isolated_symbol_stays_inside_it() -> None:
    shown = highlighted("قرار 58/208", "ar", [(5, 7)])
    assert isolated(shown) == ["58/208"]
    assert marked(shown) == ["58"]


@pytest.mark.parametrize(("lang", "expected"), [("ar", "rtl"), ("ru", "ltr"), ("zh", "ltr"), ("fr", "ltr")])
def test_direction(lang: str, expected: str) -> None:
    assert direction(lang) == expected


def test_passage_moves_its_highlights() -> None:
    text = "один два три четыре пять"
    shown = passage(text, "ru", 5, 19, [(0, 4), (9, 12), (13, 24)])
    assert shown.plain == "… два три четыре …"
    assert marked(shown) == ["три четыре"]


def test_passage_of_the_whole_text_has_no_ellipsis() -> None:
    assert passage("три", "ru", 0, 99).plain == "три"
