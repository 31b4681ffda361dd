"""Numbers and letters at the head of paragraphs, in every script, and the nesting they stand for.

A printed enumerator has several readings: ``i)`` is the ninth letter or the Roman one, ``с)`` the third letter of a
Latin series or the seventeenth of a Cyrillic one. `Levels` chooses by what is open and by what follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from indexer.symbols import fold, roman


class Series(StrEnum):
    """A kind of counting; each open level of a list counts in one series."""

    LETTER = "letter"  # (a)
    ROMAN = "roman"  # (i), '1', ㈠: what stands under letters
    DIGIT = "digit"  # (1)
    CYRILLIC = "cyrillic"  # а) б) в)
    UPPER = "upper"  # (A)
    UPPER_ROMAN = "upper-roman"  # (I)
    LETTER_STOP = "letter."  # a.
    ROMAN_STOP = "roman."  # i.
    DIGIT_STOP = "digit."  # 1. below a paragraph number
    BULLET = "bullet"


_LETTERS: Final = frozenset({Series.LETTER, Series.CYRILLIC})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an enumerator: ``ordinal`` in its series and ``element``, its canonical part of a path."""

    series: Series
    ordinal: int
    element: str


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator as printed, with its readings, likeliest first; ``length`` counts what it takes of the text."""

    printed: str
    readings: tuple[Reading, ...]
    length: int

    @property
    def bullet(self) -> bool:
        """Whether it marks an item without counting it."""
        return self.readings[0].series is Series.BULLET

    @property
    def chinese(self) -> bool:
        """Whether it is a Chinese number in brackets or a ring."""
        return bool(_CHINESE_ITEM.fullmatch(self.printed))


@dataclass(frozen=True, slots=True)
class ParagraphNumber:
    """A paragraph number as printed, ``1`` or ``1.2``; ``length`` counts what it takes of the text."""

    number: str
    length: int

    @property
    def first(self) -> int:
        """The number, or its first part."""
        return int(self.number.split(".")[0])


_BULLETS: Final = "•–—▪●▫■◦‣∙·-"
_ABJAD: Final = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"  # ё, й, ъ, ы, ь never count
_CHINESE: Final = "一二三四五六七八九十"
# Older Chinese texts count so where the other languages print (a)
_CYCLES: Final = ("子丑寅卯辰巳午未申酉戌亥", "甲乙丙丁戊己庚辛壬癸")
_QUOTES: Final = "’‘'´`"

_HEAD: Final = re.compile(
    rf"""(?P<label>
      [(（](?:[^\W\d_]{{1,6}}|[\u0621-\u064a]\s?[\u0621-\u064a]?ـ?|\d{{1,2}}|[㈠-㈩]{{1,3}}|[ⅰ-ⅿ])[)）]
    | [^\W\d_]{{1,5}}\)
    | [{_QUOTES}]\d{{1,2}}[{_QUOTES}]
    | [㈠-㈩]{{1,2}}
    | \d{{1,2}}\)
    | [{_BULLETS}](?=\s)
    )(?=\s|[^\w\s]|[\u4e00-\u9fff\u0600-\u06ff]|$)\s*""",
    re.VERBOSE,
)
_STOPPED: Final = re.compile(r"(?P<label>[a-zа-я]{1,4}\.|[一二三四五六七八九十]{1,2}[.、．])\s*(?=\S)")
# "أ -", "أ ": no Arabic word is one letter, short words are written together with the next
_ARABIC_BARE: Final = re.compile(r"(?P<label>[\u0621-\u064a]ـ?)(?:\s*[-–]\s+|\s+(?=\S))")
_NUMBER: Final = re.compile(
    r"(?P<n>[\d\u0660-\u0669]{1,3}(?:\.[\d\u0660-\u0669]{1,3}){0,2})\s*(?:[.．](?![\d/])|[-–—](?=\s|[\u0600-\u06ff]))(?P<gap>\s*)(?P<next>.?)"
)
_CHINESE_ITEM: Final = re.compile(r"[(（]?[一二三四五六七八九十㈠-㈩]{1,3}[)）]?")
_CHINESE_NUMBER: Final = re.compile(r"([一二三四五六七八九十百]{1,5})(?:[、.．]\s*|\s+$)")
_DOTTED: Final = re.compile(r"(?P<n>\d{1,3}(?:\.\d{1,3}){1,2})\s+(?P<next>\S)")


def read_number(text: str) -> ParagraphNumber | None:
    """Return the paragraph number at the head of a text: ``10.``, ``1 -`` (Arabic), ``1.2 Text``."""
    match = _NUMBER.match(text)
    if match and (match["gap"] or match["next"] not in tuple("/0123456789")):
        return ParagraphNumber(fold(match["n"]), match.start("next"))
    match = _DOTTED.match(text)
    return ParagraphNumber(match["n"], match.start("next")) if match else None


def read_number_label(label: str) -> ParagraphNumber | None:
    """Return the paragraph number that a label apart from the text holds: ``10.``, ``10``, ``1 -``."""
    match = re.fullmatch(r"([\d\u0660-\u0669]{1,3}(?:\.[\d\u0660-\u0669]{1,3}){0,2})\s*[.．\-–—]*", label.strip())
    return ParagraphNumber(fold(match[1]), len(label)) if match else None


def read_chinese_number(text: str) -> ParagraphNumber | None:
    """Return the paragraph number at the head of a Chinese treaty's paragraph: ``十二、``."""
    match = _CHINESE_NUMBER.match(text)
    return ParagraphNumber(str(chinese_number(match[1])), match.end()) if match else None


