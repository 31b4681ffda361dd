"""Who adopted what, and when: symbol, title, date and body of a resolution.

The text is believed first; what the source declares about itself fills what the text lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.errors import InvalidSymbolError
from indexer.model import Body, FootnoteMark, LanguageCode, Problem, Symbol
from indexer.reading.document import Block, RawMetadata, Shape
from indexer.reading.plain import part_letter
from indexer.structure.vocabulary import Vocabulary
from indexer.symbols import body_of, fold, kind_of, parse_symbol
from indexer.text.dates import parse_date

# "58/208.", "57/270 B.", "2106 A (XX).", "S-21/2.", Arabic "52 / 31" without a stop; then the title.
_TITLE_LINE: Final = re.compile(
    r"(?P<symbol>(?:E?S-)?\d{1,4}\s?(?:/\s?\d{1,3}(?:\s?[A-ZА-Я](?=\s*[.．]|\s*$|\s+[\u0600-\u06ff]))?"
    r"|(?:[A-ZА-Я]\s?)?\([^()]{1,9}\)(?:\s?[A-ZА-Я](?=\s*[.．]))?))"
    r"(?:\s*[.．]\s*|\s+|\s*$)(?P<title>.*)",
    re.DOTALL,
)
_COUNCIL_NUMBER: Final = re.compile(r"(?<![\d/])\d{1,4}\s?[(（](?:19|20)\d\d[)）]")
_FULL_SYMBOL: Final = re.compile(r"(?:A|S|E|A/HRC|E/CN\.4)/RES/\S+(?:\s?\([\w-]+\))?(?:\s?[A-Z])?")
_BRACKETED: Final = re.compile(r"\[.*\]", re.DOTALL)
_DRAFT: Final = re.compile(r"(?<![\w/])(?:A|S|E)/(?:[\w.-]+/)*L\.\d+(?:/[\w.]+)*")
_DOCUMENT: Final = re.compile(r"(?<![\w/])(?:A|S|E)/(?!RES/)[\w./-]*\d[\w.]*(?:/[\w.]+)*")
_SPACED_PART: Final = re.compile(r"(?P<letter>[^\W\d_]{3,4}|[甲乙丙丁戊])(?:\s*[-–—]\s*|$)")
_MASTHEAD_END: Final = re.compile(r"[.:;,]$")


@dataclass(frozen=True, slots=True)
class Title:
    """The title without its number, the number as printed, and the place of its block in the head."""

    text: str
    printed: str | None
    marks: tuple[FootnoteMark, ...] = ()


def find_title(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title:
    """Return the title among the blocks before the enacting line; its text is empty if there is none.

    ``body`` is the enacting one: ``16/21`` is a number of the Human Rights Council only. Titles of the Security
    Council name the resolution and the meeting and keep both.
    """
    for rule in (_declared, _numbered, _council, _unnumbered):
        title = rule(head, vocabulary, body)
        if title:
            return _with_part(title, head)
    return Title("", None)


def _declared(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """A block that the source itself sets as a heading in the head."""
    headings = [block for block in head if block.shape is Shape.HEADING]
    if not headings:
        return None
    numbered = next((title for block in headings if (title := _split_number(block, vocabulary, body))), None)
    block = next((b for b in headings if not vocabulary.heading.match(b.text)), headings[0])
    number = _council_number(block.text) if body == "SC" else None
    return numbered or Title(block.text, number, block.marks)


def _numbered(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """``58/208. International migration and development``, in one block or in two."""
    for block, following in zip(head, [*head[1:], None], strict=False):
        title = _split_number(block, vocabulary, body)
        if title and (title.text or following is not None):
            return title if title.text or following is None else Title(following.text, title.printed, following.marks)
    return None


def _split_number(block: Block, vocabulary: Vocabulary, body: Body | None) -> Title | None:
    word = vocabulary.number.match(block.text)  # «Резолюция 16/21»
    match = _TITLE_LINE.fullmatch(block.text, word.end() if word else 0)
    if not match or _symbol(match["symbol"], body) is None:
        return None
    if word and _COUNCIL_NUMBER.fullmatch(match["symbol"]):
        return None  # “Resolution 1325 (2000) Adopted by …”: the Security Council has no other title
    printed, cut = match["symbol"], match.start("title")
    part = _SPACED_PART.match(match["title"])  # «57/270 باء - …»
    if part and (letter := part_letter(part["letter"])):
        printed, cut = f"{printed} {letter}", cut + part.end()
    cut += len(block.text[cut:]) - len(block.text[cut:].lstrip(" -–—"))
    marks = tuple(FootnoteMark(mark.number, max(0, mark.offset - cut)) for mark in block.marks)
    return Title(block.text[cut:].strip(), printed, marks)


def _council(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """``Resolution 1325 (2000)`` and the line of its adoption, in one block or in two.

    Other bodies only mention such numbers: «вытекающих из резолюции 1863 (2009) Совета Безопасности».
    """
    if body not in ("SC", None):
        return None
    for block, following in zip(head, [*head[1:], None], strict=False):
        number = _council_number(block.text)
        if number and len(block.text) < 250:
            added = following is not None and vocabulary.heading.match(following.text)
            text = f"{block.text} {following.text}" if added and following else block.text
            return Title(text, number, block.marks)
    return None


def _council_number(text: str) -> str | None:
    match = _COUNCIL_NUMBER.search(text)
    return match[0] if match else None


def _unnumbered(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """The last block before the enacting line that reads like a title."""
    for block in reversed(head):
        text = block.text
        if _BRACKETED.fullmatch(text) or part_letter(text) or _FULL_SYMBOL.fullmatch(text):
            continue
        if len(text) < 400 and not _MASTHEAD_END.search(text):
            return Title(text, None, block.marks)
    return None


def _with_part(title: Title, head: Sequence[Block]) -> Title:
    """Add the letter and the title of a part (``57/270``, ``B``, subtitle) to those of the whole."""
    at = next((i for i, block in enumerate(head) if part_letter(block.text)), None)
    if at is None or not title.printed or re.search(r"\d\s?[A-ZА-Я]$", title.printed):
        return title
    own = next((b.text for b in head[at + 1 :] if not _BRACKETED.fullmatch(b.text)), "")
    return Title(f"{title.text} {own}".strip(), f"{title.printed} {part_letter(head[at].text)}", title.marks)


def _symbol(printed: str | None, body: Body | None) -> Symbol | None:
    if not printed:
        return None
    try:
        return parse_symbol(printed, body=body)
    except InvalidSymbolError:
        return None


def find_symbol(
    title: Title, head: Sequence[Block], meta: RawMetadata, body: Body | None
) -> tuple[Symbol | None, tuple[Problem, ...]]:
    """Return the symbol that the title, the masthead or the source's own metadata gives.

    ``symbol-mismatch`` is reported where title and metadata name different resolutions; the title wins.
    """
    declared = _symbol(meta.symbol, body)
    masthead = next((s for b in head if (m := _FULL_SYMBOL.match(b.text)) and (s := _symbol(m[0], body))), None)
    # "16/21" alone does not tell the Human Rights Council; the masthead or the metadata does.
    known = body or body_of(declared or masthead or "")
    printed = _symbol(title.printed, known)
    if printed is None:
        return masthead or declared, ()
    if declared and declared != printed and not declared.startswith(printed):
        message = f"the title names {printed}, the source declares {declared}"
        return printed, (Problem("symbol-mismatch", message),)
    return (declared if declared and declared.startswith(printed) else printed), ()


def find_other_kind(blocks: Sequence[Block], vocabulary: Vocabulary) -> Problem | None:
    """Return what the masthead of a text without the symbol of a resolution says: a draft, another document.

    Codes: ``skipped-draft``, ``skipped-document``. Symbols in brackets belong to others («[по докладу … (A/58/9)]»).
    """
    head = " ".join(re.sub(r"\[[^]]*\]|\([^)]*\)", " ", block.text) for block in blocks)
    draft, document = _DRAFT.search(fold(head)), _DOCUMENT.search(fold(head))
    if draft:
        return Problem("skipped-draft", f"{draft[0]} is a draft")
    words = vocabulary.draft.search(head)
    if words:
        return Problem("skipped-draft", f"the masthead says “{words[0]}”")
    return Problem("skipped-document", f"{document[0]} is a document, no resolution") if document else None


def find_body(symbol: Symbol | None, enacting: Body | None) -> Body | None:
    """Return the adopting body: that of the symbol, else that of the enacting line."""
    return (body_of(symbol) if symbol else None) or enacting


def find_date(texts: Sequence[str], lang: LanguageCode) -> str | None:
    """Return the first whole date of these texts, tried in order."""
    return next((date for text in texts if (date := parse_date(text, lang))), None)


def kind_of_text(symbol: Symbol) -> str:
    """Return what a symbol names: ``resolution``, ``decision``, ``presidential statement`` or ``document``."""
    return kind_of(symbol).value.replace("_", " ")
