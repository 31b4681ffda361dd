"""From the element tree of one resolution to blocks and notes in reading order.

The same thing is encoded in many ways: a sub-paragraph is an ``item``, a ``point``, a ``paragraph`` or a bare ``p``
that starts with «(a)»; a heading is an element of its own or a paragraph of class ``H23``. One walk reads them all:
an element holds prose, or is a heading, a table or a number, or is looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from indexer.reading.akn_text import InlineReader, InlineText, NoteNumbers, clean_text, local_name, raw_text
from indexer.reading.document import Block, RawNote, Shape, Zone

_PROSE = frozenset(["p", "listIntroduction", "listWrapUp", "crossHeading"])
_HEADINGS = frozenset(["heading", "subheading"])
_NUMBERED = frozenset(
    [
        "paragraph",
        "subparagraph",
        "point",
        "item",
        "alinea",
        "clause",
        "article",
        "section",
        "title",
        "part",
        "chapter",
    ]
)
_SILENT = frozenset(["meta", "decoration", "documentRef", ""])
_BLOCKS_IN_PROSE = frozenset(["mod", "quotedStructure", "blockList", "list", "table"])

_HEADING_STYLE = re.compile(r"(?i)^H\d|^HCh|Heading")  # H1, H23, H4, HCh, HCh0, BlueHeadingH2
_TABLE_NOTE_STYLE = "FootnoteText"  # «ᵃ See A/75/383.» under a table

_WORD_OR_FIGURE = re.compile(r"[^\W_]")
_FIGURE_LABEL = re.compile(r"\d")
_SECTION_LABEL = re.compile(r"[^\W\d]+\.?")  # «I», «A.», «أولا», but neither «(a)» nor «1 -»
_PRINTED_NUMBER = re.compile(r"\d{1,3}\s*(?:\.(?!\d)|[-–—]\s)")
_DOUBLED_STOP = re.compile(r"(?:\. )+")  # «1.1» in the number, «. Strengthen» in the text
_EMPTY_BRACKETS = re.compile(r"\(\s*\)\s*")  # at the head of an Arabic note, whose number was cut out
# «75/245. Title»; where the number is an element of its own only «– Title» may be left of it
_TITLE_NUMBER = re.compile(r"(?:(?:E?S-)?\d+\s?/\s?\d+(?:\s?[A-Z](?=\s?\.))?)?[.\s–—-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document the walk is; ``style`` is the class of the paragraph around."""

    zone: Zone
    annex: int = 0
    style: str = ""


