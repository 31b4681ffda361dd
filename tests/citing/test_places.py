"""Places that pins name, and pins with several values, from the text on."""

from __future__ import annotations

import pytest

from indexer.citing import cite
from indexer.citing.places import places_of
from indexer.model import Clause, ClausePath, ClauseType, LanguageCode, Resolution, Symbol

# Text, language, places in the one resolution that it cites.
CASES: list[tuple[str, LanguageCode, str]] = [
    ("paragraph 10 of resolution 58/208", "en", "op10"),
    ("paragraphs 3, 4 and 7 to 9 of its resolution 58/208", "en", "op3 op4 op7 op8 op9"),
    ("paragraph 10 (a) (ii) of resolution 58/208", "en", "op10.a.ii"),
    ("paragraph 10 (a) to (c) of resolution 58/208", "en", "op10.a op10.b op10.c"),
    ("paragraph 5 of the annex to resolution 58/208", "en", "annex1.op5"),
    ("resolution 58/208, annex II, para. 5", "en", "annex2.op5"),
    ("resolution 58/208, sect. II, para. 5", "en", ""),
    ("preambular paragraph 5 of resolution 58/208", "en", "pp5"),
    ("пункт 10 а) резолюции 58/208", "ru", "op10.a"),
    ("пункты 3 и 4 своей резолюции 58/208", "ru", "op3 op4"),
    ("пункт 5 приложения к резолюции 58/208", "ru", "annex1.op5"),
    ("резолюция 58/208, приложения I и II", "ru", "annex1 annex2"),
    ("les paragraphes 3 à 5 de sa résolution 58/208", "fr", "op3 op4 op5"),
    ("el párrafo 10 a) de la resolución 58/208", "es", "op10.a"),
    ("القرار 58/208، المرفق الثاني", "ar", "annex2"),
    ("الفقرة 10 من القرار 58/208", "ar", "op10"),
    ("第58/208号决议第10(a)㈡段", "zh", "op10.a.ii"),
    ("第58/208号决议第3、4和7至9段", "zh", "op3 op4 op7 op8 op9"),
    ("第58/208号决议附件二第5段", "zh", "annex2.op5"),
]


def _resolution(text: str, lang: LanguageCode) -> Resolution:
    clause = Clause(ClausePath("op1"), ClauseType.OPERATIVE, "1", text)
    return Resolution(Symbol("A/RES/60/1"), lang, "", None, "GA", "60", (clause,))


@pytest.mark.parametrize(("text", "lang", "places"), CASES)
def test_case(text: str, lang: LanguageCode, places: str) -> None:
    (cited,) = cite(_resolution(text, lang)).clauses[0].citations
    assert (cited.id, " ".join(cited.places)) == ("A/RES/58/208", places)


def test_place_in_an_instrument_is_not_known() -> None:
    (cited,) = cite(_resolution("article 51 of the Charter of the United Nations", "en")).clauses[0].citations
    assert (cited.pin, cited.places) == (("article 51",), ())


@pytest.mark.parametrize("pins", [("annex", "annex II", "para 5"), ("chapter X",), ("para 3.5",), ("para X",), ()])
def test_what_cannot_be_told_has_no_place(pins: tuple[str, ...]) -> None:
    assert places_of(pins) == ()
