"""Dates as resolutions print them, in six languages.

`find_dates` reads days, lists of days that share a month or a year, spans of days, and months with a year; a year on
its own is no date here. The forms are data: ``data/dates.toml``.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.model import LANGUAGES, LanguageCode

FIRST_YEAR, LAST_YEAR = 1800, 2199

_HYPHEN = "[-\u2010-\u2015\u2212\ufffd]"  # U+FFFD stands where an extractor lost an en dash: «5\ufffd13 сентября»
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text.

    ``text[start:end]`` is the date as printed, with the word for year where the language prints one. ``iso`` is
    ``YYYY-MM-DD`` or, where no day is printed, ``YYYY-MM``; ``until`` is the last day of a span of days.
    """

    start: int
    end: int
    iso: str
    until: str | None = None


def find_dates(text: str, lang: LanguageCode) -> tuple[DateSpan, ...]:
    """Return the dates of a text, ascending and without overlap. Never raises on content."""
    forms = _forms(lang)
    return tuple(_spans(list(forms.find(text)), text, forms))


def parse_date(text: str, lang: LanguageCode) -> str | None:
    """Return the first whole date of a text as ``YYYY-MM-DD``, or None."""
    return next((span.iso for span in find_dates(text, lang) if len(span.iso) == 10), None)


@dataclass(frozen=True, slots=True)
class _Match:
    """One month of a text with its days, before years are shared out."""

    start: int
    end: int
    days: tuple[tuple[int, int], ...]  # (offset, day)
    spans_days: bool  # «5–13», not «10 и 14»
    month: int
    year: int | None


class _Forms:
    """The date forms of one language, compiled."""

    def __init__(self, table: dict[str, str | list[str]]) -> None:
        self._months = [re.compile(str(m), re.I) for m in table["months"]]
        joints = f"(?:{_joints(table['and'])}|{_joints(table['to'])})"
        self.to = re.compile(rf"\s*{_joints(table['to'])}\s*", re.I)
        self.joint = re.compile(rf"\s*{joints}\s*", re.I)
        day = str(table.get("day", r"\d{1,2}"))
        month = "|".join(str(m) for m in table["months"])
        year = rf"{_spaced(table, 'before_year')}(?P<{{}}>\d{{{{4}}}}){_spaced(table, 'after_year')}(?!\w)"
        self._pattern = re.compile(
            rf"(?<![\d/.])(?P<days>{day}(?:\s*{joints}\s*{day})*)\s{{0,2}}{_spaced(table, 'before_month')}"
            rf"(?P<month>{month})(?!\w)(?:,?\s{{0,2}}{year.format('year')})?"
            rf"|(?<!\w)(?P<only>{month})\s{{1,2}}{year.format('of')}",
            re.I,
        )

    def find(self, text: str) -> Iterator[_Match]:
        for m in self._pattern.finditer(text):
            only = m["only"]
            year = m["of"] if only else m["year"]
            offset = m.start()
            days = () if only else tuple((offset + d.start(), int(d[0])) for d in re.finditer(r"\d+", m["days"]))
            yield _Match(
                start=offset,
                end=m.end(),
                days=days,
                spans_days=not only and len(days) == 2 and self._is_span(m["days"]),
                month=self._month(only or m["month"]),
                year=int(year) if year else None,
            )

    def _is_span(self, days: str) -> bool:
        return bool(re.fullmatch(r"\d+[^\d]{0,2}" + self.to.pattern + r"\d+\D{0,2}", days, re.I))

    def _month(self, name: str) -> int:
        return next(n for n, month in enumerate(self._months, start=1) if month.fullmatch(name))


