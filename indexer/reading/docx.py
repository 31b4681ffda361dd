"""Office documents (DOCX) to raw documents: paragraphs with their automatic numbers, footnotes, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from indexer.model import FootnoteMark, Problem
from indexer.reading.document import Block, RawDocument, RawMetadata, RawNote, Reading, Shape
from indexer.reading.docx_numbering import Numbering, attribute, value
from indexer.reading.docx_package import DocxError, Package
from indexer.reading.flow import SUPERSCRIPTS, Flowing, clean, settle
from indexer.reading.furniture import own_symbol
from indexer.reading.lines import split_lines
from indexer.reading.marks import Mark, lift
from indexer.reading.plain import split_documents

_CALL: Final = "\ue000"  # stands in gathered text where a note is called; its key is kept beside
_CELL_LENGTH: Final = 300  # a longer cell is running text: the table only sets the page
_ENUMERATED: Final = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[ivxlc]{2,6})[).]")
_COMMA: Final = re.compile(r"[,，،]$")
_SUPERSCRIPT: Final = re.compile("[⁰¹²³⁴-⁹]")

_THROUGH: Final = frozenset(  # elements that only wrap text
    {"hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ins", "moveTo", "Choice"}
)
_BREAKS: Final = frozenset({"tab", "br", "cr", "ptab"})

NoteKey = tuple[str, str]  # footnote or endnote, its id


def read_docx(name: str, data: bytes) -> Reading:
    """Read a DOCX file; never raises.

    Insertions of tracked changes are taken and deletions dropped. Problems: ``tracked-changes``, ``text-box`` for
    text that stands beside the page and is left out, ``custom-mark`` and ``endnotes`` for notes that got another
    number than the printed one. What is no DOCX gives one that says what it is and what to do.
    """
    try:
        package = Package(data)
        body = package.body
        reader = _BodyReader(package)
        reader.read(body)
        document = reader.document(name)
    except DocxError as error:
        return Reading(skipped=(Problem(error.code, str(error), name),))
    if not document.blocks:
        return Reading(skipped=(Problem("empty-file", "the document holds no text", name),))
    return Reading(tuple(split_documents(document)))


@dataclass(slots=True)
class _Gathered:
    """A paragraph while it is gathered; ``calls`` are the notes called at each placeholder."""

    pieces: list[str] = field(default_factory=list)
    calls: list[NoteKey] = field(default_factory=list)
    shape: Shape = Shape.PARAGRAPH

    def add(self, text: str) -> None:
        self.pieces.append(text.replace(_CALL, ""))

    def call(self, key: NoteKey) -> None:
        self.pieces.append(_CALL)
        self.calls.append(key)

    def join(self, other: _Gathered, seam: str = " ") -> None:
        self.pieces += [seam, *other.pieces]
        self.calls += other.calls

    @property
    def text(self) -> str:
        return clean("".join(self.pieces))


class _BodyReader:
    """Walks the main document once and gathers its paragraphs."""

    def __init__(self, package: Package) -> None:
        styles = package.part("styles")
        self._numbering = Numbering(package.part("numbering"), styles)
        self._headings = _heading_styles(styles)
        self._notes = {kind: _notes(package.part(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._running = [clean(_plain_text(p)) for root in package.headers() for p in root.iter("{*}p")]
        self._paragraphs: list[_Gathered] = []
        self._custom: set[NoteKey] = set()
        self._carried: _Gathered | None = None  # a paragraph whose end was deleted: the next one goes on with it
        self._inserted = self._deleted = self._boxes = 0
        self._first_number = 1
        self._enacting: int | None = None  # the place of the first paragraph that ends in a comma

    def read(self, root: etree._Element) -> None:
        """Gather the paragraphs of the document."""
        start = value(root.find(".//{*}sectPr/{*}footnotePr"), "{*}numStart")
        if start and start.isdecimal():
            self._first_number = int(start[:4])
        for body in root.iterfind("{*}body"):
            self._read_blocks(body)
        if self._carried:
            self._paragraphs.append(self._carried)

    def document(self, name: str) -> RawDocument:
        """Return what was gathered."""
        order = list(dict.fromkeys(key for paragraph in self._paragraphs for key in paragraph.calls))
        called = [key for key in order if key[1] in self._notes[key[0]] or key in self._custom]
        if not called:
            flowing = [Flowing(p.text, self._shape(at)) for at, p in enumerate(self._paragraphs)]
            document = settle(name, flowing, self._problems([]))
            return _with_symbol(document, self._running)
        ordered = sorted(called, key=lambda key: (key[0] != "footnote", key in self._custom))
        numbers = {key: number for number, key in enumerate(ordered, start=self._first_number)}
        blocks = [self._block(at, numbers) for at in range(len(self._paragraphs))]
        notes = [RawNote(number, self._notes[kind].get(id_, "")) for (kind, id_), number in numbers.items()]
        document = RawDocument(
            name, tuple(b for b in blocks if b.text), tuple(notes), problems=self._problems(called)
        )
        return _with_symbol(document, self._running)

    def _block(self, at: int, numbers: dict[NoteKey, int]) -> Block:
        paragraph = self._paragraphs[at]
        text = paragraph.text
        places = [place for place, char in enumerate(text) if char == _CALL]
        marks = [
            Mark(numbers.get(key, 0), 0, place, place + 1) for place, key in zip(places, paragraph.calls, strict=True)
        ]
        plain, offsets = lift(text, marks)
        hung = tuple(FootnoteMark(number, offset) for number, offset in offsets if number)
        return Block(plain, shape=self._shape(at), marks=hung)

    def _shape(self, at: int) -> Shape:
        """Heading styles count only behind the enacting line: mastheads and adoption headings wear them too."""
        shape = self._paragraphs[at].shape
        if self._enacting is None:
            ends = (place for place, p in enumerate(self._paragraphs) if _COMMA.search(p.text))
            self._enacting = next(ends, len(self._paragraphs))
        return Shape.PARAGRAPH if shape is Shape.HEADING and at < self._enacting else shape

    def _problems(self, called: Sequence[NoteKey]) -> tuple[Problem, ...]:
        problems = []
        if self._inserted or self._deleted:
            message = f"{self._inserted} insertions were taken and {self._deleted} deletions dropped"
            problems.append(Problem("tracked-changes", message))
        if self._boxes:
            problems.append(Problem("text-box", f"{self._boxes} text boxes beside the page were left out"))
        if self._custom:
            problems.append(
                Problem("custom-mark", f"{len(self._custom)} notes with a sign of their own were numbered")
            )
        kinds = {kind for kind, _ in called}
        if kinds == {"footnote", "endnote"}:
            problems.append(Problem("endnotes", "endnotes were numbered behind the footnotes"))
        return tuple(problems)

    # ------------------------------------------------------------ blocks

    def _read_blocks(self, parent: etree._Element) -> None:
        for child in parent:
            match _name(child):
                case "p":
                    self._read_paragraph(child)
                case "tbl":
                    self._read_table(child)
                case "AlternateContent":
                    self._read_blocks(_chosen(child))
                case name if name in _THROUGH:
                    self._read_blocks(child)

    def _read_paragraph(self, element: etree._Element) -> None:
        gathered = self._gather(element)
        properties = element.find("{*}pPr")
        if self._carried:
            self._carried.join(gathered, "")
            gathered, self._carried = self._carried, None
        if properties is not None and properties.find("{*}rPr/{*}del") is not None:
            self._deleted += 1
            self._carried = gathered
        elif gathered.text:
            self._paragraphs.append(gathered)

    def _gather(self, element: etree._Element) -> _Gathered:
        """One paragraph with its automatic number."""
        properties = element.find("{*}pPr")
        style = value(properties, "{*}pStyle")
        gathered = _Gathered()
        self._read_inline(element, gathered)
        if not gathered.text:
            return gathered  # Word prints a number before nothing too, but no clause stands there
        label = self._numbering.label(properties, style)
        if label:
            gathered.pieces.insert(0, f"{label} ")
        outline = value(properties, "{*}outlineLvl")
        if style in self._headings or (outline and outline != "9"):
            gathered.shape = Shape.HEADING
        return gathered

    def _read_table(self, table: etree._Element) -> None:
        printed = [row for row in table.iterfind("{*}tr") if row.find("{*}trPr/{*}del") is None]
        rows = [[self._cell(cell) for cell in row.iterfind("{*}tc")] for row in printed]
        rows = [row for row in rows if any(p.text for cell in row for p in cell)]
        columns = max(map(len, rows), default=0)
        if columns < 2 or any(len(p.text) > _CELL_LENGTH for row in rows for cell in row for p in cell):
            for row in rows:
                self._paragraphs += _running_cells(row)
            return
        whole = _Gathered(shape=Shape.TABLE)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                for paragraph_at, paragraph in enumerate(cell or [_Gathered()]):
                    seam = " " if paragraph_at else " | " if column else " // " if at else ""
                    whole.join(paragraph, seam)
        if whole.text:
            self._paragraphs.append(whole)

    def _cell(self, cell: etree._Element) -> list[_Gathered]:
        """The paragraphs of a cell, those of tables within it included."""
        gathered = [self._gather(paragraph) for paragraph in cell.iter("{*}p") if not _in_box(paragraph)]
        return [paragraph for paragraph in gathered if paragraph.text]

    # ------------------------------------------------------------ inline

    def _read_inline(self, parent: etree._Element, out: _Gathered) -> None:
        for child in parent:
            match _name(child):
                case "r":
                    self._read_run(child, out)
                case "del" | "moveFrom":
                    self._deleted += 1
                case "AlternateContent":
                    self._read_inline(_chosen(child), out)
                case "oMath" | "oMathPara":
                    out.add("".join(text.text or "" for text in child.iter("{*}t")))
                case name if name in _THROUGH:
                    self._inserted += name in ("ins", "moveTo")
                    self._read_inline(child, out)

    def _read_run(self, run: etree._Element, out: _Gathered) -> None:
        properties = run.find("{*}rPr")
        if properties is not None and _is_on(properties.find("{*}vanish")):
            return
        raised = value(properties, "{*}vertAlign") == "superscript"
        for child in run:
            match _name(child):
                case "t":
                    text = child.text or ""
                    out.add(text.translate(SUPERSCRIPTS) if raised and text.strip().isdecimal() else text)
                case "noBreakHyphen":
                    out.add("-")
                case "sym":
                    out.add(_symbol(child))
                case "footnoteReference" | "endnoteReference" as reference:
                    key = (reference.removesuffix("Reference"), attribute(child, "id") or "")
                    out.call(key)
                    if (attribute(child, "customMarkFollows") or "0") not in ("0", "false"):
                        self._custom.add(key)
                        return  # the sign behind it is no text
                case "drawing" | "pict" | "object":
                    self._boxes += sum(1 for _ in child.iter("{*}txbxContent"))
                case "AlternateContent":
                    self._boxes += sum(1 for _ in _chosen(child).iter("{*}txbxContent"))
                case name if name in _BREAKS:
                    out.add(" ")


def _with_symbol(document: RawDocument, running: Sequence[str]) -> RawDocument:
    """Take the symbol that the running heads print, or a line of the text."""
    printed = "\n".join([*running, *(part for block in document.blocks for part in block.text.split(" | "))])
    symbol = own_symbol(split_lines(printed)[0])
    return replace(document, meta=RawMetadata(symbol=symbol))


def _running_cells(row: Sequence[Sequence[_Gathered]]) -> Iterator[_Gathered]:
    """The paragraphs of a row that only sets the page; a number in a cell of its own goes before its text."""
    label: _Gathered | None = None
    for paragraph in (paragraph for cell in row for paragraph in cell):
        if label:
            label.join(paragraph)
            yield label
            label = None
        elif _ENUMERATED.fullmatch(paragraph.text):
            label = paragraph
        else:
            yield paragraph
    if label:
        yield label


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of several renderings of the same thing the first."""
    choice = alternatives.find("{*}Choice")
    fallback = alternatives.find("{*}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternatives


def _in_box(element: etree._Element) -> bool:
    return any(_name(ancestor) == "txbxContent" for ancestor in element.iterancestors())


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and (attribute(switch, "val") or "1") not in ("0", "false", "off")


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font: a bullet from its private area, else the character itself."""
    code = attribute(element, "char") or ""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
    if 0xE000 <= number <= 0xF8FF:
        return "•" if number == 0xF0B7 else "\ufffd"
    return chr(number) if number >= 32 and not 0xD800 <= number <= 0xDFFF else ""


def _notes(root: etree._Element | None, kind: str) -> dict[str, str]:
    """The text of each note by its id, without the separators that Word keeps among them."""
    if root is None:
        return {}
    return {
        attribute(note, "id") or "": clean(" ".join(_plain_text(paragraph) for paragraph in note.iter("{*}p")))
        for note in root.iterfind(f"{{*}}{kind}")
        if attribute(note, "type") in (None, "normal")
    }


def _plain_text(paragraph: etree._Element) -> str:
    """The text of a paragraph outside the main document, its deletions dropped."""
    pieces = []
    for element in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}noBreakHyphen"):
        if any(_name(ancestor) in ("del", "moveFrom") for ancestor in element.iterancestors()):
            continue
        name = _name(element)
        pieces.append((element.text or "") if name == "t" else "-" if name == "noBreakHyphen" else " ")
    return "".join(pieces)


def _heading_styles(styles: etree._Element | None) -> frozenset[str]:
    """The paragraph styles that are headings by name (``heading 1``) or by outline level, or based on one."""
    if styles is None:
        return frozenset()
    based: dict[str, str | None] = {}
    headings: set[str] = set()
    for style in styles.iterfind("{*}style"):
        style_id = attribute(style, "styleId") or ""
        based[style_id] = value(style, "{*}basedOn")
        outline = value(style.find("{*}pPr"), "{*}outlineLvl")
        if re.match(r"heading \d|title$", (value(style, "{*}name") or "").lower()) or (outline and outline != "9"):
            headings.add(style_id)
    grown = True
    while grown:
        more = {style_id for style_id, base in based.items() if base in headings} - headings
        headings |= more
        grown = bool(more)
    return frozenset(headings)
