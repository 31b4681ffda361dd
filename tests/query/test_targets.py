"""Symbols and instruments that a query names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query.targets import find_targets, symbol_readings

WHOLE = {  # query: its readings, likeliest first, as far as they are looked at here
    "A/RES/58/208": "A/RES/58/208",
    "58/208": "A/RES/58/208",
    "а/рез/58/208": "A/RES/58/208",
    "А / РЕЗ / 58 / 208": "A/RES/58/208",
    "«58/208»": "A/RES/58/208",
    "217 А (III)": "A/RES/217(III)A",
    "217(III)a": "A/RES/217(III)A",
    "1325": "S/RES/1325(2000)",
    "1325 (2000)": "S/RES/1325(2000)",
    "резолюция 1325 (2000)": "S/RES/1325(2000)",
    "القرار 194 (د-3)": "A/RES/194(III)",
    "1996/31": "E/RES/1996/31",
    "КЛДЖ": "ins:cedaw",
    "клдж": "ins:cedaw",
    "cedaw": "ins:cedaw",
    "Пекинская платформа": "ins:beijing-pfa",
    "пекинской платформе действий": "ins:beijing-pfa",
    "декларация тысячелетия": "ins:millennium-declaration",
    "повестка дня 2030": "ins:agenda-2030",
    "accord de paris": "ins:paris-agreement",
    "残疾人权利公约": "ins:crpd",
}


@pytest.mark.parametrize(("text", "id"), WHOLE.items())
def test_a_query_that_is_a_name(text: str, id: str) -> None:
    (named,) = find_targets(text)
    assert named.whole
    assert named.id == id


def test_readings_of_what_several_bodies_number_alike() -> None:
    assert symbol_readings("48/13") == ("A/RES/48/13", "A/HRC/RES/48/13")
    assert symbol_readings("1514") == ("S/RES/1514(2003)", "A/RES/1514(XV)")
    assert symbol_readings("1996/31") == ("E/RES/1996/31", "E/CN.4/RES/1996/31")


@pytest.mark.parametrize(
    "text", ["2020", "15", "24.7", "права мигрантов", "программа действий", "A/RES/70/1 and climate"]
)
def test_what_is_no_symbol(text: str) -> None:
    assert symbol_readings(text) == ()
    assert not any(named.whole for named in find_targets(text))


def test_a_name_within_words_has_its_place() -> None:
    (named,) = find_targets("мигранты и Конвенция о правах ребенка")
    assert not named.whole
    assert "мигранты и Конвенция о правах ребенка"[named.start : named.end] == "Конвенция о правах ребенка"


@given(st.text('58/208 (III)AАрезолюция cedaw"«»., 提到', max_size=40), st.booleans())
def test_names_lie_in_the_text_and_never_overlap(text: str, asked: bool) -> None:
    reached = 0
    for named in find_targets(text, asked=asked):
        assert reached <= named.start < named.end <= len(text)
        assert named.readings
        reached = named.end


PROSE = ("human rights", "global compact", "мир детей", "программа действий", "права ребенка", "устойчивое развитие")


@pytest.mark.parametrize("text", PROSE)
def test_words_that_also_open_a_title_are_no_name(text: str) -> None:
    assert find_targets(text) == ()
