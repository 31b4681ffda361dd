"""Numbers and letters in every script, and how they nest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.structure.enumerators import Levels, chinese_number, read_enumerator, read_label, read_number


@pytest.mark.parametrize(
    ("text", "element", "rest"),
    [
        ("(a) text", "a", "text"),
        ("a) texte", "a", "texte"),
        ("а) текст", "a", "текст"),  # Cyrillic letter
        ("с) текст", "c", "текст"),
        ("(أ) نص", "a", "نص"),
        ("(هـ) نص", "e", "نص"),
        ("(أ أ) نص", "aa", "نص"),
        ("أ - نص", "a", "نص"),
        ("ب نص", "b", "نص"),
        ("'2' نص", "ii", "نص"),
        ("’3‘ نص", "iii", "نص"),
        ("(一) 文", "i", "文"),
        ("㈡ 文", "ii", "文"),
        ("㈩㈠文", "xi", "文"),
        ("（a）文", "a", "文"),
        ("(iv) text", "iv", "text"),
        ("(1) text", "1", "text"),
        ("(dd) text", "dd", "text"),
        ("a. text", "a", "text"),
        ("• text", "", "text"),
        ("– text", "", "text"),
    ],
)
def test_reads(text: str, element: str, rest: str) -> None:
    found = read_enumerator(text)
    assert found is not None
    assert found.readings[0].element == element
    assert text[found.length :] == rest


@pytest.mark.parametrize("text", ["text", "(see above) text", "(2001) text", "a text", "СССР) x", "см. выше", "и "])
def test_reads_no_enumerator(text: str) -> None:
    assert read_enumerator(text) is None


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("10. просит", "10", "просит"),
        ("1 - تطلب", "1", "تطلب"),
        ("7- تطلب", "7", "تطلب"),
        ("3. 请", "3", "请"),
        ("12．请", "12", "请"),
        ("1.2 Strengthen", "1.2", "Strengthen"),
        ("4.1. Strengthen", "4.1", "Strengthen"),
    ],
)
def test_reads_paragraph_numbers(text: str, number: str, rest: str) -> None:
    found = read_number(text)
    assert found is not None
    assert found.number == number
    assert text[found.length :] == rest


@pytest.mark.parametrize(
    "text", ["1999 года", "5–13 сентября", "78-е заседание", "58/208. Title", "3.5.2003", "2 июля"]
)
def test_reads_no_paragraph_number(text: str) -> None:
    assert read_number(text) is None


def nest(*labels: str, below: frozenset[str] = frozenset()) -> list[str]:
    """Place printed labels one after the other; those in ``below`` follow a colon."""
    levels = Levels()
    read = [label_ for label in labels if (label_ := read_label(label))]
    assert len(read) == len(labels)
    followings = [*(item.readings for item in read[1:]), ()]
    return [
        ".".join(levels.place(item.readings, following, below=item.printed in below))
        for item, following in zip(read, followings, strict=True)
    ]


@pytest.mark.parametrize(
    ("printed", "paths"),
    [
        ("(g) (h) (i) (j)", "g h i j"),
        ("(i) (ii) (iii)", "i ii iii"),
        ("(a) (b) (i) (ii) (c)", "a b b.i b.ii c"),
        ("(h) (i) (ii) (i) (j)", "h h.i h.ii i j"),
        ("a) i) a. b. ii) b)", "a a.i a.i.a a.i.b a.ii b"),
        ("а) b) c) d) e)", "a b c d e"),
        ("а) б) в) г) д) е)", "a b c d e f"),
        ("(أ) (ب) '1' '2' (ج)", "a b b.i b.ii c"),
        ("(a) ㈠ ㈡ (b)", "a a.i a.ii b"),
        ("(y) (z) (aa) (bb)", "y z aa bb"),
        ("(a) (b) (d)", "a b d"),
        ("(v) (w) (x)", "v w x"),
        ("(iv) (v) (vi)", "iv v vi"),
    ],
)
def test_nesting(printed: str, paths: str) -> None:
    assert nest(*printed.split()) == paths.split()


def test_colon_opens_a_level() -> None:
    assert nest("(g)", "(h)", "(i)", below=frozenset({"(i)"})) == ["g", "h", "h.i"]


@given(st.text(max_size=12))
def test_any_text_is_read(text: str) -> None:
    for found in (read_enumerator(text), read_label(text)):
        assert found is None or found.readings
    number = read_number(text)
    assert number is None or 0 < number.length <= len(text)


LABELS = [f"({letter})" for letter in "abcdefghijvx"] + ["(ii)", "1)", "а)", "б)", "'1'", "㈠", "a."]


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=12))
def test_any_order_is_placed(labels: list[str]) -> None:
    assert all(nest(*labels))


@pytest.mark.parametrize(("printed", "element"), [("(丑)", "b"), ("(乙)", "b"), ("(ﻫ)", "e")])
def test_rarer_letters(printed: str, element: str) -> None:
    enumerator = read_enumerator(f"{printed} x")
    assert enumerator is not None
    assert enumerator.readings[0].element == element


@pytest.mark.parametrize(("digits", "value"), [("七", 7), ("十二", 12), ("三十", 30), ("一百零三", 103), ("㈢", 3)])
def test_chinese_numbers(digits: str, value: int) -> None:
    assert chinese_number(digits) == value


def test_number_before_a_figure() -> None:
    number = read_number("18. 2015年")
    assert number is not None
    assert (number.number, number.length) == ("18", 4)
    assert read_number("18.2015") is None


def test_misprinted_letter_stays_at_its_level() -> None:
    levels = Levels()
    printed = ["(a)", "(b)", "(d)", "(c)"]
    paths = [levels.place(enumerator.readings) for label in printed if (enumerator := read_enumerator(f"{label} x"))]
    assert paths == [("a",), ("b",), ("d",), ("c",)]


def test_letter_behind_a_roman_item_is_no_roman_fifty() -> None:
    levels = Levels()
    printed = ["(i)", "(k)", "(ii)", "(l)"]
    found = [enumerator for label in printed if (enumerator := read_enumerator(f"{label} x"))]
    following = [enumerator.readings for enumerator in found[1:]]
    paths = [levels.place(e.readings, f) for e, f in zip(found, [*following, ()], strict=True)]
    assert paths[-1] == ("ii", "l")
