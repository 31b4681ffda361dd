"""Footnote marks inside running text.

A mark is a bare number in one of many shapes: ``развитию1 ,``, ``развитии 2 ,``, ``человека 7  и``, ``peace,1``,
``докладе⁴``, ``الإنسان(1)``, ``мира[3]``. Numbers of other meaning stand everywhere (``статья 2``, ``2006 году``),
so a mark is looked for only on the page whose note block defines its number, and in the order of the notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

from indexer.model import LANGUAGES
from indexer.reading.lines import is_cjk
from indexer.text.dates import find_dates

LINE_BREAK: Final = "\u2028"
"""Stands in joined text for a line break that a language without spaces leaves no trace of."""

_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "[]")
# What a Chinese figure before it counts: «11月», «30个».
_COUNTED: Final = "年月日号段条款次届章项个名位种级期周岁天时分秒点国人米公亿万千百倍多%"
# A number that goes on is no mark: "3 248 400", "12" | ".6%", "1" | "日" over a line break.
_GOES_ON: Final = rf"(?!\s\d{{3}}(?!\d))(?![{LINE_BREAK}\n]?[.,]\d)(?!{LINE_BREAK}?[{_COUNTED}])"
_STOP: Final = rf"{_GOES_ON}(?=[\s,.;:!?)\]»”،؛，。；：、）》」]|$)"
_CLOSING: Final = r"[»”“\"’')\]،؛,.;:，。；：、）》」%]"
# "Add.2", "Dec.9", "C.3": a number behind the stop of a document symbol is part of it.
_SYMBOL_PART: Final = re.compile(r"(?<![^\W\d_])(?:(?i:Add|Amend|Corr|Dec|Res|Rev|Nos?)|[A-ZА-Я])\.$")
# Words that own the number after them: a free-standing "2" behind them is no mark.
_OWNER: Final = re.compile(
    r"(?:№|No\.?|n[°ºo]\.?|núm\.?|стать[а-я]+|пункт[а-я]*|глав[а-я]+|подпункт[а-я]*|раздел[а-я]*|цел[а-я]{1,3}|задач[а-я]+"
    r"|articles?|art\.|paragraphs?|paras?\.?|chap\.?|chapters?|sections?|goals?|targets?|párrafos?|artículos?|capítulos?"
    r"|secciones|sección|objetivos?|metas?|paragraphes?|chapitres?|objectifs?|cibles?"
    r"|المادة|الفقرة|الهدف|الغاية|الفصل|رقم|第|目标)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark found at ``text[start:end]`` of paragraph ``paragraph``."""

    number: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a paragraph that lies on one page."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to print a mark: the pattern with the number in group ``mark``, and how sure the shape is."""

    name: str
    pattern: Callable[[str], str]
    weight: float


def _superscript(n: str) -> str:
    return rf"(?P<mark>(?<![⁰¹²³⁴-⁹]){n.translate(_SUPERSCRIPTS)})(?![⁰¹²³⁴-⁹])"


def _bracketed(n: str) -> str:
    return rf"(?P<mark>\s?(?:\[{n}\]|\({n}\)))"


def _slashed(n: str) -> str:
    return rf"(?<![\d/])(?P<mark>\s?{n}/){_STOP}"


def _on_letter(n: str) -> str:
    return rf"(?<=[^\W\d_\u3400-\u9fff])(?P<mark>{n}){_STOP}"


def _on_ideograph(n: str) -> str:
    # Chinese prints figures without a space too, but before a stop only where they head something: «行动9.»
    return rf"(?<=[\u3400-\u9fff])(?P<mark>{n}){_GOES_ON}(?=[\s，。；：、）》」”]|$)"


def _in_word(n: str) -> str:
    return rf"(?<=[a-zà-ÿа-яё])(?P<mark>{n})(?=[a-zà-ÿа-яё])"


def _before_word(n: str) -> str:
    return rf"(?<=[,.;])(?P<mark>{n})(?=[a-zà-ÿа-яё])"


def _on_chinese_closing(n: str) -> str:
    return rf"(?<=[，。；：、）》」])(?P<mark>\s?{n})(?!\d){_GOES_ON}"


def _between_ideographs(n: str) -> str:
    return rf"(?<=[\u3400-\u9fff])(?P<mark>{n})(?=[\u3400-\u9fff])(?![{_COUNTED}余至和或])"


