"""Lists of numbers: «свои резолюции 49/127 от …, 50/123 от … и 52/189, а также решение 1995/313 …».

A head word opens a list. What kind of document, whose, carries to every further number until a new head or the end of
the sentence. In Chinese the head closes the list.
"""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.citing.names import Mention, Sort
from indexer.citing.numbers import Number, Whose, whose
from indexer.citing.passage import BREAK, Passage
from indexer.model import CitationKind
from indexer.symbols import FIRST_SLASH_SESSION

_JOINED = re.compile(r"\s?[、和及]\s?")
_SUBJECT = re.compile(r"[,،]\s(?:\w{2,3}\s|l['’])?")
FAR = 160  # characters between a head and its number, or between two numbers of a list, at the most
_WORDS_BETWEEN = re.compile(r"\W*(?:[^\W\d_]+\W{1,3}){0,3}")
_ORGANS = (Sort.ORGAN, Sort.COUNCIL, Sort.OTHER_ORGAN)


def give_heads(passage: Passage, numbers: list[Number]) -> None:
    """Settle for every number its head, kind, owner and organ, as far as the passage tells."""
    heads = passage.of_sort(Sort.HEAD)
    if passage.references.links.head_after:
        _heads_after(passage, numbers, heads)
    else:
        _heads_before(passage, numbers, heads)
    _share_organs(numbers)


def _heads_before(passage: Passage, numbers: list[Number], heads: tuple[Mention, ...]) -> None:
    text = passage.text
    previous: Number | None = None
    for number in numbers:
        floor = previous.tail if previous else 0
        head = next((h for h in reversed(heads) if floor <= h.start and h.end <= number.start), None)
        if head and not _apart(passage, head.end, number.start):
            _open_list(passage, number, head, floor)
        elif previous and previous.kind and not head and not _apart(passage, previous.tail, number.start):
            if _may_continue(passage, previous, number):
                number.head, number.kind, number.own = previous.head, previous.kind, previous.own
                number.listed = (
                    passage.references.links.joiner.fullmatch(text, previous.tail, number.start) is not None
                )
                if previous.whose and previous.whose.end <= previous.start:
                    number.whose = number.whose or previous.whose
        elif not head and previous is None and passage.setting.head and not text[: number.start].strip(" («“"):
            number.kind = passage.setting.head  # an entry of a list that the clause above opened
        previous = number


def _open_list(passage: Passage, number: Number, head: Mention, floor: int) -> None:
    """Make a number the first of a new list."""
    text, name = passage.text, head.names[0]
    own = next((m for m in reversed(passage.of_sort(Sort.OWN)) if floor <= m.start and m.end <= head.start), None)
    number.own = name.own or (own is not None and _owns(passage, own.end, head.start))
    number.head, number.kind = head, CitationKind(name.target)
    organs = passage.of_sort(*_ORGANS)
    inside = [m for m in organs if head.end <= m.start and m.end <= number.start]
    number.close = _bare_gap(text, head.end, number.start, inside)
    if inside and inside[0].start - head.end <= 12:
        number.whose = number.whose or whose(inside[-1], number)
    before = next((m for m in reversed(organs) if m.end <= head.start), None)
    if before and before.start >= floor and not text[before.end : head.start].strip():
        number.whose = number.whose or whose(before, number)
        number.opening = before.start  # “Security Council resolution”: the citation opens with the organ
    elif number.whose is None and before and not _breaks(passage, before.end, head.start):
        number.whose = _named_last(passage, number, before, own.start if own else head.start, floor)
    if number.whose is None and number.own:
        number.whose = _named_next(passage, number)


def _named_last(passage: Passage, number: Number, organ: Mention, marker: int, floor: int) -> Whose | None:
    """“the Human Rights Council, in its resolution 38/17”: its = the organ just named."""
    if number.own and number.match["y"] and passage.setting.body == "GA":
        return whose(organ, number, sure=False)  # the Assembly numbers none by the year: its = an organ named before
    if number.own and (organ.start < floor or marker - organ.end > 40 or organ.sort is Sort.OTHER_ORGAN):
        return None
    return whose(organ, number, sure=False)


def _named_next(passage: Passage, number: Number) -> Whose | None:
    """“in its resolution 51/18, the Human Rights Council decided”: its = the organ that follows as the subject."""
    organ = next((m for m in passage.of_sort(*_ORGANS) if m.start >= number.tail), None)
    if organ is None or not _SUBJECT.fullmatch(passage.text, number.tail, organ.start):
        return None
    heads = passage.of_sort(Sort.HEAD)
    if organ.sort is not Sort.ORGAN or any(0 <= head.start - organ.end <= 1 for head in heads):
        return None  # “its resolution 58/1, Human Rights Council resolution 16/21”
    return whose(organ, number, sure=False)


def _heads_after(passage: Passage, numbers: list[Number], heads: tuple[Mention, ...]) -> None:
    """Chinese: 安全理事会2000年10月31日第1325(2000)号决议, 其第49/127号和第50/123号决议."""
    previous: Number | None = None
    for place, number in enumerate(numbers):
        head = next((h for h in heads if h.start >= number.end), None)
        if head and not BREAK.search(passage.text, number.end, head.start):
            listed = [(n.start, n.end) for n in numbers[place + 1 :] if n.end <= head.start]
            rest = head.start - number.tail - sum(end - start for start, end in listed)
            if rest <= FAR * (len(listed) + 1):
                number.head, number.kind = head, CitationKind(head.target)
                number.close = passage.text[number.tail : head.start] in ("", passage.references.links.frame[1])
                number.listed = bool(listed)
        _owner_before(passage, number, previous)
        previous = number


