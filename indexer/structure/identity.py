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
from indexer.structure.vocabulary import Vocabulary
from indexer.symbols import body_of, kind_of, parse_symbol
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
_PART_LETTER: Final = re.compile(r"[A-ZА-Я]")
_BRACKETED: Final = re.compile(r"\[.*\]", re.DOTALL)
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
    block = next((b for b in head if b.shape is Shape.HEADING), None)
    if block is None:
        return None
    return _split_number(block, body) or Title(block.text, _council_number(block.text), block.marks)


def _numbered(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """``58/208. International migration and development``, in one block or in two."""
    for block, following in zip(head, [*head[1:], None], strict=False):
        title = _split_number(block, body)
        if title and (title.text or following is not None):
            return title if title.text or following is None else Title(following.text, title.printed, following.marks)
    return None


def _split_number(block: Block, body: Body | None) -> Title | None:
    match = _TITLE_LINE.fullmatch(block.text)
    if not match or _symbol(match["symbol"], body) is None:
        return None
    cut = match.start("title")
    marks = tuple(FootnoteMark(mark.number, max(0, mark.offset - cut)) for mark in block.marks)
    return Title(match["title"].strip(), match["symbol"], marks)


def _council(head: Sequence[Block], vocabulary: Vocabulary, body: Body | None) -> Title | None:
    """``Resolution 1325 (2000)`` and the line of its adoption, in one block or in two."""
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
        if _BRACKETED.fullmatch(text) or _PART_LETTER.fullmatch(text) or _FULL_SYMBOL.fullmatch(text):
            continue
        if len(text) < 400 and not _MASTHEAD_END.search(text):
            return Title(text, None, block.marks)
    return None


def _with_part(title: Title, head: Sequence[Block]) -> Title:
    """Add the letter and the title of a part (``57/270``, ``B``, subtitle) to those of the whole."""
    at = next((i for i, block in enumerate(head) if _PART_LETTER.fullmatch(block.text)), None)
    if at is None or not title.printed or re.search(r"\d\s?[A-ZА-Я]$", title.printed):
        return title
    own = next((b.text for b in head[at + 1 :] if not _BRACKETED.fullmatch(b.text)), "")
    return Title(f"{title.text} {own}".strip(), f"{title.printed} {head[at].text}", title.marks)


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


def find_body(symbol: Symbol | None, enacting: Body | None) -> Body | None:
    """Return the adopting body: that of the symbol, else that of the enacting line."""
    return (body_of(symbol) if symbol else None) or enacting


def find_date(texts: Sequence[str], lang: LanguageCode) -> str | None:
    """Return the first whole date of these texts, tried in order."""
    return next((date for text in texts if (date := parse_date(text, lang))), None)


def is_resolution_symbol(symbol: Symbol) -> bool:
    """Whether a symbol names a resolution, not a decision, a statement or another document."""
    return kind_of(symbol).value == "resolution"
