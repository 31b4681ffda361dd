"""Page text healed: page breaks, furniture, footnotes and their marks, joined lines."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.lines import compose, split_lines
from indexer.reading.pages import Pages, heal
from indexer.reading.paragraphs import looks_preambular


def texts(pages: Pages) -> list[str]:
    return [paragraph.text for paragraph in pages.paragraphs]


def marks(pages: Pages) -> list[tuple[int, int]]:
    return [(mark.number, mark.offset) for paragraph in pages.paragraphs for mark in paragraph.marks]


def gaps(pages: Pages) -> list[str]:
    return [gap.kind for gap in pages.gaps]


# ---------------------------------------------------------------- page breaks


def test_page_number_and_running_head_in_a_sentence() -> None:
    pages = heal("призывает все\n3\f04-12345\nA/RES/58/208\n\nгосударства принять меры")
    assert texts(pages) == ["призывает все государства принять меры"]
    assert gaps(pages) == ["page-number", "job-number", "running-head"]
    assert pages.symbol == "A/RES/58/208"


# Paragraphs are indented and spaced; each page opens with an indent; "____" stands above the notes.
SEED_STYLE = """ 71/399. Озера

 Генеральная Ассамблея,

 ссылаясь на доклад о горных озерах1 , в котором названы числа рыб и высоты
берегов, и на письмо рыбаков2, где сказано обо всем остальном, что нужно для

_______________
1  Доклад об озерах, Берн,
5\ufffd13 июня 2016 года (часть I).
2 А/71/1.
 работы на воде зимой и летом,

 отмечая, что вода в озерах за последние годы стала чище и что рыбы в ней все
больше, чем прежде, хотя зимы суровы, а ледники на склонах тают каждое лето,
 сознавая, что статья 2 и пункт 3 доклада4 о рыбах написаны рыбаками и что их

_______________
3 Там же, статья 2; текст этой сноски длинен и
переходит на другую страницу,
 число растет.

 1. принимает к сведению доклад 3 ;