def _owner_before(passage: Passage, number: Number, previous: Number | None) -> None:
    """Read the date and the organ that stand before a number."""
    text = passage.text
    floor = previous.tail if previous else 0
    frame = passage.references.links.date_before
    dates = [d for d in passage.dates if floor <= d.start and d.end <= number.start]
    before = passage.references.links.frame[0]
    opening = number.start - (len(before) if text[: number.start].endswith(before) else 0)
    if dates and frame and frame.fullmatch(text, dates[-1].end, number.start):
        number.dates = [dates[-1].iso]
        opening = dates[-1].start
    elif dates and passage.references.links.date_apart.fullmatch(_QUOTED.sub("", text[dates[-1].end : number.start])):
        number.dates = [dates[-1].iso]
    elif previous and not dates and _JOINED.fullmatch(text, previous.tail, number.start):
        number.dates = list(previous.dates)  # 2023年10月12日第54/18、54/22和54/33号决议
    organ = next((m for m in reversed(passage.of_sort(*_ORGANS)) if floor <= m.start and m.end <= opening), None)
    listed = previous is not None and (previous.head == number.head or _by_the_year(previous, number))
    own = next((m for m in reversed(passage.of_sort(Sort.OWN)) if floor <= m.start and m.end <= opening), None)
    number.opening = opening
    if organ and organ.end == opening:
        number.whose = whose(organ, number)
        number.opening = organ.start
    elif own and (not organ or organ.end <= own.start) and not BREAK.search(text, own.end, opening):
        number.own = True
        if organ and own.start - organ.end <= 8 and organ.sort is not Sort.OTHER_ORGAN:
            number.whose = whose(organ, number, sure=False)
    elif previous and listed and not organ and not BREAK.search(text, previous.tail, number.start):
        number.whose, number.own = previous.whose, previous.own
    elif organ and not re.search("[，；。]", _QUOTED.sub("", text[organ.end : opening])):
        number.whose = whose(organ, number, sure=False)
        beside = next((d for d in reversed(dates) if organ.start == d.end or organ.end == d.start), None)
        if not number.dates and beside:  # 2022年3月31日人权理事会关于…的第49/7号决议
            number.dates = [beside.iso]
            number.whose = whose(organ, number)


def _by_the_year(previous: Number, number: Number) -> bool:
    """Numbers by the year, one after the other, are of one organ: 第2009/1号决议，以及…第2013/1号决议."""
    return bool(previous.match["y"] and number.match["y"] and previous.whose)


def _share_organs(numbers: list[Number]) -> None:
    """Give an organ named after the last number of a list to the numbers before it that have none."""
    for later, earlier in pairwise(reversed(numbers)):
        same = earlier.head is not None and earlier.head == later.head
        named_after = later.whose is not None and later.whose.end > later.start
        if same and named_after and not earlier.own and (earlier.whose is None or not earlier.whose.sure):
            earlier.whose = later.whose


def _may_continue(passage: Passage, previous: Number, number: Number) -> bool:
    """Tell whether a number goes on with the list of the one before it."""
    gap = passage.text[previous.tail : number.start]
    if passage.references.links.joiner.fullmatch(gap):
        return not number.is_biennium or bool(previous.match["y"])
    if number.dates or number.match["sn"] or number.match["on"] or number.match["k"]:
        return True
    session = number.match["s"]
    return bool(session and int(session) >= FIRST_SLASH_SESSION and previous.match["s"])


_QUOTED = re.compile('[«“”"《][^«»“”"《》]*[»”“"》]')


def _apart(passage: Passage, start: int, end: int) -> bool:
    """Tell whether two places are too far apart for one list; titles in quotation marks between them do not count."""
    between = passage.text[start:end] if end - start <= FAR else _QUOTED.sub("", passage.text[start:end])
    return len(between) > FAR or _breaks(passage, start, end)


def _breaks(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two places; a list may go on after a semicolon: «; и 55/222»."""
    breaks = [found.end() for found in BREAK.finditer(passage.text, start, end)]
    if not breaks:
        return False
    rest = passage.text[breaks[-1] : end]
    return bool(rest.strip()) and not passage.references.links.joiner.fullmatch(rest)


def _owns(passage: Passage, start: int, end: int) -> bool:
    """Tell whether “its” at a place owns the head: “its relevant resolutions”, not “its thirty-first session …”."""
    between = passage.text[start:end]
    if any(start <= ordinal.start < end for ordinal in passage.of_sort(Sort.ORDINAL)):
        return False
    return len(between) <= 45 and not re.search(r"[,;:.،]", between) and bool(_WORDS_BETWEEN.fullmatch(between))


def _bare_gap(text: str, start: int, end: int, organs: list[Mention]) -> bool:
    rest = text[start:end] if not organs else text[start : organs[0].start] + text[organs[-1].end : end]
    return len(rest.strip()) <= (12 if organs else 0)
