from __future__ import annotations

import gc
import threading
import time
import weakref
from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError, IndexMissingError
from indexer.store import Snapshot, SnapshotSource, Term, form_field
from indexer.store.generations import is_current
from tests.store.builders import resolution, write_index


def test_a_new_index_is_seen_without_restart(tmp_path: Path) -> None:
    """Case C33."""
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0)
    query = Term(form_field("ru"), "совершенно")
    assert len(source.current().match(query).docs) == 0
    write_index(tmp_path, [resolution(1, texts=["один", "совершенно новый текст", "три"])])
    assert len(source.current().match(query).docs) == 2  # the title and the clause


def test_the_same_snapshot_serves_until_the_index_changes(tmp_path: Path) -> None:
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0)
    assert source.current() is source.current()


def test_looking_for_a_new_index_waits_its_time(tmp_path: Path) -> None:
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=3600)
    first = source.current()
    write_index(tmp_path, [resolution(2)])
    assert source.current() is first


def test_a_request_keeps_its_snapshot_and_the_last_one_to_let_go_frees_it(tmp_path: Path) -> None:
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0)
    held = source.current()
    held.match(Term(form_field("ru"), "мир"))
    for number in (2, 3):
        write_index(tmp_path, [resolution(number)])
        assert source.current() is not held
    assert held.record(0).symbol == "A/RES/58/1"
    gc.disable()
    try:
        gone = weakref.ref(held)
        del held
        assert gone() is None  # at once, without waiting for the collector of cycles
    finally:
        gc.enable()


def test_no_index_yet_and_then_one(tmp_path: Path) -> None:
    source = SnapshotSource(tmp_path, check_seconds=0)
    with pytest.raises(IndexMissingError):
        source.current()
    assert isinstance(source.problem, IndexMissingError)
    write_index(tmp_path, [resolution(1)])
    assert len(source.current()) == 8
    assert source.problem is None


def test_the_old_index_serves_on_when_the_new_one_is_broken(tmp_path: Path) -> None:
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0)
    first = source.current()
    (tmp_path / "CURRENT").write_text("nonsense")
    assert source.current() is first
    assert "clausula build" in str(source.problem)


def test_threads_share_one_snapshot(tmp_path: Path) -> None:
    source = SnapshotSource(write_index(tmp_path, [resolution(1)]))
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(id(source.current()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_a_new_index_is_prepared_while_the_old_one_answers(tmp_path: Path) -> None:
    prepared: list[Snapshot] = []
    begun, go_on = threading.Event(), threading.Event()

    def prepare(snapshot: Snapshot) -> None:
        begun.set()
        assert go_on.wait(60)
        prepared.append(snapshot)

    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0, prepare=prepare)
    first = source.current()  # nobody answers meanwhile: it is there without being prepared
    assert prepared == []
    write_index(tmp_path, [resolution(2)])
    assert source.current() is first
    assert begun.wait(60)
    assert source.current() is first
    go_on.set()
    second = followed(source, first)
    assert second.record(0).symbol == "A/RES/58/2"
    assert prepared == [second]  # once, however often it was asked for meanwhile


def test_an_index_is_opened_once_though_it_is_ready_just_as_one_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found under full load with many new indexes: the newest was open twice for a while."""
    prepared: list[Snapshot] = []
    go_on = threading.Event()

    def prepare(snapshot: Snapshot) -> None:
        assert go_on.wait(60)
        prepared.append(snapshot)

    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0, prepare=prepare)
    first = source.current()
    write_index(tmp_path, [resolution(2)])
    assert source.current() is first  # begins to prepare the second

    def slowly(index: Path, generation: str) -> bool:
        found = is_current(index, generation)
        go_on.set()
        join_preparing()
        return found

    monkeypatch.setattr("indexer.store.source.is_current", slowly)
    source.current()
    go_on.set()
    join_preparing()
    assert source.current().record(0).symbol == "A/RES/58/2"
    join_preparing()
    assert len(prepared) == 1


def test_an_index_that_cannot_be_prepared_does_not_replace_a_sound_one(tmp_path: Path) -> None:
    def prepare(snapshot: Snapshot) -> None:
        raise ValueError("a broken line")

    source = SnapshotSource(write_index(tmp_path, [resolution(1)]), check_seconds=0, prepare=prepare)
    first = source.current()
    write_index(tmp_path, [resolution(2)])
    assert source.current() is first
    join_preparing()
    assert isinstance(source.problem, IndexDamagedError)
    assert "a broken line" in str(source.problem)
    assert "clausula build" in str(source.problem)
    assert source.current() is first


def join_preparing() -> None:
    """Wait until no new index is prepared."""
    for thread in threading.enumerate():
        if thread.name == "new index":
            thread.join(60)


def followed(source: SnapshotSource, first: Snapshot) -> Snapshot:
    """Return the snapshot that follows another, as soon as it does."""
    patience = time.monotonic() + 60
    while (snapshot := source.current()) is first:
        assert time.monotonic() < patience
        time.sleep(0.01)
    return snapshot
