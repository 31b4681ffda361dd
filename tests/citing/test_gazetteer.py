"""The gazetteer of instruments, events and organs."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from indexer.citing import find_citations, load_gazetteer
from indexer.model import LANGUAGES, LanguageCode
from indexer.symbols import parse_symbol


def test_ids_are_unique_and_well_formed() -> None:
    gazetteer = load_gazetteer()
    ids = [*(i.id for i in gazetteer.instruments), *(e.id for e in gazetteer.events)]
    assert not [id for id, count in Counter(ids).items() if count > 1]
    assert all(re.fullmatch(r"(?:ins|event):[a-z0-9-]+", id) for id in ids)
    assert len(gazetteer.instruments) == 328


def test_symbols_are_canonical() -> None:
    for instrument in load_gazetteer().instruments:
        for symbol in (instrument.adopted_by, *instrument.symbols):
            assert symbol is None or symbol.startswith("SALES/") or parse_symbol(symbol) == symbol


def test_organs_of_the_corpus_have_names_in_every_language() -> None:
    organs = load_gazetteer().organs
    assert len({organ.id for organ in organs}) == len(organs)
    for organ in organs:
        assert set(organ.names) == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_is_found_in_text(lang: LanguageCode) -> None:
    lost = []
    for instrument in load_gazetteer().instruments:
        names = [instrument.names[lang]] if lang in instrument.names else []
        for name in (*names, *instrument.also.get(lang, ()), *instrument.short.get(lang, ())):
            (cited, *rest) = find_citations(f"— {name} —", lang) or [None]
            found = () if cited is None else (cited.id, *cited.candidates)
            if rest or cited is None or cited.surface != name or instrument.id not in found:
                lost.append((instrument.id, name, cited))
    assert lost == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_found_in_text(lang: LanguageCode) -> None:
    for event in load_gazetteer().events:
        for name in event.names[lang]:
            assert [(c.id, c.surface) for c in find_citations(f"— {name} —", lang)] == [(event.id, name)]


def test_instrument_and_its_resolution_are_one_target() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.equivalents("ins:cedaw") == ("ins:cedaw", "A/RES/34/180")
    assert gazetteer.equivalents("A/RES/34/180") == ("A/RES/34/180", "ins:cedaw")
    assert gazetteer.equivalents("A/RES/58/208") == ("A/RES/58/208",)
    assert gazetteer.equivalents("ins:un-charter") == ("ins:un-charter",)


def test_adopted_by() -> None:
    gazetteer = load_gazetteer()
    assert "ins:iccpr" in [i.id for i in gazetteer.adopted_by("A/RES/2200(XXI)A")]
    assert [i.id for i in gazetteer.adopted_by("A/RES/217(III)")] == ["ins:udhr"]  # a whole counts for its parts
    assert gazetteer.adopted_by("A/RES/58/208") == ()
    assert gazetteer.adopted_by_number("1514") == "A/RES/1514(XV)"
    assert gazetteer.adopted_by_number("9999") is None


def test_get_treaty_and_label() -> None:
    gazetteer = load_gazetteer()
    convention = gazetteer.get("ins:crc")
    assert convention is not None
    assert gazetteer.treaty("1577", "27531") == convention
    assert convention.label("ru") == "Конвенция о правах ребенка"
    assert gazetteer.get("ins:nothing") is None
    assert gazetteer.treaty("1", "1") is None


@pytest.mark.parametrize(
    ("text", "lang", "first"),
    [
        ("Конвенция о правах ребёнка", "ru", "ins:crc"),
        ("rights of the child", "en", "ins:crc"),
        ("déclaration universelle", "fr", "ins:udhr"),
        ("CEDAW", "en", "ins:cedaw"),
    ],
)
def test_search_by_name(text: str, lang: LanguageCode, first: str) -> None:
    assert first in [i.id for i in load_gazetteer().search(text, lang)[:3]]


def test_search_for_nothing() -> None:
    assert load_gazetteer().search(" ", "en") == ()
    assert load_gazetteer().search("no such instrument", "en") == ()
