"""Dates in six languages."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import LANGUAGES, LanguageCode
from indexer.text.dates import find_dates, parse_date

_TABLES = tomllib.loads(resources.files("indexer.text").joinpath("data/dates.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [(lang, row[0], row[1:]) for lang in LANGUAGES for row in _TABLES[lang]["examples"]],
)
def test_every_example_of_the_table(lang: LanguageCode, text: str, expected: list[str]) -> None:
    found = [d.iso + (f"/{d.until}" if d.until else "") for d in find_dates(text, lang)]
    assert found == expected


def test_span_covers_the_date_as_printed() -> None:
    text = "резолюция 49/127 от 19 декабря 1994 года о миграции"
    (date,) = find_dates(text, "ru")
    assert text[date.start : date.end] == "19 декабря 1994 года"


def test_dates_of_a_list_have_their_own_spans() -> None:
    text = "от 10 и 14 декабря 1999 года"
    assert [text[d.start : d.end] for d in find_dates(text, "ru")] == ["10", "14 декабря 1999 года"]


def test_two_whole_dates_are_not_a_span() -> None:
    found = find_dates("of 23 December 1994 and 20 July 1995", "en")
    assert [d.until for d in found] == [None, None]


def test_repeated_chinese_year_may_be_left_out() -> None:
    found = find_dates("1973年10月21日第338号、10月25日第340号决议", "zh")
    assert [d.iso for d in found] == ["1973-10-21", "1973-10-25"]


@pytest.mark.parametrize("text", ["31 февраля 2003 года", "в 2006 году", "2002/2003", "статья 2", "23 декабря"])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, "ru") == ()


def test_lost_dash_between_days() -> None:
    assert find_dates("5\ufffd13 сентября 1994 года", "ru")[0].until == "1994-09-13"


def test_parse_date_wants_a_day() -> None:
    assert parse_date("в июле 2003 года, 5 мая 2004 года", "ru") == "2004-05-05"
    assert parse_date("в июле 2003 года", "ru") is None


@given(st.text(alphabet="0123456789 -–/.,年月日十二мая декабря of May et 1er كانون الأول", max_size=80))
def test_spans_ascend_without_overlap_in_any_text(text: str) -> None:
    for lang in LANGUAGES:
        end = 0
        for date in find_dates(text, lang):
            assert end <= date.start < date.end <= len(text)
            end = date.end
