"""Lines to paragraphs: where a paragraph starts, and what joins its lines.

Whether the first lines of a page go on with the paragraph of the page before is the one hard question. Each test is a
small function that answers, or passes the question on.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from indexer.reading.lines import Line, is_cjk
from indexer.reading.marks import LINE_BREAK

_NUMBERED: Final = re.compile(r"(\d{1,3}) *(?:\.(?!\d)|[-–](?= |$))")
_LETTERED: Final = re.compile(r"\(?[^\W\d_]{1,4}\) ?|\(?[㈠-㈩]{1,3}\)? ?|[’‘']\d{1,2}[’‘'] ?|[•–—▪●-] ")
_ENDNOTE: Final = re.compile(r"\[\d{1,3}\] ")
_TERMINAL: Final = re.compile(r"[.,;:!?…。，；：！？،؛؟][»”\"’')\]）”]*$")
_COMMA: Final = re.compile(r"[,，،][»”\"’')\]）”]*$")
_FULL_STOP: Final = re.compile(r"[.;:。；：؛][»”\"’')\]）”]*$")
# A footnote mark behind the last stop of a line: "… in society, 13", "… 30 June 2024; 3"
_LAST_MARK: Final = re.compile(
    r"(?<=[,;.:،؛，。；：»”\"’')\]])\s?(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|\(\d{1,3}\)|\[\d{1,3}\])$"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HYPHENED: Final = re.compile(r"[^\W_]-$")

_INDENTED_SHARE: Final = 0.7  # of the first lines after a blank one, to take indents for paragraph starts
_STRAY_SHARE: Final = 0.4  # of the other lines, at most (each page opens with one), to take indents seriously
_EARLY_QUANTILE: Final = 0.04  # lines end early by accident too: ragged setting, joined short lines
_FEW_PAIRS: Final = 8  # lines to learn from; fewer teach nothing
_WRAPPED_SHARE: Final = 0.6  # of the usual width: shorter lines did not end for want of room
_ONE_LINE_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its paragraphs, learned from its own lines."""

    indented: bool  # an indent opens a paragraph, or a page
    spaced: bool  # blank lines stand between paragraphs, so that an indent without one opens a page
    one_line: bool  # every line is a paragraph: no wrapped lines
    fill: float  # a line of a paragraph fills the width so far that the next word would end beyond this
    openers: frozenset[str]  # words that paragraphs open with
    capitals: bool  # paragraphs open with a capital


def learn_layout(lines: Sequence[Line], skipped: Iterable[int]) -> Layout:
    """Learn the layout from all lines but the skipped ones (furniture, notes)."""
    aside = set(skipped)
    firsts: list[Line] = []
    pairs: list[tuple[Line, Line]] = []
    last = -1  # the line printed before, if it is text: behind a page break nothing can be learned
    for index, line in enumerate(lines):
        if index in aside:
            last = -1
        elif not line.blank:
            if last == index - 1 and index:
                pairs.append((lines[last], line))
            elif last >= 0 or not firsts:
                firsts.append(line)
            last = index
    indents = sum(line.indent > 0 for line in firsts)
    strays = sum(line.indent > 0 for _, line in pairs)
    indented = len(firsts) >= 3 and indents >= _INDENTED_SHARE * len(firsts) and strays <= _STRAY_SHARE * len(pairs)
    ended = sum(bool(_TERMINAL.search(first.text)) for first, _ in pairs)
    words = Counter(word for line in firsts if (word := _first_word(line.text)))
    letters = [
        line.text[0] for line in firsts if line.text[0].isalpha() and line.text[0].lower() != line.text[0].upper()
    ]
    return Layout(
        indented=indented,
        spaced=len(firsts) > strays,
        one_line=len(pairs) >= 3 and ended >= _ONE_LINE_SHARE * len(pairs),
        fill=_fill([pair for pair in pairs if not (indented and pair[1].indent)]),
        openers=frozenset(word for word in words if len(word) > 1),  # one letter counts a list
        capitals=sum(letter.isupper() for letter in letters) > 0.6 * len(letters),
    )


def _fill(pairs: Sequence[tuple[Line, Line]]) -> float:
    """How far lines reach at least with the first word of the next one, where a paragraph was wrapped."""
    if len(pairs) < _FEW_PAIRS:
        return 0.0
    widths = sorted(width(first.text) for first, _ in pairs)
    wrapped = widths[int(len(widths) * 0.9)] * _WRAPPED_SHARE
    reaches = sorted(_reach(first, second) for first, second in pairs if width(first.text) >= wrapped)
    return reaches[int(len(reaches) * _EARLY_QUANTILE)]


def _reach(line: Line, following: Line) -> int:
    """How wide the line would be with the first word of the next one."""
    space = 0 if line.hyphenated or line.text.endswith("-") or is_cjk(following.text[0]) else 1
    return line.indent + width(line.text) + space + width(_first_atom(following.text))


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """The printed width: Chinese characters take two columns, runs of spaces one."""
    squeezed = " ".join(text.split())
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in squeezed)


