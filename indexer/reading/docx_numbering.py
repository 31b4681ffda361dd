"""Automatic numbers of an office document, as they are printed.

A number is no text of its paragraph: it is counted by a list (``w:num``), whose levels each say how to count and how
to print (``%1.``, ``(%2)``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from indexer.symbols import roman

_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ARABIC_ALPHABET: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CHINESE: Final = "〇一二三四五六七八九"
_CHINESE_COUNTING: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
)
_LEVELS: Final = 9
_MAX_TURNS: Final = 10  # "aaaaaaaaaa": further numbers are no letters, and could be made to fill the memory
_MAX_CHAIN: Final = 20  # styles based on styles; a longer chain is a circle


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts (``numFmt``) and prints (``lvlText``); ``restart`` is the level that starts it anew."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False  # all numbers in it are printed as digits


@dataclass(frozen=True, slots=True)
class _List:
    counter: str  # lists of one abstract definition count on together
    levels: Mapping[int, Level]
    starts: Mapping[int, int]  # levels that this list starts anew


class Numbering:
    """The lists of a document and where each has come to. Made once a document and asked in its order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists = _read_lists(numbering)
        self._style_numbers = _read_style_numbers(styles)
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, properties: etree._Element | None, style: str | None) -> str | None:
        """Return the number of the next paragraph, ``""`` for a hidden one, None if it has none."""
        found = _numbered_by(properties)
        list_id, depth = found if found else (None, None)
        if list_id is None:
            inherited = self._style_numbers.get(style or "")
            if inherited is None:
                return None
            list_id, depth = inherited[0], inherited[1] if depth is None else depth
        numbers = self._lists.get(list_id)
        level = numbers.levels.get(depth or 0) if numbers else None
        if numbers is None or level is None:
            return None  # list 0 takes a number away
        return self._count(list_id, numbers, depth or 0, level)

    def _count(self, list_id: str, numbers: _List, depth: int, level: Level) -> str:
        counts = self._counts.setdefault(numbers.counter, [None] * _LEVELS)
        if depth in numbers.starts and (list_id, depth) not in self._started:
            self._started.add((list_id, depth))
            counts[depth] = None
            before = numbers.starts[depth] - 1
        else:
            before = level.start - 1
        current = counts[depth]
        counts[depth] = (before if current is None else current) + 1
        for deeper in range(depth + 1, _LEVELS):
            lower = numbers.levels.get(deeper)
            if lower is None or lower.restart is None or depth < lower.restart:
                counts[deeper] = None
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return "•"
        return re.sub(r"%([1-9])", lambda m: self._print(numbers, counts, int(m[1]) - 1, level), level.text).strip()

    def _print(self, numbers: _List, counts: list[int | None], depth: int, printed_in: Level) -> str:
        level = numbers.levels.get(depth, Level())
        number = counts[depth]
        return print_number(
            level.start if number is None else number, "decimal" if printed_in.legal else level.format
        )


def print_number(number: int, format_: str) -> str:
    """Return a number as a counting style (``numFmt``) prints it; digits for a style that is not known."""
    match format_:
        case "lowerLetter" | "upperLetter":
            letters = _letters(number, "abcdefghijklmnopqrstuvwxyz")
            return letters.upper() if format_ == "upperLetter" else letters
        case "lowerRoman" | "upperRoman" if 0 < number < 400:
            return roman(number).lower() if format_ == "lowerRoman" else roman(number)
        case "russianLower" | "russianUpper":
            letters = _letters(number, _RUSSIAN)
            return letters.upper() if format_ == "russianUpper" else letters
        case "arabicAbjad":
            return _letters(number, _ABJAD)
        case "arabicAlpha":
            return _letters(number, _ARABIC_ALPHABET)
        case _ if format_ in _CHINESE_COUNTING:
            return _chinese(number)
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


def _letters(number: int, alphabet: str) -> str:
    """``a`` … ``z``, ``aa``, ``bb`` …"""
    if number < 1:
        return str(number)
    turn, index = divmod(number - 1, len(alphabet))
    if turn >= _MAX_TURNS:
        return str(number)
    return alphabet[index] * (turn + 1)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return head + (_CHINESE[ones] if ones else "")


def value(element: etree._Element | None, path: str) -> str | None:
    """Return the ``w:val`` of a child, whatever the namespace; None without one."""
    child = element.find(path) if element is not None else None
    return attribute(child, "val")


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute by its local name."""
    if element is None:
        return None
    return next((str(v) for key, v in element.attrib.items() if etree.QName(str(key)).localname == name), None)


def _numbered_by(properties: etree._Element | None) -> tuple[str | None, int | None] | None:
    numbered = properties.find("{*}numPr") if properties is not None else None
    if numbered is None:
        return None
    depth = value(numbered, "{*}ilvl")
    return value(numbered, "{*}numId"), _integer(depth)


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


def _read_lists(root: etree._Element | None) -> dict[str, _List]:
    if root is None:
        return {}
    abstract = {attribute(e, "abstractNumId") or "": e for e in root.iterfind("{*}abstractNum")}
    by_style = {style: e for e in abstract.values() if (style := value(e, "{*}styleLink"))}
    lists: dict[str, _List] = {}
    for number in root.iterfind("{*}num"):
        list_id, counter = attribute(number, "numId"), value(number, "{*}abstractNumId") or ""
        definition = abstract.get(counter)
        if definition is not None and (linked := value(definition, "{*}numStyleLink")) in by_style:
            definition = by_style[linked or ""]
            counter = attribute(definition, "abstractNumId") or counter
        if list_id is None or definition is None:
            continue
        levels = _read_levels(definition)
        starts: dict[int, int] = {}
        for override in number.iterfind("{*}lvlOverride"):
            depth = _integer(attribute(override, "ilvl")) or 0
            levels |= _read_levels(override)
            if (start := _integer(value(override, "{*}startOverride"))) is not None:
                starts[depth] = start
        lists[list_id] = _List(counter, levels, starts)
    return lists


def _read_levels(definition: etree._Element) -> dict[int, Level]:
    levels = {}
    for element in definition.iterfind("{*}lvl"):
        depth = _integer(attribute(element, "ilvl")) or 0
        if not 0 <= depth < _LEVELS:
            continue
        start = _integer(value(element, "{*}start"))
        legal = element.find("{*}isLgl")
        levels[depth] = Level(
            format=value(element, "{*}numFmt") or value(element, ".//{*}numFmt") or "decimal",
            text=value(element, "{*}lvlText") or "",
            start=1 if start is None else start,
            restart=_integer(value(element, "{*}lvlRestart")),
            legal=legal is not None,
        )
    return levels


def _read_style_numbers(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    """The list and level that each paragraph style gives, its own or that of the style it is based on."""
    if styles is None:
        return {}
    elements = {attribute(e, "styleId") or "": e for e in styles.iterfind("{*}style")}
    found: dict[str, tuple[str, int]] = {}
    for name in elements:
        list_id: str | None = None
        depth: int | None = None
        here: str | None = name
        for _ in range(_MAX_CHAIN):
            element = elements.get(here or "")
            if element is None:
                break
            own = _numbered_by(element.find("{*}pPr"))
            if own:
                list_id, depth = list_id or own[0], own[1] if depth is None else depth
            here = value(element, "{*}basedOn")
        if list_id:
            found[name] = (list_id, depth or 0)
    return found
