from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.store import check_index, open_snapshot
from indexer.store.check import require_whole
from indexer.store.generations import current_generation
from indexer.store.manifest import MANIFEST, Sealing, read_manifest, write_manifest
from tests.store.builders import resolution, write_index


@pytest.fixture
def own(index: Path, tmp_path: Path) -> Path:
    """A copy of the shared index, to be damaged."""
    return Path(shutil.copytree(index, tmp_path / "index"))


def test_a_whole_index_has_no_problems(index: Path) -> None:
    assert check_index(index) == []


def test_no_index_is_a_problem_not_an_error(tmp_path: Path) -> None:
    (problem,) = check_index(tmp_path)
    assert problem.code == "index-missing"


def test_a_flipped_byte_in_any_file_is_found(own: Path) -> None:
    """Case C30."""
    files = [path for path in own.rglob("*") if path.is_file() and path.name != "LOCK"]
    assert len(files) > 30
    for path in files:
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            flipped = bytearray(content)
            flipped[place] ^= 0x01
            path.write_bytes(flipped)
            assert check_index(own), f"{path.name} at {place}"
        path.write_bytes(content)
    assert check_index(own) == []


def test_missing_and_unknown_files_are_named(own: Path) -> None:
    generation = current_generation(own)
    (generation / "columns" / "date.npy").unlink()
    (generation / "notes.txt").write_text("mine")
    problems = {(problem.code, problem.where) for problem in check_index(own)}
    assert problems == {("file-missing", "columns/date.npy"), ("file-unknown", "notes.txt")}


def reseal(index: Path) -> None:
    """Give a changed generation a manifest that fits it, as a build with a fault would."""
    generation = current_generation(index)
    manifest = read_manifest(generation)
    name = write_manifest(generation, replace(manifest, files=Sealing(generation).files()))
    generation.rename(index / name)
    (index / "CURRENT").write_text(f"{name}\n")


def drop_a_code(columns: Path) -> None:
    codes = np.load(columns / "type.codes.npy")
    codes[0] = (codes[0] + 1) % 3
    np.save(columns / "type.codes.npy", codes)


def shorten_dates(columns: Path) -> None:
    np.save(columns / "date.npy", np.load(columns / "date.npy")[:-1])


def move_a_document(columns: Path) -> None:
    resolution_of = np.load(columns / "resolution.npy")
    resolution_of[0] += 1
    np.save(columns / "resolution.npy", resolution_of)


def spoil_a_record(columns: Path) -> None:
    path = columns.parent / "clauses.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"type":"title"', b'"type":"tutle"', 1))


def empty_the_columns(columns: Path) -> None:
    (columns / "type.values.json").write_bytes(b"{}")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (drop_a_code, "column"),
        (shorten_dates, "count"),
        (move_a_document, "column"),
        (spoil_a_record, "record"),
        (empty_the_columns, "index-damaged"),
    ],
)
def test_parts_that_do_not_agree_are_found_behind_right_checksums(
    own: Path, fault: Callable[[Path], None], code: str
) -> None:
    fault(current_generation(own) / "columns")
    reseal(own)
    assert code in {problem.code for problem in check_index(own)}


def change(name: str, fault: Callable[[NDArray[Any]], NDArray[Any] | None]) -> Callable[[Path], None]:
    """Return a fault in one of the arrays of the postings, made in place or returned."""

    def spoil(postings: Path) -> None:
        (path,) = postings.glob(f"*.{name}.npy")
        values = np.load(path)
        changed = fault(values)
        np.save(path, values if changed is None else changed)

    return spoil


def swap_first(values: NDArray[Any]) -> None:
    values[:2] = values[1::-1].copy()


def put(place: int, value: int) -> Callable[[NDArray[Any]], None]:
    return lambda values: values.__setitem__(place, value)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("text", put(0, 255)),
        ("text", lambda values: values[:-1]),
        ("text_at", put(1, 0)),
        ("docs", swap_first),
        ("docs", put(0, 99)),
        ("docs", put(-1, 0)),
        ("docs_at", put(0, 1)),
        ("docs_at", lambda values: values[:-1]),
        ("codes", put(0, 0)),
        ("codes", put(0, 60)),
        ("codes", lambda values: values[:-1]),
        ("places", swap_first),
        ("places", put(0, 3)),
        ("places_at", put(1, 0)),
        ("doc_places", put(1, 0)),
        ("doc_places", lambda values: values[:-1]),
        ("lengths", lambda values: values[:-1]),
    ],
)
def test_a_fault_in_any_array_is_found_behind_right_checksums(
    own: Path, name: str, fault: Callable[[NDArray[Any]], NDArray[Any] | None]
) -> None:
    change(name, fault)(current_generation(own) / "postings")
    reseal(own)
    assert check_index(own)


def test_arrays_of_another_format_are_refused(own: Path) -> None:
    (path,) = (current_generation(own) / "postings").glob("*.fields.json")
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":0'))
    reseal(own)
    with pytest.raises(IndexDamagedError, match="format 0"):
        open_snapshot(own)


def test_postings_that_do_not_agree_are_found(tmp_path: Path) -> None:
    """Postings of another index in the place of its own."""
    write_index(tmp_path / "one", [resolution(1), resolution(2)])
    write_index(tmp_path / "two", [resolution(1), resolution(3)])
    ours, theirs = (current_generation(tmp_path / name) / "postings" for name in ("one", "two"))
    shutil.rmtree(ours)
    shutil.copytree(theirs, ours)
    reseal(tmp_path / "one")
    problems = check_index(tmp_path / "one")
    assert {problem.code for problem in problems} == {"postings"}
    assert "symbol" in {problem.where for problem in problems}


def test_a_generation_that_does_not_hold_together_is_not_published(own: Path) -> None:
    generation = current_generation(own)
    shorten_dates(generation / "columns")
    with pytest.raises(IndexDamagedError, match="does not hold together"):
        require_whole(generation, read_manifest(generation))


def test_other_versions_of_the_analysis_are_a_problem(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.store.check.installed_versions", lambda: {"PyStemmer": "0.0"})
    codes = {problem.code for problem in check_index(own)}
    assert codes == {"other-version"}


def test_the_manifest_names_what_it_was_made_with(index: Path) -> None:
    manifest = open_snapshot(index).manifest
    assert {"pymorphy3", "whoosh3", "PyStemmer"} <= set(manifest.versions)
    assert MANIFEST not in manifest.files
