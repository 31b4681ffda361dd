"""Plain text, as it comes from a PDF or a web page, to raw documents."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Final

from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Shape
from indexer.reading.pages import Pages, heal
from indexer.symbols import fold


def read_plain(name: str, text: str) -> list[RawDocument]:
    """Read page text; return one document, or one for each part (A, B …) or resolution that the text holds.

    Blocks have no zone and no label. Never raises on content.
    """
    return split_documents(as_document(name, heal(text)))


def as_document(name: str, pages: Pages) -> RawDocument:
    """Return healed pages as one document; its blocks have no zone and no label."""
    blocks = (
        Block(p.text, shape=Shape.TABLE if p.table else Shape.PARAGRAPH, marks=p.marks)
        for p in pages.paragraphs
        if p.text
    )
    notes = (RawNote(note.number, note.text) for note in pages.notes if note.text)
    meta = RawMetadata(symbol=pages.symbol or None)
    return RawDocument(name, tuple(blocks), tuple(notes), meta, pages.problems)


def split_documents(whole: RawDocument) -> list[RawDocument]:
    """Return the parts (A, B …) or resolutions in a document, each with the notes that it calls; one is itself."""
    parts = _split(whole.blocks)
    if len(parts) == 1:
        return [whole]
    notes = _deal_notes(whole.notes, [_called(blocks) for blocks, _ in parts])
    return [_part(whole, blocks, letter, own) for (blocks, letter), own in zip(parts, notes, strict=True)]


def part_letter(text: str) -> str | None:
    """Return the Latin letter of a part whose letter, in any script, is the whole text: ``A``, ``В``, «باء», «乙»."""
    letter = _part_letters().get(text) or fold(text)
    return letter if len(letter) == 1 and "A" <= letter <= "Z" else None


@cache
def _part_letters() -> dict[str, str]:
    data = resources.files(__package__).joinpath("data/akn.toml").read_text(encoding="utf-8")
    letters: dict[str, str] = tomllib.loads(data)["parts"]
    return letters


def _called(blocks: Sequence[Block]) -> set[int]:
    return {mark.number for block in blocks for mark in block.marks}


def _deal_notes(notes: Sequence[RawNote], called: Sequence[set[int]]) -> list[tuple[RawNote, ...]]:
    """Deal the notes out to the parts that call them; numbers may go on or start anew in each part."""
    numbers = [note.number for note in notes]
    if len(numbers) == len(set(numbers)):
        return [tuple(note for note in notes if note.number in own) for own in called]
    dealt, at = [], 0
    for own in called:
        while at < len(notes) and own and numbers[at] not in own:
            at += 1  # called nowhere
        start = at
        while at < len(notes) and numbers[at] in own and numbers[at] not in numbers[start:at]:
            at += 1
        dealt.append(tuple(notes[start:at]))
    return dealt


def _part(whole: RawDocument, blocks: Sequence[Block], letter: str, notes: tuple[RawNote, ...]) -> RawDocument:
    """One of several; without a part letter the symbol of the running heads belongs to one that is not known."""
    symbol = f"{whole.meta.symbol} {letter}" if whole.meta.symbol and letter else None
    return replace(whole, blocks=tuple(blocks), notes=notes, meta=replace(whole.meta, symbol=symbol))


_TITLE: Final = re.compile(
    r"(?:E?S-)?\d{1,4} ?(?:/ ?\d{1,3}(?: ?[A-ZА-Я])?|[A-ZА-Я]? ?\([^)]{1,9}\))\. +[^\W\d_]"
    r"|(?:[^\W\d_]+ )?\d{1,4} ?\((?:19|20)\d\d\)(?=,|\.?$|\.? [^\W\d_])"  # the Security Council's
)
_COMMA_END: Final = re.compile(r"[,，،]$")
_NEAR: Final = 4  # paragraphs between a title or part letter and the enacting line: subtitle, note in brackets


def _split(paragraphs: Sequence[Block]) -> list[tuple[Sequence[Block], str]]:
    """Split where resolutions or parts clearly begin; otherwise return all as one.

    Clear means: a numbered title or a part letter, and within a few paragraphs a short line ending in a comma, the
    enacting line (``Генеральная Ассамблея,``); for parts it is the same each time.
    """
    titles = [at for at, p in enumerate(paragraphs) if _TITLE.match(p.text) and _enacting_near(paragraphs, at)]
    if len(titles) > 1:
        return [(paragraphs[a:b], "") for a, b in _spans([0, *titles[1:]], len(paragraphs))]
    letters = [at for at, p in enumerate(paragraphs) if part_letter(p.text) and _enacting_near(paragraphs, at)]
    if len(letters) > 1 and _same_enacting(paragraphs, letters):
        head = list(paragraphs[: letters[0]])
        spans = _spans(letters, len(paragraphs))
        return [([*head, *paragraphs[a:b]], part_letter(paragraphs[a].text) or "") for a, b in spans]
    return [(paragraphs, "")]


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _enacting_near(paragraphs: Sequence[Block], at: int) -> str | None:
    near = paragraphs[at + 1 : at + 1 + _NEAR]
    return next((p.text for p in near if len(p.text) < 60 and _COMMA_END.search(p.text)), None)


def _same_enacting(paragraphs: Sequence[Block], starts: Sequence[int]) -> bool:
    return len({_enacting_near(paragraphs, at) for at in starts}) == 1
