"""Headings of sections, articles and annexes: what they look like, and what they open.

Sources set the same heading in one paragraph («I Введение») or in two (“I”, “Introduction”), and that differs between
the language versions of one resolution. `join_headings` makes one of the two, so that headings count alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.model import ClauseType, FootnoteMark
from indexer.reading.document import Block, Link, Shape, Zone
from indexer.structure.enumerators import chinese_number, read_enumerator, read_number
from indexer.structure.progress import Here, Part, Progress
from indexer.structure.vocabulary import Vocabulary
from indexer.structure.zones import is_annex_heading, reads_as_heading

_COLON: Final = re.compile(r"[:：][»”\"’')\]]*$")
_SECTION_TITLE: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-HА-Я]|[一二三四五六七八九十]{1,3})[.、．]\s*\S.*")
_SECTION_LABEL: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-HА-Я]|[一二三四五六七八九十]{1,3})[.、．]?")
_OPENS_SECTION: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-HА-Я]|[一二三四五六七八九十]{1,3})(?:[.、．]|\s|$)")
_COLON_HEADING_LENGTH: Final = 60
_BRACKETED: Final = re.compile(r".*[)）’‘'´`]", re.DOTALL)


def join_headings(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks with every heading that is only a counter («I», “Section 5”, «第一章») joined to its title.

    A title that stands behind its counter as behind a label (``B.`` | ``Pension Administration``) becomes a heading.
    """
    joined: list[Block] = []
    for block in map(_unlabelled, blocks):
        if joined and _counts_only(joined[-1], vocabulary) and _is_title(block, vocabulary):
            joined[-1] = _joined(joined[-1], block)
        else:
            joined.append(block)
    return joined


def _unlabelled(block: Block) -> Block:
    label = block.label
    if label is None or block.zone is Zone.HEAD or block.shape is Shape.TABLE:
        return block
    if not _SECTION_LABEL.fullmatch(label) or not reads_as_heading(block.text):
        return block
    return _joined(Block(label, block.zone, Shape.HEADING, annex=block.annex), replace(block, label=None))


def _counts_only(block: Block, vocabulary: Vocabulary) -> bool:
    inside = block.shape is Shape.HEADING or block.zone in (Zone.BODY, Zone.ANNEX)
    return inside and block.zone is not Zone.HEAD and block.label is None and vocabulary.counts_only(block.text)


def _is_title(block: Block, vocabulary: Vocabulary) -> bool:
    if block.label is not None or block.shape is Shape.TABLE or not block.text:
        return False
    if vocabulary.counts_only(block.text) or is_annex_heading(block, vocabulary):
        return False
    if block.shape is Shape.HEADING:
        return True
    numbered = read_number(block.text) or read_enumerator(block.text)
    return block.zone in (Zone.BODY, Zone.ANNEX) and not numbered and reads_as_heading(block.text)


def _joined(counter: Block, title: Block) -> Block:
    shift = len(counter.text) + 1
    return replace(
        counter,
        text=f"{counter.text} {title.text}",
        shape=Shape.HEADING,
        marks=(*counter.marks, *(FootnoteMark(mark.number, mark.offset + shift) for mark in title.marks)),
        links=(
            *counter.links,
            *(Link(link.start + shift, link.end + shift, link.target) for link in title.links),
        ),
    )


# ---------------------------------------------------------------- rules


def declared_annex(here: Here, progress: Progress) -> Part | None:
    """The source begins another attachment. Only moves on; what the block is, the other rules tell."""
    annex = here.block.annex + progress.inline_annexes if here.block.zone is Zone.ANNEX else 0
    if annex and annex != progress.annex:
        progress.enter_annex(annex)
    return None