def _on_closing(n: str) -> str:
    return rf"(?<={_CLOSING})(?<!\d[,.])(?P<mark>{n}){_STOP}"


def _on_comma_of_year(n: str) -> str:
    return rf"(?:(?<=(?:19|20)\d\d[,.])|(?<=/\d\d\d[,.])|(?<=/\d\d[,.]))(?P<mark>{n}){_STOP}"


def _on_comma_of_number(n: str) -> str:
    return rf"(?<=\d,)(?P<mark>\s?{n}){_STOP}"


def _free_before_stop(n: str) -> str:
    return rf"(?<=\S)(?P<mark>\s{n}){_GOES_ON}(?=\s?\s[,.;:،؛]|[,.;:،؛]|\s\s|\s?{LINE_BREAK})"


def _free_wide(n: str) -> str:
    return rf"(?<=\S)(?P<mark>\s\s{n}){_STOP}"


def _free_at_line_end(n: str) -> str:
    return rf"(?<=\S)(?P<mark>\s{n})(?=\n)"


def _free(n: str) -> str:
    return rf"(?<=\S)(?P<mark>\s{n}){_STOP}"


def _on_number(n: str) -> str:
    return rf"(?<=\d)(?P<mark>{n})(?!(?<=19\d\d)|(?<=20\d\d)){_STOP}"


def _on_symbol(n: str) -> str:
    return rf"(?<=\d/)(?:\d{{1,2}})(?P<mark>{n}){_STOP}"


def _on_year(n: str) -> str:
    return rf"(?<=(?:19|20)\d\d)(?<!\d\d\d\d\d)(?P<mark>{n}){_STOP}"


def _on_long_number(n: str) -> str:
    # No session has a thousand resolutions: in "59/3009" the last figure is a mark
    return rf"(?<=/\d{{3}})(?P<mark>{n}){_STOP}"


def _free_on_closing(n: str) -> str:
    return rf"(?<={_CLOSING})(?<!\d[,.])(?P<mark>\s{{1,2}}{n})(?=\s|$)"


# The surest shape first. A free-standing number is the weakest: it may belong to the words around it.
SHAPES: Final = (
    Shape("superscript", _superscript, 12),
    Shape("bracketed", _bracketed, 9),
    Shape("slashed", _slashed, 8),
    Shape("on-letter", _on_letter, 7),
    Shape("on-ideograph", _on_ideograph, 6.5),
    Shape("on-year", _on_year, 6.2),
    Shape("on-closing", _on_closing, 6),
    Shape("on-long-number", _on_long_number, 5.5),
    Shape("on-chinese-closing", _on_chinese_closing, 5),
    Shape("free-on-closing", _free_on_closing, 4.5),
    Shape("free-before-stop", _free_before_stop, 4),
    Shape("free-wide", _free_wide, 4),
    Shape("in-word", _in_word, 3),
    Shape("between-ideographs", _between_ideographs, 3),
    Shape("before-word", _before_word, 3),
    Shape("on-comma-of-year", _on_comma_of_year, 2.5),
    Shape("free-at-line-end", _free_at_line_end, 2),
    Shape("on-comma-of-number", _on_comma_of_number, 0.8),
    Shape("free", _free, 0.7),
    Shape("on-symbol", _on_symbol, 0.65),
    Shape("on-number", _on_number, 0.6),
)
_FREE_WEIGHT: Final = 4.5  # free-standing shapes weigh this at most
_BARE_WEIGHT: Final = 7  # and these are plain figures without brackets: «на заседании9 июля 2021 года»
_BARE_SYMBOL_WEIGHT: Final = 3.5
_SYMBOL_BEFORE: Final = re.compile(r"(?<![\d/])(?:S-)?\d{1,3}/\d{1,2}$")
# Shapes up to this weight count only where they occur once between the marks of the notes before and after
_SOLE_WEIGHT: Final = 0.8
# "2 December 2008", "5 de julio de 2024", "3 июля 1998 года": the number may be a day.
_DAY: Final = re.compile(r"\s+(?:de\s+)?[^\W\d_]+(?:/[^\W\d_]+)?\.?\s+(?:de\s+)?\d{4}")

