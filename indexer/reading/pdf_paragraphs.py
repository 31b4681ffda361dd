"""Lines of a PDF to paragraphs, by what the page shows: gaps, indents, styles, and where a line had room left.

Inside a frame each pair of lines is asked about; at a page break also the words are, by the rules of
`indexer.reading.paragraphs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer.reading.paragraphs import Layout, PageTurn, goes_on, is_bare_number, paragraph_number, starts_numbered
from indexer.reading.pdf_frames import Frame
from indexer.reading.pdf_lines import SetLine

_STOP: Final = re.compile(r"[.;:。；：؛][»”\"’')\]⁰¹²³⁴-⁹]*$")
_NUMBERED_HEADING: Final = re.compile(r"[^\W\d_]+ (?:[IVXLC]+|\d{1,3}|[A-ZА-Я])")
_OPENING_GAP: Final = 1.25  # of the usual distance of baselines
_COMMON_PITCH: Final = 0.25  # of the count of the most common distance
_WIDEST_PITCH: Final = 2.6  # in sizes: typescript with double spacing
_INDENT: Final = 0.5  # of the size of the text
_SLACK: Final = 1.2  # of the size: room beyond the next word that shows that a line ended on purpose
_SIZES: Final = 1.06  # sizes farther apart differ to the eye
_SPACED_SHARE: Final = 0.5  # of indented lines that have a gap above, to take gaps for the sign of a paragraph


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set, learned from its own lines; lengths are points."""

    size: float
    pitch: float  # usual distance of baselines inside a paragraph, in sizes
    left: float  # where the lines of paragraphs begin, but the first
    right: float  # where full lines end
    spaced: bool  # gaps stand between paragraphs, so that an indent alone opens none
    openings: frozenset[int]  # where first lines of paragraphs begin
    continuations: frozenset[int]  # where the other lines begin


def gather(frames: Sequence[Frame], size: float) -> list[list[SetLine]]:
    """Return the lines of each paragraph in order; paragraphs that run over frames are whole."""
    setting = learn_setting(frames, size)
    gathered: list[list[SetLine]] = []
    layout = _text_layout(frames, setting)
    number = 0
    for frame in frames:
        groups = _split(frame, setting)
        if gathered and groups:
            ending = groups[0][-1].line if len(groups) > 1 else None
            last = gathered[-1]
            text = PageTurn(last[0].line, last[-1].line, groups[0][0].line, number, ending, layout)
            if runs_on(Turn(last, groups[0], text, setting)):
                last += groups.pop(0)
        gathered += groups
        for group in groups:
            number = paragraph_number(group[0].line) or number
    return gathered


# ---------------------------------------------------------------- learning