class BlockReader:
    """Collects the blocks and notes of one resolution; ``numbers`` are shared by the resolutions of one file."""

    def __init__(self, numbers: NoteNumbers) -> None:
        self.blocks: list[Block] = []
        self.notes: list[RawNote] = []
        self._numbers = numbers
        self._label: str | None = None  # a number that was met and whose text is still to come

    def read_title(self, elements: Iterable[etree._Element]) -> str | None:
        """Read the title of a resolution, without its number, as a block of the head, and return its text."""
        inline = InlineReader(self._numbers)
        for element in elements:
            inline.read(element)
            inline.write(" ")
        title = self._settle(inline)
        if number := _TITLE_NUMBER.match(title.text):
            title = title.without_head(number.end())
        title = title.without_tail(" .-–—")
        self._add(title, Place(Zone.HEAD), Shape.HEADING)
        return title.text or None

    def read_part(self, element: etree._Element, zone: Zone, annex: int = 0) -> None:
        """Read a preamble, a body, an attachment or the conclusions."""
        first = len(self.blocks)
        self._walk(element, Place(zone, annex))
        if zone is Zone.PREAMBLE:
            self._end_preamble(first)

    def _walk(self, parent: etree._Element, place: Place) -> None:
        for child in parent:
            self._visit(child, place)

    def _visit(self, element: etree._Element, place: Place) -> None:
        name = local_name(element.tag)
        if name in _SILENT:
            return
        if name == "num":
            self._take_label(element, place)
        elif name in _HEADINGS:
            self._read_prose(element, place, Shape.HEADING)
        elif name == "table":
            self._read_table(element, place)
        elif name in _PROSE or _has_own_text(element):
            self._read_prose(element, *_set_as(element, name, place))
        elif name in _NUMBERED:
            self._walk(element, replace(place, style=element.get("class") or ""))
            self._end_numbered(place)
        else:
            self._walk(element, place)

    def _take_label(self, element: etree._Element, place: Place) -> None:
        label = clean_text(raw_text(element))
        if self._label and _SECTION_LABEL.fullmatch(self._label):
            self._add(InlineText(""), place, Shape.HEADING)
        # «58. (a) Requests …»: a paragraph that holds nothing but its sub-paragraphs.
        self._label = f"{self._label} {label}" if self._label else label

    def _end_numbered(self, place: Place) -> None:
        """Keep a number without text that stands above a section («I»); drop any other."""
        if self._label and _SECTION_LABEL.fullmatch(self._label):
            self._add(InlineText(""), place, Shape.HEADING)
        self._label = None

    def _end_preamble(self, first: int) -> None:
        """Move what follows the first numbered paragraph to the body.

        Some files close the preamble late («10. 期待…» alone in a second preamble, or the whole text in the first).
        """
        moved = False
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            moved = moved or bool(_PRINTED_NUMBER.match(block.label or block.text))
            if moved:
                self.blocks[index] = replace(block, zone=Zone.BODY)

    def _read_prose(self, element: etree._Element, place: Place, shape: Shape) -> None:
        names = {local_name(child.tag) for child in element}
        if "num" in names:
            self._take_label(next(element.iterchildren("{*}num")), place)
        if names & _HEADINGS:
            shape = Shape.HEADING
        inline = InlineReader(self._numbers)
        inline.read(element, without=_BLOCKS_IN_PROSE)
        self._add(self._settle(inline), place, shape)
        if names & _BLOCKS_IN_PROSE:
            for child in element:
                if local_name(child.tag) in _BLOCKS_IN_PROSE:
                    self._visit(child, place)

    def _read_table(self, table: etree._Element, place: Place) -> None:
        inline = InlineReader(self._numbers)
        for row_number, row in enumerate(table.iter("{*}tr")):
            if row_number:
                inline.write(" // ")
            for cell_number, cell in enumerate(row):
                if cell_number:
                    inline.write(" | ")
                inline.read(cell)
        self._add(self._settle(inline), place, Shape.TABLE)

    def _settle(self, inline: InlineReader) -> InlineText:
        """Return the text of an inline reader and take over the notes it met."""
        text = inline.settle()
        for number, element in inline.notes:
            self.notes.append(self._read_note(number, element))
        return text

    def _read_note(self, number: int, element: etree._Element) -> RawNote:
        inline = InlineReader(self._numbers)
        inline.read(element)
        note = inline.settle()
        if brackets := _EMPTY_BRACKETS.match(note.text):
            note = note.without_head(brackets.end())
        return RawNote(number, note.text, note.links)

    def _add(self, text: InlineText, place: Place, shape: Shape) -> None:
        """Add a block, together with the number that was met before it."""
        label = self._label
        if not _WORD_OR_FIGURE.search(text.text) and not (label and shape is Shape.HEADING):
            return  # a rule of underscores, asterisks, nothing at all
        self._label = None
        if label and (stops := _DOUBLED_STOP.match(text.text)):
            text = text.without_head(stops.end())
        if shape is Shape.PARAGRAPH:
            shape = _styled_shape(place.style, label)
        if label and shape is Shape.HEADING:
            if not text.text.startswith(label):
                text = text.with_head(label)
            label = None
        self.blocks.append(Block(text.text, place.zone, shape, label, place.annex, text.marks, text.links))


def _set_as(element: etree._Element, name: str, place: Place) -> tuple[Place, Shape]:
    """Return where an element of prose belongs and how it is set.

    The preamble of a section inside the body is marked up as cross-headings that refer to ``#preamble``.
    """
    if name != "crossHeading":
        return place, Shape.PARAGRAPH
    if element.get("refersTo") != "#preamble":
        return place, Shape.HEADING
    return (replace(place, zone=Zone.PREAMBLE) if place.zone is Zone.BODY else place), Shape.PARAGRAPH


def _has_own_text(element: etree._Element) -> bool:
    """Return whether text stands in the element itself, not only in the elements inside it."""
    texts = (element.text, *(child.tail for child in element))
    return any(text and not text.isspace() for text in texts)


def _styled_shape(style: str, label: str | None) -> Shape:
    """Return how a paragraph is set by its class; a figure in front proves that it is no heading."""
    if style == _TABLE_NOTE_STYLE:
        return Shape.TABLE
    if _HEADING_STYLE.search(style) and not (label and _FIGURE_LABEL.match(label)):
        return Shape.HEADING
    return Shape.PARAGRAPH
