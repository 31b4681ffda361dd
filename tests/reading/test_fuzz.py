"""Broken files of every format; ``python -m bench.fuzz`` reads ten thousand of each."""

from __future__ import annotations

import pytest

from bench.fuzz.run import Batch, read_batch, read_one
from bench.fuzz.samples import samples

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_sound_samples_are_resolutions(name: str) -> None:
    assert all(read_one(name, data) for data in SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("first", [1, 50_001, 100_001])
def test_broken_files_are_read_or_named(name: str, first: int) -> None:
    assert read_batch(Batch(name, SAMPLES[name], first)).faults == ()
