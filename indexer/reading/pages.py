"""Heal page text: furniture out, footnotes lifted, paragraphs joined over page breaks.

Law: every printed line of the source ends in exactly one paragraph, one note or one recorded gap.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.model import FootnoteMark, Problem
from indexer.reading.furniture import find_furniture, own_symbol
from indexer.reading.lines import Line, split_lines
from indexer.reading.marks import Mark, Stretch, find_marks, find_star, find_undefined_marks, lift
from indexer.reading.notes import SEPARATOR, NoteReader, PrintedNote, read_head
from indexer.reading.paragraphs import (
    Joiner,
    PageTurn,
    goes_on,
    learn_layout,
    opens_page,
    opens_paragraph,
    paragraph_number,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A healed paragraph; ``lines`` are the numbers of the source lines that it was made of."""

    text: str
    marks: tuple[FootnoteMark, ...]
    lines: tuple[int, ...]
    table: bool = False


@dataclass(frozen=True, slots=True)
class PageNote:
    """A footnote with its source lines."""

    number: int
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A source line that is no text: ``separator``, ``page-number``, ``running-head``, ``job-number``."""

    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Page text after healing. ``symbol`` is what mastheads and running heads print, if they do."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[PageNote, ...]
    gaps: tuple[Gap, ...]
    symbol: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph before its lines are joined; ``pages`` says on which page each line stands."""

    lines: tuple[Line, ...]
    pages: tuple[int, ...]


MarkFinder = Callable[[Sequence[str], Sequence[Sequence[int]], Sequence[Draft], Sequence[PrintedNote]], list[Mark]]
"""From the joined texts, the offset of each line in them, and the paragraphs and notes that they come from."""


def heal(text: str) -> Pages:
    """Heal page text. Never raises; what looks wrong is reported as problems.

    Afterwards every text is NFC, on one line, single-spaced and without footnote marks; real hyphens at line ends
    are kept.
    """
    lines, problems = split_lines(text)
    furniture = find_furniture(lines)
    sorter = _Sorter(lines, furniture)
    drafts, notes = _lift_endnotes(sorter.drafts, sorter.notes)
    gaps = [Gap(kind, lines[index].number) for index, kind in furniture.items()]
    gaps += [Gap("separator", lines[index].number) for index in sorter.separators]
    return assemble(lines, drafts, notes, gaps, problems)


def assemble(
    lines: Sequence[Line],
    drafts: Sequence[Draft],
    notes: Sequence[PrintedNote],
    gaps: Sequence[Gap],
    problems: Sequence[Problem],
    find_marks: MarkFinder | None = None,
) -> Pages:
    """Join the lines of paragraphs and notes and lift the marks out: the last step of healing, whatever found them.

    ``lines`` are all lines of the document; by default marks are found by the shape of the text around them.
    """
    joiner = Joiner(lines)
    joined = [joiner.join(draft.lines) for draft in drafts]
    texts = [_restore(text) for text, _ in joined]
    marks = (find_marks or find_all_marks)(texts, [starts for _, starts in joined], drafts, notes)
    by_paragraph: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_paragraph[mark.paragraph].append(mark)
    return Pages(
        paragraphs=tuple(
            _paragraph(draft, text, by_paragraph[at])
            for at, (draft, text) in enumerate(zip(drafts, texts, strict=True))
        ),
        notes=tuple(_note(note, joiner) for note in notes),
        gaps=tuple(sorted(gaps, key=lambda gap: gap.line)),
        symbol=own_symbol(lines),
        problems=(*problems, *mark_problems(marks, notes)),
    )


