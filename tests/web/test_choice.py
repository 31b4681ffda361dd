"""The interface language as a reader chooses it and as the cookie keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.resolutions import index, resolution
from tests.web.markup import read_markup

BROWSER = {"Accept": "text/html", "Accept-Language": "ru"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    index(tmp_path, resolution("60/1", "en", "Requests an answer"))
    with TestClient(create_app(Settings(index=tmp_path)), headers=BROWSER, follow_redirects=False) as client:
        yield client


def spoken(client: TestClient, path: str) -> str:
    return read_markup(client.get(path).text).one("html").attributes["lang"]


def test_a_choice_is_kept_and_leads_to_an_address_that_chooses_nothing(client: TestClient) -> None:
    links = read_markup(client.get("/?q=answer&ui=ar").text)
    answer = client.get(links.one("a", hreflang="fr").attributes["href"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=answer&ui=fr")
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "path=/;" in f"{answer.headers['set-cookie'].lower()};"
    assert spoken(client, "/help") == "fr"


def test_the_address_wins_over_the_choice_and_changes_it_not(client: TestClient) -> None:
    client.get("/?choose=fr")
    assert spoken(client, "/?ui=es") == "es"
    assert spoken(client, "/") == "fr"


def test_without_a_choice_no_cookie_is_set(client: TestClient) -> None:
    for path in ("/", "/?ui=en", "/en/A/RES/60/1?ui=en", "/?choose=xx", "/api/v1/search?choose=en"):
        assert "set-cookie" not in client.get(path).headers, path


def test_the_language_of_the_text_is_another_matter(client: TestClient) -> None:
    client.get("/en/A/RES/60/1?choose=ar")
    page = read_markup(client.get("/en/A/RES/60/1").text)
    assert page.one("html").attributes["lang"] == "ar"
    assert page.one("article").attributes["lang"] == "en"


def test_a_cookie_that_holds_no_language_is_none(client: TestClient) -> None:
    client.cookies.set("ui", "<b>")
    assert spoken(client, "/") == "ru"


def test_answers_tell_caches_what_they_depend_on(client: TestClient) -> None:
    for path in ("/", "/help", "/nothing-here", "/.json?q=answer"):
        assert client.get(path).headers["vary"] == "Accept-Language, Cookie", path


def test_under_a_prefix_the_cookie_is_for_the_prefix_alone(tmp_path: Path) -> None:
    index(tmp_path, resolution("60/1", "en", "Requests an answer"))
    app = create_app(Settings(index=tmp_path))
    with TestClient(app, root_path="/un", headers=BROWSER, follow_redirects=False) as client:
        answer = client.get("/un/help?choose=en")
        assert answer.headers["location"] == "/un/help?ui=en"
        assert "path=/un/;" in f"{answer.headers['set-cookie'].lower()};"
