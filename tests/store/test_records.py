from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import (
    Citation,
    CitationKind,
    CitationStatus,
    Clause,
    ClausePath,
    ClauseType,
    Footnote,
    Resolution,
    TargetId,
)
from indexer.store.records import (
    ClauseRecord,
    ResolutionRecord,
    counted_targets,
    documents_of,
    record_of,
    restore,
    values_of_resolution,
)
from tests.store.builders import cited, resolution


def unfolded(target: TargetId) -> TargetId:
    return target


# text that UTF-8 can carry, as readers give it
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
resolutions = st.builds(
    Resolution,
    symbol=st.just(resolution().symbol),
    lang=st.sampled_from(["ru", "en"]),
    title=texts,
    date=st.none() | st.just("2003-12-23"),
    body=st.just("GA"),
    session=st.none() | st.just("58"),
    clauses=st.lists(
        st.builds(
            Clause,
            path=st.just(ClausePath("op1")),
            type=st.sampled_from(ClauseType),
            number=st.none() | texts,
            text=texts,
            marks=st.just(()),
            actions=st.just(resolution().clauses[1].actions),
            citations=st.just((cited("A/RES/1/1"),)),
        ),
        max_size=3,
    ).map(tuple),
    footnotes=st.lists(
        st.builds(Footnote, number=st.integers(1, 999), text=texts, clause=st.none() | st.just(ClausePath("op1"))),
        max_size=3,
    ).map(tuple),
    subjects=st.lists(texts, max_size=2).map(tuple),
    source=texts,
)


@given(resolutions)
def test_taking_apart_and_putting_together_lose_nothing(whole: Resolution) -> None:
    record = msgspec.json.decode(msgspec.json.encode(record_of(whole, first=7)), type=ResolutionRecord)
    documents = [
        msgspec.json.decode(msgspec.json.encode(document), type=ClauseRecord)
        for document in documents_of(whole, unfolded)
    ]
    assert len(documents) == len(record.documents)
    assert restore(record, documents) == whole


def test_a_clause_counts_the_citations_of_its_footnotes_and_the_footnote_its_own() -> None:
    documents = {document.path: document for document in documents_of(resolution(3), unfolded)}
    assert documents[ClausePath("pp1")].cites == ("ins:crc", "A/RES/45/3")
    assert documents[ClausePath("fn1")].cites == ("A/RES/45/3",)
    assert documents[ClausePath("pp2")].cites == ()
    assert documents[ClausePath("fn1")].type is ClauseType.FOOTNOTE
    assert documents[ClausePath("fn1")].number == "1"


def test_targets_are_folded_and_count_once() -> None:
    def fold(target: TargetId) -> TargetId:
        return TargetId("ins:crc") if target == "A/RES/44/25" else target

    citations = [cited("A/RES/44/25"), cited("ins:crc", CitationKind.INSTRUMENT), cited("A/RES/1/2")]
    assert counted_targets(citations, fold) == ("ins:crc", "A/RES/1/2")


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        (CitationKind.RESOLUTION, True),
        (CitationKind.DECISION, True),
        (CitationKind.PRESIDENTIAL_STATEMENT, True),
        (CitationKind.DOCUMENT, True),
        (CitationKind.SALES, True),
        (CitationKind.TREATY_SERIES, True),
        (CitationKind.INSTRUMENT, True),
        (CitationKind.IBID, True),
        (CitationKind.EVENT, False),
        (CitationKind.SESSION, False),
        (CitationKind.PIN, False),
        (CitationKind.SELF, False),
        (CitationKind.COLLECTIVE, False),
        (CitationKind.NOTE, False),
    ],
)
def test_which_kinds_count(kind: CitationKind, counts: bool) -> None:
    assert bool(counted_targets([cited("A/RES/1/2", kind)], unfolded)) is counts


@pytest.mark.parametrize("status", CitationStatus)
def test_only_sure_targets_count(status: CitationStatus) -> None:
    sure = status in (CitationStatus.RESOLVED, CitationStatus.EXTERNAL)
    citation = Citation("x", 0, 1, CitationKind.RESOLUTION, TargetId("A/RES/1/2") if sure else None, status)
    assert bool(counted_targets([citation], unfolded)) is sure


def test_values_of_an_undated_resolution_without_session() -> None:
    whole = replace(resolution(), date=None, session=None, subjects=())
    values = values_of_resolution(record_of(whole, 0))
    assert values["year"] == values["session"] == values["subject"] == ()


def test_record_properties() -> None:
    clause = next(document for document in documents_of(resolution(), unfolded) if document.path == "op1")
    assert clause.id == "A/RES/58/1#op1"
    assert (clause.action, clause.action_ids) == ("requests", ("requests", "decides"))
    assert clause.footnotes == ()
