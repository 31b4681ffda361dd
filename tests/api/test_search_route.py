"""`GET /api/v1/search` as the contract has it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

SEARCH = "/api/v1/search"

HIT_FIELDS = {
    "id", "lang", "symbol", "title", "date", "type", "number", "action", "text", "highlights", "snippet", "partial",
    "citations", "score", "languages", "url",
}  # fmt: skip


def test_an_answer_has_the_fields_of_the_contract(client: TestClient) -> None:
    answer = client.get(SEARCH, params={"q": "права мигрантов"}).json()
    assert {"query", "total", "page", "per_page", "took_ms", "hits", "facets", "notices"} <= answer.keys()
    assert answer["query"] == {
        "text": "права мигрантов",
        "interpreted": "права AND мигрантов",
        "filters": {},
        "targets": [],
    }
    assert answer["hits"][0].keys() >= HIT_FIELDS
    assert list(answer["facets"]) == ["type", "cites", "action", "body", "session", "year", "lang", "subject"]
    assert answer["facets"]["type"][0].keys() == {"value", "label", "count", "selected", "toggle_url"}


def test_filters_are_echoed_and_followed_by_toggle_links(client: TestClient) -> None:
    answer = client.get(SEARCH, params={"q": "миграция", "type": ["operative", "preambular", ""]}).json()
    assert answer["query"]["filters"] == {"type": ["operative", "preambular"]}
    assert {hit["type"] for hit in answer["hits"]} <= {"operative", "preambular"}
    operative = next(value for value in answer["facets"]["type"] if value["value"] == "operative")
    assert operative["selected"]
    fewer = client.get(SEARCH + operative["toggle_url"]).json()
    assert fewer["query"]["filters"] == {"type": ["preambular"]}
    assert fewer["query"]["text"] == "миграция"


def test_facets_are_those_asked_for(client: TestClient) -> None:
    assert list(client.get(SEARCH, params={"facets": "year, type"}).json()["facets"]) == ["year", "type"]
    assert client.get(SEARCH, params={"facets": ""}).json()["facets"] == {}


def test_explain_adds_why(client: TestClient) -> None:
    params = {"q": "мигрант", "per_page": "1"}
    assert client.get(SEARCH, params=params).json()["hits"][0]["explanation"] is None
    explained = client.get(SEARCH, params={**params, "explain": "1"}).json()["hits"][0]["explanation"]
    assert "мигрантов" in explained["words"]


@pytest.mark.parametrize(
    ("accepted", "label"), [("ru", "Постановляющие"), ("en-GB,ru;q=0.5", "Operative"), ("", "Operative")]
)
def test_labels_follow_the_accepted_language(client: TestClient, accepted: str, label: str) -> None:
    response = client.get(SEARCH, headers={"Accept-Language": accepted})
    labels = {value["value"]: value["label"] for value in response.json()["facets"]["type"]}
    assert label.lower() in labels["operative"].lower()
    assert response.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("page", "0"),
        ("page", "x"),
        ("per_page", "0"),
        ("per_page", "101"),
        ("sort", "best"),
        ("group", "clause"),
        ("facets", "type,colour"),
        ("lang", "de"),
        ("type", "verse"),
        ("body", "EU"),
        ("year", "soon"),
        ("explain", "perhaps"),
        ("subject", "x" * 300),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(client: TestClient, parameter: str, value: str) -> None:
    response = client.get(SEARCH, params={"q": "мир", parameter: value})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]
    assert parameter in problem["detail"]
    assert problem["status"] == 422


def test_every_faulty_parameter_is_named(client: TestClient) -> None:
    problem = client.get(SEARCH, params={"lang": "de", "year": "soon", "facets": "x"}).json()
    assert [fault["parameter"] for fault in problem["errors"]] == ["lang", "year", "facets"]


@pytest.mark.parametrize("raw", ["q=%00", "q=a%00b", "q=%FF%FE", "q=%ED%A0%80", "q=%F0%9F", "cites=%00a"])
def test_broken_bytes_never_break_the_service(client: TestClient, raw: str) -> None:
    assert client.get(f"{SEARCH}?{raw}").status_code in (200, 422)
