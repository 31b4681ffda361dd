"""How texts cite a resolution and its clauses, in six languages."""

from __future__ import annotations

import tomllib
from typing import cast

import pytest

from app.web.references import references
from indexer.model import LANGUAGES, LanguageCode
from indexer.symbols import body_of
from tests.conftest import ROOT

ROWS = {
    lang: tomllib.loads((ROOT / "app" / "web" / "data" / lang / "references.toml").read_text(encoding="utf-8"))
    for lang in LANGUAGES
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_gives_its_example(lang: LanguageCode) -> None:
    for body, row in ROWS[lang]["resolution"].items():
        assert body_of(row["symbol"]) == body
        assert references(lang).of_resolution(row["symbol"], body) == row["example"]
    for row in ROWS[lang]["place"].values():
        annexes = 2 if row["path"].startswith("annex2") else 1
        assert references(lang).of_place(row["path"], annexes=annexes) == row["example"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_have_the_same_forms(lang: LanguageCode) -> None:
    assert {table: set(ROWS[lang][table]) for table in ("resolution", "place")} == {
        table: set(ROWS["en"][table]) for table in ("resolution", "place")
    }


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("title", ""),
        ("enacting", ""),
        ("h3", ""),
        ("op0", ""),
        ("op0.b", "subpara. (b)"),
        ("op10.t1", "para. 10"),
        ("op10.a.t2", "para. 10 (a)"),
        ("op2~2.c", "para. 2 (c)"),
        ("annex1", "annex I"),
        ("annex3.h2", "annex III"),
        ("annex2.art7.op1.a", "annex II, article 7, para. 1 (a)"),
        ("op1.2", "para. 1 (2)"),
        ("pp2.a", "preambular para. 2 (a)"),
        ("something odd!", ""),
    ],
)
def test_places(path: str, place: str) -> None:
    assert references("en").of_place(path, annexes=3) == place


def test_clause_with_its_resolution() -> None:
    cited = references("es").of_clause("A/RES/79/1", "GA", "annex1.op11.a", annexes=2)
    assert cited == "resolución 79/1 de la Asamblea General, anexo I, párr. 11 a)"
    assert references("ru").of_clause("A/RES/79/1", "GA", "h1") == "резолюция 79/1 Генеральной Ассамблеи"


@pytest.mark.parametrize(
    ("lang", "element", "level", "printed"),
    [
        *(("ru", "a", 1, "a)"), ("en", "a", 1, "(a)"), ("ar", "c", 1, "(ج)"), ("zh", "iv", 2, "㈣")),
        *(("ar", "aa", 1, "(aa)"), ("zh", "xxi", 2, "xxi"), ("fr", "ii", 2, "ii)")),
    ],
)
def test_enumerators(lang: str, element: str, level: int, printed: str) -> None:
    assert references(cast("LanguageCode", lang)).enumerator(element, level) == printed
