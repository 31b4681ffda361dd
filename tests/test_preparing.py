"""The second pass in one process and in several gives the same, in the same order."""

from __future__ import annotations

from indexer.preparing import RESOLUTIONS_A_TASK, prepare_all
from indexer.spool import encode_resolution
from tests.store.builders import resolution


def test_many_processes_prepare_what_one_prepares() -> None:
    count = RESOLUTIONS_A_TASK * 2 + 1
    encoded = [[encode_resolution(resolution(number, lang)) for lang in ("ru", "en")] for number in range(count)]
    alone, together = (list(prepare_all(encoded, ["ru"], {}, jobs)) for jobs in (1, 2))
    assert len(alone) == len(together) == count
    for one, other in zip(alone, together, strict=True):
        assert one.resolutions() == other.resolutions()
        assert [version.lang for version in one.resolutions()] == ["ru"]
        for ours, theirs in zip(one.prepared, other.prepared, strict=True):
            assert (ours.record, ours.lines, ours.values) == (theirs.record, theirs.lines, theirs.values)
            assert ours.texts.words == theirs.texts.words
            assert ours.texts.numbers.tolist() == theirs.texts.numbers.tolist()