def read_enumerator(text: str, *, stops: bool = True) -> Enumerator | None:
    """Return the enumerator that heads a text: ``(a)``, ``а)``, ``'1'``, ``㈠``, ``•``; with ``stops`` ``a.``."""
    for pattern in (_HEAD, _STOPPED, _ARABIC_BARE) if stops else (_HEAD, _ARABIC_BARE):
        match = pattern.match(text)
        if match:
            readings = tuple(_read(match["label"]))
            if readings:
                return Enumerator(match["label"], readings, match.end())
    return None


def read_label(label: str) -> Enumerator | None:
    """Return the enumerator that a whole label is."""
    readings = tuple(_read(label))
    return Enumerator(label, readings, len(label)) if readings else None


def _read(label: str) -> Iterator[Reading]:
    bare = re.sub(r"[\s\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", label)
    if bare and bare in _BULLETS:
        yield Reading(Series.BULLET, 1, "")
        return
    stopped = bare.endswith((".", "．", "、"))
    core = bare.strip("()（）.．、")
    if re.fullmatch(rf"[{_QUOTES}]\d{{1,2}}[{_QUOTES}]", core):  # Arabic second level
        number = int(core.strip(_QUOTES))
        yield roman_reading(number)
    elif core.isdecimal():
        yield Reading(Series.DIGIT_STOP if stopped else Series.DIGIT, int(core), str(int(core)))
    elif core and all(char in _CHINESE or "㈠" <= char <= "㈩" for char in core):
        number = chinese_number(core)
        yield roman_reading(number)
    else:
        yield from _read_letters(core, stopped=stopped)


def _read_letters(core: str, *, stopped: bool) -> Iterator[Reading]:
    latin = fold(core)
    letter = Series.LETTER_STOP if stopped else Series.LETTER
    numeral = Series.ROMAN_STOP if stopped else Series.ROMAN
    if re.fullmatch("[a-z]{1,5}", latin):
        value = _from_roman(latin)
        if len(latin) == 1:
            yield _letter(letter, ord(latin) - 96)
        elif latin == 2 * latin[0] and not value:
            yield _letter(letter, ord(latin[0]) - 96 + 26)
        if value:
            yield Reading(numeral, value, roman(value).lower())
        if value and latin == 2 * latin[0]:  # "ii" may follow "hh"
            yield _letter(letter, ord(latin[0]) - 96 + 26)
    elif re.fullmatch("[A-Z]{1,6}", latin):
        if len(latin) == 1:
            yield Reading(Series.UPPER, ord(latin) - 64, latin)
        if value := _from_roman(latin.lower()):
            yield Reading(Series.UPPER_ROMAN, value, latin)
    for cycle in _CYCLES:
        if len(core) == 1 and core in cycle:
            yield _letter(letter, cycle.index(core) + 1)
    if len(core) == 1 and core in _CYRILLIC:
        yield _letter(Series.CYRILLIC, _CYRILLIC.index(core) + 1)
    alef = re.sub("[أإآ]", "ا", unicodedata.normalize("NFKC", core))  # «ﻫ» is the ه that stands at a word's head
    if alef and len(alef) <= 2 and set(alef) <= set(_ABJAD) and alef == len(alef) * alef[0]:
        yield _letter(letter, _ABJAD.index(alef[0]) + 1 + 26 * (len(alef) - 1))


def letter_reading(ordinal: int) -> Reading:
    """Return the reading ``(a)``, ``(b)`` … of an ordinal."""
    return _letter(Series.LETTER, ordinal)


def roman_reading(ordinal: int) -> Reading:
    """Return the reading ``(i)``, ``(ii)`` … of an ordinal."""
    return Reading(Series.ROMAN, ordinal, roman(ordinal).lower())


