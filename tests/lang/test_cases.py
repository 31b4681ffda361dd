"""Reports of other search engines, as far as words are concerned."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.lang import get_language
from tests.lang.meeting import holds, surfaces


def test_c01_decomposed_letters() -> None:
    text = unicodedata.normalize("NFD", "Российский представитель")
    assert holds("ru", "российский", text)
    assert surfaces("ru", text)[0] == unicodedata.normalize("NFD", "Российский")


@pytest.mark.parametrize("query", ["резолюция", "ассамблея"])
def test_c02_soft_hyphens(query: str) -> None:
    text = "резо\u00adлюция Генеральной Ассам\u00ad\nблеи"
    assert holds("ru", query, text)
    assert not any("\u00ad" in token.form for token in get_language("ru").tokens(text))


@pytest.mark.parametrize(
    ("queries", "texts"),
    [
        (["устав", "устава"], ["Устав Организации Объединённых Наций", "статьи 51 Устава"]),
        (["статья", "статей"], ["статьи 51 Устава", "ряд статей"]),
    ],
)
def test_c10_forms_of_one_noun(queries: list[str], texts: list[str]) -> None:
    assert all(holds("ru", query, text) for query in queries for text in texts)


@pytest.mark.parametrize("pair", ["её/ее", "нём/нем", "заём/заем", "ещё/еще", "счёт/счет", "отчёт/отчета"])
def test_c11_dotted_e(pair: str) -> None:
    one, other = pair.split("/")
    assert holds("ru", one, other)
    assert holds("ru", other, one)
    assert surfaces("ru", one) == [one]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_c13_compounds(hyphen: str) -> None:
    text = f"государствами{hyphen}членами"
    for query in ("государство-член", "государства-члены", "государства", "член"):
        assert holds("ru", query, text)
    assert not holds("ru", "государство-участник", text)


def test_c15_archaic_base() -> None:
    assert holds("ru", "счастье", "стремление к счастью")
    assert "счастие" not in {base for token in get_language("ru").tokens("к счастью") for base in token.bases}


def test_c16_short_tokens() -> None:
    assert holds("ru", "пункт 5", "пункт 5 постановляющей части")
    assert not holds("ru", "пункт 5", "пункт 6 постановляющей части")
    assert holds("ru", "пункт 5", "подпункт a) пункта 5")
    assert surfaces("ru", "п. 5") == ["п", "5"]
    assert surfaces("ru", "2001–2003 гг.") == ["2001", "2003", "гг"]


@pytest.mark.parametrize("query", ["l'assemblée", "assemblee generale", "assemblée", "L’ASSEMBLÉE GÉNÉRALE"])
def test_c27_apostrophes_and_accents(query: str) -> None:
    assert holds("fr", query, "L’Assemblée générale")


def test_c27_the_article_is_not_needed() -> None:
    assert holds("fr", "l'assemblée", "cette assemblée")


def test_c49_people() -> None:
    assert holds("ru", "людей", "человек")