def annex_heading(here: Here, progress: Progress) -> Part | None:
    """``Приложение II`` alone or with its title; one attachment of a source may hold several annexes."""
    if here.block.zone is Zone.PREAMBLE or not is_annex_heading(here.block, progress.vocabulary):
        return None
    if here.block.zone is not Zone.ANNEX or progress.paths.taken(f"annex{progress.annex}"):
        progress.inline_annexes += 1
        progress.enter_annex(progress.annex + 1)
    return Part(ClauseType.ANNEX, progress.paths.claim(f"annex{progress.annex}"))


def article_heading(here: Here, progress: Progress) -> Part | None:
    """``Статья 1`` alone or with its title, in an annex or in a text adopted in place of one."""
    block = here.block
    in_text = block.zone is Zone.ANNEX or (block.zone is Zone.BODY and (progress.annex or not progress.operative))
    match = progress.vocabulary.article.match(block.text) if in_text or progress.article else None
    if match is None or block.label is not None or block.shape is Shape.TABLE:
        return None
    rest = block.text[match.end() :].strip(" .:：—–-")
    if rest and block.shape is not Shape.HEADING and not (rest[0].isupper() and reads_as_heading(rest)):
        return None
    number = _ordinal(match[0]) or progress.articles + 1
    return Part(ClauseType.HEADING, progress.enter_article(number))


def _ordinal(text: str) -> int | None:
    digits = re.search(r"\d{1,3}", text)
    if digits:
        return int(digits[0])
    chinese = re.search("[一二三四五六七八九十百]+", text)
    return chinese_number(chinese[0]) if chinese else None


def section_title(here: Here, progress: Progress) -> Part | None:
    """``II. Устойчивое развитие``: a Roman number or a capital, and no mark at the end."""
    text = here.block.text
    declared = here.block.shape is Shape.HEADING and not _is_listed(here, progress)
    if declared or (_SECTION_TITLE.fullmatch(text) and here.block.label is None and reads_as_heading(text)):
        return heading(here, progress)
    return None


def _is_listed(here: Here, progress: Progress) -> bool:
    """A list item that the source sets as a heading: ``'1'`` behind a colon, or the next of an open list."""
    if here.enumerator is None or not _BRACKETED.fullmatch(here.enumerator.printed):
        return False
    opened = bool(_COLON.search(progress.last_text)) and here.enumerator.readings[0].ordinal == 1
    return opened or progress.levels.continues(here.enumerator.readings)


def short_line(here: Here, progress: Progress) -> Part | None:
    """A short line without number and without a mark at its end; under a colon such lines are a list."""
    if _heads_numbers(here, progress):
        return heading(here, progress)
    plain = here.number is None and here.enumerator is None and here.block.shape is not Shape.TABLE
    in_preamble = here.block.zone is Zone.PREAMBLE and not re.fullmatch(r"[IVXLC]{1,6}\.?", here.block.text)
    if not plain or in_preamble or not reads_as_heading(here.block.text):
        return None
    announced = progress.vocabulary.announcement.match(progress.last_text)
    if progress.listing or (_COLON.search(progress.last_text) and not announced and progress.base):
        progress.listing = not progress.vocabulary.counts_only(here.block.text)
        return None if progress.listing else heading(here, progress)
    return heading(here, progress)


def _heads_numbers(here: Here, progress: Progress) -> bool:
    """``Reporting:`` between two numbered paragraphs."""
    plain = here.number is None and here.enumerator is None and here.block.shape is not Shape.TABLE
    between = here.before_number and here.next_number == progress.operative + 1 and progress.operative > 0
    short = len(here.block.text) <= _COLON_HEADING_LENGTH and bool(_COLON.search(here.block.text))
    ended = not _COLON.search(progress.last_text)
    return plain and between and short and ended and here.block.zone is Zone.BODY and not progress.annex


def heading(here: Here, progress: Progress) -> Part:
    """A heading, which may open a section."""
    opens = _OPENS_SECTION.match(here.block.text) or progress.vocabulary.counts_only(here.block.text)
    progress.section = progress.section or bool(opens)
    key = f"{progress.annex_prefix}h"
    return Part(ClauseType.HEADING, progress.paths.claim(f"{key}{progress.count(key)}"))
