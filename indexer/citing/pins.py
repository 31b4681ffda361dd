"""Pins: places inside a text («глава X», “section II.C”, «приложение»).

A noun may have several values (“paragraphs 3, 4 and 7 to 9”). A pin printed at its text (“paragraph 10 of
resolution 1483 (2003)”, «резолюция 58/208, приложение») belongs to that citation. One that stands apart («…, в
частности на ее главу X») is a citation of its own, of the text named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer.citing.names import Sort
from indexer.citing.passage import BREAK, RANGE, Passage, citation
from indexer.citing.tables import PinForm, load_references
from indexer.model import Citation, CitationKind, LanguageCode
from indexer.symbols import from_roman, roman

_OWNERS = {
    CitationKind.RESOLUTION,
    CitationKind.DECISION,
    CitationKind.PRESIDENTIAL_STATEMENT,
    CitationKind.DOCUMENT,
    CitationKind.SALES,
    CitationKind.INSTRUMENT,
    CitationKind.IBID,
    CitationKind.SELF,
}
# 10, 10 (a), 4 a) ii), 3.5, II.C, II, A: after the noun and, where it is short for a word, its stop.
_ITEM = r"(?:[a-z]|[ivx]{2,4})\)"
_DIGITS = rf"\d{{1,3}}(?![\d/])(?:\.\d{{1,2}}(?!\d))?(?:(?:\s?\(?{_ITEM}){{1,3}}[㈠-㈩]?|[㈠-㈩]|\s?[A-Z](?!\w))?"
_ROMAN = r"[IVXLC]{1,6}(?:\.[A-Z](?!\w))?(?!\w)"
_VALUE = re.compile(rf"(?P<digits>{_DIGITS})|(?P<roman>{_ROMAN})|(?P<letter>[A-H](?![\w'’]))|(?P<item>\(?{_ITEM})")
_OLD_ITEM = re.compile("[㈠-㈩]")  # 第10(a)㈠段 is paragraph 10 (a) (i)
_LONGEST_RANGE = 40
_NEAR = 40  # characters between a pin and the text that it belongs to, at the most


@dataclass(frozen=True, slots=True)
class Pin:
    """A place: ``name`` as ``chapter X``, ``annex``, ``para 10 (a)``; several for “paragraphs 3 and 4”."""

    start: int
    end: int
    names: tuple[str, ...]
    bare: bool  # without a number


@dataclass(frozen=True, slots=True)
class _Value:
    """A number of a pin as printed in Latin letters and digits; ``sort`` is the group of `_VALUE`, or ``word``."""

    sort: str
    printed: str
    end: int


_FIRST = ("digits", "roman", "letter", "word")  # an item alone is no value: «подпункт а)»


def find_pins(passage: Passage) -> tuple[Pin, ...]:
    """Return the pins of a passage, ascending."""
    forms = {form.name: form for form in passage.references.pins}
    found = []
    for mention in passage.of_sort(Sort.PIN):
        form = forms[mention.target]
        at = mention.end + passage.folded.startswith(".", mention.end)
        at += passage.text[at : at + 1].isspace()
        values, end = _values(passage, form, at) if at > mention.end else ([], at)
        if values:
            found.append(Pin(mention.start, end, tuple(f"{form.name} {value}" for value in values), False))
        elif form.bare:
            found.append(Pin(mention.start, mention.end, (form.name,), True))
    pattern = _inner_pattern(passage.lang)
    if pattern:
        for m in pattern.finditer(passage.text):
            place = int((m.lastgroup or "p0")[1:])
            form = passage.references.pins[place]
            values, _ = _values(passage, form, m.start(f"v{place}")) if m[f"v{place}"] else ([], 0)
            names = tuple(f"{form.name} {value}" for value in values) or (form.name,)
            found.append(Pin(m.start(), m.end(), names, not values))
    return tuple(found)


@cache
def _inner_pattern(lang: LanguageCode) -> re.Pattern[str] | None:
    """Chinese: the number stands inside the noun, 第10段."""
    inner = [
        f"(?P<p{place}>{form.pattern.replace('(?P<a>', f'(?P<v{place}>')})"
        for place, form in enumerate(load_references(lang).pins)
        if form.pattern
    ]
    return re.compile("|".join(inner)) if inner else None


@cache
def _joiner(lang: LanguageCode) -> re.Pattern[str]:
    links = load_references(lang).links
    return re.compile(links.part_joiner + (f" ?{links.frame[0]}?" if links.frame[0] else ""))


@cache
def _letters(lang: LanguageCode) -> re.Pattern[str] | None:
    """Arabic: section A is الفرع ألف."""
    parts = load_references(lang).parts
    return re.compile(f"(?:{'|'.join(parts)})(?!\\w)") if parts else None


def _values(passage: Passage, form: PinForm, at: int) -> tuple[list[str], int]:
    """Return the values printed from an offset on, in Latin letters and digits, and where they end."""
    values: list[str] = []
    end = at
    sort = ""
    while (value := _value(passage, form, at)) and value.sort in ((sort, "item") if values else _FIRST):
        printed = value.printed
        if value.sort == "item":  # «10 a) и b)»: a further item of the same paragraph
            printed = re.sub(r" \(\w+\)$", "", values[-1]) + " " + printed
        if values and RANGE.fullmatch(passage.folded, end, at):
            values += _between(values[-1], printed)
        values.append(printed)
        sort = sort or value.sort
        end = value.end
        joint = _joiner(passage.lang).match(passage.folded, end)
        if joint is None:
            break
        at = joint.end()
    return values, end


def _value(passage: Passage, form: PinForm, at: int) -> _Value | None:
    """Return the value at an offset, if there is one."""
    m = _VALUE.match(passage.folded, at)
    if m:
        printed = _OLD_ITEM.sub(lambda item: f"({roman(ord(item[0]) - ord('㈠') + 1).lower()})", m[0])
        return _Value(str(m.lastgroup), re.sub(rf"\s?\(?({_ITEM})", r" (\1", printed).strip(), m.end())
    letters = _letters(passage.lang)
    letter = letters.match(passage.text, at) if letters else None
    if letter:
        return _Value("letter", passage.references.parts[letter[0]], letter.end())
    words = passage.references.numerals
    word = words.pattern.match(passage.text, at) if words else None
    number = words.value(word[0]) if words and word else None
    if word is None or number is None:
        return None
    return _Value("word", roman(number) if form.roman else str(number), word.end())


def _between(first: str, last: str) -> list[str]:
    """Return the values inside a range: 8 of 7 to 9, II of I–III, (b) of (a) to (c)."""
    stem, _, low = first.rpartition(" ")
    last_stem, _, high = last.rpartition(" ")
    if stem != last_stem:
        return []
    if low.isdigit() and high.isdigit():
        inside = range(int(low) + 1, int(high))
        return [str(number) for number in inside] if len(inside) <= _LONGEST_RANGE else []
    if len(low) == len(high) == 3 and low[0] == high[0] == "(":
        return [f"{stem} ({chr(code)})" for code in range(ord(low[1]) + 1, ord(high[1]))]
    lower, upper = from_roman(low), from_roman(high)
    return [roman(number) for number in range(lower + 1, upper)] if lower and upper else []


def bind_pins(passage: Passage, citations: Sequence[Citation], pins: Sequence[Pin]) -> list[Citation]:
    """Return the citations with the pins printed at them, and the pins that stand apart as citations of their own."""
    pins = [pin for pin in pins if not any(c.start < pin.end and pin.start < c.end for c in citations)]
    if not pins or not citations:
        return list(citations)
    bound = {place: list[Pin]() for place in range(len(citations))}
    rest: list[Pin] = []
    ahead = _pins_ahead(passage, citations, pins)
    for pin in pins:
        owner = ahead.get(pin.start)
        if owner is None:
            owner = _owner_before(passage, citations, bound, pin)
        if owner is None:
            rest.append(pin)
        else:
            bound[owner].append(pin)
    found = [
        replace(cited, pin=tuple(name for pin in bound[place] for name in pin.names)) if bound[place] else cited
        for place, cited in enumerate(citations)
    ]
    for pin in rest:
        owner = _owner_of_standing(passage, found, pin)
        if owner is not None:
            owned = found[owner] = replace(found[owner], pin=(*found[owner].pin, *pin.names))
            found.append(citation(passage, pin.start, pin.end, CitationKind.PIN, id=owned.id, pin=pin.names))
    return found


def _owner_before(
    passage: Passage, citations: Sequence[Citation], bound: dict[int, list[Pin]], pin: Pin
) -> int | None:
    """«резолюция S-24/2, приложение», also after another pin of the same text."""
    for place in range(len(citations) - 1, -1, -1):
        cited = citations[place]
        if cited.end <= pin.start:
            end = bound[place][-1].end if bound[place] and bound[place][-1].end > cited.end else cited.end
            gap = passage.text[end : pin.start]
            close = passage.references.links.pin_after.fullmatch(gap) or re.fullmatch(
                r"\)?[,،，]?\s?", gap.removeprefix(".")
            )
            stopped = gap.startswith(".") and cited.kind is not CitationKind.IBID  # “Ibid., annex II”
            return place if close and not stopped and cited.kind in _OWNERS else None
    return None


def _pins_ahead(passage: Passage, citations: Sequence[Citation], pins: Sequence[Pin]) -> dict[int, int]:
    """Return the owners of the pins printed before them: «пункт 5 приложения к резолюции S-21/2»."""
    before = passage.references.links.pin_before
    owners: dict[int, int] = {}
    fronts = {cited.start: place for place, cited in enumerate(citations) if cited.kind in _OWNERS}
    for pin in reversed(pins):
        for front in sorted(start for start in fronts if pin.end <= start <= pin.end + _NEAR):
            gap = passage.text[pin.end : front]
            if before.fullmatch(gap) or gap == " ":
                owners[pin.start] = fronts[pin.start] = fronts[front]
                break
    return owners


def _owner_of_standing(passage: Passage, citations: Sequence[Citation], pin: Pin) -> int | None:
    """«…, в частности на ее главу X»: the text named last, or the instrument whose place that text is."""
    if pin.bare:
        return None
    before = [p for p, cited in enumerate(citations) if cited.end <= pin.start and cited.kind in _OWNERS and cited.id]
    if not before:
        return None
    owner = citations[before[-1]]
    if BREAK.search(passage.text, owner.end, pin.start) or not _is_particular(passage, owner.end, pin.start):
        return None
    if len(before) > 1 and owner.pin and _contains(passage, citations[before[-2]], owner):
        return before[-2]  # «… направления, содержащиеся в приложении к резолюции S-21/2, в частности раздел II.C»
    return before[-1]


def _is_particular(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a pin is said to be a part of what was named: “, in particular its chapter X”."""
    text = passage.text[start:end].casefold()
    return len(text) <= 60 and any(word in text for word in passage.references.particular)


def _contains(passage: Passage, instrument: Citation, resolution: Citation) -> bool:
    """Tell whether a resolution is named as the place of the instrument before it."""
    return (
        instrument.kind is CitationKind.INSTRUMENT
        and resolution.kind is CitationKind.RESOLUTION
        and resolution.start - instrument.end <= 60
        and not BREAK.search(passage.text, instrument.end, resolution.start)
    )
