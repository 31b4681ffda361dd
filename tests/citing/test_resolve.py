"""Citations across a document: the gold parse of 58/208, and small documents of our own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.citing import cite
from indexer.model import (
    Action,
    Body,
    CitationKind,
    CitationStatus,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Resolution,
    Symbol,
)

GOLD = json.loads((Path(__file__).parent.parent / "golden" / "58-208.ru.json").read_text(encoding="utf-8"))


def _gold_resolution() -> Resolution:
    return Resolution(
        symbol=Symbol(GOLD["doc"]["symbol"]),
        lang="ru",
        title=GOLD["doc"]["title"],
        date=GOLD["doc"]["adopted"]["date"],
        body="GA",
        session="58",
        clauses=tuple(_gold_clause(row) for row in GOLD["clauses"]),
        footnotes=tuple(Footnote(row["id"], row["text"], row["clause"]) for row in GOLD["footnotes"]),
    )


def _gold_clause(row: dict[str, Any]) -> Clause:
    return Clause(
        path=ClausePath(row["id"]),
        type=ClauseType(row["type"]),
        number=row["path"],
        text=row["text"],
        marks=tuple(FootnoteMark(anchor["fn"], anchor["offset"]) for anchor in row["footnote_anchors"]),
        actions=tuple(Action(a["id"], a["surface"], a["start"], a["end"]) for a in row["actions"]),
    )


CITED = cite(_gold_resolution())


@pytest.mark.parametrize(
    ("cited", "row"),
    [*zip(CITED.clauses, GOLD["clauses"], strict=True), *zip(CITED.footnotes, GOLD["footnotes"], strict=True)],
    ids=lambda value: value.path if isinstance(value, Clause | Footnote) else "",
)
def test_gold_citations(cited: Clause | Footnote, row: dict[str, Any]) -> None:
    found = [(c.kind, c.id, c.surface, c.start, c.end, c.via_footnote) for c in cited.citations]
    expected = [
        (c["kind"], c["canonical_id"], c["surface"], c["start"], c["end"], c.get("via_footnote"))
        for c in row["citations"]
    ]
    assert found == expected


@pytest.mark.parametrize(("cited", "row"), list(zip(CITED.clauses, GOLD["clauses"], strict=True)))
def test_gold_pins_and_dates(cited: Clause, row: dict[str, Any]) -> None:
    assert [(list(c.pin), c.date) for c in cited.citations] == [
        (c.get("pin", []), c.get("date")) for c in row["citations"]
    ]


def test_gold_counts() -> None:
    assert sum(len(clause.citations) for clause in CITED.clauses) == 31
    assert sum(len(note.citations) for note in CITED.footnotes) == 14


def _document(
    *texts: str,
    notes: tuple[str, ...] = (),
    lang: LanguageCode = "en",
    body: Body = "GA",
    symbol: str = "A/RES/58/208",
) -> Resolution:
    """Build a resolution of operative paragraphs; ``^1`` in a text is the mark of note 1."""
    clauses = []
    for number, marked in enumerate(texts, start=1):
        text, *pieces = marked.split("^")
        marks = []
        for piece in pieces:
            marks.append(FootnoteMark(int(piece[0]), len(text)))
            text += piece[1:]
        clauses.append(Clause(ClausePath(f"op{number}"), ClauseType.OPERATIVE, str(number), text, tuple(marks)))
    footnotes = tuple(Footnote(number, text) for number, text in enumerate(notes, start=1))
    return Resolution(Symbol(symbol), lang, "", None, body, "58", tuple(clauses), footnotes)


def _ids(resolution: Resolution) -> list[list[str | None]]:
    return [[cited.id for cited in clause.citations] for clause in cite(resolution).clauses]


def test_ibid_has_the_document_of_the_note_before() -> None:
    notes = cite(_document("x", notes=("See A/58/98, annex I.", "Ibid., annex II.", "Ibid."))).footnotes
    assert [(c.kind, c.id) for note in notes[1:] for c in note.citations] == [(CitationKind.IBID, "A/58/98")] * 2
    assert notes[1].citations[0].pin == ("annex II",)


def test_ibid_of_the_treaty_series_goes_to_its_own_volume() -> None:
    notes = cite(
        _document("x", notes=("United Nations, Treaty Series, vol. 1577, No. 27531.", "Ibid., vol. 660, No. 9464."))
    ).footnotes
    assert [note.citations[0].id for note in notes] == ["ins:crc", "ins:cerd"]


def test_ibid_of_a_series_is_no_document_where_the_note_prints_its_own() -> None:
    first = "Official Records of the General Assembly, Supplement No. 53 (A/68/53)."
    second = "Ibid., Seventieth Session, Supplement No. 53 (A/70/53)."
    notes = cite(_document("x", notes=(first, second))).footnotes
    assert [c.id for c in notes[1].citations if c.kind is not CitationKind.SESSION] == ["A/70/53"]


def test_first_ibid_of_a_document_stays_unresolved() -> None:
    (note,) = cite(_document("x", notes=("Ibid., annex II.",))).footnotes
    assert (note.citations[0].id, note.citations[0].status) == (None, CitationStatus.UNRESOLVED)


def test_short_name_needs_a_full_one_before_it() -> None:
    texts = ("Upholds the Charter;", "Recalls the Charter of the United Nations;", "Upholds the Charter;")
    assert _ids(_document(*texts)) == [[], ["ins:un-charter"], ["ins:un-charter"]]


def test_bare_head_of_another_title_is_left_alone() -> None:
    texts = ("Recalls the Convention on the Rights of the Child;", "Recalls the Convention on Fishing in Lakes;")
    assert _ids(_document(*texts)) == [["ins:crc"], []]


def test_words_before_a_mark_get_the_target_of_the_note() -> None:
    resolution = _document("Takes note of the report of the Secretary-General;^1", notes=("A/58/98.",))
    verb = Action("takes_note", "Takes note of", 0, 13)
    clause = replace(resolution.clauses[0], actions=(verb,))
    (cited,) = cite(replace(resolution, clauses=(clause,))).clauses[0].citations
    assert (cited.surface, cited.id, cited.via_footnote) == ("report of the Secretary-General", "A/58/98", 1)


def test_note_confirms_a_name_and_does_not_repeat_it() -> None:
    resolution = cite(
        _document("the Convention on the Rights of the Child,^1 again", notes=("Resolution 44/25, annex.",))
    )
    (cited,) = resolution.clauses[0].citations
    assert (cited.id, cited.via_footnote) == ("ins:crc", 1)
    assert resolution.footnotes[0].citations[0].id == "A/RES/44/25"


def test_note_decides_between_instruments_of_one_head() -> None:
    texts = (
        "the Convention on the Rights of the Child and the Convention on the Rights of Persons with Disabilities",
        "the Convention^1 says",
    )
    cited = cite(_document(*texts, notes=("Resolution 44/25, annex.",))).clauses[1].citations[0]
    assert (cited.id, cited.status, cited.candidates) == ("ins:crc", CitationStatus.RESOLVED, ())


def test_what_a_number_was_said_to_be_holds_for_the_document() -> None:
    texts = ("Recalls Human Rights Council resolution 34/24 of 24 March 2017;", "pursuant to resolution 34/24;")
    assert _ids(_document(*texts)) == [["A/HRC/RES/34/24"]] * 2


def test_head_of_the_clause_above_counts_for_its_list() -> None:
    clauses = (
        Clause(ClausePath("op1"), ClauseType.OPERATIVE, "1", "Recalls the following resolutions:"),
        Clause(ClausePath("op1.a"), ClauseType.SUBPARAGRAPH, "1.a", "55/1, on peace;"),
        Clause(ClausePath("op2"), ClauseType.OPERATIVE, "2", "55/1, on peace;"),
    )
    assert _ids(Resolution(Symbol("A/RES/58/208"), "en", "", None, "GA", "58", clauses)) == [[], ["A/RES/55/1"], []]


def test_own_number_in_the_head_of_a_document_is_no_citation() -> None:
    """C05: a document does not cite itself by its title or running header."""
    clauses = (
        Clause(
            ClausePath("title"), ClauseType.TITLE, None, "Resolution 2504 (2020), adopted by the Security Council"
        ),
        Clause(
            ClausePath("op1"), ClauseType.OPERATIVE, "1", "Recalls resolution 2504 (2020) and resolution 1325 (2000);"
        ),
    )
    cited = cite(Resolution(Symbol("S/RES/2504(2020)"), "en", "", None, "SC", None, clauses))
    assert cited.clauses[0].citations == ()
    assert [(c.kind, c.id) for c in cited.clauses[1].citations] == [
        (CitationKind.SELF, "S/RES/2504(2020)"),
        (CitationKind.RESOLUTION, "S/RES/1325(2000)"),
    ]


def test_offsets_hold_beside_silent_characters() -> None:
    text = "القـرار 58/1 بشأن تقـرير"
    resolution = Resolution(
        Symbol("A/RES/58/208"),
        "ar",
        "",
        None,
        "GA",
        "58",
        (Clause(ClausePath("op1"), ClauseType.OPERATIVE, "1", text, (FootnoteMark(1, len(text)),)),),
        (Footnote(1, "A/58/98."),),
    )
    citations = cite(resolution).clauses[0].citations
    assert [(c.surface, c.id) for c in citations] == [("القـرار 58/1", "A/RES/58/1"), ("تقـرير", "A/58/98")]
    assert all(text[c.start : c.end] == c.surface for c in citations)


def test_within_an_annexed_convention_the_convention_is_itself() -> None:
    texts = {
        "pp1": "ссылаясь на Конвенцию о правах ребенка",
        "annex1": "Приложение",
        "annex1.h1": "Конвенция о тихих дворах",
        "annex1.t1": "Для целей настоящей Конвенции",
        "annex1.t2": "в соответствии с Конвенцией о правах ребенка",
        "annex2": "Приложение",
        "annex2.t1": "Участники Конвенции",
    }
    types = {"pp": ClauseType.PREAMBULAR, "an": ClauseType.ANNEX}
    clauses = tuple(Clause(ClausePath(path), types[path[:2]], None, text) for path, text in texts.items())
    cited = cite(replace(CITED, clauses=clauses, footnotes=()))
    found = {str(clause.path): [citation.id for citation in clause.citations] for clause in cited.clauses}
    assert found["annex1.t1"] == []
    assert found["annex1.t2"] == ["ins:crc"]
    assert found["annex2.t1"] == ["ins:crc"]
