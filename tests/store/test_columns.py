from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store import ClauseRecord, Snapshot
from indexer.store.columns import COLUMNS, Column, ColumnWriter, load_column, rank_of_values, save_column
from indexer.store.schema import ValueName
from indexer.store.stats import natural_key

Rows = list[list[str]]
values = st.sampled_from(["operative", "preambular", "A/RES/58/9", "A/RES/58/10", "é", "я"])
rows = st.lists(st.lists(values, max_size=4), max_size=12)
rows_of_one = st.lists(st.lists(values, min_size=1, max_size=1), max_size=12)


def column_of(given_rows: Rows) -> Column:
    writer = ColumnWriter()
    for row in given_rows:
        writer.add(row)
    return writer.column()


@given(rows | rows_of_one, st.data())
def test_counts_are_those_of_counting(given_rows: Rows, data: st.DataObject) -> None:
    column = column_of(given_rows)
    docs = sorted(data.draw(st.sets(st.integers(0, len(given_rows) - 1)))) if given_rows else []
    mask = np.zeros(len(given_rows), np.bool_)
    mask[docs] = True
    counted = Counter(value for doc in docs for value in set(given_rows[doc]))
    expected = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    assert column.counts(mask) == expected
    assert column.counts(np.array(docs, np.int32)) == expected


@given(rows | rows_of_one, st.lists(values | st.just("unknown")))
def test_mask_marks_the_documents_with_any_of_the_values(given_rows: Rows, wanted: list[str]) -> None:
    expected = [not set(wanted).isdisjoint(row) for row in given_rows]
    assert column_of(given_rows).mask(wanted).tolist() == expected


@given(rows | rows_of_one)
def test_a_document_gives_back_its_values(given_rows: Rows) -> None:
    column = column_of(given_rows)
    assert [column.of(doc) for doc in range(len(column))] == [tuple(sorted(set(row))) for row in given_rows]


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
