"""The seed resolution as an office document parses to the same clauses and footnotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reading.docx_files import STRICT_W, W, docx, lists, note_call, notes, numbered, paragraph, run
from tests.reading.seed import agrees_with_gold, seed_document

NUMBERS = lists([("decimal", "%1."), ("lowerLetter", "%2)")], [("none", "")])


def office_document(*, automatic: bool, namespace: str = W) -> bytes:
    """The seed with real footnotes; ``automatic`` numbers are counted by the program, others typed."""
    document = seed_document()
    body = []
    for block in document.blocks:
        text, properties, start = block.text, "", 0
        # The first letter of the list is Cyrillic in the print, those behind it are Latin: only these can be counted
        if automatic and (match := re.match(r"(\d+)\. ", text)):
            properties, start = numbered(1), match.end()
        pieces = []
        for mark in block.marks:
            pieces += [run(text[start : mark.offset]), note_call(mark.number + 1)]
            start = mark.offset
        body.append(paragraph(*pieces, run(text[start:]), properties=properties))
    footnotes = notes((note.number + 1, note.text) for note in document.notes)
    return docx(
        "".join(body),
        {"footnotes": footnotes, "numbering": NUMBERS, "header1": paragraph(run("A/RES/58/208"))},
        namespace=namespace,
    )


@pytest.mark.parametrize(
    "data",
    [
        office_document(automatic=True),
        office_document(automatic=False),
        office_document(automatic=True, namespace=STRICT_W),
    ],
    ids=["counted", "typed", "strict"],
)
def test_seed_as_an_office_document(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "58-208.docx"
    path.write_bytes(data)
    agrees_with_gold(path)


def test_seed_with_typed_footnotes(tmp_path: Path) -> None:
    """Converted from a PDF: marks are raised figures, the notes paragraphs at the end."""
    document = seed_document()
    raised = '<w:vertAlign w:val="superscript"/>'
    body = []
    for block in document.blocks:
        pieces, start = [], 0
        for mark in block.marks:
            pieces += [run(block.text[start : mark.offset]), run(str(mark.number), raised)]
            start = mark.offset
        body.append(paragraph(*pieces, run(block.text[start:])))
    body += [paragraph(run(str(note.number), raised), run(f" {note.text}")) for note in document.notes]
    path = tmp_path / "58-208.docx"
    path.write_bytes(docx("".join(body)))
    agrees_with_gold(path)
