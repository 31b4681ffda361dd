"""A web page as a reader sees it: paragraphs in order, without the furniture of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.reading.flow import SUPERSCRIPTS
from indexer.reading.web import names_chrome, tags
from indexer.symbols import roman

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_NOTE_NUMBER: Final = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?/?\s*")
_NOTE_NAMES: Final = re.compile(r"(?:^|[\s_-])(?:_?ftn|fn|footnotes?|endnotes?|doc-footnotes?|doc-endnotes?)", re.I)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RAISED: Final = re.compile(r"vertical-align\s*:\s*(?:super|top|text-top)", re.I)
_UNLISTED: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.I)
_ENUMERATED: Final = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[ivxlc]{2,6})[).]|[•–—▪●-]\s")
_BREAK: Final = "\u2028"  # of a line, while a paragraph is gathered

_MENU_LINKS: Final = 3  # fewer links make no menu
_MENU_SHARE: Final = 0.7  # of its text that a menu has in links
_MAIN_SHARE: Final = 0.5  # of the text of the page that <main> or <article> must hold to be trusted
_CELL_LENGTH: Final = 300  # a longer cell is running text: the table only sets the page


class Setting(StrEnum):
    """How a piece of the page is set."""

    RUNNING = "running"
    PREFORMATTED = "preformatted"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the page.

    ``text`` has superscript digits for raised numbers; a line feed stands for a line break that the page asks for. A
    table is one line with `` | `` between cells and `` // `` between rows. ``note`` says that the piece stands in
    what the page calls its footnotes.
    """

    text: str
    setting: Setting = Setting.RUNNING
    note: bool = False


@dataclass(slots=True)
class _Weight:
    text: int = 0  # characters
    linked: int = 0  # of them in links to other pages
    links: int = 0


def read_page(text: str) -> list[Piece]:
    """Return the pieces of a page in reading order; never raises, however broken the markup."""
    root = LexborHTMLParser(text).root
    if root is None:
        return []
    return _Walk(_weigh(root)).pieces(_main(root))


