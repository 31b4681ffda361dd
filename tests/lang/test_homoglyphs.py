"""Letters of the wrong script."""

from __future__ import annotations

import pytest

from indexer.lang import get_language
from indexer.lang.homoglyphs import fold_mixed, single_letter, symbol_letters
from indexer.lang.tables import table


@pytest.mark.parametrize("row", table("homoglyphs"), ids=lambda row: f"{row['cyrillic']}-{row['latin']}")
def test_pairs(row: dict[str, dict[str, str]]) -> None:
    assert get_language("ru").fold(row["example"]["printed"]) == row["example"]["form"]


@pytest.mark.parametrize(
    ("word", "prefer", "folded"),
    [
        ("Cовет", "cyrillic", "Совет"),
        ("СOVID", "latin", "COVID"),
        ("СOVID", "cyrillic", "COVID"),
        ("Сa", "cyrillic", "Са"),
        ("Сa", "latin", "Ca"),
        ("Совет", "latin", "Совет"),
        ("COVID", "cyrillic", "COVID"),
        ("WiFiсеть", "cyrillic", "WiFiсеть"),
    ],
)
def test_only_mixed_words_are_folded(word: str, prefer: str, folded: str) -> None:
    assert fold_mixed(word, "cyrillic" if prefer == "cyrillic" else "latin") == folded


def test_single_letters_and_symbols() -> None:
    assert single_letter("c", "cyrillic") == "с"
    assert single_letter("R", "cyrillic") == "R"
    assert symbol_letters("А/С.2/54/2") == "A/C.2/54/2"
    assert symbol_letters("Д/1") == "Д/1"
