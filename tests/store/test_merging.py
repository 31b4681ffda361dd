"""Taking over an index: what it gives must be, array for array, what writing everything anew gives."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import EmptyCorpusError, IndexDamagedError
from indexer.lang.base import Base, Form
from indexer.model import LanguageCode, Resolution, Symbol
from indexer.store import IndexWriter, Snapshot, Term, check_index, open_snapshot
from indexer.store.arrays import ARRAYS
from indexer.store.merging import places_in_slices
from indexer.store.numbering import Numbering
from tests.store.builders import resolution, write_index

Key = tuple[int, LanguageCode]
KEYS: list[Key] = [(number, lang) for lang in ("ru", "en") for number in range(1, 7)]
NEW_WORDS = ("пчела летит", "пчелы и мир", "права пчел", "мир, мир")


def changed(key: Key) -> Resolution:
    """Return another text of a resolution: other words, other length, fewer clauses."""
    number, lang = key
    return resolution(number, lang, texts=NEW_WORDS[: 2 + number % 3], session="58", date=f"2004-01-0{number}")


def update(index: Path, removed: Sequence[Key], added: Sequence[Resolution]) -> Snapshot:
    with IndexWriter(index) as writer:
        base = writer.live()
        assert base is not None
        writer.begin_with(base)
        for number, lang in removed:
            assert writer.remove(Symbol(f"A/RES/58/{number}"), lang)
        for item in added:
            assert writer.add(item)
        writer.commit()
    return open_snapshot(index)


def assert_same(found: Snapshot, expected: Snapshot) -> None:
    """Compare all that an index holds; codes by what they stand for, since they are numbered as they come."""
    assert found.stats() == expected.stats()
    for name in ("clauses.jsonl", "clauses.offsets.npy", "resolutions.jsonl"):
        assert (found.folder / name).read_bytes() == (expected.folder / name).read_bytes(), name
    columns = sorted(path.name for path in (expected.folder / "columns").iterdir())
    assert sorted(path.name for path in (found.folder / "columns").iterdir()) == columns
    for name in columns:
        assert (found.folder / "columns" / name).read_bytes() == (expected.folder / "columns" / name).read_bytes(), (
            name
        )
    ours, theirs = found.postings.arrays, expected.postings.arrays
    for array in ARRAYS:
        if array != "codes":
            assert np.array_equal(ours.array(array), theirs.array(array)), array
    for field, entry in theirs.fields.items():
        mine = ours.fields[field]
        assert (mine.first, mine.end, mine.words) == (entry.first, entry.end, entry.words)
        for term in range(entry.first, entry.end if theirs.is_text(field) else entry.first):
            assert [mine.pairs[code - 1] for code in ours.codes(term)] == [
                entry.pairs[code - 1] for code in theirs.codes(term)
            ]
    assert list(ours.fields) == list(theirs.fields)


@settings(max_examples=25)
@given(
    replaced=st.sets(st.sampled_from(KEYS[1:]), max_size=4),
    dropped=st.sets(st.sampled_from([key for key in KEYS if key[0] > 1]), max_size=4),
    new=st.lists(st.tuples(st.integers(7, 9), st.sampled_from(["ru", "en", "ru"])), unique=True, max_size=3),
)
def test_updating_gives_what_building_gives(
    tmp_path_factory: pytest.TempPathFactory, replaced: set[Key], dropped: set[Key], new: list[Key]
) -> None:
    folder = tmp_path_factory.mktemp("merging")
    replaced -= dropped
    write_index(folder / "updated", [resolution(*key) for key in KEYS])
    found = update(
        folder / "updated", sorted(replaced | dropped), [changed(key) for key in (*sorted(replaced), *new)]
    )
    expected = [changed(key) if key in replaced else resolution(*key) for key in KEYS if key not in dropped]
    assert_same(found, open_snapshot(write_index(folder / "built", [*expected, *map(changed, new)])))
    assert check_index(folder / "updated") == []
    shutil.rmtree(folder)


def test_updates_on_updates(tmp_path: Path) -> None:
    write_index(tmp_path / "updated", [resolution(*key) for key in KEYS])
    update(tmp_path / "updated", [(2, "ru"), (3, "en")], [changed((2, "ru"))])
    update(tmp_path / "updated", [(2, "ru")], [resolution(2, "ru")])
    found = update(tmp_path / "updated", [], [resolution(3, "en")])
    order = [key for key in KEYS if key != (3, "en")] + [(3, "en")]
    assert_same(found, open_snapshot(write_index(tmp_path / "built", [resolution(*key) for key in order])))


def test_a_language_that_comes_and_goes(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1, "ru")])
    found = update(tmp_path, [], [resolution(1, "en")])
    assert found.languages_of_resolution(Symbol("A/RES/58/1")) == ("en", "ru")
    found = update(tmp_path, [(1, "ru")], [])
    assert list(found.stats().documents_by_language) == ["en"]
    assert not any(field.endswith("_ru") for field in found.postings.arrays.fields)
    assert check_index(tmp_path) == []


def test_what_was_removed_is_not_found(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1), resolution(2)])
    found = update(tmp_path, [(1, "ru")], [])
    assert found.match(Term("symbol", "A/RES/58/1")).docs.tolist() == []
    assert found.match(Term("symbol", "A/RES/58/2")).docs.tolist() == list(range(8))


def test_all_removed_is_no_index(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1)])
    with pytest.raises(EmptyCorpusError):
        update(tmp_path, [(1, "ru")], [])
    assert len(open_snapshot(tmp_path)) == 8


def test_lexicons_are_taken_over(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1)], {"ru": {Form("мире"): (Base("вселенная"),)}})
    found = update(tmp_path, [], [resolution(2)])
    assert len(found.match(Term("base_ru", "вселенная")).docs) == 2


def test_damage_is_not_taken_over(tmp_path: Path) -> None:
    snapshot = open_snapshot(write_index(tmp_path, [resolution(1)]))
    path = snapshot.folder / "clauses.jsonl"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError):
        update(tmp_path, [], [resolution(2)])


@given(st.lists(st.tuples(st.lists(st.integers(0, 9), unique=True), st.integers(0, 9)), min_size=1))
def test_places_in_slices(slices: list[tuple[list[int], int]]) -> None:
    values = np.array([value for held, _ in slices for value in sorted(held)], np.int64)
    ends = np.cumsum([len(held) for held, _ in slices])
    found = places_in_slices(
        values, ends - [len(held) for held, _ in slices], ends, np.array([wanted for _, wanted in slices])
    )
    firsts = ends - [len(held) for held, _ in slices]
    assert (found - firsts).tolist() == [sum(value < wanted for value in held) for held, wanted in slices]


def test_numbers_of_what_is_gone_go_to_what_came_instead() -> None:
    numbering = Numbering.by_language(["ru", "en", "ru", "en"], [2, 1, 3, 1], gone={0}, instead={2: 0})
    assert numbering.resolutions.tolist() == [2, 1, 3]
    assert numbering.docs.tolist() == [3, 4, 5, 2, 6]
    assert numbering.first_docs.tolist() == [0, 3, 4, 5]
