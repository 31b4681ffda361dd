"""Ids of clauses across the language versions of one resolution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.alignment import align, choose_reference, match_clauses
from indexer.model import (
    Action,
    Citation,
    CitationKind,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    FootnoteMark,
    LanguageCode,
    Resolution,
    Symbol,
    TargetId,
)


def clause(
    path: str,
    text: str = "words of some length",
    *,
    number: str | None = None,
    action: str | None = None,
    cites: str | None = None,
    note: int | None = None,
) -> Clause:
    """Return a clause of the type that its path tells."""
    kind = {"p": ClauseType.PREAMBULAR, "o": ClauseType.OPERATIVE, "h": ClauseType.HEADING, "t": ClauseType.TITLE}
    return Clause(
        ClausePath(path),
        ClauseType.SUBPARAGRAPH if "." in path else kind[path[0]],
        number,
        text,
        marks=(FootnoteMark(note, 2),) if note else (),
        actions=(Action(action, text[:3], 0, 3),) if action else (),
        citations=(Citation("x", 0, 1, CitationKind.RESOLUTION, TargetId(cites)),) if cites else (),
    )


def version(lang: LanguageCode, *clauses: Clause, footnotes: Sequence[Footnote] = ()) -> Resolution:
    return Resolution(
        Symbol("A/RES/71/399"), lang, "–", None, "GA", "71", clauses=clauses, footnotes=tuple(footnotes)
    )


def paths(resolution: Resolution) -> list[str]:
    return [str(clause.path) for clause in resolution.clauses]


def operatives(*numbers: str | None) -> list[Clause]:
    """Return operative paragraphs with these printed numbers and the paths that they give."""
    return [
        clause(f"op{number}" if number else f"op0.t{place}", f"text of paragraph {place}", number=number)
        for place, number in enumerate(numbers, 1)
    ]


def test_versions_that_agree_stay_as_they_are() -> None:
    versions = [version("en", *operatives("1", "2")), version("ru", *operatives("1", "2"))]
    assert align(versions) == versions


def test_a_paragraph_left_unnumbered_inherits_its_number() -> None:
    whole = operatives("1", "2", "3")
    lacking = [whole[0], clause("op1.t1", "text of paragraph 2"), whole[2]]
    aligned = align([version("en", *whole), version("fr", *whole), version("ru", *lacking)])
    assert [paths(one) for one in aligned] == [["op1", "op2", "op3"]] * 3
    inherited = aligned[2].clauses[1]
    assert inherited.inferred
    assert inherited.number is None  # number is what is printed
    assert inherited.type is ClauseType.OPERATIVE
    assert not any(one.inferred for one in (*aligned[0].clauses, *aligned[2].clauses[::2]))


def test_a_number_printed_twice_by_mistake() -> None:
    whole = operatives("31", "32", "33", "34", "35")
    misprinted = [whole[0], replace(whole[1], path=ClausePath("op34"), number="34"), whole[2]]
    misprinted += [replace(whole[3], path=ClausePath("op34~2")), whole[4]]
    _, mended = align([version("en", *whole), version("es", *misprinted)])
    assert paths(mended) == paths(version("en", *whole))
    assert [one.number for one in mended.clauses] == ["31", "34", "33", "34", "35"]


def test_a_missing_paragraph_leaves_a_gap_where_it_is_missing() -> None:
    """A version that drops the second of four paragraphs is not taken to drop the last."""
    whole = [
        clause("pp1", action="recalls", cites="A/RES/60/1"),
        clause("pp2", action="recalls", cites="A/RES/61/1"),
        clause("pp3", action="notes", note=4),
        clause("pp4", action="welcomes"),
    ]
    lacking = [replace(one, path=ClausePath(f"pp{n}")) for n, one in enumerate([whole[0], whole[2], whole[3]], 1)]
    aligned = align([version("en", *whole), version("ru", *whole), version("ar", *lacking)])
    assert paths(aligned[2]) == ["pp1", "pp3", "pp4"]
    assert [one.inferred for one in aligned[2].clauses] == [False, True, True]


def test_a_paragraph_broken_in_two_does_not_shift_the_rest() -> None:
    whole = [clause("pp1", cites="A/RES/60/1"), clause("pp2", note=2), clause("pp3", cites="A/RES/62/1")]
    broken = [whole[0], whole[1], clause("pp3", "rest"), replace(whole[2], path=ClausePath("pp4"))]
    _, aligned = align([version("en", *whole), version("ru", *broken)])
    assert paths(aligned) == ["pp1", "pp2", "pp3~2", "pp3"]


def test_footnotes_follow_their_clauses() -> None:
    whole = operatives("1", "2")
    lacking = [whole[0], clause("op1.t1", "text of paragraph 2", note=1)]
    note = Footnote(1, "See above.", ClausePath("op1.t1"))
    _, aligned = align([version("en", *whole), version("zh", *lacking, footnotes=[note])])
    assert aligned.footnotes[0].clause == "op2"


def test_the_reference_is_the_version_that_most_agree_with() -> None:
    usual, odd = operatives("1", "2"), [*operatives("1", "2"), clause("h1")]
    versions = [version("en", *odd), version("ru", *usual), version("ar", *usual)]
    assert choose_reference(versions).lang != "en"


def test_of_two_versions_the_one_with_more_numbers_is_the_reference() -> None:
    numbered, bare = version("fr", *operatives("1", "2")), version("en", *operatives("1", None))
    assert choose_reference([bare, numbered]) is numbered


@pytest.mark.parametrize("count", [0, 1, 30])
def test_versions_of_very_different_length(count: int) -> None:
    long = version("en", *operatives(*map(str, range(1, count + 1))))
    short = version("ru", clause("op1.t1", "text of paragraph 1"))
    for one in align([long, short]):
        assert len(set(paths(one))) == len(paths(one))


clauses_of_any_kind = st.lists(
    st.builds(
        clause,
        path=st.sampled_from(["pp1", "pp2", "pp3", "op1", "op2", "op2.a", "op2.b", "op3", "h1", "h2", "op3.t1"]),
        text=st.text(min_size=1, max_size=40),
        number=st.none() | st.sampled_from(["1", "2", "2.a", "3"]),
        action=st.none() | st.sampled_from(["recalls", "notes"]),
        cites=st.none() | st.sampled_from(["A/RES/60/1", "A/RES/61/1"]),
        note=st.none() | st.integers(1, 3),
    ),
    max_size=9,
    unique_by=lambda one: one.path,
)


@given(st.lists(clauses_of_any_kind, min_size=1, max_size=4))
def test_no_clause_is_lost_or_doubled(drawn: list[list[Clause]]) -> None:
    langs: list[LanguageCode] = ["en", "ru", "fr", "ar"]
    versions = [version(lang, *clauses) for lang, clauses in zip(langs, drawn, strict=False)]
    aligned = align(versions)
    for before, after in zip(versions, aligned, strict=True):
        assert len(set(paths(after))) == len(after.clauses)
        assert [one.text for one in after.clauses] == [one.text for one in before.clauses]
        assert [one.number for one in after.clauses] == [one.number for one in before.clauses]
        for own, given_ in zip(after.clauses, before.clauses, strict=True):
            assert own.inferred == (own.path != given_.path)


@given(clauses_of_any_kind, clauses_of_any_kind)
def test_pairs_ascend(left: list[Clause], right: list[Clause]) -> None:
    pairs = list(match_clauses(left, right))
    for (left_before, right_before), (left_after, right_after) in pairwise(pairs):
        assert left_before < left_after
        assert right_before < right_after