# Shapes that are marks even where no note block defines them, because nothing else is printed so: a Cyrillic or
# Arabic word with a number at its end, a number behind "(2001)" or "(XX)" («в резолюции 1373 (2001)2 и в докладе4»),
# superscripts and square brackets.
_UNDEFINED: Final = re.compile(
    rf"(?:(?<=[а-яё]{{3}})|(?<=[\u0620-\u064a]{{3}})|(?<=\((?:19|20)\d\d\))|(?<=[IVXL]\)))"
    rf"[1-9]\d?{_STOP}|[¹²³⁴-⁹][⁰¹²³⁴-⁹]?(?![⁰¹²³⁴-⁹])|(?<=\S)\[[1-9]\d?\]"
)


@cache
def _patterns(number: int) -> tuple[tuple[re.Pattern[str], Shape], ...]:
    return tuple((re.compile(shape.pattern(str(number))), shape) for shape in SHAPES)


@dataclass(frozen=True, slots=True)
class _Candidate:
    mark: Mark
    weight: float

    @property
    def place(self) -> tuple[int, int]:
        return self.mark.paragraph, self.mark.start


def _candidates(texts: Sequence[str], stretches: Sequence[Stretch], number: int) -> Iterator[_Candidate]:
    taken: set[tuple[int, int]] = set()
    for pattern, shape in _patterns(number):
        for stretch in stretches:
            text = texts[stretch.paragraph]
            for match in pattern.finditer(text, 0, min(len(text), stretch.end + 1)):
                start, end = match.span("mark")
                # A mark that heads a page has the line break before it in the stretch of the page above
                if (
                    stretch.start < end <= stretch.end + 1
                    and start < stretch.end
                    and (stretch.paragraph, end) not in taken
                ):
                    taken.add((stretch.paragraph, end))
                    if not _is_owned(text, start, end, shape):
                        printed_bare = shape.pattern is _on_symbol and _stands_bare(texts, text, start, end)
                        weight = _BARE_SYMBOL_WEIGHT if printed_bare else shape.weight
                        yield _Candidate(Mark(number, stretch.paragraph, start, end), weight)


def _stands_bare(texts: Sequence[str], text: str, start: int, end: int) -> bool:
    """Whether the number of a resolution stands elsewhere without what may be a mark: ``78/25`` beside ``78/251``."""
    symbol = _SYMBOL_BEFORE.search(text, max(0, start - 12), start)
    if symbol is None:
        return False
    bare = re.compile(rf"(?<![\d/]){re.escape(symbol[0])}(?!\d)")
    whole = re.compile(rf"(?<![\d/]){re.escape(symbol[0] + text[start:end])}(?!\d)")
    return any(bare.search(t) for t in texts) and sum(len(whole.findall(t)) for t in texts) == 1


def _is_owned(text: str, start: int, end: int, shape: Shape) -> bool:
    """Whether the words around a number make it theirs: ``Add.2``, and unless it is a sure mark ``пункт 2``."""
    if _SYMBOL_PART.search(text[max(0, start - 6) : start]):
        return True
    if shape.weight <= _BARE_WEIGHT and _is_day(text, start, end):
        return True
    return shape.weight <= _FREE_WEIGHT and bool(_OWNER.search(text[max(0, start - 16) : start]))


def _is_day(text: str, start: int, end: int) -> bool:
    """Whether a date starts with the number, in any language: the language of the text is not known yet."""
    following = _DAY.match(text, end)
    if not following:
        return False
    window = text[start : following.end()].lstrip()
    return any(span.start == 0 for lang in LANGUAGES for span in find_dates(window, lang))


def find_marks(texts: Sequence[str], stretches: Sequence[Stretch], numbers: Sequence[int]) -> list[Mark]:
    """Return the marks of one page, in order.

    ``stretches`` are the parts of ``texts`` on the page, ``numbers`` the notes that its block defines. Of all
    ways to give each note at most one mark, in the order of the notes, the one with the surest shapes is taken.
    """
    best: list[tuple[tuple[int, int], float, tuple[Mark, ...]]] = [((-1, -1), 0.0, ())]
    weak: dict[int, list[_Candidate]] = {}
    for number in numbers:
        grown = list(best)
        for candidate in _candidates(texts, stretches, number):
            if candidate.weight <= _SOLE_WEIGHT:
                weak.setdefault(number, []).append(candidate)
                continue
            base = max((b for b in best if b[0] < candidate.place), key=lambda b: b[1])
            grown.append((candidate.place, base[1] + candidate.weight, (*base[2], candidate.mark)))
        best = _undominated(grown)
    found = {mark.number: mark for mark in max(best, key=lambda b: b[1])[2]}
    for number in numbers:
        if number not in found and (mark := _sole(weak.get(number, []), number, found)):
            found[number] = mark
    return sorted(found.values(), key=lambda mark: (mark.paragraph, mark.start))


