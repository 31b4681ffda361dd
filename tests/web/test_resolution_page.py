"""The page of a resolution: what it shows, its anchors and its markup."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from app.web.clauses import enumerator, printed_number
from app.web.errors import missing_resolution
from app.web.plain import plain_resolution
from app.web.render import render, visit
from app.web.resolution_page import resolution_view
from indexer.model import (
    Citation,
    CitationKind,
    CitationStatus,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Resolution,
    Symbol,
    TargetId,
)
from tests.web.markup import Markup, read_markup
from tests.web.visits import visitor

OWN = Symbol("A/RES/99/1")
HELD = Symbol("A/RES/98/2")


def clause(path: str, kind: ClauseType, text: str, number: str | None = None) -> Clause:
    return Clause(ClausePath(path), kind, number, text)


def citation(
    text: str, surface: str, target: str | None, kind: CitationKind, status: CitationStatus = CitationStatus.RESOLVED
) -> Citation:
    start = text.index(surface)
    return Citation(surface, start, start + len(surface), kind, TargetId(target) if target else None, status)


RECALLING = "ссылаясь на свою резолюцию 98/2, на Конвенцию о правах <ребенка> и на резолюцию 5,"
RESOLUTION = Resolution(
    symbol=OWN,
    lang="ru",
    title="Проба & пера",
    date="2044-10-01",
    body="GA",
    session="99",
    clauses=(
        clause("title", ClauseType.TITLE, "Проба & пера"),
        clause("enacting", ClauseType.ENACTING, "Генеральная Ассамблея,"),
        replace(
            clause("pp1", ClauseType.PREAMBULAR, RECALLING),
            marks=(FootnoteMark(1, RECALLING.index(" и на")), FootnoteMark(2, len(RECALLING))),
            citations=(
                citation(RECALLING, "резолюцию 98/2", HELD, CitationKind.RESOLUTION),
                citation(RECALLING, "Конвенцию о правах <ребенка>", "ins:crc", CitationKind.INSTRUMENT),
                citation(RECALLING, "резолюцию 5", None, CitationKind.RESOLUTION, CitationStatus.UNRESOLVED),
            ),
        ),
        clause("h1", ClauseType.HEADING, "Дела"),
        clause("op10", ClauseType.OPERATIVE, "постановляет:", "10"),
        clause("op10.a", ClauseType.SUBPARAGRAPH, "начать;", "10.a"),
        clause("op10.a.ii", ClauseType.SUBPARAGRAPH, "и кончить;", "10.a.ii"),
        clause("adoption", ClauseType.ADOPTION, "1-е пленарное заседание"),
    ),
    footnotes=(
        Footnote(1, "Резолюция 98/2, приложение.", ClausePath("pp1")),
        Footnote(2, "Там же.", ClausePath("pp1")),
    ),
    subjects=("sustainable_development",),
)


def holdings(symbol: Symbol) -> Collection[LanguageCode]:
    held: dict[Symbol, tuple[LanguageCode, ...]] = {OWN: ("ru", "ar", "zh"), HELD: ("ru",)}
    return held.get(symbol, ())


def shown(resolution: Resolution = RESOLUTION, query: str = "ui=ru", root: str = "") -> Markup:
    asker = visitor(query, root)
    here = visit(asker)
    view = resolution_view(resolution, holdings, here.words, here.addresses)
    return read_markup(bytes(render(asker, "resolution.html", view).body).decode())


def test_every_clause_and_footnote_has_an_anchor() -> None:
    page = shown()
    ids = {element.attributes["id"] for element in page.elements if "id" in element.attributes}
    assert {clause.path for clause in RESOLUTION.clauses} | {note.path for note in RESOLUTION.footnotes} <= ids
    links = {link.attributes["href"] for link in page.find("a", class_="anchor")}
    assert links == {f"#{clause.path}" for clause in RESOLUTION.clauses if clause.type is not ClauseType.TITLE}


def test_texts_are_escaped_and_keep_their_language() -> None:
    page = shown(query="ui=en")
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("h1").text == "Проба & пера"
    assert page.one("h1").attributes["lang"] == "ru"
    assert page.one("p", id="pp1").attributes["lang"] == "ru"
    assert "<ребенка>" in page.one("p", id="pp1").text


def test_citations_lead_to_what_is_held_or_to_what_cites_the_same() -> None:
    links = {link.text: link.attributes["href"] for link in shown().find("a", class_="cite")}
    assert links == {
        "резолюцию 98/2": "/ru/A/RES/98/2?ui=ru",
        "Конвенцию о правах <ребенка>": "/?lang=ru&cites=ins%3Acrc&ui=ru",
    }


def test_footnote_marks_lead_to_the_notes_and_back() -> None:
    page = shown()
    marks = [link.attributes["href"] for sup in page.find("sup") for link in page.find("a") if sup in link.parents]
    assert marks == ["#fn1", "#fn2"]
    assert [link.attributes["href"] for link in page.find("a", class_="back")] == ["#pp1", "#pp1"]


@pytest.mark.parametrize(
    ("number", "lang", "printed"),
    [
        (None, "ru", None),
        ("4", "ru", "4."),
        ("10.a", "ru", "a)"),
        ("10.a", "en", "(a)"),
        ("10.a.ii", "fr", "ii)"),
        ("10.a", "zh", "(a)"),
    ],
)
def test_enumerators_are_printed_as_the_language_prints_them(number: str | None, lang: str, printed: str) -> None:
    assert enumerator(number, lang) == printed


def test_numbers_of_hits_are_whole() -> None:
    assert printed_number("10.a.ii") == "10 (a) (ii)"


def test_facts_data_and_the_official_document_are_linked() -> None:
    page = shown()
    facts = [element.text for element in page.elements if element.tag in {"dt", "dd"}]
    assert facts == [
        *("Орган", "Генеральная Ассамблея"),
        *("Сессия", "99-я сессия"),
        *("Дата", "1 октября 2044 года"),
        *("Темы", "sustainable development"),
        *("Языки", "арабский", "китайский"),
    ]
    assert next(page.find("bdi", lang="en")).text == "sustainable development"
    urls = page.urls()
    assert "https://undocs.org/ru/A/RES/99/1" in urls
    assert {"/ru/A/RES/99/1.json", "/ru/A/RES/99/1.txt", "/ar/A/RES/99/1?ui=ru"} <= set(urls)


def test_every_own_link_stays_under_the_prefix() -> None:
    own = [url for url in shown(root="/un").urls() if not url.startswith(("#", "https://undocs.org/"))]
    assert all(url.startswith("/un/") for url in own), own


def test_right_to_left_resolution() -> None:
    text = "وإذ تشير إلى قرارها 58/208"
    arabic = replace(
        RESOLUTION,
        lang="ar",
        title="الهجرة",
        footnotes=(Footnote(1, "القرار", ClausePath("pp1")),),
        clauses=(replace(clause("pp1", ClauseType.PREAMBULAR, text), marks=(FootnoteMark(1, len(text)),)),),
    )
    page = shown(arabic)
    paragraph = page.one("p", id="pp1")
    assert (paragraph.attributes["lang"], paragraph.attributes["dir"]) == ("ar", "rtl")
    assert page.one("bdi", dir="ltr").text == "58/208"
    assert page.one("html").attributes["dir"] == "ltr"
    assert page.one("a", class_="anchor").attributes["lang"] == "ru"


def test_plain_text_has_numbers_and_footnotes() -> None:
    lines = plain_resolution(RESOLUTION).split("\n\n")
    assert lines[:3] == ["A/RES/99/1", "Проба & пера", "2044-10-01"]
    assert "10. постановляет:" in lines
    assert "a) начать;" in lines
    assert lines[-1] == "[2] Там же.\n"
    assert sum("Проба" in line for line in lines) == 1


def test_missing_resolution_names_the_languages_that_are_held() -> None:
    response = missing_resolution(visitor("ui=ru"), "A/RES/99/1", "en", ("ru", "ar"))
    page = read_markup(bytes(response.body).decode())
    assert response.status_code == 404
    assert "A/RES/99/1" in page.one("h1").text
    assert {"/ru/A/RES/99/1?ui=ru", "/ar/A/RES/99/1?ui=ru"} <= set(page.urls())


def test_unknown_resolution_page_escapes_what_was_asked_for() -> None:
    response = missing_resolution(visitor("ui=en"), "<b>x</b>", "en", ())
    page = read_markup(bytes(response.body).decode())
    assert "<b>x</b>" in page.one("h1").text
