from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.store.lines import Lines, LineWriter


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    number: int | None = None


def written(path: Path, notes: list[Note]) -> Lines[Note]:
    writer = LineWriter[Note](path)
    for note in notes:
        writer.add(note)
    writer.close()
    return Lines(path, Note)


def test_records_come_back_by_number(tmp_path: Path) -> None:
    notes = [Note("один\nдва", 1), Note(""), Note("三", 3)]
    lines = written(tmp_path / "notes", notes)
    assert list(lines) == notes
    assert lines[2] == notes[2]


@pytest.mark.parametrize("number", [-1, 1, 10])
def test_a_number_outside_is_an_index_error(tmp_path: Path, number: int) -> None:
    with pytest.raises(IndexError):
        written(tmp_path / "notes", [Note("one")])[number]


def test_no_records_make_an_empty_file(tmp_path: Path) -> None:
    assert list(written(tmp_path / "notes", [])) == []
