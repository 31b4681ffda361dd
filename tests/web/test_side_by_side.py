"""Several languages side by side: rows, gaps, directions, and the address that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.main import create_app
from app.problems import ParameterError
from app.settings import Settings
from app.web.side_by_side import merged, read_languages
from indexer.model import ClausePath, Footnote, FootnoteMark, Resolution
from tests.resolutions import index, resolution
from tests.web.markup import Markup, read_markup

RUSSIAN = resolution("60/1", "ru", "призывает мир", "просит Совет", "постановляет ждать", title="Мир")
ENGLISH = resolution("60/1", "en", "Calls upon the world", "Requests the Council", title="The world")
ARABIC = resolution("60/1", "ar", "تدعو العالم إلى تنفيذ القرار 58/208", title="العالم")


def noted(text: Resolution, number: int) -> Resolution:
    """Return a resolution with a footnote on its first paragraph."""
    title, first, *rest = text.clauses
    marked = replace(first, marks=(FootnoteMark(number, len(first.text)),))
    notes = (*text.footnotes, Footnote(number, "A/58/1.", ClausePath("op1")))
    return replace(text, clauses=(title, marked, *rest), footnotes=notes)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("side")
    index(folder, noted(RUSSIAN, 1), noted(ENGLISH, 1), ARABIC)
    with TestClient(create_app(Settings(index=folder)), headers={"Accept": "text/html"}) as client:
        yield client


def shown(client: TestClient, address: str) -> Markup:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return read_markup(response.text)


def cells(page: Markup, path: str) -> list[tuple[str | None, str | None, str]]:
    row = page.one("tr", id=path)
    return [
        (text.inherited("lang"), text.inherited("dir"), text.text)
        for text in page.find("p")
        if row in text.parents and "in-language" not in text.classes
    ]


def test_a_clause_stands_beside_itself_in_each_language(client: TestClient) -> None:
    page = shown(client, "/ru/A/RES/60/1?with=en,ar&ui=ru")
    assert [head.text for head in page.find("th", scope="col")] == ["Пункт", "русский", "английский", "арабский"]
    assert [head.text for head in page.find("th", scope="row")] == [
        *("Заглавие", "пункт 1", "пункт 2", "пункт 3", "сноска 1")
    ]
    assert cells(page, "op1") == [
        ("ru", "ltr", "1. призывает мир1"),
        ("en", "ltr", "1. Calls upon the world1"),
        ("ar", "rtl", "1 - تدعو العالم إلى تنفيذ القرار 58/208"),
    ]


def test_what_a_version_lacks_is_shown_as_missing(client: TestClient) -> None:
    page = shown(client, "/ru/A/RES/60/1?with=en,ar&ui=ru")
    assert [text for _, _, text in cells(page, "op2")] == [
        "2. просит Совет",
        "2. Requests the Council",
        "Нет в этом тексте",
    ]
    assert [text for _, _, text in cells(page, "op3")][1:] == ["Нет в этом тексте", "Нет в этом тексте"]
    gaps = page.one("details", class_="gaps")
    assert [a.attributes["href"] for a in page.find("a") if gaps in a.parents] == ["#op2", "#op3", "#fn1"]


def test_the_leading_language_is_that_of_the_address(client: TestClient) -> None:
    page = shown(client, "/ar/A/RES/60/1?with=ru&ui=en")
    assert [head.text for head in page.find("th", scope="col")] == ["Clause", "Arabic", "Russian"]
    assert [head.attributes["href"] for head in page.find("a") if head.inherited("role") == "rowheader"] == [
        *("#title", "#op1", "#op2", "#op3", "#fn1")
    ]


def test_a_language_that_is_not_held_is_told(client: TestClient) -> None:
    page = shown(client, "/ru/A/RES/60/1?with=fr,en&ui=en")
    assert "French" in page.one("p", role="status").text
    assert len(list(page.find("th", scope="col"))) == 3
    assert "French" in shown(client, "/ru/A/RES/60/1?with=fr&ui=en").one("p", role="status").text


def test_the_form_of_the_resolution_leads_here_and_keeps_what_is_chosen(client: TestClient) -> None:
    form = shown(client, "/ru/A/RES/60/1?ui=en").one("form", class_="compare")
    page = shown(client, f"{form.attributes['action']}?with=en&with=ar&ui=en")
    boxes = {box.attributes["value"]: "checked" in box.attributes for box in page.find("input", name="with")}
    assert boxes == {"ar": True, "en": True}
    assert [field.attributes["value"] for field in page.find("input", name="ui")] == ["en", "en"]


@pytest.mark.parametrize("query", ["with=", "with=ru", "with=,"])
def test_nothing_to_set_beside_is_the_resolution_alone(client: TestClient, query: str) -> None:
    assert shown(client, f"/ru/A/RES/60/1?{query}").one("h1").text == "Мир"


def test_an_unknown_language_is_refused(client: TestClient) -> None:
    response = client.get("/ru/A/RES/60/1?with=en,xx")
    assert response.status_code == 400
    assert "with" in read_markup(response.text).one("p", class_="detail").text
    with pytest.raises(ParameterError):
        read_languages(["xx"], "ru")


def test_other_spellings_keep_what_stands_beside(client: TestClient) -> None:
    response = client.get("/ru/60/1?with=en,ar", follow_redirects=False)
    assert response.headers["location"] == "/ru/A/RES/60/1?with=en,ar"


def test_behind_a_path_prefix(client: TestClient) -> None:
    with TestClient(client.app, root_path="/un", headers={"Accept": "text/html"}) as prefixed:
        page = shown(prefixed, "/ru/A/RES/60/1?with=en")
    own = [url for url in page.urls() if not url.startswith(("#", "https://undocs.org/"))]
    assert own
    assert all(url.startswith("/un/") for url in own), own


def test_languages_are_read_once_each() -> None:
    assert read_languages(["en,ar", "ru", "ar"], "ru") == ("en", "ar")


def test_what_the_first_version_lacks_follows_what_it_follows() -> None:
    assert merged([["title", "op1", "op3"], ["pp1", "title", "op1", "op2", "op2.a", "op4"]]) == [
        *("pp1", "title", "op1", "op2", "op2.a", "op4", "op3")
    ]


paths = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(st.lists(paths, min_size=1, max_size=4))
def test_merging_loses_no_path_and_keeps_the_order_of_the_first(orders: list[list[str]]) -> None:
    order = merged(orders)
    assert sorted(order) == sorted({path for one in orders for path in one})
    assert [path for path in order if path in orders[0]] == orders[0]
