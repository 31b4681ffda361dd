"""Addressees: own sentences, every row of the tables, the hand-made parse of A/RES/58/208."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.model import LANGUAGES, ClauseType, LanguageCode
from indexer.structure.actions import find_actions
from indexer.structure.addressees import addressee_label, load_addressees
from indexer.structure.formulas import load_table
from tests.conftest import ROOT

GOLD: list[dict[str, Any]] = json.loads((ROOT / "tests" / "golden" / "58-208.ru.json").read_text(encoding="utf-8"))[
    "clauses"
]


def addressees(text: str, lang: LanguageCode) -> list[tuple[str | None, str]]:
    """Id and surface of all addressees of an operative clause."""
    return [
        (who.id, who.surface)
        for action in find_actions(text, lang, ClauseType.OPERATIVE)
        for who in action.addressees
    ]


@pytest.mark.parametrize("clause", GOLD, ids=[clause["id"] for clause in GOLD])
def test_gold(clause: dict[str, Any]) -> None:
    found = find_actions(clause["text"], "ru", ClauseType(clause["type"]))
    assert [[(a.id, a.surface, a.start, a.end) for a in action.addressees] for action in found] == [
        [(a["id"], a["surface"], a["start"], a["end"]) for a in action.get("addressees", ())]
        for action in clause["actions"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_names_its_addressee(lang: LanguageCode) -> None:
    rows = load_table(lang, "addressees")["addressee"]
    wrong = [row["example"] for row in rows if [id_ for id_, _ in addressees(row["example"], lang)] != [row["id"]]]
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_name_listed_addressees_once(lang: LanguageCode) -> None:
    rows = load_table(lang, "addressees")["addressee"]
    names = [name for row in rows for name in row["names"]]
    assert len(set(names)) == len(names)
    assert [row["id"] for row in rows] == [id_ for id_ in load_addressees() if id_ in {row["id"] for row in rows}]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # who is addressed ends where the task begins
        (
            "просит Генерального секретаря представить доклад;",
            "ru",
            [("org:un-secretary-general", "Генерального секретаря")],
        ),
        ("предлагает правительствам, действуя сообща, помочь;", "ru", [("org:governments", "правительствам")]),
        (
            "Requests the Secretary-General, at the next session, to report;",
            "en",
            [("org:un-secretary-general", "Secretary-General")],
        ),
        (
            "Prie le Secrétaire général de lui présenter un rapport ;",
            "fr",
            [("org:un-secretary-general", "Secrétaire général")],
        ),
        ("Solicita al Secretario General que informe;", "es", [("org:un-secretary-general", "Secretario General")]),
        ("تطلب إلى الأمين العام أن يقدم تقريرا؛", "ar", [("org:un-secretary-general", "الأمين العام")]),
        ("请秘书长提出报告；", "zh", [("org:un-secretary-general", "秘书长")]),
        # determiners belong to the addressee, articles and prepositions do not
        (
            "призывает все другие государства-члены помочь;",
            "ru",
            [("org:member-states", "все другие государства-члены")],
        ),
        ("Demande à tous les États d’agir ;", "fr", [("org:states", "tous les États")]),
        # several addressees, in the case that the verb governs
        (
            "предлагает государствам и Совету по правам человека помочь;",
            "ru",
            [("org:states", "государствам"), ("org:hrc", "Совету по правам человека")],
        ),
        (
            "Urges all Member States and the United Nations to unite;",
            "en",
            [("org:member-states", "all Member States"), ("org:un", "United Nations")],
        ),
        (
            "Insta a los Estados Miembros y al sector privado a que cooperen;",
            "es",
            [("org:member-states", "Estados Miembros"), ("org:private-sector", "sector privado")],
        ),
        (
            "تحث الدول الأعضاء والمنظمات الدولية على العمل؛",
            "ar",
            [("org:member-states", "الدول الأعضاء"), ("org:international-organizations", "والمنظمات الدولية")],
        ),
        (
            "敦促会员国和其他利益攸关方采取行动；",
            "zh",
            [("org:member-states", "会员国"), ("org:stakeholders", "其他利益攸关方")],
        ),
        # a genitive carries the phrase on, coordinated adjectives stand inside a name
        (
            "призывает правительства стран Севера, стран Юга помочь;",
            "ru",
            [("org:governments", "правительства стран Севера, стран Юга")],
        ),
        (
            "призывает межправительственные и другие организации помочь;",
            "ru",
            [("org:igos", "межправительственные и другие организации")],
        ),
        # a participle after a comma is no further addressee
        ("призывает государства, предоставляющие войска, помочь;", "ru", [("org:states", "государства")]),
        # an addressee inside a gap
        ("обращается к Секретариату с просьбой доложить;", "ru", [("org:secretariat", "Секретариату")]),
        # a body that no table lists has no id
        ("просит Комитет по взносам доложить;", "ru", [(None, "Комитет по взносам")]),
        ("Requests the Panel of Elders to report;", "en", [(None, "Panel of Elders")]),
        # things are not addressed
        ("поощряет усилия по очистке вод;", "ru", []),
        ("Invites voluntary contributions to the fund;", "en", []),
        ("Exhorte à redoubler d’efforts ;", "fr", []),
        ("призывает прекратить огонь;", "ru", []),
        ("отмечает доклад Генерального секретаря;", "ru", []),
    ],
)
def test_addressees(text: str, lang: LanguageCode, expected: list[tuple[str | None, str]]) -> None:
    assert addressees(text, lang) == expected


def test_labels() -> None:
    assert addressee_label("org:un-secretary-general", "ru") == "Генеральный секретарь"
    assert addressee_label("org:member-states", "en") == "Member States"
    assert addressee_label("org:no-such-body", "fr") == "org:no-such-body"
    for lang in LANGUAGES:
        labels = [addressee_label(id_, lang) for id_ in load_addressees()]
        assert len(set(labels)) == len(labels)