def learn_setting(frames: Sequence[Frame], size: float) -> Setting:
    """Learn the setting from the lines in the size of the text."""
    lines = [line for frame in frames for line in frame.lines if _same_size(line.size, size)]
    pairs = [
        _Pair(upper, lower)
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and upper.baseline > lower.baseline
    ]
    pitches = Counter(round(pair.distance / size, 1) for pair in pairs if pair.distance < _WIDEST_PITCH * size)
    most = max(pitches.values(), default=0)
    # Of distances that are all common the least: paragraphs of one line have as many gaps above as lines inside
    pitch = min((p for p, count in pitches.items() if count >= _COMMON_PITCH * most and p >= 0.9), default=1.2)
    close = [pair for pair in pairs if pair.distance <= _OPENING_GAP * pitch * size]
    apart = [pair for pair in pairs if pair.distance > _OPENING_GAP * pitch * size]
    rights = sorted(line.right for line in lines)
    right = rights[int(len(rights) * 0.9)] if rights else 0.0
    wrapped = Counter(round(p.lower.left) for p in close if p.upper.right + p.lower.first_word > right)
    indented = [sum(_is_indented(pair.upper, pair.lower, size) for pair in part) for part in (close, apart)]
    return Setting(
        size=size,
        pitch=pitch,
        left=max(wrapped, key=lambda left: (wrapped[left], -left), default=0.0),
        right=right,
        spaced=bool(apart) and indented[1] >= _SPACED_SHARE * indented[0],
        openings=_common(pair.lower.left for pair in apart),
        continuations=_common(pair.lower.left for pair in close),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two lines of one page, one under the other."""

    upper: SetLine
    lower: SetLine

    @property
    def distance(self) -> float:
        """From baseline to baseline."""
        return self.upper.baseline - self.lower.baseline


def _same_size(one: float, other: float) -> bool:
    return max(one, other) <= _SIZES * min(one, other)


def _is_indented(upper: SetLine, lower: SetLine, size: float) -> bool:
    return lower.left - upper.left > _INDENT * size


def _common(places: Iterable[float]) -> frozenset[int]:
    counts = Counter(round(place) for place in places)
    return frozenset(place for place, count in counts.items() if count >= 0.05 * counts.total())


def _text_layout(frames: Sequence[Frame], setting: Setting) -> Layout:
    """What the rules of the text must know; what the page shows is asked before them."""
    words = [match[0] for frame in frames for line in frame.lines if (match := re.match(r"[^\W\d_]+", line.text))]
    capitals = sum(word[0].isupper() for word in words)
    lower = sum(word[0].islower() for word in words)
    return Layout(
        indented=False, spaced=True, one_line=False, fill=0.0, openers=frozenset(), capitals=capitals * 4 > lower
    )


# ---------------------------------------------------------------- inside a frame


def _split(frame: Frame, setting: Setting) -> list[list[SetLine]]:
    groups: list[list[SetLine]] = []
    for line in frame.lines:
        if groups and not opens(groups[-1], line, setting):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def opens(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool:
    """Whether ``line``, printed under ``paragraph``, opens a paragraph of its own."""
    return next(answer for rule in OPENING_RULES if (answer := rule(paragraph, line, setting)) is not None)


def opens_beside(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """Parts of one row that a wide gap keeps apart, outside tables."""
    beside = abs(paragraph[-1].baseline - line.baseline) < 0.5 * line.size
    return True if beside and not is_bare_number(paragraph[-1].line) else None


def follows_row(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """Rows of a table stay together, and nothing else joins them."""
    rows = paragraph[-1].cells > 1, line.cells > 1
    return not all(rows) if any(rows) else None


def opens_after_gap(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """More space between two lines than inside paragraphs."""
    distance = paragraph[-1].baseline - line.baseline
    size = max(line.size, paragraph[-1].size)
    return True if distance > _OPENING_GAP * setting.pitch * size or distance < -0.5 * size else None


def opens_in_other_style(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """A heading above text: bold or another size throughout."""
    last = paragraph[-1]
    return True if last.bold != line.bold or not _same_size(last.size, line.size) else None


def opens_after_number_of_heading(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """``Section 11`` above the name of the section."""
    last = paragraph[-1]
    return True if last.bold and len(paragraph) == 1 and _NUMBERED_HEADING.fullmatch(last.text) else None


def opens_with_enumerator(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """``10. Requests`` under a line that closes a paragraph or an item."""
    ended = _STOP.search(paragraph[-1].text) or paragraph[-1].text.endswith((",", "，", "،"))
    return True if ended and starts_numbered(line.line) and _ended_early(paragraph[-1], line, setting) else None


def opens_indented(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """An indent where no gaps show paragraphs, unless the paragraph hangs: «(a)» out, the other lines in."""
    if setting.spaced or line.left <= setting.left + _INDENT * setting.size:
        return None
    last = paragraph[-1]
    if len(paragraph) == 1 and starts_numbered(last.line) and not starts_numbered(line.line):
        hangs = line.left > last.left + _INDENT * setting.size
    else:
        hangs = len(paragraph) > 1 and abs(line.left - last.left) < _INDENT * setting.size
    return None if hangs else True


def opens_after_short_line(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """A full stop in a line with room for the next word; headings are broken where it looks well."""
    stopped = not line.bold and _STOP.search(paragraph[-1].text) and not line.text[0].islower()
    return True if stopped and _ended_early(paragraph[-1], line, setting) else None


def follows_by_default(paragraph: Sequence[SetLine], line: SetLine, setting: Setting) -> bool | None:
    """Nothing speaks for a new paragraph."""
    return False


OPENING_RULES: Final[tuple[Callable[[Sequence[SetLine], SetLine, Setting], bool | None], ...]] = (
    opens_beside,
    follows_row,
    opens_after_gap,
    opens_in_other_style,
    opens_after_number_of_heading,
    opens_with_enumerator,
    opens_indented,
    opens_after_short_line,
    follows_by_default,
)


def _ended_early(last: SetLine, line: SetLine, setting: Setting) -> bool:
    """Whether the next word would have found room in the last line."""
    return last.right + line.first_word + _SLACK * setting.size < setting.right


# ---------------------------------------------------------------- over a page break


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph at the end of a frame, what begins the next frame, and the same for the rules of the text."""

    before: Sequence[SetLine]
    after: Sequence[SetLine]
    text: PageTurn
    setting: Setting


def runs_on(turn: Turn) -> bool:
    """Whether the paragraph goes on over the break."""
    return next((answer for rule in TURN_RULES if (answer := rule(turn)) is not None), False)


def stops_at_table(turn: Turn) -> bool | None:
    """A table goes on as a table only."""
    return follows_row_over(turn.before[-1], turn.after[0])


def follows_row_over(last: SetLine, first: SetLine) -> bool | None:
    """Whether a row goes on with a row."""
    rows = last.cells > 1, first.cells > 1
    return all(rows) if any(rows) else None


def stops_in_other_style(turn: Turn) -> bool | None:
    """A heading, or text after one."""
    last, first = turn.before[-1], turn.after[0]
    return False if last.bold != first.bold or not _same_size(last.size, first.size) else None


def runs_on_after_hyphen(turn: Turn) -> bool | None:
    """``inter-`` | ``governmental``."""
    return True if turn.before[-1].line.hyphenated or re.search(r"[^\W\d_]-$", turn.before[-1].text) else None


def stops_in_short_line(turn: Turn) -> bool | None:
    """The next word would have found room on the page before."""
    return False if _ended_early(turn.before[-1], turn.after[0], turn.setting) else None


def decides_by_left(turn: Turn) -> bool | None:
    """The line begins where only first lines do, or where only the others do."""
    left = turn.after[0].left
    opening, continuing = (_is_near(left, places) for places in (turn.setting.openings, turn.setting.continuations))
    return None if opening == continuing else continuing


def _is_near(left: float, places: Iterable[int]) -> bool:
    return any(abs(left - place) <= 2 for place in places)


def decides_by_words(turn: Turn) -> bool | None:
    """What the text itself says."""
    return goes_on(turn.text)


TURN_RULES: Final[tuple[Callable[[Turn], bool | None], ...]] = (
    stops_at_table,
    stops_in_other_style,
    runs_on_after_hyphen,
    stops_in_short_line,
    decides_by_left,
    decides_by_words,
)