def _weigh(root: LexborNode) -> dict[int, _Weight]:
    """Count text and links below each element."""
    nodes = list(root.traverse(include_text=True))
    weights = {node.mem_id: _Weight() for node in nodes}
    for node in reversed(nodes):
        weight = weights[node.mem_id]
        if node.is_text_node:
            weight.text = len(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag in tags("unseen"):
            weight.text = weight.linked = weight.links = 0
        elif node.tag == "a" and not (node.attributes.get("href") or "#").startswith("#"):
            weight.linked, weight.links = weight.text, 1
        parent = weights.get(node.parent.mem_id) if node.parent else None
        if parent:
            parent.text += weight.text
            parent.linked += weight.linked
            parent.links += weight.links
    return weights


def _main(root: LexborNode) -> LexborNode:
    """The element that the page declares its main content, if it holds most of the text."""
    whole = len(root.text())
    found = max(root.css("main, article, [role=main]"), key=lambda node: len(node.text()), default=root)
    return found if len(found.text()) >= _MAIN_SHARE * whole else root


class _Walk:
    """Walks the tree and gathers pieces."""

    def __init__(self, weights: dict[int, _Weight]) -> None:
        self._weights = weights
        self._whole = max((weight.text for weight in weights.values()), default=0)
        self._numbers: dict[int, int] = {}  # of the last item of each list
        self._pieces: list[Piece] = []
        self._gathered: list[str] = []
        self._label = ""
        self._notes = 0  # depth inside footnotes

    def pieces(self, root: LexborNode) -> list[Piece]:
        """Walk without recursion: pages may nest deeper than the stack."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif node.is_text_node:
                self._gathered.append(_SPACE.sub(" ", node.text_content or ""))
            elif node.is_element_node and self._enter(node):
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(_children(node))))
        self._flush()
        return self._pieces

    def _enter(self, node: LexborNode) -> bool:
        """Take in what an element says by itself; return whether its children are to be walked."""
        tag = node.tag or ""
        if tag in tags("unseen") or self._is_furniture(node) or _leads_back(node):
            return False
        if tag == "br":
            self._gathered.append(_BREAK)
            return False
        number = _raised_number(node)
        if number:
            self._gathered.append(number.translate(SUPERSCRIPTS))
            return False
        if tag in tags("block"):
            self._flush()
        if _is_note(node):
            self._notes += 1
        if tag == "pre":
            self._add(_text_of(node, keep_lines=True).strip("\r\n"), Setting.PREFORMATTED)
            self._leave(node)
            return False
        if tag == "table" and (rows := _data_rows(node)):
            self._add(" // ".join(" | ".join(row) for row in rows), Setting.TABLE)
            self._leave(node)
            return False
        if tag == "li":
            self._label = self._item_label(node)
        if tag in ("td", "dt") and _ENUMERATED.fullmatch(label := _SPACE.sub(" ", node.text()).strip()):
            self._label = label  # the paragraph stands in the cell beside it
            return False
        return True

    def _leave(self, node: LexborNode) -> None:
        if node.tag in tags("block"):
            self._flush()
        if node.tag == "li":
            self._label = ""
        if _is_note(node):
            self._notes -= 1

    def _flush(self) -> None:
        text = "".join(self._gathered)
        self._gathered.clear()
        for paragraph in re.split(rf"{_BREAK}[ \xa0]*(?:{_BREAK}[ \xa0]*)+", text):
            lines = (re.sub(" {2,}", " ", line).rstrip() for line in paragraph.split(_BREAK))
            printed = "\n".join(line.removeprefix(" ") for line in lines).strip("\n")
            if printed.strip():
                if self._label and not _ENUMERATED.match(printed.lstrip()):
                    printed = f"{self._label} {printed.lstrip()}"
                self._label = ""
                self._add(printed, Setting.RUNNING)

    def _add(self, text: str, setting: Setting) -> None:
        if text.strip():
            self._pieces.append(Piece(text, setting, note=self._notes > 0))

    def _item_label(self, item: LexborNode) -> str:
        """What the browser prints before a list item: ``3.``, ``b.``, a bullet, or nothing."""
        parent = item.parent
        if parent is None or parent.tag not in ("ol", "ul"):
            return ""
        style = " ".join(filter(None, (parent.attributes.get("style"), item.attributes.get("style"))))
        if _UNLISTED.search(style):
            return ""
        if parent.tag == "ul":
            return "•"
        before = self._numbers.get(parent.mem_id, _number(parent.attributes.get("start"), 1) - 1)
        number = self._numbers[parent.mem_id] = _number(item.attributes.get("value"), before + 1)
        return f"{_ordinal(number, parent.attributes.get('type') or '1')}."

    def _is_furniture(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            return True
        if node.tag not in tags("container"):
            return False
        if any(names_chrome(attributes.get(key) or "") for key in ("class", "id", "role")) and not _is_note(node):
            return self._weights[node.mem_id].text < _MAIN_SHARE * self._whole
        weight = self._weights[node.mem_id]
        return weight.links >= _MENU_LINKS and weight.linked >= _MENU_SHARE * weight.text


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _raised_number(node: LexborNode) -> str | None:
    """The number of a footnote mark: ``<sup>1</sup>``, ``<a href="#_ftn1">[1]</a>``, a raised ``<span>``."""
    attributes = node.attributes
    called = node.tag == "a" and "#" in (attributes.get("href") or "")
    raised = node.tag == "sup" or bool(_RAISED.search(attributes.get("style") or ""))
    match = _NOTE_NUMBER.fullmatch(node.text()) if called or raised else None
    return match[1] if match else None


def _leads_back(node: LexborNode) -> bool:
    """The arrow behind a note that leads back to its mark: ``<a href="#ref1">↩</a>``."""
    fragment = node.tag == "a" and (node.attributes.get("href") or "").startswith("#")
    return fragment and not any(map(str.isalnum, node.text()))


def _is_note(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag not in tags("container"):
        return False
    return any(_NOTE_NAMES.search(attributes.get(key) or "") for key in ("class", "id", "role"))


def _text_of(node: LexborNode, *, keep_lines: bool = False) -> str:
    """The text below an element with superscript digits for raised numbers."""
    pieces: list[str] = []
    stack = [node]
    while stack:
        here = stack.pop()
        if here.is_text_node:
            pieces.append(here.text_content or "")
        elif here.is_element_node and here.tag not in tags("unseen"):
            if number := _raised_number(here) if here is not node else None:
                pieces.append(number.translate(SUPERSCRIPTS))
            elif here.tag == "br":
                pieces.append("\n")
            else:
                pieces.append(" " if here.tag in tags("block") and not keep_lines else "")
                stack.extend(reversed(list(_children(here))))
    text = "".join(pieces)
    return text if keep_lines else _SPACE.sub(" ", text).strip()


def _data_rows(table: LexborNode) -> list[list[str]]:
    """The rows of a table that holds data; none if it only sets the page in columns."""
    if table.css_first("pre, table table, ol, ul, h1, h2, h3"):
        return []
    rows = [[_text_of(cell) for cell in _children(row) if cell.tag in ("td", "th")] for row in table.css("tr")]
    rows = [row for row in rows if any(row)]
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 or any(len(cell) > _CELL_LENGTH for row in rows for cell in row):
        return []
    enumerated = sum(bool(_ENUMERATED.fullmatch(row[0])) for row in wide if len(row) == 2)
    return [] if enumerated > len(wide) / 2 else rows


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,4}", value) else otherwise


def _ordinal(number: int, series: str) -> str:
    if series in ("a", "A") and 1 <= number <= 26:
        return chr(ord(series) + number - 1)
    if series in ("i", "I") and 1 <= number <= 399:
        return roman(number).lower() if series == "i" else roman(number)
    return str(number)
