"""Russian words as printed, misprinted and declined."""

from __future__ import annotations

import pytest

from indexer.lang import get_language
from indexer.lang.tables import table
from tests.lang.meeting import bases, holds, meets, surfaces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("устав", "Устава"),
        ("статья", "статей"),
        ("люди", "людей"),
        ("человек", "людьми"),
        ("права", "право"),
        ("ребёнок", "детям"),
        ("год", "лет"),
        ("счастье", "счастью"),
        ("осудить", "осуждает"),
        ("осуждая", "осудила"),
        ("принятие", "принятия"),
        ("приняты", "принимает"),
        ("имеющихся", "иметься"),
        ("участвуя", "участвовать"),
        ("наилучших", "лучший"),
        ("важна", "важный"),
        ("об", "о"),
        ("во", "в"),
        ("судно", "судов"),
        ("ВИЧ", "вич"),
        ("СПИДа", "спид"),
        ("ООН", "оон"),
        ("ЭКОСОС", "экосос"),
        ("ЮНФПА", "юнфпа"),
        ("МИНУСКА", "минуска"),
        ("БРИКСом", "БРИКС"),
        ("КАРИКОМ", "кариком"),
        ("УСТАВ", "устава"),
        ("кибербуллинга", "кибербуллинг"),
        ("78-я", "78"),
        ("78-e", "78-е"),  # a Latin e
        ("за\u0301мок", "замок"),
        ("ковид", "ковида"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert meets("ru", one, other)
    assert meets("ru", other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("посол", "после"),
        ("сталь", "стали"),
        ("ВОЗ", "воз"),
        ("ВОЗ", "возы"),
        ("МОТ", "моты"),
        ("государство-участник", "государства-члены"),
        ("объединять", "Объединённых"),
        ("не", "ни"),
        ("дать", "данные"),
        ("следовать", "следующие"),
        ("58", "58/208"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(one: str, other: str) -> None:
    assert not meets("ru", one, other)
    assert not meets("ru", other, one)


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("Счёт", "счет"),
        ("Cил", "сил"),  # a Latin C
        ("СOVID", "covid"),  # a Cyrillic С
        ("мeры", "меры"),  # a Latin e
        ("c", "с"),  # a Latin c
        ("A", "а"),  # a Latin A
        ("COVID", "covid"),
        ("III", "iii"),
        ("ООН", "оон"),
        ("ВОЗ", "ВОЗ"),
        ("воз", "воз"),
        ("Кот-д’Ивуар", "кот-д'ивуар"),
        ("2030-х", "2030-х"),
        ("2030-x", "2030-х"),  # a Latin x
        ("не", "не"),
    ],
)
def test_form(printed: str, form: str) -> None:
    assert get_language("ru").fold(printed) == form


def test_nothing_is_dropped() -> None:
    assert surfaces("ru", "п. 5 а) не") == ["п", "5", "а", "не"]
    assert surfaces("ru", "c удовлетворением 217 A (III)") == ["c", "удовлетворением", "217", "A", "III"]


def test_a_unit_counts_only_behind_a_number() -> None:
    assert bases("ru", "15 мин") == {"15", "минута"}
    assert "минута" not in bases("ru", "противопехотных мин")
    assert holds("ru", "противопехотная мина", "запрет противопехотных мин")


@pytest.mark.parametrize(
    "query", ["детьми-солдатами", "дети-солдаты", "дети солдаты", "ребёнок-солдат", "детей-солдат", "солдат"]
)
def test_both_halves_of_a_compound_decline(query: str) -> None:
    assert holds("ru", query, "вербовка детей-солдат")


@pytest.mark.parametrize("row", table("ru/aspects"), ids=lambda row: row["imperfective"])
def test_aspects(row: dict[str, str]) -> None:
    assert meets("ru", row["perfective"], row["example"])
    assert meets("ru", row["perfective"], row["imperfective"])


@pytest.mark.parametrize("row", table("ru/bases"), ids=lambda row: row["base"])
def test_replaced_bases(row: dict[str, str]) -> None:
    assert row["means"] in bases("ru", row["example"])
    assert row["base"] not in bases("ru", row["example"])


@pytest.mark.parametrize("row", table("ru/readings"), ids=lambda row: row["drop"])
def test_dropped_readings(row: dict[str, str]) -> None:
    assert row["keep"] in bases("ru", row["example"])
    assert row["drop"] not in bases("ru", row["example"])


@pytest.mark.parametrize("row", table("ru/abbreviations"), ids=lambda row: row["abbreviation"])
def test_abbreviations(row: dict[str, str]) -> None:
    assert meets("ru", row["abbreviation"], row["example"])
    assert not meets("ru", row["abbreviation"], row["example"].lower())


@pytest.mark.parametrize("row", table("ru/ordinals"), ids=lambda row: row["ending"])
def test_ordinals(row: dict[str, str]) -> None:
    assert row["example"].endswith(f"-{row['ending']}")
    assert surfaces("ru", row["example"]) == [row["example"]]
    assert meets("ru", row["example"].split("-")[0], row["example"])


@pytest.mark.parametrize("row", table("ru/units"), ids=lambda row: row["unit"])
def test_units(row: dict[str, str]) -> None:
    assert row["means"] in bases("ru", row["example"])
