"""The pages through the real application over a real index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.settings import Settings
from indexer.build import build_index
from tests.resolutions import index, resolution
from tests.web.markup import Markup, read_markup

HOSTILE = "просит <img src=x onerror=alert(1)> совет & <b>ответить</b>"
BROWSER = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "ru"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser in front of an index of short resolutions in three languages."""
    folder = tmp_path_factory.mktemp("pages")
    index(
        folder,
        resolution("60/1", "ru", HOSTILE, *(f"призывает мир {n}" for n in range(1, 30)), date="2005-10-24"),
        resolution("60/1", "en", "Requests the Council to answer", date="2005-10-24"),
        resolution("60/2", "ar", "تشير إلى قرار الجمعية العامة 58/208", date="2006-01-10"),
    )
    with TestClient(create_app(Settings(index=folder)), headers=BROWSER) as client:
        yield client


@pytest.fixture(scope="module")
def seed_client(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser in front of an index of the bundled resolution."""
    folder = tmp_path_factory.mktemp("seed-pages")
    build_index([seed], folder, jobs=1)
    with TestClient(create_app(Settings(index=folder)), headers=BROWSER) as client:
        yield client


def page(response: Response, status: int = 200) -> Markup:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return read_markup(response.text)


def hit_addresses(shown: Markup) -> list[str]:
    links = (link for link in shown.find("a") if any(parent.tag == "h3" for parent in link.parents))
    return [link.attributes["href"] for link in links]


def test_front_page(client: TestClient) -> None:
    front = page(client.get("/"))
    assert front.one("html").attributes["lang"] == "ru"
    assert list(front.find("input", type="checkbox", name="type"))


def test_search_marks_words_in_any_form_and_escapes_the_rest(client: TestClient) -> None:
    found = page(client.get("/", params={"q": "советы"}))
    assert [mark.text for mark in found.find("mark")] == ["совет"]
    assert found.one("p", class_="text").text == HOSTILE
    echoed = page(client.get("/", params={"q": "<script>alert(1)</script>"}))
    assert echoed.one("input", id="q").attributes["value"] == "<script>alert(1)</script>"


def test_arabic_hit(client: TestClient) -> None:
    found = page(client.get("/", params={"q": "الجمعية", "type": "operative"}))
    text = found.one("p", class_="text")
    assert (text.attributes["lang"], text.attributes["dir"]) == ("ar", "rtl")
    assert found.one("bdi", dir="ltr").text == "58/208"


def test_every_page_of_results_is_reached_by_its_links(client: TestClient) -> None:
    address: str | None = "/?q=мир&per_page=10"
    seen: list[str] = []
    while address:
        shown = page(client.get(address))
        seen += [
            link.attributes["href"] for head in shown.find("h3") for link in shown.find("a") if head in link.parents
        ]
        address = next((link.attributes["href"] for link in shown.find("a", rel="next")), None)
    assert len(seen) == len(set(seen)) == 29


def test_a_checked_box_narrows_and_its_chip_widens_again(client: TestClient) -> None:
    everything = page(client.get("/"))
    box = next(everything.find("input", name="lang", value="en"))
    narrowed = page(client.get("/", params={box.attributes["name"]: box.attributes["value"]}))
    assert {text.attributes["lang"] for text in narrowed.find("p", class_="text")} == {"en"}
    assert "checked" in narrowed.one("input", name="lang", value="en").attributes
    assert narrowed.one("a", class_="chip").attributes["href"] == "/"


def test_a_form_sent_without_changes_asks_the_same(client: TestClient) -> None:
    """What a browser sends from the form: every field and every checked box."""
    shown = page(client.get("/?q=мир&year=2000..2010&symbol=60/1&sort=oldest&per_page=10&ui=en"))
    fields: list[tuple[str, str | int | float | bool | None]] = [
        (element.attributes["name"], element.attributes["value"])
        for element in shown.find("input")
        if element.attributes["type"] != "checkbox" or "checked" in element.attributes
    ]
    fields += [
        (option.parents[-1].attributes["name"], option.attributes["value"])
        for option in shown.find("option")
        if "selected" in option.attributes
    ]
    again = page(client.get("/", params=fields))
    assert [head.text for head in again.find("h3")] == [head.text for head in shown.find("h3")]
    assert again.one("h2", id="filters-heading").text == "Refine"


def test_nothing_found(client: TestClient) -> None:
    assert "Ничего не найдено" in page(client.get("/?q=зебра")).one("main").text


def test_interface_language(client: TestClient) -> None:
    assert page(client.get("/", headers={"Accept-Language": "en-GB"})).one("html").attributes["lang"] == "en"
    asked = page(client.get("/?ui=en"))
    assert asked.one("html").attributes["lang"] == "en"
    assert asked.one("a", class_="brand").attributes["href"] == "/?ui=en"


def test_resolution_page_and_its_data(client: TestClient) -> None:
    shown = page(client.get("/ru/A/RES/60/1"))
    assert shown.one("p", id="op1").text.startswith("1.")
    assert "/en/A/RES/60/1" in shown.urls()
    data = client.get("/ru/A/RES/60/1.json")
    assert data.headers["content-type"] == "application/json"
    assert data.json()["symbol"] == "A/RES/60/1"
    text = client.get("/ru/A/RES/60/1.txt")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert HOSTILE in text.text


def test_search_as_data(client: TestClient) -> None:
    data = client.get("/.json", params={"q": "совет"}).json()
    assert data["total"] == 1
    assert HOSTILE in client.get("/.txt", params={"q": "совет"}).text


def test_hits_lead_to_their_clause(client: TestClient) -> None:
    found = page(client.get("/", params={"q": "совет"}))
    path, _, anchor = hit_addresses(found)[0].partition("#")
    assert page(client.get(path)).one("p", id=anchor).text.count("совет") == 1


@pytest.mark.parametrize("spelling", ["60/1", "a/res/60/1", "A/RES/60/ 1", "А/RES/60/1", "A/RES/60/1/", "60%2F1%20"])
@pytest.mark.parametrize("suffix", ["", ".json", ".txt"])
def test_any_spelling_leads_to_the_one_address(client: TestClient, spelling: str, suffix: str) -> None:
    response = client.get(f"/ru/{spelling}{suffix}", follow_redirects=False)
    assert response.status_code == 301
    assert response.headers["location"] == f"/ru/A/RES/60/1{suffix}"


def test_slashes_of_a_symbol_may_be_escaped(client: TestClient) -> None:
    assert client.get("/ru/A%2FRES%2F60%2F1").status_code == 200


def test_missing_language_offers_the_others(client: TestClient) -> None:
    missing = page(client.get("/fr/A/RES/60/1"), 404)
    assert {"/ru/A/RES/60/1", "/en/A/RES/60/1"} <= set(missing.urls())
    assert client.get("/fr/A/RES/60/1.json").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/ru/A/RES/99/9", "/ru/no symbol", "/ru/<b>", "/no/such/page", "/ru/"])
def test_unknown_pages(client: TestClient, path: str) -> None:
    page(client.get(path), 404)


@pytest.mark.parametrize("query", ["page=0", "page=x", "type=song", "per_page=1000", "year=soon", "sort=random"])
def test_values_that_cannot_be_used(client: TestClient, query: str) -> None:
    told = page(client.get(f"/?{query}"), 400)
    assert query.split("=")[0] in told.one("p", class_="detail").text


def test_without_an_index_the_page_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index=tmp_path / "none")), headers=BROWSER) as client:
        told = page(client.get("/"), 503)
        assert str(tmp_path) not in told.one("html").text


@pytest.mark.parametrize(
    "path", ["/?q=%00", "/?q=a%00b", "/?q=%FF%FE", "/?q=%ED%A0%80", "/ru/%00", "/ru/%FF", "/static/%00", "/?type=%00"]
)
def test_broken_bytes_never_fail(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {200, 400, 404}


@pytest.mark.parametrize("path", ["/", "/?q=мир", "/ru/A/RES/60/1", "/ru/A/RES/60/1.json", "/ru/A/RES/60/1.txt"])
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    same = {"X-Request-ID": "one"}
    head, get = client.head(path, headers=same), client.get(path, headers=same)
    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


def test_static_files_are_kept_for_good_under_their_version(client: TestClient) -> None:
    links = [
        link.attributes["href"] for link in page(client.get("/")).find("link") if "static" in link.attributes["href"]
    ]
    assert len(links) == 3
    for link in links:
        assert "immutable" in client.get(link).headers["cache-control"]
    assert client.get("/static/clausula.css").headers["content-type"].startswith("text/css")
    assert "cache-control" not in client.get("/static/clausula.css?v=other").headers
    assert client.get("/static/none.css").status_code == 404
    assert client.get("/static/..%2Froutes.py").status_code == 404


def test_behind_a_path_prefix(client: TestClient) -> None:
    with TestClient(client.app, root_path="/un", headers=BROWSER) as prefixed:
        for path in ("/", "/?q=мир&page=2&per_page=10", "/ru/A/RES/60/1", "/ru/A/RES/99/9"):
            own = [url for url in page_of(prefixed, path).urls() if not url.startswith(("#", "https://undocs.org"))]
            assert own
            for url in own:
                assert url.startswith(("/un/", "?cite="))
        moved = prefixed.get("/ru/60/1", follow_redirects=False)
        assert moved.headers["location"] == "/un/ru/A/RES/60/1"


def page_of(client: TestClient, path: str) -> Markup:
    return read_markup(client.get(path).text)


def test_bundled_resolution_from_query_to_clause(seed_client: TestClient) -> None:
    found = page(seed_client.get("/", params={"q": "трудящийся-мигрант", "cites": "ins:cmw"}))
    hit = next(iter(found.find("li", class_="hit")))
    assert "A/RES/58/208" in hit.text
    shown = page(seed_client.get("/ru/A/RES/58/208"))
    anchors = list(shown.find("p", class_="clause"))
    assert len(anchors) > 20
    assert list(shown.find("a", class_="cite"))
