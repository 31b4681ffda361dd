"""What a corpus proves about ambiguous forms, on small counts of our own."""

from __future__ import annotations

import pytest

from indexer.lang import Base, Form, get_language
from indexer.lang.evidence import learn, likely_bases
from tests.lang.meeting import meets

COUNTS = {
    Form(form): count
    for form, count in {
        **{"после": 1700, "послов": 10, "послам": 5, "посла": 1},
        **{"стали": 160, "стать": 290, "стал": 40, "стало": 60, "станет": 30},
        **{"устав": 110, "устава": 900, "уставом": 400},
        **{"статей": 130, "статья": 500, "статьи": 1500, "статье": 300},
        **{"банка": 190, "банк": 90, "банком": 20, "банки": 100},
        **{"суда": 640, "суд": 600, "судом": 200, "судно": 50, "судне": 3, "судов": 500},
        **{"прав": 9000, "права": 7300, "право": 1900, "правами": 300},
        **{"вину": 3, "вины": 2, "виной": 1, "вин": 4},
        **{"мин": 90, "мины": 30, "минами": 20},
        **{"данные": 600, "данных": 2100, "данным": 100, "дать": 50, "данного": 80},
        **{"есть": 56, "быть": 2700, "было": 1900, "будет": 2800},
        **{"уже": 540, "при": 8400, "вести": 590, "ведет": 100, "дела": 140, "дело": 90, "мира": 6400, "мир": 400},
        **{"дали": 10, "дал": 5, "дала": 5},
    }.items()
}
LEXICON = get_language("ru").learn(COUNTS)


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("после", ["после"]),
        ("стали", ["стать"]),
        ("устав", ["устав"]),
        ("статей", ["статья"]),
        ("банка", ["банк"]),
        ("суда", ["суд"]),
        ("прав", ["право"]),
        ("право", ["право"]),
        ("вину", ["вина"]),
        ("есть", ["быть"]),
        ("уже", ["уже"]),
        ("при", ["при"]),
        ("дали", ["дать"]),
        ("вести", ["вести"]),
        ("дела", ["дело"]),
        ("мира", ["мир"]),
    ],
)
def test_unlikely_readings_are_dropped(form: str, kept: list[str]) -> None:
    assert list(LEXICON[Form(form)]) == kept


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("мин", {"мин", "мина"}),
        ("судов", {"суд", "судно"}),
        ("вин", {"вино", "вина"}),
        ("данные", {"данные", "данный"}),
    ],
)
def test_readings_that_the_corpus_cannot_tell_apart_stay(form: str, kept: set[str]) -> None:
    assert set(LEXICON[Form(form)]) == kept


def test_forms_with_one_reading_are_left_out() -> None:
    assert Form("устава") not in LEXICON


def test_another_corpus_proves_another_word() -> None:
    sea = {Form("суда"): 400, Form("судно"): 900, Form("судном"): 300, Form("судна"): 500}
    assert set(learn(sea)[Form("суда")]) == {"суд", "судно"}


def test_a_language_uses_its_lexicon() -> None:
    assert not meets("ru", "устать", "Устав", LEXICON)
    assert meets("ru", "устать", "Устав")
    assert meets("ru", "устава", "Устав", LEXICON)


def test_forms_that_are_no_russian_words_are_ignored() -> None:
    odd = {Form(form): 9 for form in ("58/208", "covid-19", "ВОЗ", "iii", "5", "государства-члены", "в")}
    assert get_language("ru").learn(odd) == {}


def test_without_a_corpus_the_form_itself_stays() -> None:
    assert Base("банка") in likely_bases(Form("банка"))
    assert likely_bases(Form("после")) == ("после",)
