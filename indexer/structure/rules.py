"""What each paragraph is, its number and its path.

Each decision is a small named function that answers or passes on; `RULES` is their order, and a `Decision` names the
one that answered. Where the source declares zones, headings and labels, the rules use them; where it does not, they
read the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.model import ClauseType
from indexer.reading.document import Block, Shape, Zone
from indexer.structure.enumerators import (
    Enumerator,
    Levels,
    ParagraphNumber,
    Reading,
    Series,
    letter_reading,
    read_chinese_number,
    read_enumerator,
    read_label,
    read_number,
    read_number_label,
    roman_reading,
)
from indexer.structure.headings import (
    annex_heading,
    article_heading,
    declared_annex,
    join_headings,
    section_title,
    short_line,
)
from indexer.structure.paths import Paths
from indexer.structure.progress import Here, Part, Progress, Rule
from indexer.structure.vocabulary import Vocabulary
from indexer.structure.zones import ends_in_comma, is_annex_heading

_COLON: Final = re.compile(r"[:：][»”\"’')\]]*$")
_ENDED: Final = re.compile(r"[.;:؛；。：،,，][»”\"’')\]]*$")
_LOST_AT_MOST: Final = 5  # numbers missing between two paragraphs; more is a figure, unless the next ones confirm it
_GAP_AT_MOST: Final = 2
_ADOPTION_LENGTH: Final = 160
# Enumerators that nothing in running text looks like: "(a)", "а)", "'1'", "㈠", "•"
_SURE: Final = re.compile(r".*[)）’‘'´`㈠-㈩•–—▪●▫■◦‣∙·-]")


def head_block(here: Here, progress: Progress) -> Part | None:
    """Before the enacting line only the title is kept, and `indexer.structure.identity` takes care of it."""
    return Part(None) if here.block.zone is Zone.HEAD else None


def enacting_line(here: Here, progress: Progress) -> Part | None:
    """``Генеральная Ассамблея,``."""
    if not progress.annex and progress.vocabulary.is_enacting(here.block.text):
        return Part(ClauseType.ENACTING, progress.paths.claim("enacting"))
    return None


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


def numbered_paragraph(here: Here, progress: Progress) -> Part | None:
    """``10. просит``: the next number, a first one, or one that the source declares."""
    number = here.number
    if number is None or here.block.zone is Zone.PREAMBLE:
        return None
    if here.block.label is None and not _is_expected(number, here, progress):
        return None
    progress.operative = number.first
    path = f"{progress.prefix}op{number.number}"
    progress.section = False
    if here.enumerator and (here.block.label is not None or here.enumerator.readings[0].ordinal == 1):
        # "58. a) просит": the paragraph consists of its items
        progress.base, progress.printed, progress.levels = path, number.number, Levels()
        return _item(here.enumerator, here, progress)
    type_ = ClauseType.ANNEX if progress.annex else ClauseType.OPERATIVE
    return Part(type_, progress.open_paragraph(path, number.number), number.number, here.number_end)


def _is_expected(number: ParagraphNumber, here: Here, progress: Progress) -> bool:
    """Whether a printed number counts paragraphs here: it is the next, or the numbers after it go on from it."""
    if number.number == "1" or number.first == progress.operative + 1:
        return True
    if "." in number.number:
        return number.first in (progress.operative, progress.operative + 1)
    if progress.operative < number.first <= progress.operative + _LOST_AT_MOST:
        return True
    confirmed = here.next_number is not None and 1 <= here.next_number - number.first <= _GAP_AT_MOST
    return confirmed and bool(progress.operative) and number.first >= progress.operative


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


def chinese_paragraph(here: Here, progress: Progress) -> Part | None:
    """``一、``: the paragraph number of Chinese treaties, where the other languages print ``1.``."""
    label = here.block.label
    number = read_chinese_number(here.block.text if label is None else f"{label} ") if progress.article else None
    if number is None or number.first not in (1, progress.operative + 1):
        return None
    progress.operative = number.first
    progress.chinese = True
    path = progress.open_paragraph(f"{progress.prefix}op{number.number}", number.number)
    return Part(progress.plain_type, path, number.number, 0 if label else number.length)


def chinese_item(here: Here, progress: Progress) -> Part | None:
    """``㈠`` and below it ``1.`` in Chinese treaties, where the other languages print ``(a)`` and ``(i)``."""
    if not progress.article or here.block.shape is Shape.TABLE:
        return None
    if here.enumerator and here.enumerator.chinese:
        ordinal = here.enumerator.readings[0].ordinal
        progress.chinese = True
        reading, head_end = letter_reading(ordinal), here.head_end
    elif here.number and progress.chinese and progress.levels.path:
        reading, head_end = roman_reading(here.number.first), here.number_end
    else:
        return None
    return _item(Enumerator("", (reading,), 0), replace(here, head_end=head_end, following=()), progress)


def list_item(here: Here, progress: Progress) -> Part | None:
    """``а) цель``, ``(ii) …``, ``• …`` under whatever is open."""
    enumerator = here.enumerator
    if enumerator is None or here.number is not None or here.block.shape is Shape.TABLE:
        return None
    if not (progress.base or progress.annex or progress.operative or progress.article):
        return None
    if here.block.label is None and not _fits(enumerator, progress.levels):
        return None
    return _item(enumerator, here, progress)


def _fits(enumerator: Enumerator, levels: Levels) -> bool:
    """A bare letter or one with a stop (``a.``, ``см.``, «و إذ») is an enumerator only where a list calls for it."""
    if _SURE.fullmatch(enumerator.printed):
        return True
    weak = (Series.LETTER, Series.LETTER_STOP, Series.ROMAN_STOP, Series.CYRILLIC)
    called = [reading for reading in enumerator.readings if reading.series in weak]
    return not called or any(reading.ordinal == 1 for reading in called) or levels.continues(enumerator.readings)


def _item(enumerator: Enumerator, here: Here, progress: Progress) -> Part:
    if enumerator.bullet:
        return Part(progress.plain_type, progress.paths.claim(progress.text_path()), None, here.head_end)
    below = bool(_COLON.search(progress.last_text))
    elements = progress.levels.place(enumerator.readings, here.following, below=below)
    path = progress.paths.claim(".".join((progress.item_base(), *elements)))
    number = ".".join((progress.printed, *elements) if progress.printed else elements)
    return Part(progress.plain_type, path, number, here.head_end)


def preambular_paragraph(here: Here, progress: Progress) -> Part | None:
    """Any other paragraph of the preamble, also one that ran over into the body or that opens a section.

    In the body the comma at its end shows it.
    """
    unopened = progress.numbered and not progress.annex and not progress.article and ends_in_comma(here.block.text)
    ran_over = not progress.operative and progress.last in (ClauseType.ENACTING, ClauseType.PREAMBULAR)
    in_section = progress.section and progress.last in (ClauseType.HEADING, ClauseType.PREAMBULAR)
    if here.block.zone is not Zone.PREAMBLE and not (unopened and (ran_over or in_section)):
        return None
    if _announces(here, progress):
        return Part(ClauseType.OPERATIVE, progress.open_paragraph("op0", ""))
    progress.preambular += 1
    section = progress.section
    path = progress.open_paragraph(f"pp{progress.preambular}", "")
    progress.section = section
    return Part(ClauseType.PREAMBULAR, path)


def _announces(here: Here, progress: Progress) -> bool:
    """«Постановляет, что на 2023 год:» right before paragraph 1, at the end of the preamble."""
    first = here.before_number and here.next_number == 1 and not progress.operative
    return first and bool(progress.vocabulary.resolving.fullmatch(here.block.text))


def unnumbered_operative(here: Here, progress: Progress) -> Part | None:
    """A paragraph of a resolution or a section that numbers none, or one before number 1.

    «Принимает следующую декларацию:»; “Approves, as recommended by the Commission, …” alone in a section.
    """
    if progress.annex or progress.article or progress.listing or here.block.shape is Shape.TABLE:
        return None
    if progress.numbered:
        opens = (ClauseType.ENACTING, ClauseType.PREAMBULAR, ClauseType.HEADING)
        if progress.last not in opens or (progress.operative and not progress.section):
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
    article_heading,
    section_title,
    chinese_paragraph,
    chinese_item,
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
    heres = _read_heads(join_headings(blocks, vocabulary))
    progress = Progress(vocabulary, paths, _has_numbers(heres, vocabulary))
    for here in heres:
        for rule in RULES:
            part = rule(here, progress)
            if part:
                decision = Decision(here.block, part, rule.__name__)
                if part.type:
                    progress.last, progress.last_text = part.type, decision.text
                    progress.listing = progress.listing and rule is text_below
                yield decision
                break


def _has_numbers(heres: Sequence[Here], vocabulary: Vocabulary) -> bool:
    """Whether operative paragraphs carry numbers; those of annexes do not count."""
    for here in heres:
        if here.block.zone is not Zone.BODY:
            continue
        if here.number is not None:
            return True
        if is_annex_heading(here.block, vocabulary) or vocabulary.meeting.match(here.block.text):
            return False
    return False


def _read_heads(blocks: Sequence[Block]) -> list[Here]:
    heres: list[Here] = []
    following: tuple[Reading, ...] = ()
    next_number: int | None = None
    before_number = False
    for block in reversed(blocks):
        number, enumerator, number_end, head_end = _read_head(block)
        heres.append(Here(block, number, enumerator, number_end, head_end, following, next_number, before_number))
        following = enumerator.readings if enumerator else ()
        next_number = number.first if number else next_number
        before_number = number is not None
    return heres[::-1]


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
