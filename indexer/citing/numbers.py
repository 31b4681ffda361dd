"""Numbers of resolutions and decisions, each with its part letters and what is printed after it.

``57/270 B``, ``49/222 A and B of 23 December 1994 and 20 July 1995``, ``1325 (2000) Совета Безопасности``. Whether a
number is a resolution at all, and whose, is settled by `indexer.citing.lists`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from indexer.citing.names import Mention, Sort
from indexer.citing.passage import RANGE, Passage
from indexer.citing.pins import Pin
from indexer.citing.tables import load_references
from indexer.model import Body, CitationKind, LanguageCode

# A part letter ends where no letter of a spaced script follows: «57/283 B号决议», but not «58/208 Avec».
_NO_LETTER = r"(?![A-Za-z\u00c0-\u024f\u0400-\u04ff\u0620-\u06d3'’])"


@dataclass(frozen=True, slots=True)
class Whose:
    """The organ that adopted a numbered text: one of the bodies of the corpus, or another (`body` None).

    ``sure`` when its name stands at the number or the head; else it is only the organ named last in the sentence.
    ``named`` when a table lists it, not only a noun like «комиссия». ``end`` is where the name ends.
    """

    body: Body | None
    end: int
    sure: bool = True
    named: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part letter, or the letters of a range: ``ABCDE`` for «A–E»."""

    letters: str
    start: int
    end: int


@dataclass(slots=True)
class Number:
    """One number in the making. ``end`` takes in the first part letter, ``tail`` all that belongs to the number."""

    start: int
    end: int
    match: re.Match[str]
    parts: list[Part]
    tail: int
    dates: list[str] = field(default_factory=list)
    whose: Whose | None = None
    head: Mention | None = None
    kind: CitationKind | None = None
    own: bool = False
    close: bool = False  # nothing but the organ between head and number
    listed: bool = False  # joined to the number before it
    opening: int | None = None  # where the organ or the date before the number starts

    @property
    def letters(self) -> str:
        """All its part letters."""
        return "".join(part.letters for part in self.parts)

    @property
    def is_biennium(self) -> bool:
        """Whether the number may be a financial period: 2020/21."""
        return bool(self.match["y"]) and int(self.match["yn"]) == (int(self.match["y"]) + 1) % 100


@cache
def _number_pattern(lang: LanguageCode) -> re.Pattern[str]:
    references = load_references(lang)
    letters = references.symbol_sessions
    special, emergency = letters.get("special"), letters.get("emergency")
    part = _part_pattern(lang)
    prefixes = "|".join(filter(None, ["E?S", emergency, special]))
    old = "|".join(filter(None, [emergency, special, letters.get("regular")]))
    numeral = letters.get("numeral", r"\d{1,2}")
    local_old = rf"|(?P<oa>{old})[ -]{{0,2}}(?P<od>{numeral})" if old else ""
    digits = letters.get("digit", r"\d")
    # A decimal or a longer chain is no number of ours; a date without a preposition may follow: «71/90 30 июня».
    after = r"(?![/\d]|\ [/\d](?!\d?\ [^\W\d_])|[.,]\d{1,2}(?![\d/])|[.,]\d{3}(?!/))"
    return re.compile(
        rf"""
        (?<![\d/.\-])(?:
            (?:(?P<k>{prefixes})\ ?-\ ?)?(?P<s>\d{{1,3}})\ ?/\ ?(?P<n>[1-9]\d{{0,2}}){after}
          | (?P<y>19[4-9]\d|20\d\d)\ ?/\ ?(?P<yn>[1-9]\d{{0,2}})(?!\ ?[/\d]|[.,]\d)
          | (?P<sn>\d{{1,4}})\s?\((?P<sy>[12]\d{{3}})[()]
          | (?P<on>{digits}{{1,4}})\s?(?:(?P<op>{part})\s?)?\((?:(?:(?P<ok>E?S)-)?(?P<r>[IVXLC]+){local_old})\)
          | (?P<bare>\d{{3,4}})(?!\d|\s?[(/-]|[.,]\d)
        )
        """,
        re.X,
    )


@cache
def _part_pattern(lang: LanguageCode) -> str:
    letters = load_references(lang).parts
    return f"(?:[A-Z]|{'|'.join(letters)})" if letters else "[A-Z]"


@cache
def _parts_pattern(lang: LanguageCode) -> tuple[re.Pattern[str], re.Pattern[str]]:
    part, joiner = _part_pattern(lang), load_references(lang).links.part_joiner
    return (
        re.compile(rf"\s?(?P<part>{part}){_NO_LETTER}"),
        re.compile(rf"(?P<joiner>{joiner})(?P<part>{part}){_NO_LETTER}(?!/)"),
    )


def read_numbers(passage: Passage, taken: list[tuple[int, int]], pins: Sequence[Pin]) -> list[Number]:
    """Return the numbers of a passage outside the spans already taken by full symbols, with their tails."""
    folded, text = passage.folded, passage.text
    heads = {mention.end for mention in passage.of_sort(Sort.HEAD)}
    places = {pin.start: pin.end for pin in pins}
    numbers: list[Number] = []
    for m in _number_pattern(passage.lang).finditer(folded):
        start, end = m.span()
        before = text[start - 1 : start]
        if _inside(start, end, taken) or (start not in heads and before.isascii() and before.isalpha()):
            continue  # 64/16 of WHA64/16
        if not m["sn"] and start - 1 not in heads and _ACRONYM.search(folded, max(0, start - 8), start):
            continue
        if m["bare"] and not _may_be_bare(passage, m, numbers):
            continue
        parts = _parts(passage, end) if not (m["sn"] or m["op"] or m["bare"]) else []
        tail = parts[-1].end if parts else end
        numbers.append(Number(start, parts[0].end if parts else end, m, parts, tail))
        _read_tail(passage, numbers[-1], places)
    _share_dates(passage, numbers)
    return numbers


