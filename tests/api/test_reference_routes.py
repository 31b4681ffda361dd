"""Instruments, citations in pasted text, completions, statistics."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

API = "/api/v1"


def test_instruments_are_found_by_a_name_in_any_language(client: TestClient) -> None:
    for words in ("права ребенка", "Rights of the Child", "droits de l'enfant"):
        answer = client.get(f"{API}/instruments", params={"q": words}).json()
        assert "ins:crc" in [instrument["id"] for instrument in answer["instruments"]]
        assert answer["total"] == len(answer["instruments"])


def test_all_instruments_have_counts(client: TestClient) -> None:
    counts = {one["id"]: one["citations"] for one in client.get(f"{API}/instruments").json()["instruments"]}
    assert counts["ins:cedaw"] >= 1
    assert min(counts.values()) == 0


def test_one_instrument(client: TestClient) -> None:
    answer = client.get(f"{API}/instruments/ins:cedaw").json()
    assert answer["adopted_by"] == "A/RES/34/180"
    assert set(answer["names"]) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert answer["citations"] == client.get(f"{API}/search", params={"cites": "ins:cedaw"}).json()["total"]
    assert client.get(f"{API}/instruments/ins:nothing").status_code == 404


def test_citations_in_pasted_text(client: TestClient) -> None:
    text = "ссылаясь на свои резолюции 58/208 от 23 декабря 2003 года и 57/270 B"
    found = client.post(f"{API}/citations", json={"text": text, "lang": "ru"}).json()["citations"]
    assert [(one["id"], one["held"]) for one in found] == [("A/RES/58/208", True), ("A/RES/57/270B", False)]
    assert [text[one["start"] : one["end"]] for one in found] == [one["surface"] for one in found]


def test_each_of_a_span_of_parts_is_an_answer(client: TestClient) -> None:
    question = {"text": "recalling its resolutions 51/211 A to C", "lang": "en"}
    found = client.post(f"{API}/citations", json=question).json()["citations"]
    assert [one["id"] for one in found] == ["A/RES/51/211A", "A/RES/51/211B", "A/RES/51/211C"]
    assert len({one["surface"] for one in found}) == 1


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        (b'{"text": "x", "lang": "de"}', 422, "lang"),
        (b'{"lang": "ru"}', 422, "text"),
        (b'{"text": 5}', 422, "text"),
        (b"{", 422, "body"),
        (b"[]", 422, "body"),
        (b'{"text": "\\ud800"}', 422, "text"),
        (b'{"text": "\xff"}', 400, None),
        (b'{"text": "' + b"x" * 300_000 + b'"}', 422, "text"),
        (b'{"text": "' + b"x" * 1_100_000 + b'"}', 413, None),
    ],
)
def test_bodies_that_cannot_be_used(client: TestClient, body: bytes, status: int, parameter: str | None) -> None:
    response = client.post(f"{API}/citations", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert [fault["parameter"] for fault in response.json()["errors"]] == ([parameter] if parameter else [])


def test_a_nul_byte_in_a_text_is_a_character(client: TestClient) -> None:
    assert client.post(f"{API}/citations", json={"text": "a\x00b"}).json() == {"citations": []}


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("права ребен", "instrument", "Конвенция о правах ребенка"),
        ("58/2", "symbol", "A/RES/58/208"),
        ("права миг", "word", "права мигрантов"),
    ],
)
def test_completions(client: TestClient, typed: str, kind: str, text: str) -> None:
    found = client.get(f"{API}/suggest", params={"q": typed}).json()
    assert text in [suggestion["text"] for suggestion in found if suggestion["kind"] == kind]


@pytest.mark.parametrize("typed", ["", "п", "   ", "*", "\x00", "я" * 5000])
def test_nothing_to_complete(client: TestClient, typed: str) -> None:
    assert client.get(f"{API}/suggest", params={"q": typed}).json() == []


def test_stats(client: TestClient) -> None:
    answer = client.get(f"{API}/stats").json()
    assert answer["resolutions"] == 1
    assert answer["documents_by_type"]["footnote"] == 13
