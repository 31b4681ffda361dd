"""Any form of a word finds any other form, asked of the service; and any query is answered."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pymorphy3
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from bench.quality.random_queries import random_queries
from indexer.model import LanguageCode
from tests.resolutions import index, resolution

SEARCH = "/api/v1/search"
WORDS = ("резолюция", "государство", "мигрант", "ребенок", "осудить", "право", "человек", "путь", "время", "малый",
         "трудящийся", "женщина", "сессия", "доклад", "принять", "любой", "осведомленность", "море")  # fmt: skip
OTHERS: dict[LanguageCode, tuple[tuple[str, ...], ...]] = {
    "en": (("migrant", "migrants", "migrant's"), ("child", "children"), ("treaty", "treaties")),
    "fr": (("national", "nationaux", "nationale"), ("travail", "travaux")),
    "es": (("pez", "peces"), ("mujer", "mujeres"), ("convención", "convenciones")),
    "ar": (("عاصفة", "عواصف", "العاصفة"), ("قرار", "القرارات")),
}


def forms(word: str) -> list[str]:
    parse = pymorphy3.MorphAnalyzer(lang="ru").parse(word)[0]
    return sorted({form.word for form in parse.lexeme if form.tag.POS == parse.tag.POS})


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over an index of word forms: each form of each word is a clause of its own."""
    folder = tmp_path_factory.mktemp("forms")
    lexemes = [resolution(f"60/{number}", "ru", *forms(word)) for number, word in enumerate(WORDS, 1)]
    others = [
        resolution(f"61/{number}", lang, *(form for group in groups for form in group))
        for number, (lang, groups) in enumerate(OTHERS.items(), 1)
    ]
    index(folder, *lexemes, *others)
    with TestClient(create_app(Settings(index=folder))) as client:
        yield client


def texts(service: TestClient, q: str) -> set[str]:
    hits = service.get(SEARCH, params={"q": q, "per_page": 100, "facets": ""}).json()["hits"]
    return {hit["text"] for hit in hits if not hit["partial"]}


@pytest.mark.parametrize("word", WORDS)
def test_any_form_finds_any_other(service: TestClient, word: str) -> None:
    every = forms(word)
    for form in every:
        assert texts(service, form) >= set(every), form
        assert texts(service, f"={form}") == {form}


@pytest.mark.parametrize("group", [group for groups in OTHERS.values() for group in groups])
def test_any_form_in_other_languages(service: TestClient, group: tuple[str, ...]) -> None:
    for form in group:
        assert texts(service, form) >= set(group), form


QUERIES = st.text(st.characters(), max_size=60) | st.text('права NOT OR(")=*~-:/5,تشير إلى引用citing', max_size=60)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=QUERIES)
def test_any_text_is_answered(service: TestClient, q: str) -> None:
    response = service.get(SEARCH, params={"q": q.encode("utf-8", "replace").decode(), "explain": "1"})
    assert response.status_code == 200
    for hit in response.json()["hits"]:
        for start, end in hit["highlights"]:
            assert 0 <= start < end <= len(hit["text"])


def test_mutated_queries_are_answered(service: TestClient) -> None:
    for q in random_queries(300):
        params = {"q": q.encode("utf-8", "replace").decode(), "facets": "", "per_page": "5"}
        assert service.get(SEARCH, params=params).status_code == 200, q


@pytest.mark.parametrize("q", ["я" * 5000, "слово " * 1500, "(" * 3000, "((" * 900 + "я", "а~" * 2000, '"' * 3000])
def test_what_is_no_question_is_refused_at_once(service: TestClient, q: str) -> None:
    service.get(SEARCH, params={"q": "мигрант"})
    started = time.perf_counter()
    page = service.get(SEARCH, params={"q": q}).json()
    assert time.perf_counter() - started < 0.5  # a few milliseconds on an idle machine
    assert page["total"] == 0
    assert page["notices"]
