"""Pins: places inside a text («глава X», “section II.C”, «приложение»).

A pin printed at its text (“paragraph 10 of resolution 1483 (2003)”, «резолюция 58/208, приложение») belongs to that
citation. One that stands apart («…, в частности на ее главу X») is a citation of its own, of the text named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer.citing.names import Sort
from indexer.citing.passage import BREAK, Passage, citation
from indexer.citing.tables import load_references
from indexer.model import Citation, CitationKind, LanguageCode

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
# 10, 10 (a), 3.5, II.C, II, A: after the noun and, where it is short for a word, its stop.
_VALUE = re.compile(
    r"\.?\s?(?P<value>\d{1,3}(?:\.\d{1,2})?(?:\s?\(?[a-z]\)|\s?[A-Z](?!\w))?"
    r"|[IVXLC]{1,6}(?:\.[A-Z](?!\w))?(?!\w)|[A-H](?![\w'’]))"
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A place, ``name`` as ``chapter X``, ``annex``, ``para 10``."""

    start: int
    end: int
    name: str
    bare: bool  # without a number


def find_pins(passage: Passage) -> tuple[Pin, ...]:
    """Return the pins of a passage, ascending."""
    bare = {form.name for form in passage.references.pins if form.bare}
    found = []
    for mention in passage.of_sort(Sort.PIN):
        value = _VALUE.match(passage.folded, mention.end)
        if value and value.start("value") > mention.end:
            found.append(Pin(mention.start, value.end(), f"{mention.target} {_plain(value['value'])}", False))
        elif mention.target in bare:
            found.append(Pin(mention.start, mention.end, mention.target, True))
    pattern = _inner_pattern(passage.lang)
    if pattern:
        for m in pattern.finditer(passage.text):
            form = passage.references.pins[int((m.lastgroup or "p0")[1:])]
            number = m[f"v{(m.lastgroup or 'p0')[1:]}"]
            found.append(
                Pin(m.start(), m.end(), f"{form.name} {_plain(number)}" if number else form.name, not number)
            )
    return tuple(found)


@cache
def _inner_pattern(lang: LanguageCode) -> re.Pattern[str] | None:
    """Chinese: the number stands inside the noun, 第10段."""
    forms = load_references(lang).pins
    inner = [
        f"(?P<p{place}>{form.pattern.replace('(?P<a>', f'(?P<v{place}>')})"
        for place, form in enumerate(forms)
        if form.pattern
    ]
    return re.compile("|".join(inner)) if inner else None


_CHINESE = dict(zip("一二三四五六七八九", range(1, 10), strict=True))


def _plain(value: str) -> str:
    """Write a pin's number in Latin letters and digits."""
    if value[0] in _CHINESE or value[0] == "十":
        tens, ten, ones = value.rpartition("十")
        number = (10 * (_CHINESE.get(tens, 1)) if ten else 0) + _CHINESE.get(ones, 0)
        return str(number)
    folded = value.translate(str.maketrans("АВСЕНІХ", "ABCEHIX"))
    return re.sub(r"\s?\(([a-z])\)", r" (\1)", folded)


def bind_pins(passage: Passage, citations: Sequence[Citation]) -> list[Citation]:
    """Return the citations with the pins printed at them, and the pins that stand apart as citations of their own."""
    pins = [pin for pin in find_pins(passage) if not any(c.start < pin.end and pin.start < c.end for c in citations)]
    if not pins or not citations:
        return list(citations)
    bound = {place: list[Pin]() for place in range(len(citations))}
    rest: list[Pin] = []
    for pin in pins:
        owner = _owner_before(passage, citations, bound, pin)
        if owner is None:
            owner = _owner_after(passage, citations, pin)
        if owner is None:
            rest.append(pin)
        else:
            bound[owner].append(pin)
    found = [
        replace(cited, pin=tuple(pin.name for pin in bound[place])) if bound[place] else cited
        for place, cited in enumerate(citations)
    ]
    for pin in rest:
        owner = _owner_of_standing(passage, found, pin)
        if owner is not None:
            owned = found[owner] = replace(found[owner], pin=(*found[owner].pin, pin.name))
            found.append(citation(passage, pin.start, pin.end, CitationKind.PIN, id=owned.id, pin=(pin.name,)))
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


def _owner_after(passage: Passage, citations: Sequence[Citation], pin: Pin) -> int | None:
    """«пункт 10 резолюции 1483 (2003)», «приложении к резолюции S-21/2»."""
    for place, cited in enumerate(citations):
        if cited.start >= pin.end:
            gap = passage.text[pin.end : cited.start]
            joined = passage.references.links.pin_before.fullmatch(gap) or (not gap.strip() and len(gap) == 1)
            return place if joined and cited.kind in _OWNERS else None
    return None


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
