from __future__ import annotations

import gc
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from indexer.model import ClauseId, ClausePath, ClauseType, Symbol
from indexer.store import Phrase, Snapshot, Term, form_field, manifest, open_snapshot
from indexer.store import snapshot as room
from tests.store.builders import resolution, write_index


def test_documents_of_a_clause(snapshot: Snapshot) -> None:
    for doc in range(len(snapshot)):
        record = snapshot.record(doc)
        assert snapshot.doc_of(record.id, record.lang) == doc
        assert doc in snapshot.resolution_of(doc).documents
    assert snapshot.languages_of(ClauseId("A/RES/58/2#op1")) == ("en", "ru")
    assert snapshot.languages_of(ClauseId("A/RES/58/6#op1")) == ("ru",)


@pytest.mark.parametrize("clause", ["A/RES/58/1#op99", "A/RES/58/99#op1", "A/RES/58/1", "", "#"])
def test_unknown_clauses_have_no_document(snapshot: Snapshot, clause: str) -> None:
    assert snapshot.doc_of(ClauseId(clause), "ru") is None
    assert snapshot.languages_of(ClauseId(clause)) == ()


def test_a_clause_is_not_found_in_another_resolution_of_the_same_paths(tmp_path: Path) -> None:
    short = replace(resolution(2), clauses=resolution(2).clauses[:2])
    snapshot = open_snapshot(write_index(tmp_path, [resolution(1), short]))
    assert snapshot.doc_of(ClauseId("A/RES/58/2#op1"), "ru") is None


def test_resolutions_come_back_whole(snapshot: Snapshot) -> None:
    record = snapshot.resolution(Symbol("A/RES/58/3"), "en")
    assert record is not None
    assert snapshot.load(record) == resolution(3, "en", date="2003-01-02")
    assert snapshot.resolution(Symbol("A/RES/58/6"), "en") is None
    assert snapshot.languages_of_resolution(Symbol("A/RES/58/3")) == ("en", "ru")
    assert len(list(snapshot.resolutions())) == 9


def test_an_index_can_be_rebuilt_from_itself(snapshot: Snapshot, tmp_path: Path) -> None:
    again = open_snapshot(write_index(tmp_path, map(snapshot.load, snapshot.resolutions())))
    assert again.manifest.corpus == snapshot.manifest.corpus
    assert again.stats() == snapshot.stats()


@pytest.mark.parametrize("number", [-1, 9 * 8])
def test_a_number_that_is_no_document(snapshot: Snapshot, number: int) -> None:
    with pytest.raises(IndexError):
        snapshot.record(number)


def test_stats(snapshot: Snapshot) -> None:
    stats = snapshot.stats()
    assert (stats.resolutions, stats.documents) == (9, 72)
    assert stats.documents_by_language == {"en": 24, "ru": 48}
    assert list(stats.documents_by_type) == [ClauseType.TITLE, "preambular", "operative", "footnote"]
    assert stats.resolutions_by_session == {"58": 9}
    assert stats.citations_by_status == {"resolved": 18}


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="clausula build"):
        open_snapshot(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissingError):
        open_snapshot(tmp_path / "file")


def test_an_index_of_another_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_index(tmp_path, [resolution(1)])
    monkeypatch.setattr(manifest, "SCHEMA_VERSION", 999)
    with pytest.raises(IndexOutdatedError, match="clausula build"):
        open_snapshot(tmp_path)


@pytest.mark.parametrize("damage", ["empty", "half", "gone"])
@pytest.mark.parametrize(
    "pattern", ["*/postings/*.toc", "*/postings/*.docs.npy", "*/clauses.jsonl", "*/manifest.json"]
)
def test_a_damaged_index_is_refused_and_the_next_build_repairs_it(tmp_path: Path, pattern: str, damage: str) -> None:
    """Case C30."""
    write_index(tmp_path, [resolution(1)])
    (path,) = tmp_path.glob(pattern)
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[: len(content) // 2] if damage == "half" else b"")
    with pytest.raises(IndexDamagedError, match="clausula build"):
        open_snapshot(tmp_path)
    write_index(tmp_path, [resolution(1)])
    assert len(open_snapshot(tmp_path)) == 8


def test_a_file_that_is_none_of_ours_does_not_stop_opening(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1)])
    (tmp_path / open_snapshot(tmp_path).generation / ".DS_Store").write_text("")
    assert len(open_snapshot(tmp_path)) == 8


def test_opening_while_builds_go_on(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1)])
    numbers = range(2, 12)
    with ThreadPoolExecutor(1) as pool:
        builds = pool.submit(lambda: [write_index(tmp_path, [resolution(number)]) for number in numbers])
        seen = [0]
        while not builds.done():
            seen.append(int(open_snapshot(tmp_path).record(0).symbol.rpartition("/")[2]))
        builds.result()
    assert seen == sorted(seen)


def test_a_flipped_byte_is_noticed_when_opening_with_verification(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(number) for number in range(1, 100)])
    (path,) = tmp_path.glob("*/clauses.jsonl")
    content = bytearray(path.read_bytes())
    assert len(content) > room.HASHED_AT_OPENING
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    open_snapshot(tmp_path)
    with pytest.raises(IndexDamagedError, match=r"clauses\.jsonl"):
        open_snapshot(tmp_path, verify=True)


def test_a_snapshot_goes_on_when_its_folder_is_gone(tmp_path: Path) -> None:
    write_index(tmp_path / "index", [resolution(1)])
    snapshot = open_snapshot(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    query = Phrase(form_field("ru"), (("о",), ("мире",)))
    assert [snapshot.record(doc).path for doc in snapshot.match(query).docs] == [ClausePath("op1")]
    assert snapshot.postings.whoosh.match(query).docs.tolist() == snapshot.match(query).docs.tolist()
    kinds = snapshot.columns["type"]
    operative = kinds.count(snapshot.columns.select(snapshot.match(Term("type", "operative")).docs))
    assert kinds.most_frequent(operative) == [("operative", 4)]


def test_open_files_stay_few(tmp_path: Path) -> None:
    """Case C33: a thousand queries, and builds in between, leave no descriptor behind."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("counts descriptors in /proc")
    write_index(tmp_path, [resolution(1)])
    snapshot = open_snapshot(tmp_path)
    snapshot.postings.match(Term(form_field("ru"), "мир"))
    gc.collect()
    before = len(list(descriptors.iterdir()))
    for number in range(1000):
        snapshot.postings.match(Term(form_field("ru"), "мир" if number % 2 else "права"))
    assert len(list(descriptors.iterdir())) == before
    for number in range(5):
        write_index(tmp_path, [resolution(number)])
        snapshot = open_snapshot(tmp_path)
        snapshot.match(Term(form_field("ru"), "мир"))
    assert len(list(descriptors.iterdir())) <= before
