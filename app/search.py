"""The one entry for every search: a request in, a page out, the same for API, pages and terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.explain import Explainer
from app.facets import Narrowing, count_facets, narrow
from app.highlight import best_passage, merge
from app.labels import facet_label
from app.limits.deadline import Deadline
from app.matching import Answer, partial_answer, search_documents, wider_answer
from app.meaning import canonical, same_targets
from app.model import Hit, Interpretation, Notice, SearchPage, SearchRequest, Target
from app.query.pattern import Mark, find_marks
from app.query.plan import NOTHING, Plan
from app.ranking import MAX_PARTIAL, MAX_WINDOW
from app.spreading import spread
from app.understanding import Question, understand
from app.web.addresses import resolution_path
from indexer.model import LanguageCode
from indexer.store import Snapshot
from indexer.store.columns import Columns, IntArray
from indexer.store.columns import Order as SortOrder
from indexer.store.records import ClauseRecord
from indexer.store.selection import first_in_order
from indexer.symbols import parent

Order = npt.NDArray[np.intp]

NONE: IntArray = np.empty(0, np.int32)
CITATION = 0  # the word that a marked citation stands for; the words of the query have numbers from 1


def search(
    snapshot: Snapshot,
    request: SearchRequest,
    *,
    ui: str = "en",
    seconds: float = 0.0,
    prefer: LanguageCode | None = None,
) -> SearchPage:
    """Answer a request from one snapshot; labels are in the interface language ``ui``.

    Of clauses of one resolution that are equal in rank, those in the language ``prefer`` come first.

    After so many ``seconds`` (0 is no limit) no further step is begun: hits that answer in part and facets may be
    missing, and the notice ``time_out`` says so.

    Never raises on what the query says: oddities become notices. The same request on the same snapshot gives the
    same page.
    """
    started, deadline = time.perf_counter(), Deadline(seconds)
    question = understand(snapshot, request)
    answer = search_documents(
        snapshot,
        question.plan,
        question.targets,
        asked=bool(request.q.strip()),
        footnotes=question.wants_footnotes,
    )
    narrowing = narrow(answer.docs, request.filters, snapshot.columns)
    full = answer.at(narrowing.passing()) if narrowing.passes else answer
    if request.group == "resolution":
        ranked = _first_of_each(_ranked(full, snapshot, question, NONE, prefer), snapshot.columns.symbol_rank)
        groups = len(ranked.docs)
    else:
        ranked = _ranked(full, snapshot, question, NONE, prefer, _window_end(request))
        groups = None
    hits = _hits(snapshot, question, _window(snapshot, question, narrowing, ranked, prefer, deadline))
    late = deadline.is_past
    facets = {} if late else count_facets(narrowing, request, snapshot.columns, ui)
    first = (request.page - 1) * request.per_page
    notices = question.notices
    if late:
        notices += (Notice("time_out", "The search took too long and was cut off: refine the query."),)
    else:
        notices += _by_short_names(snapshot, question, narrowing.docs)
    if first + request.per_page > MAX_WINDOW:
        notices += (Notice("window_exceeded", f"Only the first {MAX_WINDOW} hits can be paged through."),)
    return SearchPage(
        query=Interpretation(
            text=request.q,
            interpreted=question.interpreted,
            filters=request.filters,
            targets=tuple(
                Target(id, named.kind.value, facet_label("cites", id, ui))
                for named in question.targets
                for id in named.readings
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


def in_order(
    answer: Answer,
    request: SearchRequest,
    columns: Columns,
    count: int | None = None,
    prefer: LanguageCode | None = None,
) -> Answer:
    """Return the answer in the order that the request asks for.

    Of equal relevance the newest comes first, of one resolution what is in the language ``prefer``; no two documents
    are equal. With ``count`` only so many are returned.
    """
    order: SortOrder = "newest" if request.sort == "relevance" else request.sort
    keys: tuple[npt.NDArray[np.generic], ...] = (columns.order[order].take(answer.docs),)
    if prefer is not None:
        others = ~columns["lang"].mask((prefer,)).take(answer.docs)
        keys += (others, columns.first_of_symbol(order).take(answer.docs))
    if request.sort == "relevance":
        keys += (-answer.scores, -answer.tiers) if answer.tiers.any() else (-answer.scores,)
    return answer.at(first_in_order(keys, count))


def _ranked(
    answer: Answer,
    snapshot: Snapshot,
    question: Question,
    before: IntArray,
    prefer: LanguageCode | None,
    count: int | None = None,
) -> Answer:
    """Return the answer in order; by relevance a resolution does not fill the page with its clauses.

    ``before`` are the documents that stand before the answer. With ``count`` only so many are returned.
    """
    request = question.request
    if request.sort == "relevance" and question.plan is not None:
        answer = spread(answer, snapshot, question.plan, before, count)
    return in_order(answer, request, snapshot.columns, count, prefer)


def _first_of_each(answer: Answer, symbol_rank: IntArray) -> Answer:
    """Return the first document of each resolution, whatever its language, in their order."""
    _, firsts = np.unique(symbol_rank[answer.docs], return_index=True)
    return answer.at(np.sort(firsts))


@dataclass(frozen=True, slots=True)
class _Found:
    doc: int
    score: float
    by_words: float
    partial: bool


def _window_end(request: SearchRequest) -> int:
    """Return the place behind the last hit of the page, in the order of all hits."""
    return min(request.page * request.per_page, MAX_WINDOW)


def _found(answer: Answer, places: slice, *, partial: bool) -> list[_Found]:
    return [
        _Found(int(doc), float(score), float(by_words), partial)
        for doc, score, by_words in zip(
            answer.docs[places], answer.scores[places], answer.by_words[places], strict=True
        )
    ]


def _window(
    snapshot: Snapshot,
    question: Question,
    narrowing: Narrowing,
    ranked: Answer,
    prefer: LanguageCode | None,
    deadline: Deadline,
) -> list[_Found]:
    """Return the documents of the page: full ones and, where these end, partial ones."""
    request = question.request
    first = (request.page - 1) * request.per_page
    end = _window_end(request)
    found = _found(ranked, slice(first, end), partial=False)
    missing = end - max(first, len(ranked.docs))
    if missing <= 0 or question.plan is None or question.names_one_target or deadline.is_past:
        return found
    partial = _beyond(snapshot, question, question.plan, narrowing.docs)
    partial = partial.at(narrow(partial.docs, request.filters, snapshot.columns).passing())
    partial = _ranked(partial, snapshot, question, ranked.docs, prefer)
    if request.group == "resolution":
        partial = _first_of_each(partial, snapshot.columns.symbol_rank)
        taken = np.isin(snapshot.columns.symbol_rank[partial.docs], snapshot.columns.symbol_rank[ranked.docs])
        partial = partial.at(~taken)
    start = max(0, first - len(ranked.docs))
    return found + _found(partial, slice(start, min(start + missing, MAX_PARTIAL)), partial=True)


def _beyond(snapshot: Snapshot, question: Question, plan: Plan, full: IntArray) -> Answer:
    """Return what follows the full answer: what says it in other words, or says most of it."""
    if question.wider is None:
        return partial_answer(snapshot, plan, full)
    return wider_answer(snapshot, plan, question.wider.query, full)


def _by_short_names(snapshot: Snapshot, question: Question, full: IntArray) -> tuple[Notice, ...]:
    """Return how many clauses more cite what the query names by a short name, and the query that counts them."""
    if question.wider is None or question.plan is None:
        return ()
    more = wider_answer(snapshot, question.plan, question.wider.query, full).docs
    number = int(np.count_nonzero(narrow(more, question.request.filters, snapshot.columns).passing()))
    if not number:
        return ()
    message = f"{number} more cite it only by a short name, as “the Convention”: they follow."
    return (Notice("short_names", message, suggestion=question.wider.text),)


def _hits(snapshot: Snapshot, question: Question, window: Sequence[_Found]) -> list[Hit]:
    marked = _marked_targets(question)
    explainer = Explainer(snapshot, question.plan or Plan(NOTHING)) if question.request.explain else None
    return [_hit(snapshot, question, found, marked, explainer) for found in window]


def _marked_targets(question: Question) -> frozenset[str]:
    """Return the targets whose citations are marked: those that the query asks for or the request filters by."""
    named = [reading for named in question.cited for reading in named.readings]
    asked = [*named, *map(canonical, question.request.filters.get("cites", ()))]
    return frozenset(same for target in asked for same in same_targets(target))


def _hit(
    snapshot: Snapshot, question: Question, found: _Found, marked: frozenset[str], explainer: Explainer | None
) -> Hit:
    record = snapshot.record(found.doc)
    marks, missing = _marks(snapshot, question.plan, record, partial=found.partial)
    if found.partial and question.wider is not None:
        missing += _not_named(question, record)
    cited = [
        Mark(citation.start, citation.end, CITATION)
        for citation in record.citations
        if any(_is_among(target, marked) for target in citation.ids)
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
        highlights=merge((mark.start, mark.end) for mark in (*marks, *cited)),
        snippet=best_passage(record.text, [*marks, *cited]),
        partial=found.partial,
        citations=record.cites,
        score=round(found.score, 4),
        languages=snapshot.languages_beside(found.doc),
        url=resolution_path(record.lang, record.symbol, record.path),
        missing=missing,
        explanation=_explanation(explainer, record, marks, question, marked, found) if explainer else None,
    )


def _marks(
    snapshot: Snapshot, plan: Plan | None, record: ClauseRecord, *, partial: bool
) -> tuple[list[Mark], tuple[str, ...]]:
    """Return what to mark in a clause, and the words of the query that a partial hit lacks.

    Where a word is missing, what stands for it is marked.
    """
    if plan is None:
        return [], ()
    tokens = snapshot.language(record.lang).tokens(record.text)
    marks = find_marks(tokens, plan.patterns.get(record.lang, ()))
    if not partial:
        return marks, ()
    found = {mark.word for mark in marks}
    lacking = [part for part in plan.parts if found.isdisjoint(part.marks)]
    for part in lacking:
        for other in part.stand_ins:
            marks += find_marks(tokens, other.patterns.get(record.lang, ()))
    return sorted(marks, key=lambda mark: (mark.start, mark.end)), tuple(part.text for part in lacking)


def _not_named(question: Question, record: ClauseRecord) -> tuple[str, ...]:
    """Return the names, as typed, of what a clause cites by a short name alone."""
    asked = ((named, {same for id in named.readings for same in same_targets(id)}) for named in question.targets)
    return tuple(question.request.q[named.start : named.end] for named, ids in asked if ids.isdisjoint(record.names))


def _is_among(target: str, marked: frozenset[str]) -> bool:
    return target in marked or parent(target) in marked


def _explanation(
    explainer: Explainer,
    record: ClauseRecord,
    marks: Sequence[Mark],
    question: Question,
    marked: frozenset[str],
    found: _Found,
) -> dict[str, object]:
    """Return why a clause matched: the words found in it and what they scored, and what it has to do with targets."""
    named: set[str] = {reading for named in question.targets if named.whole for reading in named.readings}
    return {
        "words": sorted({record.text[mark.start : mark.end] for mark in marks}),
        "cites": [target for target in record.cites if _is_among(target, marked)],
        "own": record.symbol in named,
        "parts": explainer.parts(found.doc, record, marks),
        "neighbours": explainer.neighbours(found.doc),
        "by_words": round(found.by_words, 4),
        "by_resolution": round(found.score / found.by_words, 4) if found.by_words else 1.0,
    }
