"""Which part of the document each block lies in.

What the source declares is kept. For plain text the parts are found by three landmarks: the enacting line, the
paragraph numbered 1, and (while segmenting) the line of the meeting and the word for annex.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.reading.document import Block, Shape, Zone
from indexer.reading.paragraphs import looks_preambular
from indexer.structure.enumerators import read_enumerator, read_number, read_number_label
from indexer.structure.vocabulary import Vocabulary

_END: Final = re.compile(r"[.;,:!?»”\"’')\]*،؛؟，。；：！？…]$")
_COMMA: Final = re.compile(r"[,，،][»”\"’')\]]*$")
_SECTION: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-HА-Я])\.?")
_STATED: Final = re.compile(r"[.:;。：；؛][»”\"’')\]]*$")

HEADING_LENGTH: Final = 200  # longer ones without a full stop are paragraphs that lost it
NEAR_TITLE: Final = 40  # blocks; mastheads are long in PDFs, but never longer


def reads_as_heading(text: str) -> bool:
    """Whether a paragraph without number reads like a heading: short, and no mark at its end."""
    return bool(_SECTION.fullmatch(text)) or (0 < len(text) < HEADING_LENGTH and not _END.search(text))


def ends_in_comma(text: str) -> bool:
    """Whether a paragraph ends as preambular paragraphs do."""
    return bool(_COMMA.search(text))


def locate(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks with the zones HEAD, PREAMBLE and BODY where the source declared none.

    Annexes and the tail stay in BODY: the segmenter meets their headings in passing.
    """
    if any(block.zone is not Zone.UNKNOWN for block in blocks):
        return _with_body(_inherited(blocks), vocabulary)
    enacting = find_enacting(blocks, vocabulary)
    start = enacting if enacting is not None else _after_title(blocks)
    body = _find_body(blocks, start, vocabulary)
    zones = [Zone.HEAD if at < start else Zone.PREAMBLE if at < body else Zone.BODY for at in range(len(blocks))]
    return [replace(block, zone=zone) for block, zone in zip(blocks, zones, strict=True)]


def _inherited(blocks: Sequence[Block]) -> list[Block]:
    placed: list[Block] = []
    for block in blocks:
        before = placed[-1].zone if placed else Zone.HEAD
        placed.append(replace(block, zone=before) if block.zone is Zone.UNKNOWN else block)
    return placed


def _with_body(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Find the operative part where the source declares its paragraphs preamble, and at most its items body."""
    preamble = [block for block in blocks if block.zone is Zone.PREAMBLE]
    if not preamble or any(block.zone is Zone.BODY and not _is_item(block) for block in blocks):
        return blocks
    first = blocks.index(preamble[0])
    found = _find_body(preamble, find_enacting(preamble, vocabulary) or 0, vocabulary)
    seen = 0
    for at in range(first, len(blocks)):
        if blocks[at].zone is Zone.PREAMBLE:
            seen += 1
            if seen > found:
                blocks[at] = replace(blocks[at], zone=Zone.BODY)
    return blocks


def _is_item(block: Block) -> bool:
    return block.label is not None and read_number_label(block.label) is None


def find_enacting(blocks: Sequence[Block], vocabulary: Vocabulary) -> int | None:
    """Return the place of the first enacting line; in a masthead the name of the organ stands without a comma."""
    places = [at for at, block in enumerate(blocks) if vocabulary.is_enacting(block.text)]
    near = (at for at in places if at < NEAR_TITLE and ends_in_comma(blocks[at].text))
    return next(near, places[0] if places else None)


def _after_title(blocks: Sequence[Block]) -> int:
    """Without an enacting line the head ends with the first block that reads like a title, if any is near."""
    title = next(
        (at for at, b in enumerate(blocks[:NEAR_TITLE]) if re.match(r"(?:E?S-)?\d+ ?/ ?\d+\.? +\D", b.text)), None
    )
    return 0 if title is None else title + 1


def _find_body(blocks: Sequence[Block], start: int, vocabulary: Vocabulary) -> int:
    """Return where the operative part starts.

    At the paragraph numbered 1 and the headings right above it; in a resolution without numbers at the first
    paragraph that does not end in a comma. An announcement («принимает следующую декларацию:») starts it too.
    """
    end = next(
        (
            at
            for at in range(start + 1, len(blocks))
            if vocabulary.meeting.match(blocks[at].text) or is_annex_heading(blocks[at], vocabulary)
        ),
        len(blocks),
    )
    inside = range(start + 1, end)
    announced = next((at for at in inside if vocabulary.announcement.match(blocks[at].text)), None)
    first = next((at for at in inside if _is_number_one(blocks[at])), None)
    if announced is not None and (first is None or announced < first):
        return announced
    if first is None:
        stated = [at for at in inside if _is_operative_unnumbered(blocks[at])]
        # Typing and character recognition read commas as stops: «рассмотрев заявление.»
        return next((at for at in stated if not looks_preambular(blocks[at].text)), stated[0] if stated else end)
    if first - 1 > start and vocabulary.resolving.fullmatch(blocks[first - 1].text):
        first -= 1
    while (
        first - 1 > start and reads_as_heading(blocks[first - 1].text) and blocks[first - 1].shape is not Shape.TABLE
    ):
        first -= 1
    return first


def _is_number_one(block: Block) -> bool:
    number = read_number_label(block.label) if block.label is not None else read_number(block.text)
    return number is not None and number.number == "1"


def _is_operative_unnumbered(block: Block) -> bool:
    return bool(_STATED.search(block.text)) and read_enumerator(block.text) is None


def is_annex_heading(block: Block, vocabulary: Vocabulary) -> bool:
    """``Приложение``, ``Annex II``, also with its title behind it; a sentence that starts so is none."""
    match = vocabulary.annex.fullmatch(block.text)
    if not match or len(block.text) > HEADING_LENGTH:
        return False
    rest = (match["rest"] or "").strip(" .:—–-")
    parted = match["ordinal"] is not None and re.match(r"\s*[:—–-]", match["rest"] or "")  # “Annex B – items …”
    return not rest or (not _END.search(rest) and (bool(parted) or not rest[0].islower()))
