"""PDF with a text layer to raw documents, by the layout of its pages.

What size and place tell is read from them: footnote marks are small and raised, notes stand small at the foot,
paragraphs begin at gaps and indents. The words decide only where the page does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.model import Problem
from indexer.reading.document import Reading
from indexer.reading.marks import Mark
from indexer.reading.notes import PrintedNote, read_head
from indexer.reading.ocr import read_scan
from indexer.reading.pages import Draft, Gap, Pages, assemble, find_all_marks
from indexer.reading.pdf_frames import sort_lines
from indexer.reading.pdf_glyphs import PrintedPage, PrintedPages, read_pages
from indexer.reading.pdf_lines import SetLine, set_pages
from indexer.reading.pdf_paragraphs import gather
from indexer.reading.plain import as_document, split_documents

_FEW: Final = 20  # characters on a page that is a picture with a stamp on it
_PICTURED: Final = 0.5  # of a page covered by pictures: a scan
_BROKEN: Final = 0.2  # of the characters without a letter: no text can be read
_MARK: Final = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_UNIT: Final = re.compile(r"\d$|(?<![^\W\d_])[^\W\d_]{1,2}$")
_PLAIN_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def read_pdf(name: str, data: bytes) -> Reading:
    """Read a PDF; return one document, or one for each part or resolution that it holds.

    Never raises on content. Left out with a reason: ``password-protected``, ``damaged-pdf``, ``no-text``,
    ``scan-without-text`` and ``broken-fonts``; the last two only where the text recognition of ``clausula[ocr]`` is
    not installed. Problems of the documents: those of `read_pages` and `Pages`, ``page-without-text``,
    ``unmapped-characters``, ``recognised-text``.
    """
    printed = read_pages(name, data)
    if printed.fatal:
        return Reading(skipped=tuple(printed.problems))
    unreadable = _unreadable(name, printed)
    if unreadable:
        return _recognise(name, data, printed.problems, unreadable)
    pages = heal_pages(printed.pages)
    problems = (*printed.problems, *_page_problems(name, printed.pages), *pages.problems)
    document = as_document(name, replace(pages, problems=problems))
    return Reading(tuple(split_documents(document)))


def heal_pages(printed: Sequence[PrintedPage]) -> Pages:
    """Heal the pages of a PDF. Never raises.

    Law: every line that `set_pages` finds ends in exactly one paragraph, one note or one recorded gap.
    """
    sorted_lines = sort_lines(printed, set_pages(printed))
    notes, strays = _read_notes(sorted_lines.notes)
    drafts = [
        Draft(tuple(line.line for line in lines), tuple(line.page for line in lines))
        for lines in gather(sorted_lines.frames, sorted_lines.size)
    ]
    gaps = [Gap(kind, line.line.number) for kind, line in [*sorted_lines.gaps, *strays]]
    return assemble(sorted_lines.lines, drafts, notes, gaps, (), find_raised_marks)


def _recognise(name: str, data: bytes, problems: Sequence[Problem], unreadable: Problem) -> Reading:
    """Read the pages as pictures; where that fails too, say why there is no text."""
    recognised = read_scan(name, data)
    if recognised.documents:
        documents = (replace(document, problems=(*problems, *document.problems)) for document in recognised.documents)
        return replace(recognised, documents=tuple(documents))
    failed = [problem.message for problem in recognised.skipped if problem.code != "ocr-missing"]
    reason = replace(unreadable, message="; ".join((unreadable.message, *failed)))
    return Reading(skipped=(*problems, reason))


# ---------------------------------------------------------------- what cannot be read


def _unreadable(name: str, printed: PrintedPages) -> Problem | None:
    """Why no text can be read from the pages, if so."""
    characters = sum(page.printed for page in printed.pages)
    if characters <= _FEW * len(printed.pages) and any(_is_scan(page) for page in printed.pages):
        return Problem("scan-without-text", "a scan without a text layer: clausula[ocr] reads it", name)
    if not characters:
        return Problem("no-text", "a PDF whose pages print no text", name)
    unmapped = sum(page.unmapped for page in printed.pages)
    if unmapped > _BROKEN * characters:
        message = (
            f"a PDF whose fonts do not say which letters they print ({unmapped} of {characters} characters): "
            "clausula[ocr] reads it from the pages"
        )
        return Problem("broken-fonts", message, name)
    return None


def _is_scan(page: PrintedPage) -> bool:
    return page.pictured >= _PICTURED and page.printed <= _FEW


def _page_problems(name: str, pages: Sequence[PrintedPage]) -> Iterable[Problem]:
    for page in pages:
        if _is_scan(page):
            message = "the page is a picture without text: clausula[ocr] reads whole scans"
            yield Problem("page-without-text", message, f"{name}, page {page.number}")
    unmapped = sum(page.unmapped for page in pages)
    if unmapped:
        message = f"{unmapped} characters have no letter in their fonts and were replaced by U+FFFD"
        yield Problem("unmapped-characters", message, name)
    if any(page.hidden for page in pages):
        yield Problem("recognised-text", "the text was recognised by a machine and may be wrong in places", name)


# ---------------------------------------------------------------- notes and marks


def _read_notes(lines: Sequence[SetLine]) -> tuple[list[PrintedNote], list[tuple[str, SetLine]]]:
    """The notes, and the lines that belong to none.

    A note starts at a raised number; where the document raises none, at the next expected number.
    """
    raised = any(_MARK.match(line.text) for line in lines)
    notes: list[PrintedNote] = []
    strays: list[tuple[str, SetLine]] = []
    for line in lines:
        head = read_head(line.line)
        expected = notes[-1].number + 1 if notes else None
        starts = head is not None and (
            head.style == "superscript" if raised else expected is None or head.number in (expected, 1)
        )
        if head is not None and starts:
            note = PrintedNote(head.number, line.page)
            note.lines.append(replace(line.line, text=head.text))
            notes.append(note)
        elif notes:
            notes[-1].lines.append(line.line)
        else:
            strays.append(("stray-note", line))
    return notes, strays


def find_raised_marks(
    texts: Sequence[str], starts: Sequence[Sequence[int]], drafts: Sequence[Draft], notes: Sequence[PrintedNote]
) -> list[Mark]:
    """Return the raised figures that call notes.

    Such a figure is the number of a note of its page or of an earlier one, which may be called again, or the next
    number after the marks before it. What may be an exponent (``m²``) is one, if its page has a better mark of that
    number or no such note. A document without raised figures prints its marks in another way: then the shape tells.
    """
    defined = {(note.page, note.number) for note in notes}
    raised = [
        _Raised(at, match, _page_at(draft, offsets, match.start()))
        for at, (text, offsets, draft) in enumerate(zip(texts, starts, drafts, strict=True))
        for match in _MARK.finditer(text)
    ]
    sure = {(figure.page, figure.number) for figure in raised if not figure.may_be_exponent}
    found: list[Mark] = []
    last = 0
    for figure in raised:
        called = (figure.page, figure.number)
        if figure.may_be_exponent:
            is_mark = called in defined and called not in sure
        else:
            is_mark = called in defined or figure.number <= last + 1
        if is_mark:
            found.append(Mark(figure.number, figure.paragraph, figure.match.start(), figure.match.end()))
            last = max(last, figure.number)
    return found if raised else find_all_marks(texts, starts, drafts, notes)


@dataclass(frozen=True, slots=True)
class _Raised:
    """A raised figure: the paragraph that it stands in, where, and on which page."""

    paragraph: int
    match: re.Match[str]
    page: int

    @property
    def number(self) -> int:
        """The number that it prints."""
        return int(self.match[0].translate(_PLAIN_DIGITS))

    @property
    def may_be_exponent(self) -> bool:
        """Whether a unit or a number stands before it: ``km²``, ``10⁶``, but also ``58/208¹``."""
        return bool(_UNIT.search(self.match.string[max(0, self.match.start() - 4) : self.match.start()]))


def _page_at(draft: Draft, offsets: Sequence[int], place: int) -> int:
    """The page that a place in the joined text of a paragraph stands on."""
    return next(page for page, start in reversed(list(zip(draft.pages, offsets, strict=True))) if start <= place)
