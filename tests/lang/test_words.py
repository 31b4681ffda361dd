"""Symbols, numbers and compounds are the same in every language."""

from __future__ import annotations

import pytest

from indexer.lang import get_language
from tests.lang.meeting import holds, surfaces

SPACED = ["ar", "en", "fr", "ru", "es"]


@pytest.mark.parametrize("code", [*SPACED, "zh"])
@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("58/208", "58/208"),
        ("A/RES/58/208", "a/res/58/208"),
        ("А/RES/58/208", "a/res/58/208"),  # a Cyrillic А
        ("А/С.2/54/2", "a/c.2/54/2"),  # Cyrillic А and С
        ("A/CONF.157/24", "a/conf.157/24"),
        ("A/RES/ES\u201110/2", "a/res/es-10/2"),
        ("ICCD/COP", "iccd"),
        ("57/270B", "57/270b"),
        ("57/270В", "57/270b"),  # a Cyrillic В
        ("R.95.XIII.18", "r.95.xiii.18"),
        ("E.03.II.A.3", "e.03.ii.a.3"),
        ("10,000", "10,000"),
        ("15.06.2003", "15.06.2003"),
        ("٢٠٨/٥٨", "208/58"),
        ("５８／２０８", "58/208"),
    ],
)
def test_symbols_and_numbers_are_one_token(code: str, printed: str, form: str) -> None:
    tokens = get_language(code).tokens(printed)
    assert tokens[0].form == form
    assert len(tokens) == (1 if any(char.isdigit() for char in printed) else 2)


@pytest.mark.parametrize("code", [*SPACED, "zh"])
def test_short_symbol_finds_the_full_one(code: str) -> None:
    assert holds(code, "58/208", "A/RES/58/208")
    assert not holds(code, "58/208", "A/58/208")
    assert not holds(code, "58/208", "58, 208")
    assert not holds(code, "58", "58/208")


def test_c23_symbol_is_not_its_pieces() -> None:
    assert not holds("ru", "58/208", "58 стран и 208 участников")
    assert holds("ru", "58/208", "ссылаясь на резолюцию 58/208 от 23 декабря")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("п.5", ["п", "5"]),
        ("ВИЧ/СПИД", ["ВИЧ", "СПИД"]),
        ("и/или", ["и", "или"]),
        ("1325 (2000)", ["1325", "2000"]),
        ("докладе⁴", ["докладе"]),
        ("конец.Начало", ["конец", "Начало"]),
        ("пункты 5, 6", ["пункты", "5", "6"]),
        ("2003 г.", ["2003", "г"]),
        ("1990-2000", ["1990-2000", "1990", "2000"]),
        ("государства — члены", ["государства", "члены"]),
        ("-а-", ["а"]),
    ],
)
def test_units(text: str, words: list[str]) -> None:
    assert surfaces("ru", text) == words


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_compound_is_whole_and_parts(hyphen: str) -> None:
    text = f"все государства{hyphen}члены просят"
    tokens = get_language("ru").tokens(text)
    assert [(text[t.start : t.end], t.position, t.form) for t in tokens] == [
        ("все", 0, "все"),
        (f"государства{hyphen}члены", 1, "государства-члены"),
        ("государства", 1, "государства"),
        ("члены", 2, "члены"),
        ("просят", 3, "просят"),
    ]
    assert tokens[1].bases == ("государство-член",)


def test_offsets_are_into_the_text_as_given() -> None:
    text = "\u2067резо\u00adлюция\u2069 Ассам\u00ad\nблеи и\u0306ода"
    assert surfaces("ru", text) == ["резо\u00adлюция", "Ассам\u00ad\nблеи", "и\u0306ода"]
    assert [token.form for token in get_language("ru").tokens(text)] == ["резолюция", "ассамблеи", "йода"]
