"""Names of facet values."""

from __future__ import annotations

import pytest

from app.labels import Label, facet_label, label, script_language
from app.model import FilterName
from indexer.citing import load_gazetteer


@pytest.mark.parametrize(
    ("facet", "value", "russian", "english"),
    [
        ("type", "operative", "Постановляющие пункты", "Operative paragraphs"),
        ("lang", "ar", "арабский", "Arabic"),
        ("body", "ECOSOC", "Экономический и Социальный Совет", "Economic and Social Council"),
        ("session", "58", "58-я сессия", "Session 58"),
        ("session", "S-21", "21-я специальная сессия", "Special session 21"),
        ("session", "ES-10", "10-я чрезвычайная специальная сессия", "Emergency special session 10"),
        ("session", "1996", "Сессия 1996", "Session 1996"),
        ("year", "1999..2003", "1999–2003", "1999–2003"),
        ("symbol", "A/RES/58/208", "A/RES/58/208", "A/RES/58/208"),
        ("cites", "A/RES/58/208", "A/RES/58/208", "A/RES/58/208"),
        ("cites", "ins:crc", "Конвенция о правах ребенка", "Convention on the Rights of the Child"),
        ("type", "no-such", "no-such", "no-such"),
        ("action", "no-such", "no-such", "no-such"),
    ],
)
def test_labels(facet: FilterName, value: str, russian: str, english: str) -> None:
    assert facet_label(facet, value, "ru") == russian
    assert facet_label(facet, value, "en") == english


def test_actions_are_named_in_the_interface_language() -> None:
    assert label("action", "requests", "en") == Label("requests", "en")
    assert label("action", "requests", "ru").lang == "ru"
    assert facet_label("action", "requests", "ru") != "requests"


def test_an_instrument_without_a_name_in_the_language_says_which_name_it_gives() -> None:
    for instrument in load_gazetteer().instruments:
        named = label("cites", instrument.id, "ru")
        assert named.lang is not None
        assert instrument.names[named.lang] == named.text
        assert named.lang == "ru" or "ru" not in instrument.names


@pytest.mark.parametrize(
    ("subject", "lang"),
    [
        ("الجمعية العامة", "ar"),
        ("права человека", "ru"),
        ("人权", "zh"),
        ("sustainable_development", "en"),
        ("sdg_8", "en"),
    ],
)
def test_subjects_are_in_the_language_of_their_script(subject: str, lang: str) -> None:
    assert label("subject", subject, "ru").lang == lang


def test_no_script_no_language() -> None:
    assert script_language("123 –") is None
