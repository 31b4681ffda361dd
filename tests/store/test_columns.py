from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store import ClauseRecord, Snapshot
from indexer.store.columns import (
    COLUMNS,
    Column,
    ColumnWriter,
    IntArray,
    Selection,
    load_column,
    orders,
    rank_of_values,
    save_column,
)
from indexer.store.schema import ValueName
from indexer.store.stats import natural_key

Rows = list[list[str]]
values = st.sampled_from(["operative", "preambular", "A/RES/58/9", "A/RES/58/10", "é", "я"])
rows = st.lists(st.lists(values, max_size=4), max_size=12)
rows_of_one = st.lists(st.lists(values, min_size=1, max_size=1), max_size=12)


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, Rows]:
    """A column, and what each document has: told of the documents, or of resolutions of some documents each."""
    told = draw(rows | rows_of_one)
    if draw(st.booleans()):
        return column_of(told), told
    sizes = draw(st.lists(st.integers(0, 3), min_size=len(told), max_size=len(told)))
    row_of = np.repeat(np.arange(len(told), dtype=np.int32), sizes)
    return column_of(told, row_of), [told[row] for row in row_of]


def column_of(told: Rows, row_of: IntArray | None = None) -> Column:
    writer = ColumnWriter()
    for row in told:
        writer.add(row)
    return writer.column(np.arange(len(told), dtype=np.int32), row_of)


@given(columns(), st.data())
def test_counts_are_those_of_counting(given_column: tuple[Column, Rows], data: st.DataObject) -> None:
    column, having = given_column
    docs = sorted(data.draw(st.sets(st.integers(0, len(having) - 1)))) if having else []
    counted = Counter(value for doc in docs for value in set(having[doc]))
    expected = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    counts = column.count(Selection(np.array(docs, np.int32), len(column)))
    assert column.most_frequent(counts) == expected
    limit = data.draw(st.integers(0, 3))
    assert column.most_frequent(counts, limit) == expected[:limit]


@given(columns())
def test_postings_are_the_documents_of_each_value(given_column: tuple[Column, Rows]) -> None:
    column, having = given_column
    docs, counts = column.postings()
    found = dict(zip(column.values, np.split(docs, np.cumsum(counts)[:-1]) if len(counts) else [], strict=True))
    assert {value: held.tolist() for value, held in found.items() if len(held)} == {
        value: [doc for doc, row in enumerate(having) if value in row] for row in having for value in row
    }


def test_columns_of_one_selection_count_the_resolutions_once(snapshot: Snapshot) -> None:
    selection = snapshot.columns.select(np.arange(8, 20, dtype=np.int32))
    years, bodies = (snapshot.columns[name] for name in ("year", "body"))
    assert years.most_frequent(years.count(selection)) == [("2002", 8), ("2003", 4)]
    assert bodies.most_frequent(bodies.count(selection)) == [("GA", 12)]


@given(columns(), st.lists(values | st.just("unknown")))
def test_mask_marks_the_documents_with_any_of_the_values(
    given_column: tuple[Column, Rows], wanted: list[str]
) -> None:
    column, having = given_column
    assert column.mask(wanted).tolist() == [not set(wanted).isdisjoint(row) for row in having]


@given(columns())
def test_a_document_gives_back_its_values(given_column: tuple[Column, Rows]) -> None:
    column, having = given_column
    assert [column.of(doc) for doc in range(len(column))] == [tuple(sorted(set(row))) for row in having]


def test_codes_of_leaves_out_what_no_document_has() -> None:
    column = column_of([["b"], ["a"], ["c"]])
    assert column.values == ("a", "b", "c")
    assert column.codes_of(["c", "x", "a", "a"]).tolist() == [0, 2]
    assert (column.code_of("b"), column.code_of("x")) == (1, None)


def test_symbols_rank_by_number() -> None:
    column = column_of([["A/RES/58/10"], ["A/RES/58/9"], ["A/RES/9/100"], ["A/RES/58/9"]])
    assert rank_of_values(column, natural_key).tolist() == [2, 1, 0, 1]


def test_a_saved_column_comes_back(tmp_path: Path) -> None:
    column = column_of([["я", "b"], [], ["b"]])
    save_column(tmp_path, "cites", column)
    loaded = load_column(tmp_path, "cites")
    assert loaded.values == column.values
    assert [loaded.of(doc) for doc in range(3)] == [("b", "я"), (), ("b",)]


OWN_VALUES: dict[ValueName, Callable[[ClauseRecord], Iterable[str]]] = {
    "lang": lambda record: [record.lang],
    "type": lambda record: [record.type],
    "cites": lambda record: record.cites,
    "names": lambda record: record.names,
    "action": lambda record: record.action_ids,
    "body": lambda _: ["GA"],
    "session": lambda _: ["58"],
    "year": lambda record: [str(record.date)[:4]],
    "subject": lambda _: ["peace", "rights"],
    "symbol": lambda record: [record.symbol],
    "path": lambda record: [record.path],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_of_an_index_agree_with_its_records(snapshot: Snapshot, name: ValueName) -> None:
    for doc in range(len(snapshot)):
        assert snapshot.columns[name].of(doc) == tuple(sorted(OWN_VALUES[name](snapshot.record(doc))))


def test_order_columns(snapshot: Snapshot) -> None:
    first = snapshot.columns.first_docs
    assert len(first) == 9 + 1
    assert np.array_equal(np.repeat(np.arange(9), np.diff(first)), snapshot.columns.resolution)
    dates = snapshot.columns.date[first[:-1]]
    assert np.all(np.diff(dates[:6]) > 0)
    assert snapshot.columns.symbol_rank[first[:-1]].tolist() == [0, 1, 2, 3, 4, 5, 0, 1, 2]
    for ranks in snapshot.columns.order.values():
        assert sorted(ranks) == list(range(len(snapshot)))


def test_orders_put_the_undated_last_and_break_ties_by_symbol_and_place() -> None:
    date, symbol_rank = np.array([5, 0, 7, 7, 7], np.int32), np.array([0, 1, 3, 2, 2], np.int32)
    ranks = orders(date, symbol_rank)
    assert {name: np.argsort(rank).tolist() for name, rank in ranks.items()} == {
        "newest": [3, 4, 2, 0, 1],
        "oldest": [0, 3, 4, 2, 1],
        "symbol": [0, 1, 3, 4, 2],
    }


@given(rows, st.randoms())
def test_rows_can_be_put_in_another_order(told: Rows, random: Random) -> None:
    order = random.sample(range(len(told)), len(told))
    writer = ColumnWriter()
    for row in told:
        writer.add(row)
    column = writer.column(np.array(order, np.int32))
    assert [column.of(doc) for doc in range(len(column))] == [tuple(sorted(set(told[came]))) for came in order]


def test_languages_beside_a_document_are_those_of_its_clause(snapshot: Snapshot) -> None:
    for doc in range(len(snapshot)):
        assert snapshot.languages_beside(doc) == snapshot.languages_of(snapshot.record(doc).id)


def test_having_is_the_documents_of_one_value(snapshot: Snapshot) -> None:
    for value in snapshot.columns["type"].values:
        expected = np.flatnonzero(snapshot.columns["type"].mask((value,)))
        assert np.array_equal(snapshot.columns.having("type", value), expected)
        assert snapshot.columns.having("type", value) is snapshot.columns.having("type", value)
