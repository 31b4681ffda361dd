"""Every example of the reference tables gives what its row says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer.citing import find_citations
from indexer.citing.tables import load_references, read_references
from indexer.model import LANGUAGES, CitationKind, LanguageCode, Symbol

OWN = Symbol("A/RES/58/208")
_FORMULAS = {"ibid": CitationKind.IBID, "self": CitationKind.SELF, "collective": CitationKind.COLLECTIVE}


def _rows(*tables: str) -> Iterator[tuple[LanguageCode, str, dict[str, Any]]]:
    for lang in LANGUAGES:
        for table in tables:
            rows = read_references(lang).get(table, [])
            for row in rows if isinstance(rows, list) else [rows]:
                yield lang, table, row


@pytest.mark.parametrize(("lang", "table", "row"), list(_rows("head", "own", "council", "treaty", "session")))
def test_row_gives_its_target(lang: LanguageCode, table: str, row: dict[str, Any]) -> None:
    assert row["gives"] in [cited.id for cited in find_citations(row["example"], lang)]


@pytest.mark.parametrize(("lang", "table", "row"), list(_rows("other_organ")))
def test_number_of_another_organ_has_no_id(lang: LanguageCode, table: str, row: dict[str, Any]) -> None:
    assert {cited.id for cited in find_citations(row["example"], lang)} == {None}


@pytest.mark.parametrize(("lang", "table", "row"), list(_rows(*_FORMULAS)))
def test_row_gives_its_kind(lang: LanguageCode, table: str, row: dict[str, Any]) -> None:
    assert _FORMULAS[table] in [cited.kind for cited in find_citations(row["example"], lang, own=OWN)]


@pytest.mark.parametrize(("lang", "table", "row"), list(_rows("pin", "numerals")))
def test_row_gives_its_pin(lang: LanguageCode, table: str, row: dict[str, Any]) -> None:
    assert [cited.pin for cited in find_citations(row["example"], lang)] == [(row["gives"],)]


@pytest.mark.parametrize(("lang", "table", "row"), list(_rows("bare_example")))
def test_bare_head_means_what_was_named(lang: LanguageCode, table: str, row: dict[str, Any]) -> None:
    assert [cited.id for cited in find_citations(row["example"], lang)] == [row["gives"]] * 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_load(lang: LanguageCode) -> None:
    references = load_references(lang)
    assert references.heads
    assert references.pins
    assert references.bare


@pytest.mark.parametrize(("letters", "part"), list(read_references("ar")["parts"].items()))
def test_arabic_part_letters(letters: str, part: str) -> None:
    (cited,) = find_citations(f"القرار 52/31 {part}", "ar")
    assert cited.id == f"A/RES/52/31{letters}"
