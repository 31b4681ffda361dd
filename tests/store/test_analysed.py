from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.lang import get_language
from indexer.store.analysed import analyse
from indexer.store.segment import measure

texts = st.lists(
    st.sampled_from(["", "мир", "мир, мир", "государства-члены и мир", "77/1, стали 78-я", "…", "на местах"]),
    max_size=6,
)


@given(texts)
def test_words_and_positions_are_those_of_the_language(given_texts: list[str]) -> None:
    language = get_language("ru")
    found = analyse(given_texts, language)
    tokens = [token for text in given_texts for token in language.tokens(text)]
    assert [found.words[number] for number in found.numbers] == [(token.form, token.bases) for token in tokens]
    assert found.positions.tolist() == [token.position for token in tokens]
    assert found.tokens.tolist() == [len(language.tokens(text)) for text in given_texts]


@given(texts)
def test_a_length_is_the_number_of_positions_and_an_extent_holds_them(given_texts: list[str]) -> None:
    language = get_language("ru")
    lengths, extents = measure(analyse(given_texts, language))
    positions = [[token.position for token in language.tokens(text)] for text in given_texts]
    assert lengths.tolist() == [len(set(some)) for some in positions]
    assert extents.tolist() == [max(some, default=-1) + 1 for some in positions]
