"""Two processes that want to write to one index: real ones, of the command line."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from indexer.store import open_snapshot
from indexer.store.generations import write_lock
from tests.processes import finish, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the locks of POSIX")


def test_the_second_leaves_at_once_and_says_what_to_do(seed: Path, tmp_path: Path) -> None:
    with write_lock(tmp_path):
        code, errors = finish(start("build", seed, "--index", tmp_path))
    assert code == 2
    assert "another build is writing" in errors
    assert "--wait" in errors
    assert "Traceback" not in errors


def test_the_second_waits_no_longer_than_it_was_told(seed: Path, tmp_path: Path) -> None:
    with write_lock(tmp_path):
        code, errors = finish(start("build", seed, "--index", tmp_path, "--wait", "0.3"))
    assert code == 2
    assert "still writing" in errors
    assert "after 0.3 seconds" in errors


def test_the_second_goes_on_when_the_first_is_done(seed: Path, tmp_path: Path) -> None:
    with write_lock(tmp_path):
        second = start("build", seed, "--index", tmp_path, "--wait", "60")
        time.sleep(1.0)
        assert second.poll() is None
        assert not (tmp_path / "CURRENT").exists()
    assert finish(second)[0] == 0
    assert len(open_snapshot(tmp_path)) == 47


def test_of_many_that_wait_every_one_writes_a_whole_index(seed: Path, tmp_path: Path) -> None:
    processes = [start("build", seed, "--index", tmp_path, "--wait", "60") for _ in range(3)]
    assert [finish(process)[0] for process in processes] == [0, 0, 0]
    assert len(open_snapshot(tmp_path)) == 47
    assert not list(tmp_path.glob("building-*"))
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2
