"""Web pages: paragraphs, notes in every dress, lists and tables, furniture of sites, broken markup."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parse import parse
from indexer.reading.document import RawDocument, Shape
from indexer.reading.formats import read_bytes
from indexer.reading.html import read_html
from indexer.reading.web import heads_notes, names_chrome
from indexer.structure import is_resolution


def read(page: str) -> RawDocument:
    reading = read_html("x.html", page.encode())
    assert reading.skipped == ()
    (document,) = reading.documents
    return document


def texts(page: str) -> list[str]:
    return [block.text for block in read(page).blocks]


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("<p>вода<sup>1</sup> и рыба<sup>2</sup>.", "<p><sup>1</sup> А/1.<p><sup>2</sup> А/2."),
        ("<p>вода<sup>1/</sup> и рыба <sup>2/</sup>.", "<p><sup>1/</sup> А/1.<p><sup>2/</sup> А/2."),
        ("<p>вода 1/ и рыба 2/.", "<p>1/ А/1.<p>2/ А/2."),
        ("<p>вода[1] и рыба [2].", "<p>[1] А/1.<p>[2] А/2."),
        ('<p>вода<a href="#fn1">1</a> и рыба<a href="#fn2">2</a>.', '<p id="fn1">1. А/1.<p id="fn2">2. А/2.'),
        ("<p>вода<span style='vertical-align: super'>1</span> и рыба<sup>2</sup>.", "<p>¹ А/1.<p>² А/2."),
        (
            "<p>вода<sup><a href='#n1'>[1]</a></sup> и рыба<sup><a href='#n2'>[2]</a></sup>.",
            "<section class=footnotes><ol><li><p>А/1.</p><li><p>А/2.</p></ol></section>",
        ),
        ("<p>вода<sup>1</sup> и рыба<sup>2</sup>.", "<h4>Примечания</h4><p>¹ А/1.<p>² А/2."),
    ],
)
def test_notes_in_every_dress(body: str, notes: str) -> None:
    document = read(f"<html><body>{body}{notes}</body></html>")
    (block,) = document.blocks
    assert block.text == "вода и рыба."
    assert [(mark.number, mark.offset) for mark in block.marks] == [(1, 4), (2, 11)]
    assert [(note.number, note.text) for note in document.notes] == [(1, "А/1."), (2, "А/2.")]
    assert document.problems == ()


def test_a_note_may_be_missing_in_between() -> None:
    document = read("<p>вода<sup>1</sup>, рыба<sup>2</sup>, лед<sup>3</sup>.<p><sup>1</sup> А/1.<p><sup>3</sup> А/3.")
    assert [(note.number, note.text) for note in document.notes] == [(1, "А/1."), (3, "А/3.")]
    assert [mark.number for mark in document.blocks[0].marks] == [1, 2, 3]
    assert [problem.code for problem in document.problems] == ["mark-without-note"]


def test_a_number_that_nobody_calls_heads_no_note() -> None:
    assert texts("<p>вода.<p>[3] рыба.<p>4/ лед.") == ["вода.", "[3] рыба.", "4/ лед."]


def test_lists_are_printed_with_their_numbers() -> None:
    page = """<ol start=4><li>просит:<ol type=a><li>воду;<li>рыбу;</ol><li value=9>ждет.</ol>
    <ul><li>маяк</ul><ul style="list-style: none"><li>а) лампа</ul><ol><li>7. призывает</ol>"""
    assert texts(page) == ["4. просит:", "a. воду;", "b. рыбу;", "9. ждет.", "• маяк", "а) лампа", "7. призывает"]


def test_tables() -> None:
    page = "<table><tr><th>Озеро<th>Рыбы<tr><td>Чад<td>12<tr><td>Нево<td>7</table>"
    (block,) = read(page).blocks
    assert (block.shape, block.text) == (Shape.TABLE, "Озеро | Рыбы // Чад | 12 // Нево | 7")


def test_tables_that_only_set_the_page() -> None:
    page = "<table><tr><td>1.<td>просит считать рыб;<tr><td>2.<td>призывает ждать.</table>"
    assert texts(page) == ["1. просит считать рыб;", "2. призывает ждать."]


def test_line_breaks() -> None:
    page = "<p>Резолюция,<br>принятая вчера<p>1. просит;<br>2. ждет;<br><br>3. молчит"
    assert texts(page) == ["Резолюция, принятая вчера", "1. просит;", "2. ждет;", "3. молчит"]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Меню</nav>",
        "<script>лампы()</script><style>p{}</style><noscript>Включите</noscript>",
        "<div class='site-nav'>Меню</div>",
        "<div role=contentinfo>Подвал</div>",
        "<div id=cookie-banner>Согласие</div>",
        "<p hidden>Тайна</p><p style='display:none'>Тайна</p>",
        "<form><input value=x>Поиск</form>",
        "<ul><li><a href=/a>Раз</a><li><a href=/b>Два</a><li><a href=/c>Три</a></ul>",
        "<table><tr><td><a href=/a>Раз</a><td><a href=/b>Два</a><td><a href=/c>Три</a></table>",
        "<!-- тайна -->",
        "<a href='#top'>↑</a>",
    ],
)
def test_furniture_is_left_out(furniture: str) -> None:
    text = "Генеральная Ассамблея, " + "которой зажечь лампы, " * 8 + "ждет"
    assert texts(f"<body>{furniture}<p>{text}</p>{furniture}</body>") == [text]


def test_main_content_is_taken_alone() -> None:
    text = "просит считать рыб в озерах. " * 5
    assert texts(f"<p>Новости<main><p>{text}</main><p>Еще новости") == [text.strip()]


def test_a_page_of_clauses_with_linked_citations_is_no_menu() -> None:
    page = "".join(f"<p>ссылаясь на свою резолюцию <a href=/{n}>71/{n}</a> о рыбах,</p>" for n in range(1, 6))
    assert len(texts(page)) == 5


@pytest.mark.parametrize(
    ("start", "read_as_html"),
    [
        ("<!DOCTYPE html>", True),
        ("<!-- saved from url=(0014)about:internet -->\n<html>", True),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html>', True),
        ("<HTML><BODY>", True),
        ("<pre>\n", True),
        ("<p:root/>", False),
    ],
)
def test_pages_are_told_by_their_start(start: str, read_as_html: bool) -> None:
    reading = read_bytes("x.html", f"{start}<p>лампы горят".encode())
    assert bool(reading.documents) is read_as_html


def test_old_references_mean_windows_quotes() -> None:
    assert texts("<p>&#147;Lamps&#148; &#150; lakes") == ["“Lamps” – lakes"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>a\x00b",
        "<div>" * 3000 + "лампы",
        "<table>" * 300 + "лампы",
        "<b><i>лампы</b></i><p",
        "<sup>1</sup>",
        "<li>" * 500,
    ],
)
def test_broken_markup_is_read(page: str) -> None:
    reading = read_html("x", page.encode())
    assert reading.documents or reading.skipped


MARKUP = (
    "<p>",
    "</p>",
    "<sup>1</sup>",
    "1/ ",
    "[2]",
    "лампы ",
    "<table>",
    "<td>",
    "<br>",
    "<li>",
    "<ol>",
    "<pre>",
    "\n",
)


@given(st.lists(st.sampled_from(MARKUP)))
def test_any_page_is_read(pieces: list[str]) -> None:
    reading = read_html("x", "".join(pieces).encode())
    assert reading.documents or reading.skipped


@pytest.mark.parametrize("name", ["udhr.en.html", "udhr.ru.html", "un-charter.ru.txt"])
def test_documents_that_are_no_resolutions(name: str, shared: Path) -> None:
    """The Charter and the Universal Declaration are read without fault and left out with a reason."""
    path = shared / "data" / "whole-texts" / name
    reading = read_bytes(name, path.read_bytes())
    assert reading.skipped == ()
    (document,) = reading.documents
    assert document.problems == ()
    reason = is_resolution(parse(document))
    assert reason is not None
    assert reason.message


def test_examples_of_the_table() -> None:
    data = tomllib.loads(resources.files("indexer.reading").joinpath("data/web.toml").read_text(encoding="utf-8"))
    assert all(names_chrome(row["example"]) for row in data["chrome"])
    assert all(heads_notes(row["example"]) for row in data["note_heading"])
    assert not names_chrome("footnotes")