class _Sorter:
    """Walks the lines once and sorts them into paragraphs, notes and separators."""

    def __init__(self, lines: Sequence[Line], furniture: dict[int, str]) -> None:
        self._lines = lines
        self._furniture = furniture
        rules = [index for index, line in enumerate(lines) if SEPARATOR.fullmatch(line.text)]
        rough = learn_layout(lines, [*furniture, *rules])
        self._reader = NoteReader(lines, furniture, indented=rough.indented)
        self.separators: list[int] = []
        self.drafts: list[Draft] = []
        aside = set(furniture) | set(rules)
        self._blocks: dict[int, tuple[int, int]] = {}  # separator → (page, index after the block)
        index = page = 0
        while index < len(lines):
            if index in rules:
                end = self._reader.read_block(index, page)
                self.separators.append(index)
                if end is not None:
                    self._blocks[index] = (page, end)
                    aside.update(range(index, end))
                    page += 1
                    index = end - 1
            index += 1
        self._layout = learn_layout(lines, aside)
        self._walk()

    @property
    def notes(self) -> list[PrintedNote]:
        return self._reader.notes

    def _walk(self) -> None:
        current: list[tuple[Line, int]] = []
        self._number = 0  # of the last paragraph that opened with one
        broken = blank = False
        index = page = 0
        while index < len(self._lines):
            line = self._lines[index]
            if index in self._blocks:
                broken, (page, end) = True, self._blocks[index]
                page += 1
                index = end
                continue
            if index in self._furniture:
                broken = True
            elif index in self.separators or line.blank:
                blank = True
            else:
                broken = broken or line.opens_page
                if current and self._opens(current[0][0], current[-1][0], index, broken=broken, blank=blank):
                    self._finish(current)
                    current = []
                if not current:
                    self._number = paragraph_number(line) or self._number
                current.append((line, page))
                broken = blank = False
            index += 1
        self._finish(current)

    def _opens(self, opening: Line, last: Line, index: int, *, broken: bool, blank: bool) -> bool:
        line = self._lines[index]
        if broken or (not blank and opens_page(line, self._layout)):
            return not goes_on(PageTurn(opening, last, line, self._number, self._ending(index), self._layout))
        return blank or opens_paragraph(last, line, self._layout)

    def _ending(self, index: int) -> Line | None:
        """The last of the unbroken lines from ``index`` on, if a blank line or the end follows."""
        while index + 1 < len(self._lines) and not self._lines[index + 1].blank:
            index += 1
            if index in self._furniture or index in self.separators or opens_page(self._lines[index], self._layout):
                return None
        return self._lines[index]

    def _finish(self, current: list[tuple[Line, int]]) -> None:
        if current:
            self.drafts.append(Draft(tuple(line for line, _ in current), tuple(page for _, page in current)))


_ENDNOTE: Final = re.compile(r"\[\d{1,3}\]|\d{1,3}/(?=\s)")


def _lift_endnotes(drafts: list[Draft], notes: list[PrintedNote]) -> tuple[list[Draft], list[PrintedNote]]:
    """Take the notes at the end of a web text or of each resolution in it: ``[3] Official Records``, ``1/ A/52/456``.

    They stand under no separator, so each must be called above, after the notes before it, by the same sign. What
    stands between two runs of notes counts as one page.
    """
    if notes:
        return drafts, notes
    kept: list[Draft] = []
    found: list[PrintedNote] = []
    above: list[str] = []  # the texts since the last run of notes
    page, in_run = 0, False
    for draft in drafts:
        line = draft.lines[0]
        head = _ENDNOTE.match(line.text)
        parsed = read_head(line) if head and any(head[0] in text for text in above) else None
        if parsed is None:
            if in_run:
                page, in_run, above = page + 1, False, []
            kept.append(Draft(draft.lines, (page,) * len(draft.lines)))
            above += [line.text for line in draft.lines]
        else:
            in_run = True
            rest = (replace(line, text=parsed.text, indent=0), *draft.lines[1:])
            found.append(PrintedNote(parsed.number, page, list(rest)))
    return (kept, found) if found else (drafts, notes)


_ORDINAL: Final = re.compile(r"(?<=\d-)[eaxmo]{1,2}(?=\s\(?[а-яё])")
_TO_CYRILLIC: Final = str.maketrans("eaxmo", "еахмо")


