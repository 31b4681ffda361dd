"""Synonyms and words that only bind others: every row of the tables."""

from __future__ import annotations

from typing import Any

import pytest

from app.query.grammar import parse_query
from app.query.synonyms import is_binding, synonyms
from app.query.tables import tables
from app.query.tree import Word
from indexer.model import LANGUAGES, LanguageCode

ROWS = [(lang, row) for lang in LANGUAGES for name in ("synonyms", "acronyms") for row in tables(lang, name)["group"]]
BINDING = [(lang, row["word"]) for lang in LANGUAGES for row in tables(lang, "binding")["word"]]


@pytest.mark.parametrize(
    ("lang", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value["example"]
)
def test_every_row_serves_its_example(lang: LanguageCode, row: dict[str, Any]) -> None:
    assert parse_query(row["example"]).tree == Word(row["example"])
    found = {synonym.text: synonym.weight for synonym in synonyms(row["example"], lang)}
    served = found.keys() & set(row["words"])
    assert served
    assert all(0 < found[text] < 1 for text in served)


@pytest.mark.parametrize(("lang", "word"), BINDING)
def test_every_binding_word_binds(lang: LanguageCode, word: str) -> None:
    assert is_binding(word, lang)


def test_a_word_is_no_synonym_of_itself() -> None:
    for lang, row in ROWS:
        for word in row["words"]:
            assert word not in {synonym.text for synonym in synonyms(word, lang)}


def test_a_one_way_row_leads_one_way() -> None:
    assert "интеллектуальная собственность" in {synonym.text for synonym in synonyms("патентами", "ru")}
    assert synonyms("собственность", "ru") == ()


def test_telling_words_do_not_bind() -> None:
    assert not is_binding("права", "ru")
    assert not is_binding("rights", "en")
