"""Questions that ask what cites a text."""

from __future__ import annotations

import pytest

from app.query.citing import read_citing, without_scope
from app.query.tables import tables
from indexer.model import LANGUAGES, LanguageCode

CUES = [(lang, row["example"]) for lang in LANGUAGES for row in tables(lang, "citing")["cue"]]
SCOPES = [(lang, row["example"]) for lang in LANGUAGES for row in tables(lang, "citing")["scope"]]


@pytest.mark.parametrize(("lang", "example"), CUES)
def test_every_cue_asks(lang: LanguageCode, example: str) -> None:
    question = read_citing(example)
    assert question is not None
    assert [named.id for named in question.targets] == ["A/RES/58/208"]
    assert question.rest.strip(" ,") == ""


@pytest.mark.parametrize(("lang", "example"), SCOPES)
def test_every_scope_word_counts_for_nothing(lang: LanguageCode, example: str) -> None:
    assert (without_scope(example) or "").strip() == ""
    assert without_scope(example) is not None


QUESTIONS = {  # question: the first reading of each target, and the words that are left
    "резолюции, ссылающиеся на Конвенцию о правах ребенка": (["ins:crc"], ""),
    "где упомянута Сендайская рамочная программа": (["ins:sendai"], ""),
    "пункты со ссылкой на 46/182": (["A/RES/46/182"], ""),
    "пункты со ссылкой на а/рез/46/182": (["A/RES/46/182"], ""),
    "со ссылкой на 217 А (III) пытки": (["A/RES/217(III)A"], "пытки"),
    "кто ссылается на 1325": (["S/RES/1325(2000)"], ""),
    "где упоминается резолюция 1325 (2000)": (["S/RES/1325(2000)"], ""),
    "где упоминается клдж": (["ins:cedaw"], ""),
    "ссылки на «Пекинскую платформу действий» и дети": (["ins:beijing-pfa"], "дети"),
    "упоминания КЛДЖ и КПР": (["ins:cedaw", "ins:crc"], ""),
    "resolutions citing the Genocide Convention": (["ins:genocide"], ""),
    "1982 Convention on the Law of the Sea references": (["ins:unclos"], ""),
    "mentions of the 2030 Agenda women": (["ins:agenda-2030"], "women"),
    "A/RES/70/1 references to climate": (["A/RES/70/1"], "climate"),
    "résolutions citant l'Accord de Paris": (["ins:paris-agreement"], ""),
    "resoluciones que citan el Acuerdo de París": (["ins:paris-agreement"], ""),
    "القرارات التي تشير إلى اتفاقية حقوق الطفل": (["ins:crc"], ""),
    "提到《残疾人权利公约》的决议": (["ins:crpd"], ""),
    "引用第46/182号决议": (["A/RES/46/182"], ""),
}


@pytest.mark.parametrize(("text", "answer"), QUESTIONS.items())
def test_questions(text: str, answer: tuple[list[str], str]) -> None:
    question = read_citing(text)
    assert question is not None
    assert [named.id for named in question.targets] == answer[0]
    assert question.rest.strip(" ,") == answer[1]
    assert len(question.rest) == len(text)  # what is left stands where it stood


@pytest.mark.parametrize(
    "text",
    [
        "",
        "права мигрантов",
        "Конвенция о правах ребенка",  # a name alone asks for nothing
        "ссылаясь на Конвенцию о правах ребенка",  # the words of a clause
        "recalling the Convention on the Rights of the Child",
        "«ссылающиеся на Конвенцию о правах ребенка»",  # quoted words are looked for
        "сайты, ссылающиеся на погоду",  # nothing that can be cited
        "я" * 5000,
    ],
)
def test_no_questions(text: str) -> None:
    assert read_citing(text) is None


def test_what_only_says_that_a_text_is_meant() -> None:
    assert (without_scope("резолюция 1325") or "").strip() == "1325"
    assert without_scope("мигранты 1325") is None
