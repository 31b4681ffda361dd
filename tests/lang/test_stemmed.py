"""English, French and Spanish words, and the tables that overrule Snowball."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.lang import get_language
from indexer.lang.stemmed import RULES, Stemmed
from indexer.lang.tables import table
from indexer.model import LanguageCode
from tests.lang.meeting import bases, holds, meets, surfaces

STEM_ROWS = [(code, row) for code in RULES for row in table(f"{code}/stems")]


@pytest.mark.parametrize(
    ("code", "row"), STEM_ROWS, ids=lambda value: value if isinstance(value, str) else value["base"]
)
def test_overruled_stems(code: str, row: dict[str, Any]) -> None:
    for word in row["words"]:
        assert bases(code, word) == {row["base"]}
        if "apart" in row:
            assert not meets(code, word, row["apart"])
        else:
            assert meets(code, row["finds"], word)


@pytest.mark.parametrize(
    ("code", "row"), STEM_ROWS, ids=lambda value: value if isinstance(value, str) else value["base"]
)
def test_rows_are_needed(code: LanguageCode, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that Snowball has learnt to do by itself can go."""
    language = Stemmed(code)
    monkeypatch.setattr(language, "_overruled", {})
    other = set(language.word(row["apart"] if "apart" in row else row["finds"])[1])
    meeting = [not other.isdisjoint(language.word(word)[1]) for word in row["words"]]
    assert any(meeting) if "apart" in row else not all(meeting)


@pytest.mark.parametrize("code", RULES)
def test_words_stand_in_one_row(code: str) -> None:
    words = [word for row in table(f"{code}/stems") for word in row["words"]]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("code", RULES)
def test_abbreviations(code: str) -> None:
    for row in table(f"{code}/abbreviations"):
        assert meets(code, row["abbreviation"], row["example"])
        assert not meets(code, row["abbreviation"], row["example"].lower())


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "glacier", "glaciers"),
        ("en", "inheriting", "inherit"),
        ("en", "children", "child"),
        ("en", "took", "taking"),
        ("en", "organisation", "organization"),
        ("en", "Secretary-General’s", "secretary-general"),
        ("en", "General's", "general"),
        ("en", "Côte", "cote"),
        ("en", "СOVID", "covid"),  # a Cyrillic С
        ("fr", "assemblee", "Assemblée"),
        ("fr", "generales", "générale"),
        ("fr", "adoptee", "adoptée"),
        ("fr", "l'homme", "homme"),
        ("fr", "qu’elle", "elle"),
        ("fr", "coeur", "cœur"),
        ("fr", "yeux", "œil"),
        ("es", "resolucion", "resoluciones"),
        ("es", "peces", "pez"),
        ("es", "años", "año"),
        ("es", "mujeres", "mujer"),
        ("es", "sociedades", "sociedad"),
        ("es", "reconocemos", "reconocer"),
        ("es", "últimos", "última"),
        ("fr", "conflits", "conflit"),
        ("fr", "revenus", "revenu"),
        ("fr", "étrangère", "étrangers"),
        ("es", "directrices", "directriz"),
    ],
)
def test_forms_of_one_word_meet(code: str, one: str, other: str) -> None:
    assert meets(code, one, other)
    assert meets(code, other, one)


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "imports", "importance"),
        ("en", "organs", "organization"),
        ("en", "units", "United"),
        ("en", "WHO", "who"),
        ("fr", "mer", "mère"),
        ("fr", "sur", "sûr"),
        ("es", "casa", "caso"),
        ("es", "ano", "año"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(code: str, one: str, other: str) -> None:
    assert not meets(code, one, other)
    assert not meets(code, other, one)


@pytest.mark.parametrize(
    ("code", "printed", "form"),
    [
        ("fr", "MÈRE", "mère"),
        ("fr", "L’Assemblée", "assemblée"),
        ("fr", "aujourd’hui", "aujourd'hui"),
        ("fr", "Côte-d’Or", "côte-d'or"),
        ("es", "AÑO", "año"),
        ("en", "States’", "states"),
        ("en", "General’s", "general"),
        ("en", "Straße", "strasse"),
    ],
)
def test_form(code: str, printed: str, form: str) -> None:
    assert get_language(code).fold(printed.rstrip("’")) == form


def test_spans() -> None:
    assert surfaces("fr", "l’Assemblée, d'autres") == ["Assemblée", "autres"]
    assert surfaces("en", "Secretary-General’s report") == ["Secretary-General’s", "Secretary", "General’s", "report"]
    assert surfaces("fr", "l'") == ["l"]


@pytest.mark.parametrize("query", ["state of emergency", "of the state", "emergency"])
def test_c21_stop_words_stay(query: str) -> None:
    assert surfaces("en", query) == query.split()
    assert holds("en", query, "state of emergency of the State")
    assert not holds("en", "state of emergency", "state emergency")
    positions = [token.position for token in get_language("en").tokens("state of emergency")]
    assert positions == [0, 1, 2]


def test_nothing_to_learn() -> None:
    form = get_language("en").fold("states")
    assert get_language("en").learn({form: 3}) == {}
