"""Every row of the language tables proves itself by its example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from indexer.model import LANGUAGES, LanguageCode
from indexer.reading.document import Block
from indexer.structure.vocabulary import get_vocabulary
from indexer.structure.zones import is_annex_heading

Row = tuple[LanguageCode, str, dict[str, Any]]


def rows(table: str) -> list[Row]:
    return list(_rows(table))


def _rows(table: str) -> Iterator[Row]:
    for lang in LANGUAGES:
        path = resources.files("indexer.structure").joinpath("data", lang, f"{table}.toml")
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield from ((lang, kind, entry) for entry in entries)


@pytest.mark.parametrize(("lang", "kind", "row"), rows("enacting"))
def test_enacting_line(lang: LanguageCode, kind: str, row: dict[str, Any]) -> None:
    vocabulary = get_vocabulary(lang)
    assert vocabulary.is_enacting(row["example"])
    assert vocabulary.body(row["example"]) == row.get("body")
    assert not vocabulary.is_enacting(row["example"] + " 1")


@pytest.mark.parametrize("body", ["GA", "SC", "ECOSOC", "HRC", "CHR"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_enacts_for_every_body(lang: LanguageCode, body: str) -> None:
    assert body in get_vocabulary(lang).enacting.values()


@pytest.mark.parametrize(("lang", "kind", "row"), rows("annex"))
def test_annex_words(lang: LanguageCode, kind: str, row: dict[str, Any]) -> None:
    vocabulary, example = get_vocabulary(lang), row["example"]
    assert re.match(row["pattern"], example, re.IGNORECASE)
    if kind == "annex":
        assert is_annex_heading(Block(example), vocabulary)
        assert not is_annex_heading(Block(f"{example};"), vocabulary)
    else:
        assert not is_annex_heading(Block(example), vocabulary)
        pattern = {
            "appendix": vocabulary.appendix,
            "announcement": vocabulary.announcement,
            "resolving": vocabulary.resolving,
        }[kind]
        assert pattern.fullmatch(example)


@pytest.mark.parametrize(("lang", "kind", "row"), rows("adoption"))
def test_adoption_lines(lang: LanguageCode, kind: str, row: dict[str, Any]) -> None:
    vocabulary, example = get_vocabulary(lang), row["example"]
    patterns = {
        "meeting": vocabulary.meeting,
        "heading": vocabulary.heading,
        "vote": vocabulary.vote,
        "number": vocabulary.number,
        "draft": vocabulary.draft,
    }
    assert re.search(row["pattern"], example, re.IGNORECASE)
    assert patterns[kind].search(example)
    assert not vocabulary.is_enacting(example)


@pytest.mark.parametrize(("lang", "kind", "row"), rows("headings"))
def test_heads_of_divisions(lang: LanguageCode, kind: str, row: dict[str, Any]) -> None:
    vocabulary, example = get_vocabulary(lang), row["example"]
    assert re.fullmatch(row["pattern"], example, re.IGNORECASE)
    assert vocabulary.counts_only(example)
    assert vocabulary.counts_only(f"{example}.")
    assert not vocabulary.counts_only(f"{example} и рыбы")
    assert bool(vocabulary.article.fullmatch(example)) == (kind == "article")


@pytest.mark.parametrize("counter", ["I", "XIV.", "A", "Б", "七", "三、"])
def test_counters_of_every_language(counter: str) -> None:
    assert get_vocabulary("en").counts_only(counter)
    assert not get_vocabulary("en").counts_only(f"{counter} fish")


def test_counters_are_found_under_vowel_signs() -> None:
    assert get_vocabulary("ar").counts_only("ثالثاً -")


@pytest.mark.parametrize("printed", ["إنَّ الجمعية العامة،", "إ ن الجمعية العامة ،", "إن الجمعية العامة"])
def test_enacting_line_in_other_print(printed: str) -> None:
    assert get_vocabulary("ar").body(printed) == "GA"


def test_apostrophes_make_no_difference() -> None:
    assert get_vocabulary("fr").body("L’Assemblée générale,") == get_vocabulary("fr").body("L'Assemblée générale,")
