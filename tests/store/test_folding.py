from __future__ import annotations

import pytest

from indexer.model import TargetId
from indexer.store.folding import folded


@pytest.mark.parametrize(
    ("target", "counted_as"),
    [
        ("A/RES/44/25", "ins:crc"),
        ("ins:crc", "ins:crc"),
        ("A/RES/217(III)A", "ins:udhr"),
        ("A/RES/217(III)", "ins:udhr"),  # cited whole, its part A is meant
        ("A/RES/55/25", "A/RES/55/25"),  # adopted three conventions
        ("S/RES/1325(2000)", "S/RES/1325(2000)"),
        ("A/58/98", "A/58/98"),
        ("SALES/95.XIII.18", "SALES/95.XIII.18"),
    ],
)
def test_a_resolution_is_counted_as_the_only_instrument_that_it_adopted(target: str, counted_as: str) -> None:
    assert folded(TargetId(target)) == counted_as
    assert folded(folded(TargetId(target))) == counted_as