def _restore(text: str) -> str:
    """Restore what extraction lost: the dash of ``5\ufffd13``, the Cyrillic letter of ``78-e заседание``."""
    spaced = re.sub("(?<=[^\\W\\d_])\\s\ufffd(?=\\d)", " – ", text)
    return _ORDINAL.sub(lambda match: match[0].translate(_TO_CYRILLIC), re.sub("(?<=\\d)\ufffd(?=\\d)", "–", spaced))


def find_all_marks(
    texts: Sequence[str], starts: Sequence[Sequence[int]], drafts: Sequence[Draft], notes: Sequence[PrintedNote]
) -> list[Mark]:
    """Return the marks of all pages, by their shape, then those of sure shapes that no note defines."""
    stretches: dict[int, list[Stretch]] = {}
    for at, (text, offsets, draft) in enumerate(zip(texts, starts, drafts, strict=True)):
        ends = [*offsets[1:], len(text)]
        for page in dict.fromkeys(draft.pages):
            on_page = [i for i, p in enumerate(draft.pages) if p == page]
            stretches.setdefault(page, []).append(Stretch(at, offsets[on_page[0]], ends[on_page[-1]]))
    marks: list[Mark] = []
    for page in dict.fromkeys(note.page for note in notes):
        numbers = [note.number for note in notes if note.page == page and not note.stars]
        found = find_marks(texts, stretches.get(page, []), numbers)
        early = [
            number for number in numbers if number < min((mark.number for mark in found), default=numbers[-1] + 1)
        ]
        if early and marks:
            # The page before had no room for these notes under its last ones
            marks += find_marks(texts, _behind(stretches.get(page - 1, []), marks[-1]), early)
        marks += found
    counted = marks + find_undefined_marks(texts, marks)
    starred = (find_star(texts, stretches.get(n.page, []), n.number, n.stars) for n in notes if n.stars)
    return counted + [mark for mark in starred if mark]


def _behind(stretches: Sequence[Stretch], mark: Mark) -> list[Stretch]:
    """What of these stretches comes after a mark."""
    return [
        Stretch(s.paragraph, max(s.start, mark.end) if s.paragraph == mark.paragraph else s.start, s.end)
        for s in stretches
        if s.paragraph >= mark.paragraph and (s.paragraph > mark.paragraph or s.end > mark.end)
    ]


def mark_problems(marks: Sequence[Mark], notes: Sequence[PrintedNote]) -> list[Problem]:
    called, defined = {mark.number for mark in marks}, {note.number for note in notes}
    problems = [
        Problem("note-without-mark", f"footnote {number} is called nowhere in the text", f"fn{number}")
        for number in sorted(defined - called)
    ]
    return problems + [
        Problem("mark-without-note", f"footnote {number} is called in the text and printed nowhere", f"fn{number}")
        for number in sorted(called - defined)
    ]


def _paragraph(draft: Draft, text: str, marks: Sequence[Mark]) -> Paragraph:
    lines = tuple(line.number for line in draft.lines)
    if not marks and _is_table(draft.lines):
        rows = (" | ".join(re.split(r" {3,}", line.text)) for line in draft.lines)
        return Paragraph(" ".join(" // ".join(rows).split()), (), lines, table=True)
    plain, offsets = lift(text, marks)
    return Paragraph(plain, tuple(FootnoteMark(number, offset) for number, offset in offsets), lines)


def _is_table(lines: Sequence[Line]) -> bool:
    """Columns: three spaces and more between words, on two lines at least and on most."""
    columns = sum(bool(re.search(r"\S {3,}\S", line.text)) for line in lines)
    return columns >= 2 and columns >= 0.6 * len(lines)


def _note(note: PrintedNote, joiner: Joiner) -> PageNote:
    text = lift(_restore(joiner.join(note.lines)[0]), ())[0]
    return PageNote(note.number, text, tuple(line.number for line in note.lines))
