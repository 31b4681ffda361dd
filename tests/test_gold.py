"""The whole pipeline against a parse made by hand: 58/208 in Russian, from page text to citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.gathering import parse_source
from indexer.model import Action, Addressee, Citation, Resolution
from indexer.reading.sources import find_sources
from tests.conftest import ROOT

Json = dict[str, Any]


@pytest.fixture(scope="module")
def gold() -> Json:
    parse: Json = json.loads((ROOT / "tests" / "golden" / "58-208.ru.json").read_text(encoding="utf-8"))
    return parse


@pytest.fixture(scope="module")
def parsed(seed: Path) -> Resolution:
    (source,) = find_sources([seed])
    (resolution,) = parse_source(source)
    assert isinstance(resolution, Resolution)
    return resolution


def citations(found: tuple[Citation, ...]) -> list[Json]:
    return [
        {
            "kind": c.kind.value,
            "id": c.id,
            "surface": c.surface,
            "start": c.start,
            "end": c.end,
            "note": c.via_footnote,
        }
        for c in found
    ]


def gold_citations(made: list[Json]) -> list[Json]:
    return [
        {
            "kind": c["kind"],
            "id": c["canonical_id"],
            "surface": c["surface"],
            "start": c["start"],
            "end": c["end"],
            "note": c.get("via_footnote"),
        }
        for c in made
    ]


def addressees(found: tuple[Addressee, ...]) -> list[Json]:
    return [{"id": a.id, "surface": a.surface, "start": a.start, "end": a.end} for a in found]


def action(found: Action) -> Json:
    return {
        "id": found.id,
        "surface": found.surface,
        "start": found.start,
        "end": found.end,
        "modifiers": list(found.modifiers),
        "inner": found.inner,
        "compound": found.compound,
        "addressees": addressees(found.addressees),
    }


def gold_action(made: Json) -> Json:
    return {
        "id": made["id"],
        "surface": made["surface"],
        "start": made["start"],
        "end": made["end"],
        "modifiers": made.get("modifiers", []),
        "inner": made.get("position") == "inner",
        "compound": made.get("compound"),
        "addressees": made.get("addressees", []),
    }


def test_the_document(gold: Json, parsed: Resolution) -> None:
    assert parsed.symbol == gold["doc"]["symbol"]
    assert parsed.lang == gold["doc"]["language"]
    assert parsed.session == gold["doc"]["session"]
    assert parsed.title == gold["doc"]["title"]
    assert parsed.date == gold["doc"]["adopted"]["date"]
    assert parsed.body == "GA"
    assert parsed.problems == ()


def test_all_clauses_to_the_letter(gold: Json, parsed: Resolution) -> None:
    assert [(c.path, c.type.value, c.text) for c in parsed.clauses] == [
        (c["id"], c["type"], c["text"]) for c in gold["clauses"]
    ]
    numbers = [c["path"] if c["enumerator_raw"] and c["type"] != "title" else None for c in gold["clauses"]]
    assert [c.number for c in parsed.clauses] == numbers


def test_all_footnotes_on_their_clauses(gold: Json, parsed: Resolution) -> None:
    assert [(n.number, n.clause, n.text) for n in parsed.footnotes] == [
        (n["id"], n["clause"], n["text"]) for n in gold["footnotes"]
    ]
    assert [[(m.number, m.offset) for m in c.marks] for c in parsed.clauses] == [
        [(m["fn"], m["offset"]) for m in c["footnote_anchors"]] for c in gold["clauses"]
    ]


def test_all_actions_and_addressees(gold: Json, parsed: Resolution) -> None:
    for clause, made in zip(parsed.clauses, gold["clauses"], strict=True):
        assert list(map(action, clause.actions)) == list(map(gold_action, made["actions"])), clause.path
        for found, listed in zip(clause.actions, made["actions"], strict=True):
            assert set(listed.get("alt_ids", [])) <= set(found.alternatives), clause.path


def test_all_citations(gold: Json, parsed: Resolution) -> None:
    for clause, made in zip(parsed.clauses, gold["clauses"], strict=True):
        assert citations(clause.citations) == gold_citations(made["citations"]), clause.path
    for note, listed in zip(parsed.footnotes, gold["footnotes"], strict=True):
        assert citations(note.citations) == gold_citations(listed["citations"]), note.number
    in_clauses = sum(len(clause.citations) for clause in parsed.clauses)
    in_notes = sum(len(note.citations) for note in parsed.footnotes)
    assert (in_clauses, in_notes) == (31, 14)
