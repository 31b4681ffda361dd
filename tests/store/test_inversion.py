from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexFullError
from indexer.lang.base import Base, Form
from indexer.model import LanguageCode
from indexer.store import inversion
from indexer.store.analysed import AnalysedTexts, Word
from indexer.store.inversion import FULL_UNITS, LESSER_UNITS, Inverter, KeyLayout
from indexer.store.schema import base_field, form_field

Placed = list[tuple[Word, int]]  # words with the steps of position before them

texts = st.sampled_from(["мир", "мира", "стали", "a", "é", "\U0001f54a"])
words = st.tuples(texts.map(Form), st.lists(texts.map(Base), min_size=1, max_size=3).map(tuple))
documents = st.lists(
    st.tuples(st.sampled_from(["ru", "en"]), st.lists(st.tuples(words, st.integers(0, 2)), max_size=6)), max_size=6
)


def analysed(lang: LanguageCode, placed: Placed) -> AnalysedTexts:
    known = list(dict.fromkeys(word for word, _ in placed))
    return AnalysedTexts(
        lang,
        tuple(known),
        np.array([known.index(word) for word, _ in placed], np.uint32),
        np.cumsum([step for _, step in placed], dtype=np.uint32),
        np.array([len(placed)], np.uint32),
    )


Postings = dict[tuple[str, str], dict[int, dict[int, int]]]  # (field, term) → document → position → units


def read(corpus: list[tuple[LanguageCode, Placed]]) -> Postings:
    """Invert word by word."""
    found: Postings = defaultdict(lambda: defaultdict(dict))
    for doc, (lang, placed) in enumerate(corpus):
        position = 0
        for (form, bases), step in placed:
            position += step
            found[form_field(lang), form][doc][position] = FULL_UNITS
            for rank, base in enumerate(bases):
                units = LESSER_UNITS if rank else FULL_UNITS
                held = found[base_field(lang), base][doc]
                held[position] = max(units, held.get(position, 0))
    return found


def inverted(corpus: list[tuple[LanguageCode, Placed]], workspace: Path) -> Postings:
    inverter = Inverter(workspace)
    for lang, placed in corpus:
        inverter.add(analysed(lang, placed))
    fields = inverter.terms()
    names = [(part.field, text) for part in fields for text in part.texts]
    found: Postings = {}
    for block in inverter.blocks(fields, np.arange(len(corpus), dtype=np.int32)):
        postings, occurrences = 0, 0
        for count, times in zip(block.doc_counts.tolist(), block.occurrence_counts.tolist(), strict=True):
            held: dict[int, dict[int, int]] = {}
            for doc in block.docs[postings : postings + count].tolist():
                held[doc] = {}
            places = slice(occurrences, occurrences + times)
            for doc, position in zip(block.occurrence_docs[places], block.positions[places].tolist(), strict=True):
                held[int(doc)][position] = 0
            assert [sum(1 for _ in positions) > 0 for positions in held.values()] == [True] * count
            units = block.units[postings : postings + count].tolist()
            found[names[len(found)]] = {doc: {**held[doc], -1: total} for doc, total in zip(held, units, strict=True)}
            postings, occurrences = postings + count, occurrences + times
    assert len(found) == len(names)
    return found


@given(documents, st.sampled_from([1, 3, 1 << 22]), st.sampled_from([1, 4, 1 << 22]))
def test_postings_are_those_of_inverting_word_by_word(
    corpus: list[tuple[LanguageCode, Placed]], run: int, block: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "TOKENS_A_RUN", run)
        patch.setattr(inversion, "KEYS_A_BLOCK", block)
        found = inverted(corpus, Path(folder))
    expected = read(corpus)
    assert {
        term: {doc: sorted(positions)[1:] for doc, positions in docs.items()} for term, docs in found.items()
    } == {term: {doc: sorted(positions) for doc, positions in docs.items()} for term, docs in expected.items()}
    assert {term: {doc: positions[-1] for doc, positions in docs.items()} for term, docs in found.items()} == {
        term: {doc: sum(positions.values()) for doc, positions in docs.items()} for term, docs in expected.items()
    }


def test_terms_stand_field_by_field_in_order_of_bytes() -> None:
    with TemporaryDirectory() as folder:
        inverter = Inverter(Path(folder))
        for lang, form in (("ru", "я"), ("en", "é"), ("en", "z"), ("en", "\U0001f54a")):
            inverter.add(analysed(lang, [((Form(form), (Base("base"),)), 0)]))  # type: ignore[arg-type]
        fields = inverter.terms()
    assert [(part.field, part.first, part.end) for part in fields] == [
        ("form_en", 0, 3),
        ("base_en", 3, 4),
        ("form_ru", 4, 5),
        ("base_ru", 5, 6),
    ]
    assert [text.encode() for text in fields[0].texts] == sorted(text.encode() for text in fields[0].texts)


def test_more_than_a_key_can_number_is_refused() -> None:
    layout = KeyLayout.for_sizes(1 << 22, 1 << 21, 1 << 20)
    assert (layout.document_bits, layout.position_bits) == (21, 20)
    with pytest.raises(IndexFullError):
        KeyLayout.for_sizes((1 << 22) + 1, 1 << 21, 1 << 20)
