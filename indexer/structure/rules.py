"""What each paragraph is, its number and its path.

Each decision is a small named function that answers or passes on; `RULES` is their order, and a `Decision` names the
one that answered. Where the source declares zones, headings and labels, the rules use them; where it does not, they
read the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.model import ClausePath, ClauseType
from indexer.reading.document import Block, Shape, Zone
from indexer.structure.enumerators import (
    Enumerator,
    Levels,
    ParagraphNumber,
    Reading,
    Series,
    read_enumerator,
    read_label,
    read_number,
    read_number_label,
)
from indexer.structure.paths import Paths
from indexer.structure.vocabulary import Vocabulary
from indexer.structure.zones import ends_in_comma, is_annex_heading, reads_as_heading

_COLON: Final = re.compile(r"[:：][»”\"’')\]]*$")
_ENDED: Final = re.compile(r"[.;:؛；。：،,，][»”\"’')\]]*$")
_SECTION_TITLE: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-HА-Я]|[一二三四五六七八九十]{1,3})[.、．]\s*\S.*")
_LOST_AT_MOST: Final = 5  # numbers missing between two paragraphs; more is a figure
_ADOPTION_LENGTH: Final = 160


@dataclass(frozen=True, slots=True)
class Here:
    """One block with what its head says, and what comes after.

    ``number_end`` and ``head_end`` are offsets into the text of the block: where the paragraph number ends, and where
    the enumerator behind it does. Both are 0 where the source keeps them apart in a label.
    """

    block: Block
    number: ParagraphNumber | None
    enumerator: Enumerator | None
    number_end: int
    head_end: int
    following: tuple[Reading, ...]  # readings of the next block's enumerator


@dataclass(frozen=True, slots=True)
class Part:
    """What a block was found to be; ``type`` is None for what is left out (masthead).

    ``cut`` is the length of the number that the path tells and the text leaves out. Adoption lines have no path yet,
    since they become one clause.
    """

    type: ClauseType | None
    path: ClausePath | None = None
    number: str | None = None
    cut: int = 0


@dataclass(slots=True)
class Progress:
    """Where in the document we are. The rules read and move it."""

    vocabulary: Vocabulary
    paths: Paths
    numbered: bool  # whether operative paragraphs of this document carry numbers
    annex: int = 0
    inline_annexes: int = 0  # annexes found by their headings only; declared ones count on from there
    tail: bool = False
    preambular: int = 0
    operative: int = 0
    base: str = ""  # the claimed path of the open paragraph: list items hang on it
    printed: str = ""  # its number as printed
    levels: Levels = field(default_factory=Levels)
    counts: Counter[str] = field(default_factory=Counter)
    last: ClauseType | None = None
    last_text: str = ""

    @property
    def prefix(self) -> str:
        """``annex1.`` inside the first annex."""
        return f"annex{self.annex}." if self.annex else ""

    @property
    def plain_type(self) -> ClauseType:
        """The type of an item or a piece of text below a paragraph."""
        return ClauseType.ANNEX if self.annex else ClauseType.SUBPARAGRAPH

    def enter_annex(self, annex: int) -> None:
        """Start counting anew in an annex."""
        self.annex, self.tail = annex, False
        self.operative, self.base, self.printed, self.levels = 0, "", "", Levels()

    def open_paragraph(self, path: str, printed: str) -> ClausePath:
        """Claim the path of a paragraph that items may hang on."""
        claimed = self.paths.claim(path)
        self.base, self.printed, self.levels = claimed, printed, Levels()
        return claimed

    def count(self, key: str) -> int:
        """The next number of headings or of unnumbered texts under ``key``."""
        self.counts[key] += 1
        return self.counts[key]

    def text_path(self) -> str:
        """The path of a text without number under the open paragraph: ``op10.t1``, ``annex1.t3``."""
        below = ".".join((self.base, *self.levels.path)) if self.base and self.levels.path else self.base
        parent = below or self.prefix.rstrip(".") or "op0"
        return f"{parent}.t{self.count(parent + '.t')}"


Rule = Callable[[Here, Progress], Part | None]


def head_block(here: Here, progress: Progress) -> Part | None:
    """Before the enacting line only the title is kept, and `indexer.structure.identity` takes care of it."""
    return Part(None) if here.block.zone is Zone.HEAD else None


def enacting_line(here: Here, progress: Progress) -> Part | None:
    """``Генеральная Ассамблея,``."""
    if not progress.annex and progress.vocabulary.is_enacting(here.block.text):
        return Part(ClauseType.ENACTING, progress.paths.claim("enacting"))
    return None


def declared_annex(here: Here, progress: Progress) -> Part | None:
    """The source begins another attachment. Only moves on; what the block is, the other rules tell."""
    annex = here.block.annex + progress.inline_annexes if here.block.zone is Zone.ANNEX else 0
    if annex and annex != progress.annex:
        progress.enter_annex(annex)
    return None


def annex_heading(here: Here, progress: Progress) -> Part | None:
    """``Приложение II`` alone or with its title, after the first operative paragraph."""
    if here.block.zone is Zone.PREAMBLE or not is_annex_heading(here.block, progress.vocabulary):
        return None
    if here.block.zone is not Zone.ANNEX:
        progress.inline_annexes += 1
        progress.enter_annex(progress.annex + 1)
    elif progress.paths.taken(f"annex{progress.annex}"):
        return None  # a second one inside a declared annex is a heading
    return Part(ClauseType.ANNEX, progress.paths.claim(f"annex{progress.annex}"))


def adoption_line(here: Here, progress: Progress) -> Part | None:
    """``78-е пленарное заседание, 23 декабря 2003 года``, or whatever the source declares to close the text."""
    text = here.block.text
    meeting = len(text) < _ADOPTION_LENGTH and progress.vocabulary.meeting.match(text)
    if here.block.zone is Zone.TAIL or (meeting and here.block.zone is Zone.BODY and not progress.annex):
        progress.tail = True
        return Part(ClauseType.ADOPTION)
    return None


def adoption_details(here: Here, progress: Progress) -> Part | None:
    """After the meeting: the vote, or a date on a line of its own."""
    text = here.block.text
    if not progress.tail:
        return None
    dated = len(text) < 40 and re.search(r"\d{4}|年", text) and not here.number
    return Part(ClauseType.ADOPTION) if dated or progress.vocabulary.vote.match(text) else None


def text_after_adoption(here: Here, progress: Progress) -> Part | None:
    """What follows the meeting and is no vote belongs to an annex without a heading. Only moves on."""
    if progress.tail and here.block.zone is Zone.BODY and not progress.annex:
        progress.inline_annexes += 1
        progress.enter_annex(progress.annex + 1)
    return None


def section_title(here: Here, progress: Progress) -> Part | None:
    """``II. Устойчивое развитие``: a Roman number or a capital, and no mark at the end."""
    text = here.block.text
    declared = here.block.shape is Shape.HEADING
    if declared or (_SECTION_TITLE.fullmatch(text) and here.block.label is None and reads_as_heading(text)):
        return _heading(progress)
    return None


def numbered_paragraph(here: Here, progress: Progress) -> Part | None:
    """``10. просит``: the next number, a first one, or one that the source declares."""
    number = here.number
    if number is None or here.block.zone is Zone.PREAMBLE:
        return None
    if here.block.label is None and not _is_expected(number, progress):
        return None
    progress.operative = number.first
    path = f"{progress.prefix}op{number.number}"
    if here.enumerator and (here.block.label is not None or here.enumerator.readings[0].ordinal == 1):
        # "58. a) просит": the paragraph consists of its items
        progress.base, progress.printed, progress.levels = path, number.number, Levels()
        return _item(here.enumerator, here, progress)
    type_ = ClauseType.ANNEX if progress.annex else ClauseType.OPERATIVE
    return Part(type_, progress.open_paragraph(path, number.number), number.number, here.number_end)


def _is_expected(number: ParagraphNumber, progress: Progress) -> bool:
    if number.number == "1" or number.first == progress.operative + 1:
        return True
    if "." in number.number:
        return number.first in (progress.operative, progress.operative + 1)
    return progress.operative < number.first <= progress.operative + _LOST_AT_MOST


def number_without_stop(here: Here, progress: Progress) -> Part | None:
    """``7 просит …;``: the stop was forgotten, but it is the next number and the text ends like a paragraph."""
    text = here.block.text
    match = re.match(r"(\d{1,3}) (?=[^\W\d_])", text)
    if not match or not progress.operative or int(match[1]) != progress.operative + 1:
        return None
    if progress.annex or here.block.zone is Zone.PREAMBLE or not _ENDED.search(text) or ends_in_comma(text):
        return None
    progress.operative += 1
    return Part(ClauseType.OPERATIVE, progress.open_paragraph(f"op{match[1]}", match[1]), match[1], match.end())


def list_item(here: Here, progress: Progress) -> Part | None:
    """``а) цель``, ``(ii) …``, ``• …`` under whatever is open."""
    enumerator = here.enumerator
    if enumerator is None or here.number is not None or not (progress.base or progress.annex or progress.operative):
        return None
    if here.block.label is None and not _fits(enumerator, progress.levels):
        return None
    return _item(enumerator, here, progress)


def _fits(enumerator: Enumerator, levels: Levels) -> bool:
    """A letter with a stop (``a.``, ``см.``) is an enumerator only where a list calls for it."""
    stopped = [r for r in enumerator.readings if r.series in (Series.LETTER_STOP, Series.ROMAN_STOP, Series.CYRILLIC)]
    if not stopped or enumerator.printed.endswith(")"):
        return True
    return any(reading.ordinal == 1 for reading in stopped) or levels.continues(enumerator.readings)


def _item(enumerator: Enumerator, here: Here, progress: Progress) -> Part:
    if enumerator.bullet:
        return Part(progress.plain_type, progress.paths.claim(progress.text_path()), None, here.head_end)
    below = bool(_COLON.search(progress.last_text))
    elements = progress.levels.place(enumerator.readings, here.following, below=below)
    base = progress.base or progress.prefix.rstrip(".") or "op0"
    path = progress.paths.claim(".".join((base, *elements)))
    number = ".".join((progress.printed, *elements) if progress.printed else elements)
    return Part(progress.plain_type, path, number, here.head_end)


def short_line(here: Here, progress: Progress) -> Part | None:
    """A short line without number and without a mark at its end."""
    plain = here.number is None and here.enumerator is None and here.block.shape is not Shape.TABLE
    in_preamble = here.block.zone is Zone.PREAMBLE and not re.fullmatch(r"[IVXLC]{1,6}\.?", here.block.text)
    if plain and not in_preamble and reads_as_heading(here.block.text):
        return _heading(progress)
    return None


def _heading(progress: Progress) -> Part:
    path = f"{progress.prefix}h{progress.count(progress.prefix + 'h')}"
    return Part(ClauseType.HEADING, progress.paths.claim(path))


def preambular_paragraph(here: Here, progress: Progress) -> Part | None:
    """Any other paragraph of the preamble; also one that ran over into the body: it ends in a comma."""
    ran_over = (
        progress.numbered
        and not progress.operative
        and not progress.annex
        and progress.last in (ClauseType.ENACTING, ClauseType.PREAMBULAR)
        and ends_in_comma(here.block.text)
    )
    if here.block.zone is not Zone.PREAMBLE and not ran_over:
        return None
    progress.preambular += 1
    path = progress.open_paragraph(f"pp{progress.preambular}", "")
    return Part(ClauseType.PREAMBULAR, path)


def unnumbered_operative(here: Here, progress: Progress) -> Part | None:
    """A paragraph of a resolution that numbers none, or one before number 1 («принимает следующую декларацию:»)."""
    if progress.annex or here.block.shape is Shape.TABLE:
        return None
    if progress.numbered:
        if progress.operative or progress.last not in (
            ClauseType.ENACTING,
            ClauseType.PREAMBULAR,
            ClauseType.HEADING,
        ):
            return None
        return Part(ClauseType.OPERATIVE, progress.open_paragraph("op0", ""))
    if _COLON.search(progress.last_text) and progress.last in (ClauseType.OPERATIVE, ClauseType.SUBPARAGRAPH):
        return None
    progress.operative += 1
    return Part(ClauseType.OPERATIVE, progress.open_paragraph(f"op{progress.operative}", ""))


def text_below(here: Here, progress: Progress) -> Part | None:
    """Text that goes on after list items, unnumbered text of annexes, tables."""
    return Part(progress.plain_type, progress.paths.claim(progress.text_path()))


RULES: Final[tuple[Rule, ...]] = (
    head_block,
    enacting_line,
    declared_annex,
    annex_heading,
    adoption_line,
    adoption_details,
    text_after_adoption,
    section_title,
    numbered_paragraph,
    number_without_stop,
    list_item,
    short_line,
    preambular_paragraph,
    unnumbered_operative,
    text_below,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A block, what it was found to be, and the name of the rule that said so."""

    block: Block
    part: Part
    rule: str

    @property
    def text(self) -> str:
        """The text of the block without the number that the path tells."""
        return self.block.text[self.part.cut :].lstrip()