def _first_atom(text: str) -> str:
    """What the line above could not hold: a Chinese character, else the first word, with a number before it.

    Printers keep “30 November” and «2 июля» on one line.
    """
    if is_cjk(text[0]):
        return text[0]
    match = re.match(r"(?:\d{1,4} )?[^\s\u3000-\u9fff\uff00-\uffef]+", text)
    return match[0] if match else text[0]


def _first_word(text: str) -> str:
    if is_cjk(text[0]):
        return text[:2]
    match = _WORD.match(text)
    return match[0].lower() if match else ""


def starts_numbered(line: Line) -> bool:
    """Whether the line opens with a paragraph number or a list letter."""
    return bool(_NUMBERED.match(line.text) or _LETTERED.match(line.text))


def is_bare_number(line: Line) -> bool:
    """Whether nothing but a number or letter stands on the line: extractors put ``1.`` above its paragraph."""
    match = _NUMBERED.match(line.text) or _LETTERED.match(line.text)
    return match is not None and not line.text[match.end() :].strip()


def paragraph_number(line: Line) -> int | None:
    """The paragraph number at the head of a line."""
    match = _NUMBERED.match(line.text)
    return int(match[1]) if match else None


# ---------------------------------------------------------------- inside a page


def opens_page(line: Line, layout: Layout) -> bool:
    """Whether an indent right under another line shows that the page turned there and left no other trace."""
    return layout.indented and layout.spaced and line.indent > 0


def opens_paragraph(previous: Line, line: Line, layout: Layout) -> bool:
    """Whether ``line``, printed directly under ``previous``, opens a paragraph of its own."""
    if layout.one_line or (layout.indented and line.indent > 0) or _ended_early(previous, line, layout):
        return True
    heads = starts_numbered(line) or _ENDNOTE.match(line.text)
    return bool(heads and _TERMINAL.search(previous.text)) and not is_bare_number(previous)


def _ended_early(previous: Line, line: Line, layout: Layout) -> bool:
    """A full stop in a line that had room for the next word: a heading follows without a blank line."""
    stopped = _FULL_STOP.search(previous.text) and not line.text[0].islower()
    return bool(stopped) and not is_bare_number(previous) and _reach(previous, line) < layout.fill