def _sole(candidates: Sequence[_Candidate], number: int, found: Mapping[int, Mark]) -> Mark | None:
    """The candidate whose shape is the surest that occurs once between the marks of the notes before and after."""
    before = max(((m.paragraph, m.end) for n, m in found.items() if n < number), default=(-1, -1))
    after = min(((m.paragraph, m.start) for n, m in found.items() if n > number), default=None)
    between = [c for c in candidates if before <= c.place and (after is None or c.place < after)]
    for weight in sorted({c.weight for c in between}, reverse=True):
        alike = [c for c in between if c.weight == weight]
        if len(alike) == 1:
            return alike[0].mark
    return None


def _undominated(
    chains: list[tuple[tuple[int, int], float, tuple[Mark, ...]]],
) -> list[tuple[tuple[int, int], float, tuple[Mark, ...]]]:
    """Drop chains that end later than another without weighing more."""
    kept: list[tuple[tuple[int, int], float, tuple[Mark, ...]]] = []
    for chain in sorted(chains, key=lambda c: (c[0], -c[1])):
        if not kept or chain[1] > kept[-1][1]:
            kept.append(chain)
    return kept


def find_star(texts: Sequence[str], stretches: Sequence[Stretch], number: int, stars: str) -> Mark | None:
    """Return the mark of the note printed under ``stars`` (``*``, ``**``), the first such sign behind a word."""
    pattern = re.compile(rf"(?<=[^\s*])\s?{re.escape(stars)}(?![*\w])")
    for stretch in stretches:
        match = pattern.search(texts[stretch.paragraph], stretch.start, stretch.end)
        if match:
            return Mark(number, stretch.paragraph, *match.span())
    return None


def find_undefined_marks(texts: Sequence[str], known: Sequence[Mark]) -> list[Mark]:
    """Return marks of sure shapes that no note block defines, between their neighbours in number."""
    ordered = sorted(known, key=lambda mark: (mark.paragraph, mark.start))
    places = [(mark.paragraph, mark.start) for mark in ordered]
    highest_before = [0, *accumulate((mark.number for mark in ordered), max)]
    lowest_after = [*accumulate((mark.number for mark in reversed(ordered)), min)][::-1]
    taken = {(mark.paragraph, mark.end) for mark in known}
    found: list[Mark] = []
    highest_found = 0
    for paragraph, text in enumerate(texts):
        for match in _UNDEFINED.finditer(text):
            number = int(match[0].translate(_PLAIN_DIGITS))
            at = bisect_left(places, (paragraph, match.start()))
            lowest = lowest_after[at] if at < len(lowest_after) else number
            in_order = number > 0 and max(highest_before[at], highest_found) <= number <= lowest
            if in_order and (paragraph, match.end()) not in taken and not _is_day(text, *match.span()):
                found.append(Mark(number, paragraph, match.start(), match.end()))
                highest_found = number
    return found


def lift(text: str, marks: Sequence[Mark]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without the marks, single-spaced, and each mark as (number, offset).

    The gap that a mark leaves before punctuation is closed (``развитию1 ,`` → ``развитию,``), and so is one
    between two Chinese characters.
    """
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length, position = 0, 0

    def put(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    lifted = False  # a mark stood here and nothing was printed since
    pending = False  # a space is due before the next character
    cuts = sorted(marks, key=lambda mark: mark.start)
    for cut in (*cuts, None):
        for char in text[position : cut.start if cut else len(text)]:
            if char == LINE_BREAK:
                pending = pending and not lifted
            elif char.isspace():
                pending = length > 0
            else:
                if pending and not (lifted and _closes_gap(pieces[-1] if pieces else "", char)):
                    put(" ")
                put(char)
                lifted = pending = False
        if cut:
            offsets.append((cut.number, length))
            lifted, position = True, cut.end
    return "".join(pieces), offsets


def _closes_gap(before: str, after: str) -> bool:
    return after in ",.;:)]،؛，。；：、）！？" or (is_cjk(after) and is_cjk(before))