def decide(blocks: Sequence[Block], vocabulary: Vocabulary, paths: Paths) -> Iterator[Decision]:
    """Yield a decision for each block; blocks carry zones (`indexer.structure.zones.locate`)."""
    heres = _read_heads(blocks)
    numbered = any(here.number is not None for here in heres if here.block.zone is Zone.BODY)
    progress = Progress(vocabulary, paths, numbered)
    for here in heres:
        for rule in RULES:
            part = rule(here, progress)
            if part:
                decision = Decision(here.block, part, rule.__name__)
                if part.type:
                    progress.last, progress.last_text = part.type, decision.text
                yield decision
                break


def _read_heads(blocks: Sequence[Block]) -> list[Here]:
    heads = [_read_head(block) for block in blocks]
    followings = [enumerator.readings if enumerator else () for _, enumerator, _, _ in heads[1:]]
    return [
        Here(block, *head, following)
        for block, head, following in zip(blocks, heads, [*followings, ()], strict=False)
    ]


def _read_head(block: Block) -> tuple[ParagraphNumber | None, Enumerator | None, int, int]:
    """Read number and enumerator from the label if there is one, else from the text."""
    if block.label is not None:
        whole = read_number_label(block.label)
        number = whole or read_number(block.label)  # "58. (a)" holds both
        rest = block.label[number.length :] if number else block.label
        return number, None if whole else read_label(rest.strip()), 0, 0
    number = read_number(block.text)
    number_end = number.length if number else 0
    enumerator = read_enumerator(block.text[number_end:], stops=number is None)
    return number, enumerator, number_end, number_end + (enumerator.length if enumerator else 0)
