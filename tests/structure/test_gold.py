"""The seed resolution against its gold parse, which was made by hand: structure, to the letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.model import ClauseType, Resolution
from indexer.reading.encoding import decode
from indexer.reading.plain import read_plain
from indexer.structure import is_resolution, segment

Gold = dict[str, Any]
GOLD = Path(__file__).parent.parent / "golden" / "58-208.ru.json"


@pytest.fixture(scope="module")
def gold() -> Gold:
    loaded: Gold = json.loads(GOLD.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def parsed(seed: Path) -> Resolution:
    text, problems = decode(seed.read_bytes())
    assert not problems
    (document,) = read_plain(seed.name, text)
    return segment(document)


def test_head(parsed: Resolution, gold: Gold) -> None:
    doc = gold["doc"]
    assert (parsed.symbol, parsed.title, parsed.session) == (doc["symbol"], doc["title"], doc["session"])
    assert (parsed.date, parsed.lang, parsed.body) == (doc["adopted"]["date"], "ru", "GA")
    assert is_resolution(parsed) is None
    assert parsed.problems == ()


def test_clauses_in_order(parsed: Resolution, gold: Gold) -> None:
    assert [clause.path for clause in parsed.clauses] == [clause["id"] for clause in gold["clauses"]]


def test_clauses_to_the_letter(parsed: Resolution, gold: Gold) -> None:
    for clause, expected in zip(parsed.clauses, gold["clauses"], strict=True):
        assert clause.text == expected["text"], expected["id"]
        assert clause.type == expected["type"], expected["id"]
        number = None if expected["type"] == "preambular" else expected["path"]
        assert clause.number == number, expected["id"]


def test_footnotes(parsed: Resolution, gold: Gold) -> None:
    assert [(n.number, n.clause, n.text) for n in parsed.footnotes] == [
        (n["id"], n["clause"], n["text"]) for n in gold["footnotes"]
    ]


def test_anchors_of_footnotes(parsed: Resolution, gold: Gold) -> None:
    for clause, expected in zip(parsed.clauses, gold["clauses"], strict=True):
        marks = [{"fn": mark.number, "offset": mark.offset} for mark in clause.marks]
        assert marks == expected["footnote_anchors"], expected["id"]


def test_meeting_stands_in_the_adoption_line(parsed: Resolution, gold: Gold) -> None:
    (adoption,) = [clause for clause in parsed.clauses if clause.type is ClauseType.ADOPTION]
    assert adoption.text.startswith(f"{gold['doc']['adopted']['meeting']}-е ")
