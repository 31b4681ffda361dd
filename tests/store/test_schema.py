from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.model import LANGUAGES
from indexer.store.schema import (
    EXACT_FIELDS,
    LENGTHS,
    LESSER_BASE_WEIGHT,
    WEIGHT_UNIT,
    PlainPositions,
    base_field,
    form_field,
    language_of,
    make_schema,
)


def test_every_language_has_both_text_fields() -> None:
    schema = make_schema()
    for lang in LANGUAGES:
        assert {form_field(lang), base_field(lang)} <= set(schema.names())
        assert language_of(base_field(lang)) == language_of(form_field(lang)) == lang
    assert set(EXACT_FIELDS) <= set(schema.names())
    assert all(language_of(field) is None for field in EXACT_FIELDS)


def test_schema_survives_pickling_as_whoosh_does_it() -> None:
    schema = make_schema()
    schema.clean()
    assert pickle.loads(pickle.dumps(schema, 2)).names() == schema.names()


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_positions_come_back(positions: list[int]) -> None:
    encoded = PlainPositions().encode(positions)
    assert PlainPositions().decode_positions(encoded) == positions
    assert PlainPositions().decode_frequency(encoded) == len(positions)


def test_weights_are_multiples_of_the_unit() -> None:
    assert (1 / WEIGHT_UNIT).is_integer()
    assert (LESSER_BASE_WEIGHT / WEIGHT_UNIT).is_integer()


@given(st.integers(1, 200_000))
def test_lengths_are_those_that_whoosh_tells_apart(length: int) -> None:
    byte = min(int(np.searchsorted(LENGTHS, length)), len(LENGTHS) - 1)
    assert byte == length_to_byte(length)
    assert LENGTHS[byte] == byte_to_length(byte)
