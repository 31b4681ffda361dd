"""Telling languages, and every row of the tables of this room by its own example."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from indexer.reading.akn import read_akn
from indexer.reading.identify import folder_language, identify_language, named_language


def table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("indexer.reading").joinpath("data", name).read_text(encoding="utf-8"))


LANGUAGE_ROWS = table("languages.toml")["language"]


@pytest.mark.parametrize("row", LANGUAGE_ROWS, ids=lambda row: row["code"])
def test_every_language_knows_its_example_and_its_names(row: dict[str, Any]) -> None:
    assert identify_language(row["example"]) == row["code"]
    assert {named_language(name.upper()) for name in row["names"]} == {row["code"]}
    assert folder_language(f"79session/{row['names'][0].title()}/x.xml") == row["code"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ссылается на документ A/RES/58/208 и на United Nations, Treaty Series, vol. 189, No. 2545, стр. 12", "ru"),
        ("A/RES/58/208 大会决定 COVID-19", "zh"),
        ("", None),
        ("123 / 45 – 6", None),
        ("A/58/98", None),
    ],
)
def test_symbols_and_names_do_not_mislead(text: str, code: str | None) -> None:
    assert identify_language(text) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("GA.zip!79session/Russian/x.xml", "ru"),
        ("french/Russian/x.xml", "ru"),
        ("Russian\\x.xml", "ru"),
        ("Russian.xml", None),
        ("es/x.xml", None),
        ("x.xml", None),
    ],
)
def test_folder_language(name: str, code: str | None) -> None:
    assert folder_language(name) == code


@pytest.mark.parametrize(("printed", "letter"), table("akn.toml")["parts"].items())
def test_letters_of_parts(printed: str, letter: str) -> None:
    part = "<statement name='resolution'><preface><p><docNumber>{}</docNumber></p></preface><mainBody><p>The lamps of the sea.</p></mainBody></statement>"  # fmt: skip  # noqa: E501
    file = (
        f"<akomaNtoso><coverPage><p><docNumber>A/RES/86/13 A-E</docNumber></p></coverPage>{part}{part}</akomaNtoso>"
    )
    first, second = read_akn("x.xml", file.format(printed, "Z").encode()).documents
    assert first.meta.symbol == f"A/RES/86/13 {letter}"
    assert second.meta.symbol == "A/RES/86/13 Z"