_______________
где и кончается.
4 А/71/4.
"""


def test_notes_leave_the_text() -> None:
    pages = heal(SEED_STYLE)
    assert texts(pages)[2] == (
        "ссылаясь на доклад о горных озерах, в котором названы числа рыб и высоты берегов, "
        "и на письмо рыбаков, где сказано обо всем остальном, что нужно для работы на воде зимой и летом,"
    )
    assert [(note.number, note.text) for note in pages.notes] == [
        (1, "Доклад об озерах, Берн, 5–13 июня 2016 года (часть I)."),
        (2, "А/71/1."),
        (3, "Там же, статья 2; текст этой сноски длинен и переходит на другую страницу, где и кончается."),
        (4, "А/71/4."),
    ]


def test_silent_page_turn_between_paragraphs() -> None:
    """An indent without a blank line is a page break; a participle after a full line opens a paragraph."""
    pages = heal(SEED_STYLE)
    assert texts(pages)[3].endswith("тают каждое лето,")
    assert texts(pages)[4].startswith("сознавая, что статья 2 и пункт 3 доклада")


def test_running_title_of_many_pages() -> None:
    page = "A/RES/71/399 \nMountain lakes and\ntheir fish\n \n17-12345\n{}/3 \n \n"
    pages = heal(
        "71/399. Mountain lakes and their fish\n\nThe General Assembly,\n\nRecalling that all the lakes of the\n"
        + page.format(2)
        + "mountains are deep, and that the fish of the\n"
        + page.format(3)
        + "mountains are small,\n"
    )
    assert texts(pages)[-1] == (
        "Recalling that all the lakes of the mountains are deep, and that the fish of the mountains are small,"
    )
    assert Counter(gaps(pages)) == {"running-head": 6, "job-number": 2, "page-number": 2}


@pytest.mark.parametrize("line", ["3", "58/208", "2017", "10."])
def test_numbers_that_are_no_furniture(line: str) -> None:
    pages = heal(f"считает по\n{line}\nрыб в день")
    assert texts(pages) == [f"считает по {line} рыб в день"]


def test_paragraph_number_on_a_line_of_its_own() -> None:
    pages = heal("1. \nWelcomes the fish;\n\n2. \nRequests water,\n\n(a) \nBy day.")
    assert texts(pages) == ["1. Welcomes the fish;", "2. Requests water,", "(a) By day."]


def test_paragraphs_without_blank_lines() -> None:
    pages = heal("Генеральная Ассамблея,\nотмечая озера,\n1. просит:\nа) рыб;\nб) воду;\n2. ждет.")
    assert texts(pages)[-5:] == ["отмечая озера,", "1. просит:", "а) рыб;", "б) воду;", "2. ждет."]


def test_a_note_block_ends_without_indents() -> None:
    pages = heal(
        "Recalling the report on the fish of the lakes1 and the other\n_____________\n"
        "1 See the report on all the fish of all the lakes of\nthe mountains.\nreports on the water,\n\n1. Waits."
    )
    assert texts(pages) == [
        "Recalling the report on the fish of the lakes and the other reports on the water,",
        "1. Waits.",
    ]
    assert [note.text for note in pages.notes] == [
        "See the report on all the fish of all the lakes of the mountains."
    ]


def test_a_note_number_on_a_line_of_its_own() -> None:
    pages = heal("отмечая рыб1,\n\n_______________\n1\nСм. доклад о рыбах.")
    assert [(note.number, note.text) for note in pages.notes] == [(1, "См. доклад о рыбах.")]


def test_a_rule_is_no_note_block() -> None:
    pages = heal("Вода чиста.\n\n_______________\n\nРыбы малы.")
    assert texts(pages) == ["Вода чиста.", "Рыбы малы."]
    assert gaps(pages) == ["separator"]


def test_notes_at_the_end_of_a_web_page() -> None:
    pages = heal("получив письмо рыбаков[3],\n\nждет ответа[4].\n\n[3] Письмо A/71/3.\n[4] Письмо A/71/4.")
    assert texts(pages) == ["получив письмо рыбаков,", "ждет ответа."]
    assert [(note.number, note.text) for note in pages.notes] == [(3, "Письмо A/71/3."), (4, "Письмо A/71/4.")]
    assert marks(pages) == [(3, 22), (4, 11)]


# ---------------------------------------------------------------- marks


def one_note(text: str, number: int) -> tuple[str, list[tuple[int, int]]]:
    """Heal a text with one note of this number at its foot."""
    pages = heal(f"{text}\n\n_______________\n{number} Нота.")
    return " ".join(texts(pages)), marks(pages)


@pytest.mark.parametrize(
    ("printed", "number", "healed", "offset"),
    [
        ("доклад о рыбах1, и вода", 1, "доклад о рыбах, и вода", 14),
        ("доклад о рыбах1 , и вода", 1, "доклад о рыбах, и вода", 14),
        ("доклад о рыбах 1 , и вода", 1, "доклад о рыбах, и вода", 14),
        ("доклад о рыбах 7  и вода", 7, "доклад о рыбах и вода", 14),
        ("доклад о рыбах¹ и вода", 1, "доклад о рыбах и вода", 14),
        ("доклад о рыбах 6\n, и вода", 6, "доклад о рыбах, и вода", 14),
        ("a report on fish,1 and water", 1, "a report on fish, and water", 17),
        ("a report on fish, 1 and water", 1, "a report on fish, and water", 17),
        ("of 1 May 1988,2 and water", 2, "of 1 May 1988, and water", 14),
        ("of 2 May 20162 and water", 2, "of 2 May 2016 and water", 13),
        ("решение 1373 (2001)2 и вода", 2, "решение 1373 (2001) и вода", 19),
        ("تقرير الأسماك(1)، والماء", 1, "تقرير الأسماك، والماء", 13),
        ("《鱼的报告》、1 《水的报告》", 1, "《鱼的报告》、《水的报告》", 7),
        ("鱼的报告3\n和水", 3, "鱼的报告和水", 4),
        ("мир[1] и вода", 1, "мир и вода", 3),
    ],
)
def test_shapes_of_marks(printed: str, number: int, healed: str, offset: int) -> None:
    assert one_note(printed, number) == (healed, [(number, offset)])


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("статья 2 и вода", 2),
        ("2 июля 1999 года", 2),
        ("в 2006 году", 6),
        ("резолюция S-24/2 о рыбах", 24),
        ("from 18 May 2016 and 18 June 2016", 18),
        ("环比3 248 400", 3),
        ("на его заседании9 июля 2021 года", 9),
        ("document A/71/1/Add.2, on fish", 2),
    ],
)
def test_numbers_that_are_no_marks(printed: str, number: int) -> None:
    healed, found = one_note(printed, number)
    assert healed == printed
    assert found == []


def test_the_sure_mark_wins_over_the_number_before_it() -> None:
    assert one_note("по пункту 2 доклада о рыбах2 и воде", 2)[0] == "по пункту 2 доклада о рыбах и воде"


def test_marks_are_lifted_where_no_note_defines_them() -> None:
    pages = heal("в своей резолюции 1373 (2001)2 и в своём докладе4 Совет")
    assert texts(pages) == ["в своей резолюции 1373 (2001) и в своём докладе Совет"]
    assert marks(pages) == [(2, 29), (4, 47)]
    assert [problem.code for problem in pages.problems] == ["mark-without-note"] * 2


# ---------------------------------------------------------------- lines and letters


@pytest.mark.parametrize(
    ("printed", "healed"),
    [
        ("права трудящихся-\nмигрантов", "права трудящихся-мигрантов"),
        ("мигранты и миг-\nранты", "мигранты и мигранты"),
        ("the development of fish and develop-\nment of lakes", "the development of fish and development of lakes"),
        ("резо\u00adлюция Генеральной Ассам\u00ad\nблеи", "резолюция Генеральной Ассамблеи"),
        ("бо\u0438\u0306ки\u0438\u0306", "бо\u0439ки\u0439"),
        ("29 июня \ufffd3 июля", "29 июня – 3 июля"),
        ("5\ufffd13 июня", "5–13 июня"),
        ("78-e пленарное заседание", "78-е пленарное заседание"),
        ("Доклад  о  рыбах", "Доклад о рыбах"),
        ("大会注意到第\n71/399号决议", "大会注意到第71/399号决议"),
        ("рыбы\u00a0и\u200b вода\ufeff", "рыбы и вода"),
    ],
)
def test_joined_and_restored(printed: str, healed: str) -> None:
    assert texts(heal(printed)) == [healed]


def test_letters_are_composed_but_arabic_vowels_keep_their_order() -> None:
    assert compose("й") == "й"
    assert compose("تسلِّم") == "تسلِّم"


def test_table_keeps_its_cells() -> None:
    (paragraph,) = heal("Рыбы   12   3\nВода   4   5\nЛед   6   7").paragraphs
    assert paragraph.table
    assert paragraph.text == "Рыбы | 12 | 3 // Вода | 4 | 5 // Лед | 6 | 7"


def test_broken_characters_are_reported() -> None:
    pages = heal("ры\x00бы \ud800 и вода")
    assert texts(pages) == ["рыбы \ufffd и вода"]
    assert [problem.code for problem in pages.problems] == ["control-characters", "broken-characters"]


# ---------------------------------------------------------------- laws

PIECES = st.sampled_from(
    ["\n", "\n\n", "\f", " ", "_______________\n", "1 Нота.", "2  See A/71/2.", "рыбах1 ,", "вода;", "1. просит",
     "A/RES/71/399", "17-12345", "1/2", "3", "¹", "(1)", "[2]", "а) рыбы", "大会，", "5\ufffd13", "тру-\n",
     "ая\u00ad", "71/399. Озера", "Recalling", "—", "x   y   z"]
)  # fmt: skip
PAGE_TEXT = st.one_of(
    st.text(), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)


@given(PAGE_TEXT)
def test_every_printed_line_is_used_once(text: str) -> None:
    pages = heal(text)
    used = Counter(
        [number for paragraph in pages.paragraphs for number in paragraph.lines]
        + [number for note in pages.notes for number in note.lines]
        + [gap.line for gap in pages.gaps]
    )
    printed = [line.number for line in split_lines(text)[0] if not line.blank]
    assert used == Counter(printed)


@given(PAGE_TEXT)
def test_healed_text_is_one_line_and_single_spaced(text: str) -> None:
    pages = heal(text)
    for healed in [*texts(pages), *(note.text for note in pages.notes)]:
        assert healed == " ".join(healed.split())
    for paragraph in pages.paragraphs:
        offsets = [mark.offset for mark in paragraph.marks]
        assert offsets == sorted(offsets)
        assert all(0 <= offset <= len(paragraph.text) for offset in offsets)


def _openers() -> list[tuple[str, str]]:
    data = resources.files("indexer.reading").joinpath("data/openers.toml").read_text(encoding="utf-8")
    return [(row["pattern"], row["example"]) for row in tomllib.loads(data)["opener"]]


@pytest.mark.parametrize(("pattern", "example"), _openers())
def test_openers_match_their_examples(pattern: str, example: str) -> None:
    assert re.match(pattern, example)
    assert looks_preambular(example)
    assert not looks_preambular("озера и рыбы")


def test_note_under_a_star() -> None:
    pages = heal(
        " 71/399. Озера*\n\n Ассамблея,\n\n ссылаясь на озера1,\n_______________\n"
        "* Переиздано.\n1 A/71/9.\n\n 1. ждет."
    )
    assert [(note.number, note.text) for note in pages.notes] == [(1, "A/71/9."), (2, "Переиздано.")]
    assert pages.paragraphs[0].text == "71/399. Озера"
    assert [(mark.number, mark.offset) for mark in pages.paragraphs[0].marks] == [(2, 13)]
    assert pages.paragraphs[-1].text == "1. ждет."


def test_starred_symbol_of_a_masthead() -> None:
    assert heal("A/RES/71/399*\n\nThe General Assembly,\n\n_______________\n* Reissued.").symbol == "A/RES/71/399"


def test_mark_on_a_number_between_the_marks_around_it() -> None:
    pages = heal(
        " ссылаясь на резолюции1 и цель 13, и на решения 5/12 и 5/63, и на доклад4 от 3 марта,\n"
        "_______________\n1 A.\n2 B.\n3 C.\n4 D.\n\n 1. ждет."
    )
    assert (
        pages.paragraphs[0].text == "ссылаясь на резолюции и цель 13, и на решения 5/1 и 5/6, и на доклад от 3 марта,"
    )
    assert [mark.number for mark in pages.paragraphs[0].marks] == [1, 2, 3, 4]


def test_mark_at_the_end_of_a_page_does_not_hide_the_comma() -> None:
    wide = "Recalling the lakes of the mountains and all that swims in them through the year"
    filler = "\n\n".join(f"{wide} and\n{wide} and\n{wide}," for _ in range(4))
    pages = heal(
        f"{filler}\n\n{wide} and\nNoting the fish of the rivers and all that swims in them in winter, 1\n"
        f"_______________\n1 A.\n2/3\n{wide} and\n{wide}.\n\n3/3\n"
    )
    assert pages.paragraphs[-1].text.startswith("Recalling")


def test_words_broken_at_line_ends_beside_their_kin() -> None:
    pages = heal(
        "The lakes are implemented and represented in concert with others for the imple-\nmentation of "
        "a long-\nterm plan and the repre-\nsentation of a long-standing con-\ncern of all.\n"
    )
    text = pages.paragraphs[0].text
    assert "implementation" in text
    assert "representation" in text
    assert "long-term" in text


def test_mark_on_a_symbol_that_stands_bare_elsewhere() -> None:
    pages = heal(
        " ссылаясь на резолюции 62/28, 63/51 и 78/25,\n\n отмечая доклад по резолюции 78/251,\n\n и решение 66/31,\n"
        "_______________\n1 A/79/9.\n\n 1. ждет."
    )
    assert [(mark.number, pages.paragraphs[1].text) for mark in pages.paragraphs[1].marks] == [
        (1, "отмечая доклад по резолюции 78/25,")
    ]


def test_note_that_stands_on_the_page_after_its_mark() -> None:
    pages = heal(
        " ссылаясь на доклад1 и решения2 о рыбах,\n_______________\n1 Документ о рыбах,\n\n3/3\n"
        " отмечая воду,\n_______________\nи о воде.\n2 A/79/9.\n\n 1. ждет."
    )
    assert [mark.number for mark in pages.paragraphs[0].marks] == [1, 2]
    assert [note.text for note in pages.notes] == ["Документ о рыбах, и о воде.", "A/79/9."]
