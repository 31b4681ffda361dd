"""The page of a resolution: what it shows, its anchors and its markup."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from app.relations import relations
from app.web.clause_page import clause_view
from app.web.clauses import enumerator, printed_number
from app.web.errors import missing_resolution
from app.web.plain import plain_resolution
from app.web.render import render, visit
from app.web.resolution_page import depth, is_heading, resolution_view
from indexer.model import (
    AdoptionMode,
    AgendaItem,
    Ballot,
    Citation,
    CitationKind,
    CitationStatus,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Proceedings,
    Resolution,
    Symbol,
    TargetId,
    Vote,
)
from tests.resolutions import index, resolution
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


def shown(what: Resolution = RESOLUTION, query: str = "ui=ru", root: str = "") -> Markup:
    asker = visitor(query, root)
    here = visit(asker)
    view = resolution_view(what, holdings, here.words, here.addresses)
    return read_markup(bytes(render(asker, "resolution.html", view).body).decode())


def test_every_clause_and_footnote_has_an_anchor() -> None:
    page = shown()
    ids = {element.attributes["id"] for element in page.elements if "id" in element.attributes}
    assert {clause.path for clause in RESOLUTION.clauses} | {note.path for note in RESOLUTION.footnotes} <= ids
    links = {link.attributes["href"] for link in page.find("a", class_="refer")}
    paths = {clause.path for clause in RESOLUTION.clauses} | {note.path for note in RESOLUTION.footnotes}
    assert links == {f"?cite={path}&ui=ru" for path in paths - {"title"}}


def test_texts_are_escaped_and_keep_their_language() -> None:
    page = shown(query="ui=en")
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("h1").text == "Проба & пера"
    assert page.one("h1").attributes["lang"] == "ru"
    assert page.one("p", id="pp1").inherited("lang") == "ru"
    assert "<ребенка>" in page.one("p", id="pp1").text


def test_citations_lead_to_what_is_held_or_to_what_cites_the_same() -> None:
    links = {link.text: link.attributes["href"] for link in shown().find("a", class_="cite")}
    assert links == {
        "резолюцию 98/2": "/ru/A/RES/98/2?ui=ru",
        "Конвенцию о правах <ребенка>": "/instruments/crc?ui=ru",
    }


def test_footnote_marks_open_the_notes_in_place_and_notes_lead_back() -> None:
    page = shown()
    marks = [mark for sup in page.find("sup") for mark in page.find("button") if sup in mark.parents]
    assert [mark.attributes["popovertarget"] for mark in marks] == ["note1", "note2"]
    assert [mark.attributes["aria-label"] for mark in marks] == ["Сноска 1", "Сноска 2"]
    assert "Резолюция 98/2, приложение." in page.one("aside", id="note1").text
    assert [link.attributes["href"] for link in page.find("a", class_="back")] == ["#pp1", "#pp1"]


def test_a_mark_without_its_note_is_left_out() -> None:
    page = shown(replace(RESOLUTION, footnotes=RESOLUTION.footnotes[:1]))
    assert len(list(page.find("sup"))) == 1


def clause_shown(path: str, query: str = "ui=en", root: str = "/un") -> Markup:
    asker = visitor(query, root)
    here = visit(asker)
    view = clause_view(
        RESOLUTION,
        path,
        holdings(OWN),
        here.words,
        here.addresses,
        origin="https://clauses.example",
        is_heading=is_heading,
    )
    assert view is not None
    return read_markup(bytes(render(asker, "clause.html", view).body).decode())


def test_the_page_of_a_clause_tells_its_whole_address_and_its_citation() -> None:
    page = clause_shown("op10.a.ii")
    assert page.one("a", class_="anchor").text == "https://clauses.example/un/ru/A/RES/99/1#op10.a.ii"
    assert page.one("dd", class_="citation").text == "резолюция 99/1 Генеральной Ассамблеи, пункт 10 a) ii)"
    assert page.one("dd", class_="citation").attributes["lang"] == "ru"
    assert page.one("p", class_="clause").text == "и кончить;"
    assert page.one("h1").text == "Address and citation: para. 10 (a) (ii)"
    assert page.one("a", href="/un/ar/A/RES/99/1?ui=en#op10.a.ii").text == "Arabic"


def test_the_page_of_a_footnote_cites_it() -> None:
    assert clause_shown("fn2").one("dd", class_="citation").text == "резолюция 99/1 Генеральной Ассамблеи, сноска 2"


def test_each_sign_names_its_clause() -> None:
    names = [sign.attributes["aria-label"] for sign in shown(query="ui=en").find("a", class_="refer")]
    assert "Address and citation: para. 10 (a) (ii)" in names
    assert "Address and citation: Heading h1" in names


ANNEXED = replace(
    RESOLUTION,
    clauses=(
        *RESOLUTION.clauses,
        clause("annex1", ClauseType.ANNEX, "Приложение I"),
        clause("annex1.h1", ClauseType.HEADING, "Устав совета"),
        clause("annex1.op1", ClauseType.ANNEX, "Совет создан.", "1"),
        clause("annex1.h2", ClauseType.HEADING, "Порядок"),
        clause("annex2", ClauseType.ANNEX, "Приложение II"),
        clause("annex2.t1", ClauseType.ANNEX, "Без номера."),
    ),
)


def test_text_is_built_of_parts_and_contents_lead_to_them() -> None:
    page = shown(ANNEXED)
    assert [part.attributes["aria-label"] for part in page.find("section", class_="part")] == [
        *("Преамбула", "Постановляющая часть", "Приложение I", "Приложение II")
    ]
    assert [heading.text for heading in page.find("h3")] == ["Устав совета", "Порядок"]
    assert page.one("p", id="annex1.op1").text == "1. Совет создан."
    contents = page.one("nav", class_="contents")
    assert [(link.attributes["href"], link.text) for link in page.find("a") if contents in link.parents] == [
        ("#enacting", "Преамбула"),
        ("#h1", "Постановляющая часть"),
        ("#h1", "Дела"),
        ("#annex1", "Приложение I. Устав совета"),
        ("#annex1.h2", "Порядок"),
        ("#annex2", "Приложение II"),
        ("#footnotes", "Сноски"),
    ]


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("op10", 0),
        ("op10.a.ii", 2),
        ("op10.a.t1", 1),
        ("annex1.art2.op3.b", 1),
        ("annex1.a", 1),
        ("enacting", 0),
        ("op1~2.a", 1),
    ],
)
def test_depth_counts_lists(path: str, lists: int) -> None:
    assert depth(path) == lists


def test_what_is_cited_and_what_cites(tmp_path: Path) -> None:
    snapshot = index(
        tmp_path,
        resolution("98/2", "ru", "призывает мир", title="Мир"),
        resolution(
            "99/1", "ru", "напоминает о резолюции 98/2 и о Конвенции о правах ребенка", "ссылаясь на резолюцию 98/2"
        ),
        resolution("99/5", "ru", "ссылается на резолюцию 99/1", title="Далее", date="2045-01-02"),
        resolution("99/5", "en", "Recalls its resolution 99/1", date="2045-01-02"),
    )
    record = snapshot.resolution(OWN, "ru")
    assert record is not None
    asker = visitor("ui=ru")
    here = visit(asker)
    view = resolution_view(
        snapshot.load(record),
        snapshot.languages_of_resolution,
        here.words,
        here.addresses,
        related=relations(snapshot, record),
    )
    panel = view.relations
    assert panel is not None
    assert [(text.href, [place.href for place in text.places]) for text in panel.cites] == [
        ("/ru/A/RES/98/2?ui=ru", ["#op1", "#op2"]),
        ("/instruments/crc?ui=ru", ["#op1"]),
    ]
    assert (panel.citing_resolutions, [other.symbol for other in panel.citing]) == (1, ["A/RES/99/5"])
    page = read_markup(bytes(render(asker, "resolution.html", view).body).decode())
    assert "1 резолюция" in page.one("h2", id="citing-heading").text
    assert panel.cited_by in page.urls()


@pytest.mark.parametrize(
    ("number", "lang", "printed"),
    [
        (None, "ru", None),
        ("4", "ru", "4."),
        ("4", "ar", "4 -"),
        ("10.a", "ru", "a)"),
        ("10.a", "en", "(a)"),
        ("10.a.ii", "fr", "ii)"),
        ("10.a", "zh", "(a)"),
        ("10.a.ii", "zh", "㈡"),
        ("10.b", "ar", "(ب)"),
        ("a", "fr", "a)"),
    ],
)
def test_enumerators_are_printed_as_the_language_prints_them(
    number: str | None, lang: LanguageCode, printed: str
) -> None:
    assert enumerator(number, lang) == printed


def test_numbers_of_hits_are_whole() -> None:
    assert printed_number("10.a.ii") == "10 (a) (ii)"


def test_facts_data_and_the_official_document_are_linked() -> None:
    page = shown()
    panel = page.one("section", class_="facts")
    facts = [element.text for element in page.elements if element.tag in {"dt", "dd"} and panel in element.parents]
    assert facts == [
        *("Орган", "Генеральная Ассамблея"),
        *("Сессия", "99-я сессия"),
        *("Дата", "1 октября 2044 года"),
        *("Темы", "sustainable development"),
    ]
    versions = page.one("nav", class_="versions")
    assert [item.text for item in page.find("li") if versions in item.parents] == ["русский", "арабский", "китайский"]
    assert page.one("p", class_="prevails").text.endswith("A/RES/99/1")
    assert "sustainable development" in [term.text for term in page.find("bdi", lang="en")]
    urls = page.urls()
    assert "https://undocs.org/ru/A/RES/99/1" in urls
    assert {"/ru/A/RES/99/1.json", "/ru/A/RES/99/1.txt", "/ar/A/RES/99/1?ui=ru"} <= set(urls)


def test_how_it_was_adopted() -> None:
    vote = Vote(Ballot(173), Ballot(3), Ballot(1))
    proceedings = Proceedings(
        agenda=(AgendaItem("18.j", "Устойчивое развитие"),),
        draft="A/C.2/99/L.4",
        mode=AdoptionMode.RECORDED_VOTE,
        vote=vote,
    )
    page = shown(replace(RESOLUTION, proceedings=proceedings))
    text = page.one("section", class_="facts").text
    assert "173 за, 3 против, 1 воздержались" in text
    assert "18.j Устойчивое развитие" in text
    assert "https://undocs.org/ru/A/C.2/99/L.4" in page.urls()


def test_every_own_link_stays_under_the_prefix() -> None:
    own = [url for url in shown(root="/un").urls() if not url.startswith(("#", "?cite=", "https://undocs.org/"))]
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
    assert (paragraph.inherited("lang"), paragraph.inherited("dir")) == ("ar", "rtl")
    assert [run.text for run in page.find("bdi", dir="ltr") if paragraph in run.parents] == ["58/208"]
    assert page.one("html").attributes["dir"] == "ltr"
    assert next(page.find("a", class_="refer")).inherited("lang") == "ru"


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
