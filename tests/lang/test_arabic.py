"""Arabic spelling, prefixes, endings and broken plurals."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.lang import Form, get_language
from indexer.lang.tables import table
from tests.lang.meeting import bases, meets

COUNTS = {
    Form(form): count
    for form, count in {
        **{"قرار": 300, "القرار": 900, "بقرار": 60, "لقرار": 39, "وقرار": 20},
        **{"حرية": 100, "الحرية": 300, "بحرية": 68, "البحرية": 400},
        **{"مجلس": 900, "لمجلس": 63, "وبمجلس": 2, "بمجلس": 9},
        **{"تؤكد": 800, "وتؤكد": 250, "وزير": 9, "الوزير": 20, "كدولة": 12, "دولة": 500},
    }.items()
}
LEXICON = get_language("ar").learn(COUNTS)


@pytest.mark.parametrize(
    "query", ["الامم", "الأُمَم", "الأمـــم", "والأمم", "أمم", "بالأمم", "للأمم", "وللأمم", "الأمة", "ﺍﻷﻣﻢ"]
)
def test_c25_spellings_and_prefixes(query: str) -> None:
    assert meets("ar", query, "الأمم المتحدة")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("حرية", "الحريات"),
        ("رملية", "الرملية"),
        ("لجنة", "للجنة"),
        ("لجان", "اللجنة"),
        ("التزام", "والالتزامات"),
        ("آلية", "الآليات"),
        ("سياسة", "سياستها"),
        ("وطني", "الوطنية"),
        ("المرأة", "والنساء"),
        ("لاجئ", "للاجئين"),
        ("وقرار", "القرار"),
        ("إلغاء", "الالغاء"),
        ("COVID", "covid"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert meets("ar", one, other)
    assert meets("ar", other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("حرية", "بحرية"), ("الحرية", "البحرية"), ("دول", "دولي"), ("دين", "والدين")]
)
def test_words_that_only_look_alike_do_not_meet(one: str, other: str) -> None:
    assert not meets("ar", one, other)
    assert not meets("ar", one, other, LEXICON)


@pytest.mark.parametrize(
    ("form", "stem"),
    [
        ("بقرار", "قرار"),
        ("لقرار", "قرار"),
        ("وقرار", "قرار"),
        ("لمجلس", "مجلس"),
        ("وبمجلس", "مجلس"),
        ("وتؤكد", "توكد"),
        ("كدولة", "دول"),
        ("بحرية", "بحر"),
        ("وزير", "وزير"),
    ],
)
def test_a_corpus_proves_prefixes(form: str, stem: str) -> None:
    assert bases("ar", form, LEXICON) == {stem}


def test_without_a_corpus_only_the_conjunction_goes() -> None:
    assert bases("ar", "بقرار") == {"بقرار"}
    assert bases("ar", "وقرار") == {"وقرار", "قرار"}


@pytest.mark.parametrize(
    ("printed", "form"),
    [("الأُمَم", "الأمم"), ("الأمـــم", "الأمم"), ("على", "على"), ("علي", "علي"), ("دولة", "دولة"), ("١٢٣", "123")],
)
def test_form_keeps_hamza(printed: str, form: str) -> None:
    assert get_language("ar").fold(printed) == form


@pytest.mark.parametrize("row", table("ar/plurals"), ids=lambda row: row["plural"])
def test_broken_plurals(row: dict[str, str]) -> None:
    for prefix in ("", "ال", "وال"):
        assert meets("ar", prefix + row["plural"], row["singular"])


@pytest.mark.parametrize("row", table("ar/whole"), ids=lambda row: row["letters"])
def test_whole_words(row: dict[str, str]) -> None:
    """The word without article is not cut, so it meets itself with article."""
    if row["example"] not in ("الله", "إلى", "الذي", "التي", "الذين"):
        assert meets("ar", row["example"], "ال" + row["example"])
        assert meets("ar", row["example"], "وال" + row["example"])
    assert len(bases("ar", row["example"])) == 1


@pytest.mark.parametrize("row", table("ar/stems"), ids=lambda row: row["base"])
def test_overruled_stems(row: dict[str, Any]) -> None:
    for word in row["words"]:
        assert bases("ar", word) == bases("ar", "ال" + word) == {row["base"]}
        assert not meets("ar", word, row["apart"])
