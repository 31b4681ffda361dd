"""The page of an instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
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
    text = client.get("/instruments/crc?lang=en").text
    assert "Recalls the Convention" in text
    assert "1 резолюция" in text


def test_an_instrument_that_nothing_cites(client: TestClient) -> None:
    answer = client.get("/instruments/ins:cedaw")
    assert answer.status_code == 200
    assert "Ни одна резолюция" in answer.text


def test_what_is_no_instrument(client: TestClient) -> None:
    assert client.get("/instruments/nothing").status_code == 404
    assert client.get("/instruments/crc?page=0").status_code == 400