# ---------------------------------------------------------------- over a page break


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The last line of a page and the first of the next, with the paragraphs that they belong to."""

    opening: Line  # the first line of the paragraph that may go on
    last: Line
    first: Line
    number: int  # the number of the last numbered paragraph, 0 before the first
    ending: Line | None  # the last line of what starts with `first`, if a blank line ends it
    layout: Layout

    @property
    def end(self) -> str:
        """The text of the last line without a footnote mark at its end."""
        return _LAST_MARK.sub("", self.last.text)


def goes_on_after_hyphen(turn: PageTurn) -> bool | None:
    """``трудящихся-`` | ``мигрантов``."""
    return True if turn.last.hyphenated or _HYPHENED.search(turn.last.text) else None


def stops_before_number(turn: PageTurn) -> bool | None:
    """``…участие;`` | ``10. просит`` and ``… том, что:`` | ``а) цель``."""
    return False if starts_numbered(turn.first) and _TERMINAL.search(turn.end) else None


def stops_before_next_number(turn: PageTurn) -> bool | None:
    """``Бюджет на 2025 год`` | ``7. принимает``: a heading has no mark at its end, but the number is the next one."""
    return False if paragraph_number(turn.first) == turn.number + 1 else None


def stops_in_short_line(turn: PageTurn) -> bool | None:
    """The next word would have found room: the line ended because the paragraph did."""
    return False if _reach(turn.last, turn.first) < turn.layout.fill else None


def stops_before_heading(turn: PageTurn) -> bool | None:
    """A finished clause, then text without a mark at its end: a heading, or the line of the meeting."""
    ended = _TERMINAL.search(turn.end) and not _COMMA.search(turn.end)
    heading = turn.ending is not None and not _TERMINAL.search(turn.ending.text)
    return False if ended and heading else None


def goes_on_in_lower_case(turn: PageTurn) -> bool | None:
    """Where paragraphs open with a capital, a small letter cannot open one."""
    return True if turn.layout.capitals and turn.first.text[0].islower() else None


def goes_on_under_number(turn: PageTurn) -> bool | None:
    """A numbered paragraph ends before another number; what comes without one belongs to it."""
    return True if starts_numbered(turn.opening) else None


def stops_before_opener(turn: PageTurn) -> bool | None:
    """A comma, then a word that opens paragraphs: ``ссылаясь``, ``Recalling``."""
    if not _COMMA.search(turn.end):
        return None
    word = _first_word(turn.first.text)
    return False if word in turn.layout.openers or looks_preambular(turn.first.text) else None


def goes_on_by_default(turn: PageTurn) -> bool | None:
    """The line is full and nothing speaks for a new paragraph."""
    return True


PAGE_TURN_RULES: Final[tuple[Callable[[PageTurn], bool | None], ...]] = (
    goes_on_after_hyphen,
    stops_before_number,
    stops_before_next_number,
    stops_in_short_line,
    stops_before_heading,
    goes_on_in_lower_case,
    goes_on_under_number,
    stops_before_opener,
    goes_on_by_default,
)


def goes_on(turn: PageTurn) -> bool:
    """Whether the paragraph goes on over the page break."""
    return next(answer for rule in PAGE_TURN_RULES if (answer := rule(turn)) is not None)


@cache
def _preambular_shapes() -> re.Pattern[str]:
    data = resources.files(__package__).joinpath("data/openers.toml").read_text(encoding="utf-8")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in tomllib.loads(data)["opener"]))


def looks_preambular(text: str) -> bool:
    """Whether the first word is of the kind that opens preambular paragraphs in one of the six languages."""
    return bool(_preambular_shapes().match(text))


# ---------------------------------------------------------------- joining


_BROKEN_ENOUGH: Final = 2.0  # evidence of words broken at line ends, to take a document for hyphenated
_FRAGMENTS: Final = 0.5  # two halves that are no words of the document weigh less than a proof
_SHORTEST_STEM: Final = 3


class Joiner:
    """Joins lines into text, with the words of the document at hand to judge hyphens at line ends.

    A hyphen there is real as a rule («трудящихся-» | «мигрантов»). It is the printer's where the whole word occurs
    elsewhere and the hyphenated one does not; and in a document that breaks words so, also where a word of the same
    stem occurs (“imple-” | “mentation” beside “implemented”) or a half is no word.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words: Counter[str] = Counter()
        seams: list[tuple[str, str]] = []
        tail_due = False
        for line, following in zip(lines, [*lines[1:], None], strict=False):
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower())
            seam = _halves(line.text, following.text) if following else None
            whole = words[1 if tail_due else 0 : -1 if seam else None]
            self._words.update(whole)
            tail_due = seam is not None
            if seam:
                seams.append(seam)
        self._sorted = sorted(word for word in self._words if "-" not in word)
        self._compounding = {word.split("-")[0] for word in self._words if "-" in word}
        evidence = [self._evidence(*seam) for seam in seams]
        real = sum(self._is_real(*seam) for seam in seams)
        # Fragments alone prove nothing: «государствами-» | «членами» are no words of a short document either
        self._hyphenates = 1.0 in evidence and sum(evidence) >= max(_BROKEN_ENOUGH, real / 2)

    def join(self, lines: Sequence[Line]) -> tuple[str, list[int]]:
        """Return the joined text and the offset at which each line starts.

        A line break stays in the text, as a newline or as `LINE_BREAK`, for those who look for footnote marks; `lift`
        takes it out.
        """
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            starts.append(length)
            piece = line.text + self._seam(line, following) if following else line.text
            if following and self._is_broken_word(line.text, following.text):
                piece = line.text[:-1]
            pieces.append(piece)
            length += len(piece)
        return "".join(pieces), starts

    def _seam(self, line: Line, following: Line) -> str:
        """What stands between two lines of a paragraph."""
        if line.hyphenated or (_HYPHENED.search(line.text) and following.text[0].isalnum()):
            return ""
        return LINE_BREAK if is_cjk(line.text[-1:]) or is_cjk(following.text[0]) else "\n"

    def _is_broken_word(self, text: str, following: str) -> bool:
        seam = _halves(text, following)
        if seam is None:
            return False
        head, tail = seam
        if self._is_proved_broken(head, tail):
            return True
        if not self._hyphenates or self._words[f"{head}-{tail}"] or head in self._compounding:
            return False
        return self._has_kin(head, tail) or not self._words[head] or not self._words[tail]

    def _evidence(self, head: str, tail: str) -> float:
        """How much a hyphen at a line end speaks for a printer that breaks words."""
        if self._is_proved_broken(head, tail):
            return 1.0
        if self._words[f"{head}-{tail}"] or head in self._compounding:
            return 0.0
        if self._has_kin(head, tail):
            return 1.0
        return 0.0 if self._words[head] or self._words[tail] else _FRAGMENTS

    def _is_real(self, head: str, tail: str) -> bool:
        return self._words[f"{head}-{tail}"] > 0 or head in self._compounding

    def _has_kin(self, head: str, tail: str) -> bool:
        """Whether another word of the document begins as the joined one does: the head and two letters more."""
        stem = head + tail[:2]
        at = bisect_left(self._sorted, stem)
        kin = at < len(self._sorted) and self._sorted[at].startswith(stem)
        return kin and len(head) >= _SHORTEST_STEM and not self._words[head]

    def _is_proved_broken(self, head: str, tail: str) -> bool:
        return self._words[head + tail] > 0 and self._words[f"{head}-{tail}"] == 0


def _halves(text: str, following: str) -> tuple[str, str] | None:
    """What stands before a hyphen at a line end and after it, if both are letters."""
    head = re.search(r"(?<![^\W_]-)(?<!\w)([^\W\d_]+)-$", text)  # not the last hyphen of «Рио-де-» or “dix-sept-”
    tail = re.match(r"[^\W\d_]+", following)
    return (head[1].lower(), tail[0].lower()) if head and tail else None
