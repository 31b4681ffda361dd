"""Ranking knows of resolutions, and is the same every time."""

from __future__ import annotations

import pytest

from app.model import Hit, SearchRequest
from app.search import search
from indexer.store import Snapshot
from tests.resolutions import index, resolution


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return index(
        tmp_path_factory.mktemp("spread"),
        resolution("60/1", "ru", *(f"вода и воздух, вода и земля, пункт {n}" for n in range(12)), title="Прочее"),
        resolution("60/2", "ru", "о воде говорится и здесь, в пункте о прочих делах", title="Другое"),
        resolution("60/3", "ru", "чистый воздух", "воздух над чистой рекой", "воздух чистят", title="Воздух"),
        resolution("60/4", "ru", "чистый снег падает на воздух", title="Снег"),
        resolution("60/5", "ru", "дети и школа", "школа для детей и взрослых людей города", title="Школа"),
        resolution("60/6", "ru", "дети и школа", title="Школа"),
    )


def hits(snapshot: Snapshot, q: str, per_page: int = 100) -> tuple[Hit, ...]:
    return search(snapshot, SearchRequest(q, per_page=per_page, facets=())).hits


def test_another_resolution_comes_before_the_last_clauses_of_the_first(spread: Snapshot) -> None:
    symbols = [hit.symbol for hit in hits(spread, "вода")]
    assert symbols[0] == "A/RES/60/1"
    assert "A/RES/60/2" in symbols[:-1]
    assert len(symbols) == 13  # all are there, only later


def test_a_title_on_the_subject_lifts_its_clauses(spread: Snapshot) -> None:
    first = hits(spread, "чистый воздух")[0]
    assert first.id == "A/RES/60/3#op1"  # as typed, side by side, and the whole clause


def test_words_side_by_side_come_before_words_apart(spread: Snapshot) -> None:
    found = [hit.id for hit in hits(spread, "чистый воздух") if not hit.partial]
    assert found.index("A/RES/60/3#op1") < found.index("A/RES/60/4#op1")


def test_the_shorter_of_equal_clauses_comes_first(spread: Snapshot) -> None:
    found = [hit.id for hit in hits(spread, "школа дети")]
    assert found.index("A/RES/60/5#op1") < found.index("A/RES/60/5#op2")


def test_scores_descend_and_pages_agree(spread: Snapshot) -> None:
    whole = hits(spread, "воздух")
    full = [hit.score for hit in whole if not hit.partial]
    assert full == sorted(full, reverse=True)
    for page in range(1, 6):
        part = search(spread, SearchRequest("воздух", page=page, per_page=3, facets=())).hits
        assert part == whole[(page - 1) * 3 : page * 3]


def test_equal_clauses_stand_in_one_order(spread: Snapshot) -> None:
    assert [hits(spread, "дети школа") for _ in range(3)].count(hits(spread, "дети школа")) == 3
