"""Paragraphs that need no healing, with their footnotes among them, to blocks and notes.

Web pages and typed documents print a note as a paragraph of its own, somewhere below: ``1/ A/52/456.``,
``[1] …``, ``¹ …``. It is a note only where the same sign calls it in the text above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.model import FootnoteMark, Problem
from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Shape
from indexer.reading.furniture import own_symbol
from indexer.reading.lines import split_lines
from indexer.reading.marks import Mark, Stretch, find_marks, find_undefined_marks, lift
from indexer.reading.notes import SEPARATOR, PrintedNote
from indexer.reading.pages import mark_problems
from indexer.reading.web import heads_notes

SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

# How a note is headed, and how the same sign looks where it is called; {n} is the number.
_SIGNS: Final = (
    (re.compile(r"(?P<n>[⁰¹²³⁴-⁹]{1,3})\s?/?\s*"), r"(?<=\S)\s?(?<![⁰¹²³⁴-⁹]){s}(?![⁰¹²³⁴-⁹])"),
    (re.compile(r"\[(?P<n>\d{1,3})\]\s*"), r"(?<=\S)\s?\[{n}\]"),
    (re.compile(r"\((?P<n>\d{1,3})\)\s+"), r"(?<=[^\W\d_])\({n}\)"),
    (re.compile(r"(?P<n>\d{1,3})/\s*(?=[^\d\s])"), r"(?<=\S)(?<![\d/])\s?{n}/(?!\d)"),
)
_PLAIN_HEAD: Final = re.compile(r"\[?\(?(?P<n>\d{1,3})[\])/.]?\s*")  # of a note that its element declares one


@dataclass(frozen=True, slots=True)
class Flowing:
    """A paragraph as its source shows it, marks and all; ``note`` says that the source declares it footnote text."""

    text: str
    shape: Shape = Shape.PARAGRAPH
    note: bool = False


@dataclass(slots=True)
class _Stretch:
    """Paragraphs and the notes that they may call; notes that count anew begin another."""

    first: int
    end: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)


def settle(source: str, paragraphs: Iterable[Flowing], problems: Sequence[Problem] = ()) -> RawDocument:
    """Return the document of these paragraphs: notes taken out, their marks lifted from the text.

    Never raises. Problems: ``note-without-mark``, ``mark-without-note``, and those of unclean characters.
    """
    cleaned, oddities = _clean(paragraphs)
    body, stretches = _separate(cleaned)
    texts = [paragraph.text for paragraph in body]
    marks: list[Mark] = []
    for stretch in stretches:
        places = [Stretch(at, 0, len(texts[at])) for at in range(stretch.first, stretch.end)]
        marks += find_marks(texts, places, [number for number, _ in stretch.notes])
    marks += find_undefined_marks(texts, marks)
    notes = [note for stretch in stretches for note in stretch.notes]
    symbol = own_symbol(split_lines("\n".join(texts))[0])
    return RawDocument(
        source,
        tuple(_blocks(body, marks)),
        tuple(RawNote(number, lift(text, ())[0]) for number, text in notes),
        RawMetadata(symbol=symbol),
        (*problems, *oddities, *mark_problems(marks, [PrintedNote(number, 0) for number, _ in notes])),
    )


def clean(text: str) -> str:
    """Return a text on one line, composed and without what cannot be seen."""
    return " ".join(line.text for line in split_lines(text)[0] if line.text)


def _clean(paragraphs: Iterable[Flowing]) -> tuple[list[Flowing], tuple[Problem, ...]]:
    cleaned, problems = [], dict[str, Problem]()
    for paragraph in paragraphs:
        lines, found = split_lines(paragraph.text)
        problems.update((problem.code, problem) for problem in found)
        if text := " ".join(line.text for line in lines if line.text):
            cleaned.append(Flowing(text, paragraph.shape, paragraph.note))
    return cleaned, tuple(problems.values())


def _separate(paragraphs: Sequence[Flowing]) -> tuple[list[Flowing], list[_Stretch]]:
    """Take the notes out of the paragraphs."""
    body: list[Flowing] = []
    stretches = [_Stretch(0)]
    in_notes = False
    for paragraph in paragraphs:
        head = _note_head(paragraph, body)
        if head:
            number, text = head
            if any(number == known for known, _ in stretches[-1].notes):
                stretches[-1].end = stretches[-1].end or len(body)
                stretches.append(_Stretch(stretches[-1].end))
            if not in_notes and body and (SEPARATOR.fullmatch(body[-1].text) or heads_notes(body[-1].text)):
                body.pop()
            stretches[-1].notes.append((number, text))
            stretches[-1].end = len(body)
            in_notes = True
        elif paragraph.note and stretches[-1].notes:
            number, text = stretches[-1].notes[-1]
            stretches[-1].notes[-1] = (number, f"{text} {paragraph.text}")
        else:
            body.append(paragraph)
            in_notes = False
    if len(stretches) == 1:
        stretches[0].end = len(body)  # notes that number the whole text may be called below themselves too
    return body, stretches


def _note_head(paragraph: Flowing, body: Sequence[Flowing]) -> tuple[int, str] | None:
    """The number and the text of a note, if the paragraph opens one."""
    for head, call in _SIGNS:
        match = head.match(paragraph.text)
        if match and match.end() < len(paragraph.text):
            number = match["n"].translate(_DIGITS)
            called = re.compile(call.format(n=number, s=number.translate(SUPERSCRIPTS)))
            if any(called.search(above.text) for above in body):
                return int(number), paragraph.text[match.end() :]
    match = _PLAIN_HEAD.match(paragraph.text) if paragraph.note else None
    return (int(match["n"]), paragraph.text[match.end() :]) if match and match.end() < len(paragraph.text) else None


def _blocks(body: Sequence[Flowing], marks: Sequence[Mark]) -> Iterator[Block]:
    for at, paragraph in enumerate(body):
        text, offsets = lift(paragraph.text, [mark for mark in marks if mark.paragraph == at])
        if text:
            hung = tuple(FootnoteMark(number, offset) for number, offset in offsets)
            yield Block(text, shape=paragraph.shape, marks=hung)
