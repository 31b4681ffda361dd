"""Footnote blocks at the foot of a page.

A block stands under a line of underscores. Inside it a new note starts only at the next expected number, since other
lines start with digits too (``5–13 сентября 1994 года``). A note may run over into the block of the next page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indexer.reading.lines import Line

SEPARATOR: Final = re.compile(r"_{5,}|[-–—]{6,}|⎯{3,}")
_HEADS: Final = (
    re.compile(r"(?P<n>\d{1,3})(?:/|\.)?(?=\s)\s*(?P<text>\S.*)"),
    re.compile(r"\((?P<n>\d{1,3})\)\s*(?P<text>\S.*)"),
    re.compile(r"\[(?P<n>\d{1,3})\]\s*(?P<text>\S.*)"),
    re.compile(r"(?P<n>\d{1,3})(?:/|\.)?(?P<text>[^\W\d_].*)"),  # the space after the number got lost
    re.compile(r"(?P<n>\d{1,3})(?:/|\.)?(?P<text>)"),  # a number on a line of its own, its text on the next
)
_STARRED: Final = re.compile(r"(?P<stars>\*{1,4})\s*(?P<text>[^\s*].*)")
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SENTENCE_END: Final = re.compile(r"[.。!?؟][»”\"'’)\]]*$")


@dataclass(slots=True)
class PrintedNote:
    """A note while its lines are gathered; ``stars`` is its sign where that is no number."""

    number: int
    page: int
    lines: list[Line] = field(default_factory=list)
    stars: str = ""

    @property
    def complete(self) -> bool:
        """Whether the text gathered so far ends a sentence."""
        return bool(_SENTENCE_END.search(self.lines[-1].text))


@dataclass(frozen=True, slots=True)
class Head:
    """The number at the head of a note, the text after it, and the signs around the number."""

    number: int
    text: str
    style: str


def read_head(line: Line) -> Head | None:
    """Return the head of a line, if a note may start so."""
    text = line.text
    leading = len(text) - len(text.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if leading:
        return Head(int(text[:leading].translate(_SUPERSCRIPTS)), text[leading:].lstrip(), "superscript")
    for pattern in _HEADS:
        match = pattern.fullmatch(text)
        if match:
            signs = re.sub(r"[\d\s]", "", text[: match.start("text")])
            return Head(int(match["n"]), match["text"], signs)
    return None


class NoteReader:
    """Reads the note blocks of one document in order and remembers which number is next."""

    def __init__(self, lines: Sequence[Line], furniture: Collection[int], *, indented: bool) -> None:
        self._lines = lines
        self._furniture = furniture
        self._indented = indented  # running text shows by its indent where it resumes
        self._counted: list[PrintedNote] = []
        self._starred: list[PrintedNote] = []

    @property
    def notes(self) -> list[PrintedNote]:
        """The notes read so far; those under stars come last and count on from the highest number."""
        highest = max((note.number for note in self._counted), default=0)
        for number, note in enumerate(self._starred, start=highest + 1):
            note.number = number
        return [*self._counted, *self._starred]

    def read_block(self, separator: int, page: int) -> int | None:
        """Read the block under the separator line; return the index of the first line after it, None if it is none.

        Without a first note of the expected number the separator is a mere rule, unless the last note was left
        unfinished on the page before or the block holds the expected number further down.
        """
        start = self._skip_blanks(separator + 1)
        if start is None:
            return None
        starred = start
        while (end := self._take_starred(starred, page)) is not None:
            starred = end
            following = self._skip_blanks(end)
            if following is None or not self._opens_note(following):
                return end
            starred = following
        start = starred
        block, end = self._block_lines(start)
        if not block or not self._is_note_block(block):
            return None
        for index in block:
            self._take(self._lines[index], page)
        return end

    def _opens_note(self, index: int) -> bool:
        line = self._lines[index]
        head = read_head(line)
        return bool(_STARRED.fullmatch(line.text)) or (head is not None and head.number in (self._expected(), 1))

    def _take_starred(self, start: int, page: int) -> int | None:
        """Take the note under stars that starts at this line, if one does, and return the index after it."""
        match = _STARRED.fullmatch(self._lines[start].text)
        if match is None:
            return None
        note = PrintedNote(0, page, [replace(self._lines[start], text=match["text"], indent=0)], match["stars"])
        self._starred.append(note)
        index = start + 1
        while index < len(self._lines):
            line = self._lines[index]
            if line.blank or line.opens_page or index in self._furniture or SEPARATOR.fullmatch(line.text):
                break
            if self._opens_note(index) or (note.complete and self._indented and line.indent):
                break
            note.lines.append(line)
            index += 1
        return index

    def _skip_blanks(self, index: int) -> int | None:
        while index < len(self._lines):
            if index in self._furniture or self._lines[index].opens_page:
                return None
            if not self._lines[index].blank:
                return index
            index += 1
        return None

    def _is_note_block(self, block: Sequence[int]) -> bool:
        heads = [head.number for index in block if (head := read_head(self._lines[index]))]
        expected = self._expected()
        first = read_head(self._lines[block[0]])
        if first and (first.number in (expected, 1) or not self._counted):
            return True  # notes may restart on each page, and an excerpt may start at any number
        return bool(self._counted) and (expected in heads or not self._counted[-1].complete)

    def _expected(self) -> int:
        return self._counted[-1].number + 1 if self._counted else 1

    def _block_lines(self, start: int) -> tuple[list[int], int]:
        """The printed lines of the block and the index after it."""
        block: list[int] = []
        expected = self._expected()
        first = read_head(self._lines[start])
        if first and (first.number == 1 or not self._counted):
            expected = first.number
        style = first.style if first and first.number == expected else None
        for index in range(start, len(self._lines)):
            line = self._lines[index]
            if index in self._furniture or SEPARATOR.fullmatch(line.text) or (line.opens_page and block):
                return block, index
            if line.blank:
                continue
            head = read_head(line)
            # "2/" and "[2]" head no paragraph, so that typed notes may be indented like one
            resumed = self._indented and line.indent > 0 and style not in ("/", "[]", "superscript")
            if head and head.number == expected and style in (None, head.style) and not resumed:
                # "4. просит" after notes "2 …" and "3 …" is a paragraph, not the fourth note
                expected, style = expected + 1, head.style
            elif block and self._resumes(block, index):
                return block, index
            block.append(index)
        return block, len(self._lines)

    def _resumes(self, block: Sequence[int], index: int) -> bool:
        """Whether the running text resumes at this line.

        An indent says so where the document indents. Otherwise the note must be finished and either a blank line
        stand between or the last line be clearly shorter than the others.
        """
        line, last = self._lines[index], self._lines[block[-1]]
        if self._indented:
            return line.indent > 0
        if not _SENTENCE_END.search(last.text):
            return False
        widest = max(len(self._lines[i].text) for i in block)
        return self._lines[index - 1].blank or len(last.text) < 0.8 * widest or line.text[0].islower()

    def _take(self, line: Line, page: int) -> None:
        head = read_head(line)
        starts_over = not self._counted or (head is not None and head.number == 1 and self._counted[-1].page != page)
        if head and (head.number == self._expected() or starts_over):
            note = PrintedNote(head.number, page)
            note.lines.append(replace(line, text=head.text, indent=0))
            self._counted.append(note)
        elif self._counted:
            self._counted[-1].lines.append(line)
