"""What users of other search engines suffered, asked of the service: cases of words, queries and pages.

The cases of the index itself (C29, C30, C32, C33) are in ``tests/store``.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.resolutions import index, resolution

SEARCH = "/api/v1/search"

COMPOUNDS = ("государствами-членами", "государствами\u2010членами", "государствами\u2011членами")
RUSSIAN = {
    "charter": "Устав Организации Объединённых Наций",
    "article": "статьи 51 Устава",
    "articles": "ряд статей",
    "her": "её нём заём ещё счёт отчёт",
    "it": "ее нем заем еще счет отчета",
    "happiness": "стремление к счастью",
    "point5": "пункт 5 постановляющей части",
    "point6": "пункт 6 постановляющей части",
    "subpoint": "подпункт a) пункта 5",
    "countries": "призывает 58 стран и 208 участников",
    "citing": "ссылается на свою резолюцию 58/208 от 23 декабря 2003 года",
    "peace": "мир",
    "markup": "<img src=x onerror=alert(1)> совет & <b>x</b>",
    "decomposed": unicodedata.normalize("NFD", "Российский представитель"),
    **{f"compound{number}": text for number, text in enumerate(COMPOUNDS)},
}
ENGLISH = ("state of emergency", "state emergency", "state and emergency", "human rights and human dignity")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("cases")
    index(
        folder,
        resolution("60/1", "ru", *RUSSIAN.values()),
        resolution("58/208", "ru", "мигранты"),
        resolution("60/2", "en", *ENGLISH),
        resolution("60/3", "ar", "ميثاق الأمم المتحدة", "قرار الجمعية العامة 58/208"),
        resolution("60/4", "zh", "安全理事会第1373（2001）号决议"),
        resolution("60/5", "fr", "L’Assemblée générale"),
    )
    with TestClient(create_app(Settings(index=folder))) as client:
        yield client


def answer(service: TestClient, q: str) -> dict[str, Any]:
    response = service.get(SEARCH, params={"q": q, "per_page": 100})
    assert response.status_code == 200
    page: dict[str, Any] = response.json()
    return page


def full(service: TestClient, q: str) -> list[dict[str, Any]]:
    return [hit for hit in answer(service, q)["hits"] if not hit["partial"]]


def found(service: TestClient, q: str) -> set[str]:
    names = {text: name for name, text in RUSSIAN.items()}
    return {names.get(hit["text"], hit["text"]) for hit in full(service, q)}


def marked(service: TestClient, q: str) -> list[str]:
    return [hit["text"][start:end] for hit in full(service, q) for start, end in hit["highlights"]]


@pytest.mark.parametrize("q", ["устав", "устава"])
def test_c10_forms_of_one_noun(service: TestClient, q: str) -> None:
    assert found(service, q) == {"charter", "article"}


@pytest.mark.parametrize("q", ["статья", "статей"])
def test_c10_forms_of_another(service: TestClient, q: str) -> None:
    assert found(service, q) == {"article", "articles"}


DOTTED = ("её", "ее", "нём", "нем", "заём", "заем", "ещё", "еще", "счёт", "счет", "отчёт", "отчета")


@pytest.mark.parametrize("q", DOTTED)
def test_c11_dotted_e(service: TestClient, q: str) -> None:
    assert found(service, q) >= {"her", "it"}
    printed = {word for text in (RUSSIAN["her"], RUSSIAN["it"]) for word in text.split()}
    assert set(marked(service, q)) <= printed


@pytest.mark.parametrize("q", ["государство-член", "государства-члены", "государства", "член"])
def test_c13_compounds(service: TestClient, q: str) -> None:
    assert found(service, q) == {f"compound{number}" for number in range(len(COMPOUNDS))}


def test_c13_another_compound(service: TestClient) -> None:
    assert answer(service, "государство-участник")["total"] == 0


def test_c15_archaic_base(service: TestClient) -> None:
    assert found(service, "счастье") == {"happiness"}
    assert "счастие" not in service.get(SEARCH, params={"q": "счастье", "explain": "1"}).text
    assert "счастие" not in service.get("/api/v1/suggest", params={"q": "счаст"}).text


def test_c16_short_tokens(service: TestClient) -> None:
    assert found(service, "пункт 5") == {"point5", "subpoint"}
    assert answer(service, "п. 5")["query"]["interpreted"] == "п AND 5"


ODD = ('"', '"мир и', 'мир"', "AND", "NOT", "мир AND", "NOT NOT мир", "(", ")", "((", "мир:", ":мир", "url: мир",
       "[a TO", "{a TO b]", "^", "мир^x", "~", "\\", "*", "<", "", "   ")  # fmt: skip


@pytest.mark.parametrize("q", ODD)
def test_c17_odd_input(service: TestClient, q: str) -> None:
    page = answer(service, q)
    if "мир" in q:
        assert "мир" in {hit["text"] for hit in page["hits"]}


@pytest.mark.parametrize("q", ["secret_field:x", "text:*", "id:A*", "d:2001", "base_ru:мир"])
def test_c18_internal_fields(service: TestClient, q: str) -> None:
    assert answer(service, q)["total"] <= 1


@pytest.mark.parametrize("q", ["*", "с*", "*слово*", "[а TO я]"])
def test_c19_costly_wildcards(service: TestClient, q: str) -> None:
    started = time.perf_counter()
    answer(service, q)
    assert time.perf_counter() - started < 1


def test_c21_stop_words_in_phrases(service: TestClient) -> None:
    assert found(service, '"state of emergency"') == {"state of emergency"}
    assert answer(service, '"of the"')["total"] == 0


@pytest.mark.parametrize("q", ["A/RES/58/208", "58/208"])
def test_c23_symbols_are_whole(service: TestClient, q: str) -> None:
    page = answer(service, q)
    assert page["hits"][0]["symbol"] == "A/RES/58/208"
    assert RUSSIAN["countries"] not in {hit["text"] for hit in page["hits"]}
    assert RUSSIAN["citing"] in {hit["text"] for hit in page["hits"]}


@pytest.mark.parametrize("q", ["الامم المتحدة", "الأُمَم", "الأمـــم", "والأمم"])
def test_c25_arabic_spellings(service: TestClient, q: str) -> None:
    assert found(service, q) == {"ميثاق الأمم المتحدة"}
    assert "الأمم" in marked(service, q)


@pytest.mark.parametrize("q", ["理事会", "决议", "安全理事会", "1373 (2001)"])
def test_c26_chinese(service: TestClient, q: str) -> None:
    assert "安全理事会第1373（2001）号决议" in found(service, q)


def test_c26_one_mark(service: TestClient) -> None:
    assert marked(service, "理事会") == ["理事会"]


@pytest.mark.parametrize("q", ["l'assemblée", "assemblee generale", "assemblée"])
def test_c27_french(service: TestClient, q: str) -> None:
    assert found(service, q) == {"L’Assemblée générale"}


def test_c35_the_whole_form_is_marked(service: TestClient) -> None:
    assert "Устава" in marked(service, "устав")


@pytest.mark.parametrize("q", ["совет", "<script>alert(1)</script>"])
def test_c36_nothing_of_a_text_is_markup(service: TestClient, q: str) -> None:
    page = service.get("/", params={"q": q}).text
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_c38_a_phrase_is_marked_as_one(service: TestClient) -> None:
    assert marked(service, '"human rights"') == ["human rights"]


def test_c39_numbers_in_arabic_are_isolated(service: TestClient) -> None:
    page = service.get("/", params={"q": "الجمعية", "lang": "ar"}).text
    assert '<bdi dir="ltr">58/208</bdi>' in page
    assert 'dir="rtl"' in page
