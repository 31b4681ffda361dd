"""Where the language versions of one resolution disagree."""

from __future__ import annotations

from dataclasses import replace

from indexer.comparison import Disagreement, compare_versions
from indexer.findings import Finding
from indexer.model import Clause, Resolution
from tests.resolutions import resolution

ENGLISH = resolution(
    "A/RES/71/399", "en", "Recalls its resolution 58/208;", "Requests the Secretary-General to count bees;"
)
FRENCH = resolution(
    "A/RES/71/399", "fr", "Rappelle sa résolution 58/208 ;", "Prie le Secrétaire général de compter les abeilles ;"
)
RUSSIAN = resolution(
    "A/RES/71/399", "ru", "ссылается на свою резолюцию 58/208;", "просит Генерального секретаря сосчитать пчел;"
)


def disagreements(*versions: Resolution) -> list[tuple[str, str, str | None]]:
    return [(one.code, str(one.lang), one.clause) for one in compare_versions(versions)]


def changed(version: Resolution, place: int, clause: Clause | None) -> Resolution:
    """Return a version with another clause at a place, or with none."""
    clauses = [*version.clauses[:place], *([clause] if clause else []), *version.clauses[place + 1 :]]
    return replace(version, clauses=tuple(clauses))


def test_versions_that_agree_and_single_ones_give_nothing() -> None:
    assert disagreements(ENGLISH, FRENCH, RUSSIAN) == []
    assert disagreements(RUSSIAN) == disagreements() == []
    assert disagreements(RUSSIAN, RUSSIAN) == []


def test_a_missing_clause_is_named_with_its_version() -> None:
    lacking = changed(RUSSIAN, 2, None)
    assert disagreements(ENGLISH, FRENCH, lacking) == [
        (Disagreement.CLAUSE_MISSING, "ru", "op2"),
        (Disagreement.PARAGRAPH_COUNT, "ru", None),
    ]


def test_a_clause_that_one_version_alone_has_is_missing_in_none() -> None:
    longer = replace(RUSSIAN, clauses=(*RUSSIAN.clauses, replace(RUSSIAN.clauses[-1], path="op2.t1", number=None)))  # type: ignore[arg-type]
    assert (Disagreement.CLAUSE_MISSING, "en", "op2.t1") not in disagreements(ENGLISH, FRENCH, longer)


def test_a_number_that_is_not_printed() -> None:
    unnumbered = changed(FRENCH, 2, replace(FRENCH.clauses[2], number=None, inferred=True))
    assert disagreements(ENGLISH, unnumbered, RUSSIAN) == [(Disagreement.NUMBER_MISSING, "fr", "op2")]


def test_what_a_version_does_not_cite_and_what_it_alone_cites() -> None:
    other = resolution("A/RES/71/399", "en", "Recalls its resolution 58/209;", "Requests a report;")
    (finding,) = compare_versions([other, FRENCH, RUSSIAN])
    assert finding == Finding(
        "citations-differ",
        "not cited: A/RES/58/208; cited in this version only: A/RES/58/209",
        "",
        other.symbol,
        "en",
    )


def test_of_two_versions_both_are_told_what_the_other_cites() -> None:
    other = resolution("A/RES/71/399", "en", "Recalls its resolution 58/209;", "Requests a report;")
    assert [code for code, _, _ in disagreements(other, RUSSIAN)] == [Disagreement.CITATIONS_DIFFER] * 2
