"""Ranking knows of resolutions, and is the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import spreading
from app.matching import Answer
from app.model import Hit, SearchRequest
from app.query.plan import NOTHING, Plan
from app.search import in_order, search
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


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=1), st.integers(1, 5))
def test_the_best_are_those_of_the_whole_answer(spread: Snapshot, drawn: list[tuple[int, int]], count: int) -> None:
    docs = np.array(sorted({resolution * 3 + score % 3 for resolution, score in drawn}), np.int32)
    scores = np.array([1.0 + drawn[place % len(drawn)][1] for place in range(len(docs))])
    answer = Answer(docs, scores, np.zeros(len(docs), np.int8), scores)
    plan = Plan(NOTHING)
    whole = spreading.spread(answer, spread, plan, np.empty(0, np.int32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreading, "FIRST_BEST", 1)
        patch.setattr(spreading, "FEW_OF_BEST", 2)
        best = spreading.spread(answer, spread, plan, np.empty(0, np.int32), count)
    request = SearchRequest("вода")
    first = in_order(best, request, spread.columns, count)
    expected = in_order(whole, request, spread.columns, count)
    assert first.docs.tolist() == expected.docs.tolist()
    assert first.scores.tolist() == expected.scores.tolist()
