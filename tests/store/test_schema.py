from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from indexer.lang.base import Base, Form, Token
from indexer.model import LANGUAGES
from indexer.store.schema import (
    EXACT_FIELDS,
    LESSER_BASE_WEIGHT,
    Occurrences,
    PlainPositions,
    WordsField,
    base_field,
    form_field,
    indexed_bases,
    indexed_forms,
    language_of,
    make_schema,
)


def token(position: int, form: str, *bases: str) -> Token:
    return Token(position, position + 1, position, Form(form), tuple(map(Base, bases or (form,))))


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


def test_forms_keep_their_positions() -> None:
    words = indexed_forms([token(0, "мир"), token(1, "и"), token(2, "мир")])
    assert words.terms == {"мир": Occurrences([0, 2], 2.0), "и": Occurrences([1], 1.0)}
    assert words.length == 3


def test_all_bases_stand_at_the_position_and_lesser_ones_weigh_less() -> None:
    words = indexed_bases([token(0, "стали", "стать", "сталь"), token(1, "сталь", "сталь")])
    assert words.terms == {
        "стать": Occurrences([0], 1.0),
        "сталь": Occurrences([0, 1], LESSER_BASE_WEIGHT + 1.0),
    }
    assert words.length == 2


def test_a_compound_and_its_first_part_share_a_position() -> None:
    whole, first, second = token(0, "государство-член"), token(0, "государство"), token(1, "член")
    assert indexed_bases([whole, first, second]).length == 2
    assert indexed_bases([whole, whole]).terms == {"государство-член": Occurrences([0], 1.0)}


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_positions_come_back(positions: list[int]) -> None:
    encoded = PlainPositions().encode(positions)
    assert PlainPositions().decode_positions(encoded) == positions
    assert PlainPositions().decode_frequency(encoded) == len(positions)


def test_the_first_term_carries_the_length_of_the_text() -> None:
    words = indexed_bases([token(0, "стали", "стать", "сталь"), token(1, "мир")])
    assert sum(share for _, share, _, _ in WordsField().index(words)) == 2
