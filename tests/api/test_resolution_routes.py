"""Resolutions and clauses by symbol."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

RESOLUTIONS = "/api/v1/resolutions"


@pytest.mark.parametrize("spelling", ["A/RES/58/208", "A%2FRES%2F58%2F208", "58/208", "a/res/58/208", "А/RES/58/208"])
def test_any_spelling_gives_the_resolution(client: TestClient, spelling: str) -> None:
    answer = client.get(f"{RESOLUTIONS}/{spelling}").json()
    assert answer["symbol"] == "A/RES/58/208"
    assert answer["languages"] == ["ru"]
    assert answer["url"] == "/ru/A/RES/58/208"
    assert len(answer["footnotes"]) == 13
    assert answer["clauses"][0]["id"] == "A/RES/58/208#title"


@pytest.mark.parametrize("symbol", ["A/RES/58/208", "A%2FRES%2F58%2F208"])
def test_clauses_alone(client: TestClient, symbol: str) -> None:
    answer = client.get(f"{RESOLUTIONS}/{symbol}/clauses").json()
    assert [clause["id"] for clause in answer["clauses"]][-1].startswith("A/RES/58/208#")
    assert "footnotes" not in answer


def test_a_clause_has_its_parents_and_neighbours(client: TestClient) -> None:
    answer = client.get(f"{RESOLUTIONS}/A/RES/58/208/clauses/op10.b").json()
    assert answer["clause"]["id"] == "A/RES/58/208#op10.b"
    assert [parent["id"] for parent in answer["parents"]] == ["A/RES/58/208#op10"]
    assert (answer["previous"], answer["next"]) == ("A/RES/58/208#op10.a", "A/RES/58/208#op10.c")
    assert answer["url"] == "/ru/A/RES/58/208#op10.b"


def test_a_clause_brings_its_footnotes_and_a_footnote_is_a_place(client: TestClient) -> None:
    clause = client.get(f"{RESOLUTIONS}/58/208/clauses/pp4").json()
    assert [note["number"] for note in clause["footnotes"]] == [7, 8, 9, 10]
    note = client.get(f"{RESOLUTIONS}/58/208/clauses/fn13").json()
    assert note["clause"]["number"] == 13
    assert (note["previous"], note["next"]) == ("A/RES/58/208#fn12", None)


@pytest.mark.parametrize(
    "path",
    [
        "A/RES/58/209",
        "S/RES/1373%20(2001)",
        "S%2FRES%2F1373%20(2001)",
        "no-symbol",
        "A/RES/58/208/clauses/op99",
        "A/RES/58/209/clauses",
        "A/RES/58/208?lang=en",
        "%00",
        "%FF",
    ],
)
def test_what_is_not_held_is_a_problem(client: TestClient, path: str) -> None:
    response = client.get(f"{RESOLUTIONS}/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_an_unknown_language_is_named(client: TestClient) -> None:
    response = client.get(f"{RESOLUTIONS}/58/208?lang=de")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "lang"
