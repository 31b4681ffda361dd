"""The page of an instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from indexer.citing import cite
from indexer.model import ClausePath, Footnote
from tests.resolutions import index, resolution
from tests.web.markup import check_page, read_markup

BROWSER = {"Accept": "text/html", "Accept-Language": "ru"}
NAMED = "на Конвенцию о правах ребенка"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("instruments")
    index(
        folder,
        resolution("99/1", "ru", f"ссылается {NAMED}", f"ссылается вновь {NAMED}", title="Дети", date="2044-12-01"),
        resolution("99/2", "ru", "призывает соблюдать Конвенцию о правах ребенка", title="Школы", date="2045-02-01"),
        *(resolution(f"98/{n}", "ru", f"ссылается {NAMED}", title=f"№ {n}", date="2043-12-01") for n in range(1, 26)),
        resolution("99/1", "en", "Recalls the Convention on the Rights of the Child", date="2044-12-01"),
    )
    with TestClient(create_app(Settings(index=folder)), headers=BROWSER) as client:
        yield client


def test_names_use_and_resolutions(client: TestClient) -> None:
    answer = client.get("/instruments/crc")
    assert answer.status_code == 200
    check_page(read_markup(answer.text), answer.text)
    assert "Конвенция о правах ребенка" in answer.text
    assert '<dd lang="ar" dir="rtl">' in answer.text
    assert re.findall(r'<th scope="row"><a [^>]*>(\d+)</a></th><td>(\d+)</td>', answer.text) == [
        ("2043", "25"),
        ("2044", "2"),
        ("2045", "1"),
    ]
    assert "27 резолюций" in answer.text
    assert answer.text.index("99/2") < answer.text.index("99/1")  # the newest first


def test_pages_of_resolutions(client: TestClient) -> None:
    first, second = (client.get(f"/instruments/crc?page={page}").text for page in (1, 2))
    assert "page=2" in first
    assert "page=1" in second
    assert second.count('class="hit"') == 7


def test_another_language_is_counted_when_it_is_asked_for(client: TestClient) -> None:
    page = read_markup(client.get("/instruments/crc?lang=en").text)
    assert page.one("p", class_="text").text == "Recalls the Convention on the Rights of the Child"
    assert page.one("mark").text == "Convention on the Rights of the Child"
    assert "1 резолюция" in page.one("h2", id="citing").text


def test_an_instrument_that_nothing_cites(client: TestClient) -> None:
    answer = client.get("/instruments/ins:cedaw")
    assert answer.status_code == 200
    assert "Ни одна резолюция" in answer.text


def test_resolutions_are_filtered_by_the_form(client: TestClient) -> None:
    page = read_markup(client.get("/instruments/crc").text)
    years = [option.attributes["value"] for option in page.find("option") if option.text[:2] == "20"]
    assert years == ["2045", "2044", "2043"]
    form = page.one("form", class_="find").attributes["action"]
    assert form == "/instruments/crc#citing"
    narrowed = read_markup(client.get("/instruments/crc?year=2044&action=recalls&body=&lang=ru&ui=en").text)
    assert "1 resolution" in narrowed.one("h2", id="citing").text
    assert [option.text for option in narrowed.find("option", selected="")] == ["2044 (2)", "recalls (27)"]
    assert client.get("/instruments/crc?year=soon").status_code == 400


def test_pages_keep_what_is_chosen(client: TestClient) -> None:
    page = read_markup(client.get("/instruments/crc?year=2043&lang=ru").text)
    assert page.one("a", rel="next").attributes["href"] == "/instruments/crc?lang=ru&year=2043&page=2"


def test_a_footnote_counts_with_its_clause_only(tmp_path: Path) -> None:
    text = resolution("99/3", "ru", f"ссылается {NAMED}", date="2044-12-01")
    note = Footnote(1, "Конвенция о правах ребенка.", ClausePath("op1"))
    index(tmp_path, cite(replace(text, footnotes=(note,))))
    with TestClient(create_app(Settings(index=tmp_path)), headers=BROWSER) as client:
        page = read_markup(client.get("/instruments/crc").text)
        assert page.one("a", href="/?q=-type%3Afootnote&lang=ru&cites=ins%3Acrc&sort=newest").text == "1 пункт"
        listed = read_markup(client.get("/instruments?q=прав ребенка").text)
        assert next(listed.find("li")).text.endswith("1 пункт")


def test_the_list_has_the_most_cited_first_and_finds_by_words_of_any_language(client: TestClient) -> None:
    rows = [item.text for item in read_markup(client.get("/instruments").text).find("li")]
    assert rows[0] == "Конвенция о правах ребенка 1989 · 28 пунктов"
    assert len(rows) > 300
    found = read_markup(client.get("/instruments", params={"q": "Rights of the Child"}).text)
    assert any("Конвенция о правах ребенка" in item.text for item in found.find("li"))
    assert found.one("input", id="q").attributes["value"] == "Rights of the Child"
    assert "Ничего" in read_markup(client.get("/instruments?q=<zzz>").text).one("p", role="status").text


def test_the_adopting_resolution_is_shown_here_if_it_is_held_else_at_its_official_place(
    client: TestClient, tmp_path: Path
) -> None:
    assert "https://undocs.org/ru/A/RES/44/25" in read_markup(client.get("/instruments/crc").text).urls()
    index(tmp_path, resolution("44/25", "ru", "принимает Конвенцию", date="1989-11-20"))
    with TestClient(create_app(Settings(index=tmp_path)), headers=BROWSER) as held:
        assert "/ru/A/RES/44/25" in read_markup(held.get("/instruments/crc").text).urls()


def test_what_is_no_instrument(client: TestClient) -> None:
    assert client.get("/instruments/nothing").status_code == 404
    assert client.get("/instruments/crc?page=0").status_code == 400
