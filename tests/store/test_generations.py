from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError, IndexMissingError
from indexer.store.generations import current_generation, publish, start_generation, write_lock

NAMES = [f"20240101T00000{number}Z-0123456789abcdef" for number in range(4)]


def publish_new(index: Path, name: str) -> Path:
    with write_lock(index):
        built = start_generation(index)
        (built / "content").write_text(name)
        return publish(built, name)


def test_publishing_makes_a_generation_current(tmp_path: Path) -> None:
    for name in NAMES[:2]:
        assert publish_new(tmp_path, name) == current_generation(tmp_path) == tmp_path / name
        assert (tmp_path / name / "content").read_text() == name


def test_the_generation_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    for name in NAMES:
        publish_new(tmp_path, name)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == NAMES[2:]


def test_orphans_go_when_the_next_build_starts(tmp_path: Path) -> None:
    with write_lock(tmp_path):
        orphan = start_generation(tmp_path)
        (orphan / "half").write_text("…")
        built = start_generation(tmp_path)
        assert not orphan.exists()
        assert built.is_dir()


def test_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        current_generation(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"..\n", b"/etc\n", NAMES[1].encode() + b"\n", NAMES[0].encode(), b"\xff\n"]
)
def test_a_current_file_that_names_nothing(tmp_path: Path, content: bytes) -> None:
    publish_new(tmp_path, NAMES[0])
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamagedError):
        current_generation(tmp_path)


def test_a_damaged_current_file_does_not_stop_the_next_build(tmp_path: Path) -> None:
    publish_new(tmp_path, NAMES[0])
    (tmp_path / "CURRENT").write_bytes(b"?")
    publish_new(tmp_path, NAMES[1])
    assert current_generation(tmp_path).name == NAMES[1]