def _letter(series: Series, ordinal: int) -> Reading:
    """Letters become Latin whatever was printed, so that ids agree across languages: ``б)`` and ``(ب)`` are b."""
    turn, index = divmod(ordinal - 1, 26)
    return Reading(series, ordinal, chr(97 + index) * (turn + 1))


def chinese_number(digits: str) -> int:
    """Return the value of a Chinese number below a thousand, also of ringed signs: ``十二``, ``一百零三``, ``㈢``."""
    hundreds, _, rest = digits.rpartition("百")
    value = 0
    for char in rest.lstrip("零〇"):
        unit = _CHINESE.index(char) + 1 if char in _CHINESE else ord(char) - ord("㈠") + 1
        value = (value or 1) * 10 if unit == 10 else value + unit
    return value + (100 * (_CHINESE.index(hundreds[0]) + 1 if hundreds else 1) if "百" in digits else 0)


_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _from_roman(letters: str) -> int | None:
    if not re.fullmatch("c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    signed = (v if v >= after else -v for v, after in zip(values, [*values[1:], 0], strict=True))
    return sum(signed) or None


_LOST_AT_MOST: Final = 5  # items missing in a list; more is another series: "(l)" is no Roman fifty after "(iii)"


class Levels:
    """The open levels of the list under one paragraph."""

    def __init__(self) -> None:
        self._open: list[Reading] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The elements of the item that was placed last."""
        return tuple(reading.element for reading in self._open)

    def place(
        self, readings: Sequence[Reading], following: Sequence[Reading] = (), *, below: bool = False
    ) -> tuple[str, ...]:
        """Place the next item and return its path.

        ``following`` are the readings of the enumerator after it, ``below`` says that the text before ended in a
        colon; both only decide between the readings of one print.
        """
        readings = _agreeing(readings, following) or readings
        rules = (self._successor, self._first, self._gap, self._misprint)
        for choose in (self._below, *rules) if below else rules:
            chosen = choose(readings)
            if chosen:
                depth, reading = chosen
                self._open[depth:] = [reading]
                return self.path
        self._open.append(readings[0])
        return self.path

    def continues(self, readings: Sequence[Reading]) -> bool:
        """Whether a reading is the next of an open level."""
        return self._successor(readings) is not None

    def _below(self, readings: Sequence[Reading]) -> tuple[int, Reading] | None:
        """A first item after a colon opens a level of its own: ``(h) …:`` | ``(i)``."""
        first = [r for r in readings if r.ordinal == 1 and r.series not in {o.series for o in self._open}]
        return (len(self._open), first[0]) if first and self._open else None

    def _successor(self, readings: Sequence[Reading]) -> tuple[int, Reading] | None:
        """The next of an open level, the deepest first."""
        for depth in range(len(self._open) - 1, -1, -1):
            last = self._open[depth]
            for reading in readings:
                same = reading.series is last.series or _turns_cyrillic(last, reading)
                if same and reading.ordinal == last.ordinal + 1:
                    return depth, reading
        return None

    def _first(self, readings: Sequence[Reading]) -> tuple[int, Reading] | None:
        """A series starts: anew if it is open already, else one level down."""
        first = sorted((r for r in readings if r.ordinal == 1), key=lambda r: r.series is Series.CYRILLIC)
        if not first:
            return None
        for depth, last in enumerate(self._open):
            if last.series is first[0].series:
                return depth, first[0]
        return len(self._open), first[0]

    def _gap(self, readings: Sequence[Reading]) -> tuple[int, Reading] | None:
        """A later item of an open series: a few between them got lost."""
        for depth in range(len(self._open) - 1, -1, -1):
            for reading in readings:
                same = reading.series is self._open[depth].series
                if same and 0 < reading.ordinal - self._open[depth].ordinal <= _LOST_AT_MOST:
                    return depth, reading
        return None

    def _misprint(self, readings: Sequence[Reading]) -> tuple[int, Reading] | None:
        """An item of an open series that counts wrongly (``d)`` | ``c)``) stays at the level of the others."""
        for depth in range(len(self._open) - 1, -1, -1):
            if readings[0].series is self._open[depth].series:
                return depth, readings[0]
        return None


def _turns_cyrillic(last: Reading, reading: Reading) -> bool:
    """``а) б)``: the first letter was taken for Latin until the second came."""
    return (
        reading.series is Series.CYRILLIC
        and reading.ordinal == 2
        and last.series is Series.LETTER
        and last.ordinal == 1
    )


def _agreeing(readings: Sequence[Reading], following: Sequence[Reading]) -> list[Reading]:
    """The readings that the next enumerator continues: ``(i)`` before ``(ii)`` is Roman, before ``(j)`` a letter."""
    return (
        [r for r in readings if any(f.series is r.series and f.ordinal == r.ordinal + 1 for f in following)]
        if len(readings) > 1
        else []
    )
