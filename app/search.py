"""The one entry for every search: a request in, a page out, the same for API, pages and terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.facets import Narrowing, count_facets, narrow
from app.highlight import best_passage, find_highlights, merge
from app.labels import facet_label
from app.matching import Answer, partial_answer, search_documents
from app.meaning import canonical, same_targets, values_meant
from app.model import Hit, Interpretation, Notice, SearchPage, SearchRequest, Target
from app.query.grammar import parse_query
from app.query.pattern import Mark
from app.query.plan import NOTHING, Languages, Plan, plan_query
from app.query.targets import Named, find_targets
from app.query.tree import Filter, render
from app.ranking import MAX_PARTIAL, MAX_WINDOW
from app.web.addresses import resolution_path
from indexer.model import LANGUAGES
from indexer.store import Snapshot
from indexer.store import query as store
from indexer.store.columns import Columns, IntArray
from indexer.store.columns import Order as SortOrder
from indexer.store.query import StoreQuery
from indexer.store.records import ClauseRecord
from indexer.store.selection import first_in_order
from indexer.symbols import parent

Order = npt.NDArray[np.intp]

CITATION = 0  # the word that a marked citation stands for; the words of the query have numbers from 1


@dataclass(frozen=True, slots=True)
class Question:
    """A request as understood."""

    request: SearchRequest
    plan: Plan | None
    targets: tuple[Named, ...]
    interpreted: str
    notices: tuple[Notice, ...]

    @property
    def names_one_target(self) -> bool:
        """Whether the query is the name of one target and nothing else."""
        return len(self.targets) == 1 and self.targets[0].whole


def search(snapshot: Snapshot, request: SearchRequest, *, ui: str = "en") -> SearchPage:
    """Answer a request from one snapshot; labels are in the interface language ``ui``.

    Never raises on what the query says: oddities become notices. The same request on the same snapshot gives the
    same page.
    """
    started = time.perf_counter()
    question = understand(snapshot, request)
    answer = search_documents(snapshot, question.plan, question.targets, asked=bool(request.q.strip()))
    narrowing = narrow(answer.docs, request.filters, snapshot.columns)
    full = _select(answer, narrowing.passing()) if narrowing.passes else answer
    if request.group == "resolution":
        ranked = _first_of_each(in_order(full, request, snapshot.columns), snapshot.columns.symbol_rank)
        groups = len(ranked.docs)
    else:
        ranked = in_order(full, request, snapshot.columns, _window_end(request))
        groups = None
    hits = _hits(snapshot, question, _window(snapshot, question, narrowing, ranked))
    facets = count_facets(narrowing, request, snapshot.columns, ui)
    first = (request.page - 1) * request.per_page
    notices = question.notices
    if first + request.per_page > MAX_WINDOW:
        notices += (Notice("window_exceeded", f"Only the first {MAX_WINDOW} hits can be paged through."),)
    return SearchPage(
        query=Interpretation(
            text=request.q,
            interpreted=question.interpreted,
            filters=request.filters,
            targets=tuple(
                Target(named.id, named.kind.value, facet_label("cites", named.id, ui)) for named in question.targets
            ),
        ),
        total=len(full.docs),
        page=request.page,
        per_page=request.per_page,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        hits=tuple(hits),
        facets=facets,
        notices=notices,
        groups=groups,
    )


def understand(snapshot: Snapshot, request: SearchRequest) -> Question:
    """Return what a request asks, in the terms of this snapshot."""
    parsed = parse_query(request.q)
    if parsed.tree is None:
        return Question(request, None, (), "", parsed.notices)
    columns = snapshot.columns

    def read_filter(condition: Filter) -> StoreQuery:
        meant = values_meant(condition.name, condition.value, columns)
        return store.Or(tuple(store.Term(condition.name, value) for value in meant)) if meant else NOTHING

    plan = plan_query(parsed.tree, searched_languages(snapshot, request), read_filter)
    return Question(request, plan, find_targets(request.q), render(parsed.tree), parsed.notices)


def searched_languages(snapshot: Snapshot, request: SearchRequest) -> Languages:
    """Return the languages that the index holds and the request does not rule out."""
    held = snapshot.columns["lang"].values
    wanted = request.filters.get("lang") or held
    return {lang: snapshot.language(lang) for lang in LANGUAGES if lang in held and lang in wanted}


def in_order(answer: Answer, request: SearchRequest, columns: Columns, count: int | None = None) -> Answer:
    """Return the answer in the order that the request asks for.

    Of equal relevance the newest comes first; no two documents are equal. With ``count`` only so many are returned.
    """
    order: SortOrder = "newest" if request.sort == "relevance" else request.sort
    keys: tuple[npt.NDArray[np.generic], ...] = (columns.order[order].take(answer.docs),)
    if request.sort == "relevance":
        keys += (-answer.scores, -answer.tiers) if answer.tiers.any() else (-answer.scores,)
    return _select(answer, first_in_order(keys, count))


def _select(answer: Answer, places: npt.NDArray[np.bool_] | Order) -> Answer:
    return Answer(answer.docs[places], answer.scores[places], answer.tiers[places])


def _first_of_each(answer: Answer, symbol_rank: IntArray) -> Answer:
    """Return the first document of each resolution, whatever its language, in their order."""
    _, firsts = np.unique(symbol_rank[answer.docs], return_index=True)
    return _select(answer, np.sort(firsts))


@dataclass(frozen=True, slots=True)
class _Found:
    doc: int
    score: float
    partial: bool


def _window_end(request: SearchRequest) -> int:
    """Return the place behind the last hit of the page, in the order of all hits."""
    return min(request.page * request.per_page, MAX_WINDOW)


def _window(snapshot: Snapshot, question: Question, narrowing: Narrowing, ranked: Answer) -> list[_Found]:
    """Return the documents of the page: full ones and, where these end, partial ones."""
    request = question.request
    first = (request.page - 1) * request.per_page
    end = _window_end(request)
    found = [
        _Found(int(doc), float(score), partial=False)
        for doc, score in zip(ranked.docs[first:end], ranked.scores[first:end], strict=True)
    ]
    missing = end - max(first, len(ranked.docs))
    if missing <= 0 or question.plan is None or question.names_one_target:
        return found
    partial = partial_answer(snapshot, question.plan, narrowing.docs)
    partial = _select(partial, narrow(partial.docs, request.filters, snapshot.columns).passing())
    partial = in_order(partial, request, snapshot.columns)
    if request.group == "resolution":
        partial = _first_of_each(partial, snapshot.columns.symbol_rank)
        taken = np.isin(snapshot.columns.symbol_rank[partial.docs], snapshot.columns.symbol_rank[ranked.docs])
        partial = _select(partial, ~taken)
    start = max(0, first - len(ranked.docs))
    places = slice(start, min(start + missing, MAX_PARTIAL))
    found += [
        _Found(int(doc), float(score), partial=True)
        for doc, score in zip(partial.docs[places], partial.scores[places], strict=True)
    ]
    return found


def _hits(snapshot: Snapshot, question: Question, window: Sequence[_Found]) -> list[Hit]:
    marked = _marked_targets(question)
    return [_hit(snapshot, question, found, marked) for found in window]


def _marked_targets(question: Question) -> frozenset[str]:
    """Return the targets whose citations are marked: those that the query names or the request filters by."""
    named = [named.id for named in question.targets if named.whole]
    asked = [*named, *map(canonical, question.request.filters.get("cites", ()))]
    return frozenset(same for target in asked for same in same_targets(target))


def _hit(snapshot: Snapshot, question: Question, found: _Found, marked: frozenset[str]) -> Hit:
    record = snapshot.record(found.doc)
    patterns = question.plan.patterns.get(record.lang, ()) if question.plan else ()
    marks = find_highlights(record.text, snapshot.language(record.lang), patterns)
    marks += [
        Mark(citation.start, citation.end, CITATION)
        for citation in record.citations
        if _is_among(citation.id, marked)
    ]
    return Hit(
        id=record.id,
        lang=record.lang,
        symbol=record.symbol,
        title=record.title,
        date=record.date,
        type=record.type.value,
        number=record.number,
        action=record.action,
        text=record.text,
        highlights=merge((mark.start, mark.end) for mark in marks),
        snippet=best_passage(record.text, marks),
        partial=found.partial,
        citations=record.cites,
        score=round(found.score, 4),
        languages=snapshot.languages_of(record.id),
        url=resolution_path(record.lang, record.symbol, record.path),
        explanation=_explanation(record, marks, question, marked) if question.request.explain else None,
    )


def _is_among(target: str | None, marked: frozenset[str]) -> bool:
    return target is not None and (target in marked or parent(target) in marked)


def _explanation(
    record: ClauseRecord, marks: Sequence[Mark], question: Question, marked: frozenset[str]
) -> dict[str, object]:
    """Return why a clause matched: the words found in it, and what it has to do with the targets."""
    named: set[str] = {named.id for named in question.targets if named.whole}
    return {
        "words": sorted({record.text[mark.start : mark.end] for mark in marks if mark.word != CITATION}),
        "cites": [target for target in record.cites if _is_among(target, marked)],
        "own": record.symbol in named,
    }
