"""Matching against three oracles: an index of stock Whoosh, Whoosh's matchers over the same arrays, the records read.

Hypothesis makes the queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query.terms import FuzzyTerm, Wildcard
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from bench.speed.stock import StockWriter, open_stock
from indexer.model import LanguageCode
from indexer.store import (
    And,
    AndNot,
    Boost,
    Everything,
    Matches,
    Or,
    Phrase,
    Prefix,
    Snapshot,
    StoreQuery,
    Term,
    base_field,
    evaluation,
    form_field,
    open_snapshot,
)
from indexer.store.records import values_of_document, values_of_resolution
from indexer.store.schema import EXACT_FIELDS, language_of
from indexer.store.scoring import ClauseSearcher
from indexer.store.selection import first_in_order
from tests.store.builders import RUSSIAN, resolution, write_index

WORDS = ("мир", "права", "и", "доклад", "человека", "peace", "rights", "нетакогослова")
FIELDS = (form_field("ru"), form_field("en"))

words = st.sampled_from(WORDS)
fields = st.sampled_from(FIELDS)
leaves: st.SearchStrategy[StoreQuery] = st.one_of(
    st.builds(Term, fields, words),
    st.builds(Term, st.just("type"), st.sampled_from(["operative", "title", "footnote"])),
    st.builds(Term, st.just("cites"), st.sampled_from(["ins:crc", "A/RES/45/2"])),
    st.builds(Prefix, fields, st.sampled_from(["п", "ми", "p", "нет"])),
    st.builds(
        Phrase,
        fields,
        st.lists(st.lists(words, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
        st.integers(1, 4),
        st.booleans(),
    ),
    st.just(Everything()),
)
trees: st.SearchStrategy[StoreQuery] = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds(And, st.lists(part, max_size=3).map(tuple)),
        st.builds(Or, st.lists(part, max_size=4).map(tuple)),
        st.builds(AndNot, part, part),
        st.builds(Boost, part, st.sampled_from([0.5, 1.0, 3.0])),
    ),
    max_leaves=8,
)


@given(trees)
@settings(deadline=None, max_examples=100)
def test_documents_are_those_found_by_reading(snapshot: Snapshot, query: StoreQuery) -> None:
    expected = [doc for doc in range(len(snapshot)) if reads(snapshot, doc, query)]
    assert snapshot.match(query).docs.tolist() == expected


@given(trees)
@settings(deadline=None, max_examples=200)
def test_documents_scores_and_order_are_those_of_stock_whoosh(
    snapshot: Snapshot, stock: ClauseSearcher, query: StoreQuery
) -> None:
    """An index that Whoosh itself wrote, searched as Whoosh does."""
    matches = snapshot.match(query)
    results = stock.search(snapshot.postings.whoosh.translate(query), limit=None)
    expected = {int(hit.docnum): float(hit.score) for hit in results}
    assert scored(matches) == pytest.approx(expected, rel=1e-12)
    # sums are added up in another order: what differs by less than the last bits is a tie
    docs = matches.docs[first_in_order((matches.docs, -matches.scores.round(9)))]
    assert docs.tolist() == sorted(expected, key=lambda doc: (-round(expected[doc], 9), doc))


@given(trees)
@settings(deadline=None, max_examples=100)
def test_whooshs_matchers_find_the_same_in_the_arrays(snapshot: Snapshot, query: StoreQuery) -> None:
    assert scored(snapshot.match(query)) == pytest.approx(scored(snapshot.postings.whoosh.match(query)), rel=1e-12)


@given(trees, st.data())
@settings(max_examples=300)
def test_scores_of_some_documents_are_those_of_all(
    snapshot: Snapshot, query: StoreQuery, data: st.DataObject
) -> None:
    some = np.array(sorted(data.draw(st.sets(st.integers(0, len(snapshot) - 1)))), np.int32)
    expected = scored(snapshot.match(query))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation, "FEW_DOCS", data.draw(st.sampled_from((0, evaluation.FEW_DOCS))))
        scores = snapshot.scores(query, some)
        matching = snapshot.matching(query, some)
    assert scores.tolist() == pytest.approx([expected.get(doc, 0.0) for doc in some.tolist()])
    assert matching.tolist() == [doc in expected for doc in some.tolist()]
    assert snapshot.count(query) == len(expected)


@given(query=trees)
@settings(deadline=None, max_examples=100)
def test_phrases_too_large_for_arrays_are_left_to_whoosh(snapshot: Snapshot, query: StoreQuery) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.store.phrases.MAX_SPANS", 0)
        left = snapshot.match(query)
    assert scored(left) == pytest.approx(scored(snapshot.match(query)), rel=1e-12)


def test_whoosh_answers_queries_that_the_store_has_no_node_for(snapshot: Snapshot) -> None:
    with snapshot.postings.whoosh.searcher() as searcher:
        fuzzy = {hit.docnum for hit in searcher.search(FuzzyTerm(form_field("ru"), "мид"), limit=None)}
        wild = {hit.docnum for hit in searcher.search(Wildcard(form_field("ru"), "м?р"), limit=None)}
    expected = set(snapshot.match(Term(form_field("ru"), "мир")).docs.tolist())
    assert fuzzy >= expected
    assert wild == expected


@pytest.fixture(scope="session")
def stock(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClauseSearcher]:
    """The documents of the shared index in an index of stock Whoosh."""
    folder = tmp_path_factory.mktemp("stock")
    writer = StockWriter(folder)
    for doc in range(len(snapshot)):
        record = snapshot.record(doc)
        values = values_of_resolution(snapshot.resolution_of(doc)) | values_of_document(record)
        exact = {name: values[name] for name in EXACT_FIELDS}
        writer.add(record.lang, snapshot.language(record.lang).tokens(record.text), exact)
    writer.commit()
    with open_stock(folder) as searcher:
        yield searcher


def reads(snapshot: Snapshot, doc: int, query: StoreQuery) -> bool:
    """Return whether a document matches, by its record."""
    record = snapshot.record(doc)
    match query:
        case Everything():
            return True
        case Term("type", text):
            return record.type == text
        case Term("cites", text):
            return text in record.cites
        case Term(field, text):
            return text in dict(placed(snapshot, doc, field))
        case Prefix(field, text):
            return any(word.startswith(text) for word, _ in placed(snapshot, doc, field))
        case Phrase(field, slots, slop, ordered):
            return any(True for _ in spans(list(placed(snapshot, doc, field)), slots, slop, ordered))
        case And(parts):
            return bool(parts) and all(reads(snapshot, doc, part) for part in parts)
        case Or(parts):
            return any(reads(snapshot, doc, part) for part in parts)
        case AndNot(wanted, unwanted):
            return reads(snapshot, doc, wanted) and not reads(snapshot, doc, unwanted)
        case Boost(part, _):
            return reads(snapshot, doc, part)


def placed(snapshot: Snapshot, doc: int, field: str) -> Iterator[tuple[str, int]]:
    record = snapshot.record(doc)
    if record.lang == language_of(field):
        yield from ((token.form, token.position) for token in snapshot.language(record.lang).tokens(record.text))


def spans(
    text: list[tuple[str, int]], slots: tuple[tuple[str, ...], ...], slop: int, ordered: bool
) -> Iterator[tuple[int, int]]:
    """Yield first and last position of each way to place the slots."""
    *before, last = slots
    here = [position for word, position in text if word in last]
    if not before:
        yield from ((position, position) for position in here)
        return
    for start, end in spans(text, tuple(before), slop, ordered):
        for position in here:
            if 1 <= position - end <= slop or (not ordered and 1 <= start - position <= slop):
                yield min(start, position), max(end, position)


def test_bm25f_by_hand(snapshot: Snapshot) -> None:
    matches = snapshot.match(Term(form_field("ru"), "мир"))
    lengths = {
        doc: len({position for _, position in placed(snapshot, doc, form_field("ru"))})
        for doc in range(len(snapshot))
        if snapshot.record(doc).lang == "ru"
    }
    mean = sum(lengths.values()) / len(lengths)
    idf = log(len(lengths) / (len(matches.docs) + 1)) + 1
    for doc, score in zip(matches.docs.tolist(), matches.scores.tolist(), strict=True):
        frequency = [word for word, _ in placed(snapshot, doc, form_field("ru"))].count("мир")
        norm = 1.2 * (1 - 0.75 + 0.75 * lengths[doc] / mean)
        assert score == pytest.approx(idf * frequency * 2.2 / (frequency + norm))


def test_a_language_alone_scores_as_stock_bm25f(tmp_path: Path) -> None:
    alone = open_snapshot(write_index(tmp_path / "index", [resolution(number) for number in range(1, 7)]))
    query = Or((Term(form_field("ru"), "мир"), Term(form_field("ru"), "права")))
    whoosh = alone.postings.whoosh
    stock = Searcher(whoosh.searcher().reader(), weighting=BM25F(), closereader=False)
    results = stock.search(whoosh.translate(query), limit=None)
    expected = {int(hit.docnum): float(hit.score) for hit in results}
    assert scored(alone.match(query)) == pytest.approx(expected)


def test_a_language_ranks_in_a_joint_index_as_it_does_alone(tmp_path: Path) -> None:
    russian = [resolution(number, "ru") for number in range(1, 4)]
    english = [resolution(number, "en") for number in range(1, 9)]
    query = Or((Term(form_field("ru"), "мир"), Term(form_field("ru"), "доклад")))
    alone = open_snapshot(write_index(tmp_path / "alone", russian)).match(query)
    joint = open_snapshot(write_index(tmp_path / "joint", [*russian, *english])).match(query)
    assert scored(joint) == pytest.approx(scored(alone))


def scored(matches: Matches) -> dict[int, float]:
    return dict(zip(matches.docs.tolist(), matches.scores.tolist(), strict=True))


def test_any_form_is_found_by_the_bases_of_another(snapshot: Snapshot) -> None:
    (token,) = snapshot.language("ru").tokens("правом")
    query = Or(tuple(Term(base_field("ru"), base) for base in token.bases))
    found = {snapshot.record(doc).text for doc in snapshot.match(query).docs}
    assert {text for text in RUSSIAN if "прав" in text and "правил" not in text} <= found


@pytest.mark.parametrize(
    ("query", "scores"),
    [
        (Term("type", "footnote"), {1.0}),
        (Boost(Term("type", "footnote"), 2.5), {2.5}),
        (And((Term("type", "footnote"), Boost(Term("lang", "ru"), 0.5))), {1.5}),
        (And((Everything(), Term("type", "footnote"))), {1.0}),
        (Everything(), {0.0}),
    ],
)
def test_scores_of_exact_values(snapshot: Snapshot, query: StoreQuery, scores: set[float]) -> None:
    assert set(snapshot.match(query).scores.tolist()) == scores


@pytest.mark.parametrize(
    "query",
    [
        And(()),
        Or(()),
        Phrase("form_ru", ()),
        Term("no_field", "мир"),
        Term("type", ""),
        Term("form_ru", "\ud800"),
        Prefix("form_ru", "\ud800"),
        And((Term("form_ru", "\x00"), Term("type", "\ud800"))),
    ],
)
def test_nothing_to_find_is_no_error(snapshot: Snapshot, query: StoreQuery) -> None:
    matches = snapshot.match(query)
    assert (len(matches.docs), len(matches.scores)) == (0, 0)


def test_a_prefix_takes_its_most_frequent_terms(snapshot: Snapshot) -> None:
    every = snapshot.terms(form_field("ru"), "п")
    assert every == sorted(every, key=lambda count: (-count.documents, count.term))
    assert snapshot.terms(form_field("ru"), "п", 2) == every[:2]
    narrow = snapshot.match(Prefix(form_field("ru"), "п", limit=1)).docs
    assert narrow.tolist() == snapshot.match(Term(form_field("ru"), every[0].term)).docs.tolist()


def test_terms_count_documents(snapshot: Snapshot) -> None:
    for count in snapshot.terms(form_field("en")):
        assert count.documents == len(snapshot.match(Term(form_field("en"), count.term)).docs)
    assert snapshot.terms(form_field("zh")) == snapshot.terms("no_field") == []


def test_answers_cannot_be_changed_by_a_caller(snapshot: Snapshot) -> None:
    matches = snapshot.match(Term(form_field("ru"), "мир"))
    with pytest.raises(ValueError, match="read-only"):
        matches.docs[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        matches.scores[0] = 1


def test_many_threads_get_the_same_answers(snapshot: Snapshot) -> None:
    queries: list[StoreQuery] = [
        Phrase(form_field(lang), ((first,), (second,)), slop=5)
        for lang in ("ru", "en")
        for first in WORDS
        for second in WORDS
    ]
    alone = [snapshot.postings.match(query).docs.tolist() for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: snapshot.postings.match(query).docs.tolist(), queries * 4))
    assert together == alone * 4


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_phrase_of_bases_takes_any_base_at_each_place(snapshot: Snapshot, lang: LanguageCode) -> None:
    text = {"ru": "докладом о мире", "en": "reports on peace"}[lang]
    slots = tuple(token.bases for token in snapshot.language(lang).tokens(text))
    found = snapshot.match(Phrase(base_field(lang), slots)).docs
    assert {snapshot.record(doc).path for doc in found} == {"op1"}