# Another body's series: “advisory opinion OC 21/14”, “document LC 45/18”, Assembly/AU/Decl. 8 (XXXII).
_ACRONYM = re.compile(r"(?:(?<![A-Za-z])[A-Z]{2,5}|/[A-Z][a-z]+\.)\s?$")


def _may_be_bare(passage: Passage, m: re.Match[str], numbers: list[Number]) -> bool:
    """Tell whether a number alone stands where a resolution is named: “resolutions 2250 and 2419”."""
    text, links = passage.text, passage.references.links
    start, end = m.span()
    if links.year.match(text, end):
        return False  # «резолюции 2020 года»
    if links.head_after:
        return text[:start].endswith(links.frame[0]) and text.startswith(links.frame[1], end)
    heads = passage.of_sort(Sort.HEAD)
    if any(head.end == start - 1 and head.target == CitationKind.RESOLUTION for head in heads):
        return True
    previous = numbers[-1] if numbers else None
    return bool(previous and previous.match["bare"] and links.joiner.fullmatch(text, previous.end, start))


def _parts(passage: Passage, at: int) -> list[Part]:
    """Return the part letters printed from an offset on; the letters of a range (A–E) are one part."""
    first, further = _parts_pattern(passage.lang)
    letters = passage.references.parts
    parts: list[Part] = []
    m = first.match(passage.folded, at)
    while m:
        letter = letters.get(m["part"], m["part"])
        previous = parts[-1] if parts else None
        if previous and previous.letters < letter and RANGE.fullmatch(m["joiner"]):
            between = map(chr, range(ord(previous.letters[-1]) + 1, ord(letter) + 1))
            parts[-1] = Part(previous.letters + "".join(between), previous.start, m.end("part"))
        else:
            parts.append(Part(letter, m.start("part"), m.end("part")))
        m = further.match(passage.folded, m.end())
    return parts


def _read_tail(passage: Passage, number: Number, pins: dict[int, int]) -> None:
    """Take in what stands after the number and belongs to it: organ, places (``pins``), dates, in any order."""
    links, text = passage.references.links, passage.text
    at = number.tail
    while True:
        pin = links.pin_after.match(text, at)
        if pin and pin.end() in pins:
            at = pins[pin.end()]
            while (more := links.joiner.match(text, at)) and more.end() in pins:
                at = pins[more.end()]
        organ = None if number.whose else _organ_after(passage, at)
        if organ:
            number.whose = whose(organ, number)
            at = number.tail = organ.end
            continue
        place = None if number.dates else _date_after(passage, at)
        if place is None:
            return
        at = number.tail = _take_dates(passage, number, place)


def _take_dates(passage: Passage, number: Number, place: int) -> int:
    """Give a number the date at a place, and its further parts the dates joined to it; return where they end."""
    date = passage.dates[place]
    number.dates.append(date.iso)
    for following in passage.dates[place + 1 : place + len(number.letters)]:  # parts pair with dates in order
        if not passage.references.links.joiner.fullmatch(passage.text, date.end, following.start):
            break
        date = following
        number.dates.append(date.iso)
    return date.end


def _share_dates(passage: Passage, numbers: list[Number]) -> None:
    """Pair numbers with dates in order: «237 (1967) et 259 (1968), des 14 juin 1967 et 27 septembre 1968»."""
    by_end = {date.end: place for place, date in enumerate(passage.dates)}
    joiner = passage.references.links.joiner
    for last, number in enumerate(numbers):
        place = by_end.get(number.tail)
        if place is None or len(number.dates) != 1:
            continue
        undated = 0
        while undated < last and not numbers[last - undated - 1].dates:
            undated += 1
        dates = [passage.dates[place]]
        for following in passage.dates[place + 1 : place + 1 + undated]:
            if not joiner.fullmatch(passage.text, dates[-1].end, following.start):
                break
            dates.append(following)
        if len(dates) > 1:
            for dated, date in zip(numbers[last + 1 - len(dates) : last + 1], dates, strict=True):
                dated.dates = [date.iso]
            number.tail = dates[-1].end


def _organ_after(passage: Passage, at: int) -> Mention | None:
    link = passage.references.links.organ.match(passage.text, at)
    if not link:
        return None
    return passage.organ_at.get(link.end())


def _date_after(passage: Passage, at: int) -> int | None:
    link = passage.references.links.date.match(passage.text, at)
    return passage.date_at.get(link.end()) if link else None


_ORGAN_BODIES: dict[str, Body] = {"A": "GA", "S": "SC", "E": "ECOSOC", "HRC": "HRC", "CHR": "CHR"}


def whose(organ: Mention, number: Number, *, sure: bool = True) -> Whose:
    """Return the organ of a mention; of «Совет» alone the shape of the number tells which council it is."""
    if organ.sort is Sort.COUNCIL:
        body: Body = "SC" if number.match["sn"] else "ECOSOC" if number.match["y"] or number.match["on"] else "HRC"
        return Whose(body, organ.end, sure)
    return Whose(_ORGAN_BODIES.get(organ.target), organ.end, sure, named=organ.sort is Sort.ORGAN)


def _inside(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in taken)