class _ChineseForms:
    """Year, month and day before their characters: 2003年12月23日, 一九七三年十二月十八日."""

    _NUMBER = "[〇○零一二三四五六七八九十]"

    def __init__(self, table: dict[str, str | list[str]]) -> None:
        joints = f"(?:{_joints(table['and'])}|{_joints(table['to'])})"
        self.to = re.compile(rf"\s*{_joints(table['to'])}\s*")
        self.joint = re.compile(rf"\s*{joints}\s*")
        day = rf"(?:\d{{1,2}}|{self._NUMBER}{{1,3}})\s?日"
        self._pattern = re.compile(
            rf"(?:(?P<year>\d{{4}}|{self._NUMBER}{{4}})\s?年\s?)?(?P<month>\d{{1,2}}|{self._NUMBER}{{1,2}})\s?月"
            rf"(?:\s?(?P<days>{day}(?:{joints}{day})*))?"
        )

    def find(self, text: str) -> Iterator[_Match]:
        year: int | None = None  # a repeated year may be left out: 十月二十五日第340(1973)号
        for m in self._pattern.finditer(text):
            if not m["days"] and not m["year"]:
                continue  # «三个月» and «8月» alone say nothing
            year = self._year(m["year"]) if m["year"] else year
            first = m.start("days")
            days = re.finditer(rf"(\d+|{self._NUMBER}+)\s?日", m["days"] or "")
            yield _Match(
                start=m.start(),
                end=m.end(),
                days=tuple((first + d.start(), chinese_number(d[1])) for d in days),
                spans_days=bool(m["days"] and re.search(rf"日{self.to.pattern}", m["days"])),
                month=chinese_number(m["month"]),
                year=year,
            )

    @staticmethod
    def _year(digits: str) -> int:
        return int(chinese_digits(digits))


def _spans(matches: list[_Match], text: str, forms: _Forms | _ChineseForms) -> Iterator[DateSpan]:
    year: int | None = None
    dated: list[tuple[_Match, int]] = []
    for i in range(len(matches) - 1, -1, -1):  # «20 July and 19 December 1995»: the year stands at the end
        match = matches[i]
        joined = i + 1 < len(matches) and forms.joint.fullmatch(text, match.end, matches[i + 1].start)
        year = match.year or (year if joined else None)
        if year is not None:
            dated.append((match, year))
    dated.reverse()
    i = 0
    while i < len(dated):
        match, year = dated[i]
        following = dated[i + 1] if i + 1 < len(dated) else None
        if following and match.days and following[0].days and forms.to.fullmatch(text, match.end, following[0].start):
            start = _iso(year, match.month, match.days[0][1])
            until = _iso(following[1], following[0].month, following[0].days[-1][1])
            if start and until:
                yield DateSpan(match.start, following[0].end, start, until)
            i += 2
            continue
        yield from _days(match, year)
        i += 1


def _days(match: _Match, year: int) -> Iterator[DateSpan]:
    if not match.days:
        if 1 <= match.month <= 12 and FIRST_YEAR <= year <= LAST_YEAR:
            yield DateSpan(match.start, match.end, f"{year}-{match.month:02}")
        return
    dates = [(offset, day, _iso(year, match.month, day)) for offset, day in match.days]
    first, last = dates[0][2], dates[-1][2]
    if match.spans_days:
        if first and last:
            yield DateSpan(match.start, match.end, first, last)
        return
    for position, (offset, day, iso) in enumerate(dates):
        whole = position == len(dates) - 1
        if iso:
            start = match.start if position == 0 else offset
            yield DateSpan(start, match.end if whole else offset + len(str(day)), iso)


def _iso(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # 31 February
        return None


def chinese_digits(digits: str) -> str:
    """Return digits read one by one in ordinary ones: 一九六二 is 1962."""
    return "".join(str(_CHINESE_DIGITS.get(digit, digit)) for digit in digits)


def chinese_number(digits: str) -> int:
    """Read 1 to 999 in Chinese or ordinary digits; 0 for what is no such number."""
    if digits.isdecimal():
        return int(digits)
    hundreds, hundred, rest = digits.rpartition("百")
    tens, ten, ones = rest.lstrip("零〇").rpartition("十")
    number = 100 * (_CHINESE_DIGITS.get(hundreds, 0) if hundreds else 1) if hundred else 0
    number += 10 * (_CHINESE_DIGITS.get(tens, 0) if tens else 1) if ten else 0
    return number + (_CHINESE_DIGITS.get(ones, 0) if ones else 0)


def _joints(words: str | list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(_HYPHEN if w == '-' else re.escape(w).replace('?', '') for w in longest_first)})"


def _spaced(table: dict[str, str | list[str]], key: str) -> str:
    return str(table.get(key, "")).replace(" ", r"\s")


@cache
def _forms(lang: LanguageCode) -> _Forms | _ChineseForms:
    table = _tables()[lang]
    return _Forms(table) if "months" in table else _ChineseForms(table)


@cache
def _tables() -> dict[str, dict[str, str | list[str]]]:
    data = resources.files(__package__).joinpath("data/dates.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(data)
    return {lang: tables[lang] for lang in LANGUAGES}
