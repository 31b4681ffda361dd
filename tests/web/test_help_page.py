"""The help page and its examples, which run on the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.examples import FEATURES, live_examples, queries
from app.main import create_app
from app.model import FILTERS, SearchRequest
from app.query.grammar import parse_query
from app.search import search
from app.settings import Settings
from app.web.help_page import FILTER_EXAMPLES
from app.web.i18n import UI_LANGUAGES
from indexer.build import build_index
from indexer.model import LANGUAGES, LanguageCode
from indexer.store import open_snapshot
from tests.resolutions import index, resolution
from tests.web.markup import Markup, read_markup

BROWSER = {"Accept": "text/html", "Accept-Language": "ru"}


@pytest.fixture(scope="module")
def folder(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled resolution."""
    folder = tmp_path_factory.mktemp("help")
    build_index([seed], folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=folder)), headers=BROWSER) as client:
        yield client


def shown(client: TestClient, address: str) -> Markup:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return read_markup(response.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_examples_of_every_feature_that_parse_without_a_notice(lang: LanguageCode) -> None:
    assert list(queries(lang)) == list(FEATURES)
    for listed in queries(lang).values():
        assert listed
        for q in listed:
            assert not parse_query(q).notices, q


@pytest.mark.parametrize("liked", LANGUAGES)
def test_every_example_finds_something_in_the_bundled_resolution(folder: Path, liked: LanguageCode) -> None:
    examples = live_examples(open_snapshot(folder), liked)
    assert [example.feature for example in examples] == list(FEATURES)
    assert all(example.found and example.lang == "ru" for example in examples), examples


def test_examples_are_in_the_liked_language_where_the_index_answers_one(tmp_path: Path) -> None:
    snapshot = index(
        tmp_path,
        resolution("60/1", "en", "Recalls the rights of migrant workers"),
        resolution("60/1", "ru", "ссылается на устойчивое развитие"),
    )
    found = {example.feature: example for example in live_examples(snapshot, "en")}
    assert (found["words"].lang, found["phrase"].lang) == ("en", "ru")
    assert found["citing"].found == 0
    assert found["citing"].lang == "en"


def test_links_of_examples_find_what_the_page_says(client: TestClient, folder: Path) -> None:
    page = shown(client, "/help?ui=ru")
    snapshot = open_snapshot(folder)
    rows = [count.parents[-1] for count in page.find("td", class_="count")]
    assert len(rows) == len(FEATURES)
    for row in rows:
        link = next(link for link in page.find("a") if row in link.parents)
        asked = parse_qs(urlsplit(link.attributes["href"]).query)
        answer = search(snapshot, SearchRequest(q=asked["q"][0], filters={"lang": tuple(asked["lang"])}))
        assert row.text.endswith(tuple(f"{answer.total} пункт{end}" for end in ("", "а", "ов")))


@pytest.mark.parametrize("ui", UI_LANGUAGES)
def test_help_is_in_the_language_of_the_interface(client: TestClient, ui: str) -> None:
    page = shown(client, f"/help?ui={ui}")
    assert page.one("html").attributes["lang"] == ui
    assert all(link.inherited("lang") == "ru" for link in page.find("bdi", lang="ru"))


def test_data_links_give_data(client: TestClient) -> None:
    links = [url for url in shown(client, "/help").urls() if url.startswith(("/.", "/api/"))]
    assert len(set(links)) == 4
    for link in links:
        assert client.get(link).status_code == 200


def test_every_filter_has_an_example_that_is_a_filter() -> None:
    assert set(FILTER_EXAMPLES) == set(FILTERS)
    for name, example in FILTER_EXAMPLES.items():
        assert example.startswith(f"{name}:")
        assert not parse_query(example).notices


def test_every_page_leads_to_help(client: TestClient) -> None:
    assert "/help" in shown(client, "/").urls()
    with TestClient(client.app, root_path="/un", headers=BROWSER) as prefixed:
        own = [url for url in shown(prefixed, "/help").urls() if not url.startswith("#")]
        assert all(url.startswith("/un/") for url in own), own
