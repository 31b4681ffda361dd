"""The seed resolution in other forms: its paragraphs with marks, and what every form of it must parse to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.model import ClauseType
from indexer.parse import parse
from indexer.reading.document import Block, RawDocument
from indexer.reading.encoding import decode
from indexer.reading.plain import read_plain
from indexer.reading.sources import find_sources, read_source
from indexer.structure import is_resolution
from tests.conftest import ROOT

GOLD = ROOT / "tests" / "golden" / "58-208.ru.json"
SEED = ROOT / "corpus" / "58-208.ru.txt"


def seed_document() -> RawDocument:
    """Return the seed as the plain reader gives it."""
    text, _ = decode(SEED.read_bytes())
    (document,) = read_plain(SEED.name, text)
    return document


def marked(block: Block, mark: Callable[[int], str], escape: Callable[[str], str] = str) -> str:
    """Return the text of a block with its footnote marks printed by ``mark``."""
    pieces, start = [], 0
    for hung in block.marks:
        pieces += [escape(block.text[start : hung.offset]), mark(hung.number)]
        start = hung.offset
    return "".join([*pieces, escape(block.text[start:])])


def agrees_with_gold(path: Path, fold: Callable[[str], str] = str) -> None:
    """Assert that a file parses to the 34 clauses and 13 footnotes of the gold parse, to the letter.

    ``fold`` turns the letters of the gold parse into those that the form has.
    """
    gold: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    (source,) = find_sources([path])
    reading = read_source(source)
    assert reading.skipped == ()
    (document,) = reading.documents
    resolution = parse(document)
    assert is_resolution(resolution) is None
    assert (resolution.symbol, resolution.title) == (gold["doc"]["symbol"], gold["doc"]["title"])
    assert (resolution.lang, resolution.date) == ("ru", gold["doc"]["adopted"]["date"])
    assert [c.path for c in resolution.clauses] == [c["id"] for c in gold["clauses"]]
    assert len(resolution.clauses) == 34
    for clause, expected in zip(resolution.clauses, gold["clauses"], strict=True):
        assert (clause.type, clause.text) == (expected["type"], fold(expected["text"])), expected["id"]
        assert clause.number == (None if clause.type is ClauseType.PREAMBULAR else expected["path"])
        anchors = [(mark["fn"], mark["offset"]) for mark in expected["footnote_anchors"]]
        assert [(mark.number, mark.offset) for mark in clause.marks] == anchors, expected["id"]
    assert len(resolution.footnotes) == 13
    assert [(n.number, n.clause, n.text) for n in resolution.footnotes] == [
        (n["id"], n["clause"], fold(n["text"])) for n in gold["footnotes"]
    ]
