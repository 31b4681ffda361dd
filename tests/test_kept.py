"""What is kept with an index."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

from app.kept import KeptWithSnapshot
from app.suggest import prepare, suggest
from app.vocabulary import vocabulary
from indexer.lang.base import Base, Form
from indexer.store import Snapshot, open_snapshot
from tests.store.builders import resolution, write_index


def test_a_value_is_made_once_for_each_snapshot_and_key(tmp_path: Path) -> None:
    made: list[tuple[Snapshot, str]] = []

    def make(snapshot: Snapshot, key: str) -> int:
        made.append((snapshot, key))
        return len(made)

    kept = KeptWithSnapshot(make)
    index = write_index(tmp_path, [resolution(1)])
    one, other = open_snapshot(index), open_snapshot(index)
    assert [kept.get(one, "a"), kept.get(one, "b"), kept.get(other, "a"), kept.get(one, "a")] == [1, 2, 3, 1]
    assert made == [(one, "a"), (one, "b"), (other, "a")]


def test_what_is_there_is_given_while_something_else_is_made(tmp_path: Path) -> None:
    making, go_on = threading.Event(), threading.Event()

    def make(snapshot: Snapshot, key: str) -> str:
        if key == "slow":
            making.set()
            assert go_on.wait(60)
        return key

    kept = KeptWithSnapshot(make)
    snapshot = open_snapshot(write_index(tmp_path, [resolution(1)]))
    assert kept.get(snapshot, "quick") == "quick"
    thread = threading.Thread(target=kept.get, args=(snapshot, "slow"))
    thread.start()
    assert making.wait(60)
    assert kept.get(snapshot, "quick") == "quick"  # would wait for ever otherwise
    go_on.set()
    thread.join()


def test_what_completions_gather_keeps_no_index_alive(tmp_path: Path) -> None:
    write_index(tmp_path, [resolution(1), resolution(1, "en")], {"ru": {Form("мир"): (Base("мир"),)}})
    snapshot = open_snapshot(tmp_path)
    prepare(snapshot)
    assert suggest(snapshot, "мир")
    gone = [weakref.ref(kept) for kept in (snapshot, vocabulary(snapshot, "ru"), snapshot.language("ru"))]
    gc.disable()
    try:
        del snapshot
        assert [kept() for kept in gone] == [None] * 3  # at once, without waiting for the collector of cycles
    finally:
        gc.enable()
