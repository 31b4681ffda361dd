"""Instruments, citations in pasted text, completions, and what the index holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.dependencies import CurrentSnapshot
from app.api.responses import Json, problems
from app.api.views import CitationsAnswer, CitationsQuestion, InstrumentAnswer, InstrumentsAnswer
from app.facets import count_citing
from app.meaning import same_targets, values_meant
from app.problems import NotHeldError, ParameterError, ParameterFault
from app.suggest import Suggestion, suggest
from indexer.citing import Instrument, find_citations, load_gazetteer
from indexer.export import citations_json
from indexer.model import LANGUAGES, LanguageCode, TargetId
from indexer.store import IndexStats, Snapshot

router = APIRouter(responses=problems(422, 503))

MAX_TEXT = 200_000  # code points; the longest resolution has about 150,000


@router.get("/suggest", tags=["search"], response_model=tuple[Suggestion, ...])
def suggestions(
    snapshot: CurrentSnapshot,
    q: Annotated[str, Query(description="What is typed so far.")] = "",
    lang: Annotated[LanguageCode | None, Query(description="Only this language.")] = None,
) -> Json:
    """Return completions: instruments, symbols, phrases, words."""
    return Json(suggest(snapshot, q, (lang,) if lang else LANGUAGES))


@router.get("/instruments", tags=["instruments"], response_model=InstrumentsAnswer)
def instruments(
    snapshot: CurrentSnapshot,
    q: Annotated[str, Query(description="Words of a name, in any language.")] = "",
) -> Json:
    """Return the instruments whose names hold the words, best first; without words all of them, by subject."""
    gazetteer = load_gazetteer()
    named = {found.id: found for lang in LANGUAGES for found in gazetteer.search(q, lang)}
    found = tuple(named.values()) if q.strip() else gazetteer.instruments
    counts = count_citing([instrument.id for instrument in found], snapshot.columns)
    views = tuple(_view(instrument, count) for instrument, count in zip(found, counts, strict=True))
    return Json(InstrumentsAnswer(len(views), views))


@router.get("/instruments/{id}", tags=["instruments"], response_model=InstrumentAnswer, responses=problems(404))
def instrument(snapshot: CurrentSnapshot, id: Annotated[str, Path(description="ins:cedaw, or cedaw.")]) -> Json:
    """Return one instrument, with the number of clauses that cite it or the resolution that adopted it."""
    found = load_gazetteer().get(TargetId(id if id.startswith("ins:") else f"ins:{id}"))
    if found is None:
        raise NotHeldError(f"The gazetteer has no instrument {id}.")
    return Json(_view(found, *count_citing([found.id], snapshot.columns)))


@router.post("/citations", tags=["citations"], response_model=CitationsAnswer, responses=problems(400, 413))
def citations(snapshot: CurrentSnapshot, question: CitationsQuestion) -> Json:
    """Return the citations in a text, normalised, each with whether the index holds what it cites."""
    if len(question.text) > MAX_TEXT:
        raise ParameterError(ParameterFault("text", "body", f"more than {MAX_TEXT} characters"))
    if any("\ud800" <= sign <= "\udfff" for sign in question.text):
        raise ParameterError(
            ParameterFault("text", "body", "half of a surrogate pair: JSON lets it in, UTF-8 does not")
        )
    return Json(
        CitationsAnswer(
            tuple(
                {**one, "held": is_held(snapshot, target)}
                for citation in find_citations(question.text, question.lang)
                for one, target in zip(citations_json([citation]), citation.ids or (None,), strict=True)
            )
        )
    )


@router.get("/stats", tags=["index"], response_model=IndexStats)
def stats(snapshot: CurrentSnapshot) -> Json:
    """Return what the index holds."""
    return Json(snapshot.stats())


def is_held(snapshot: Snapshot, target: TargetId | None) -> bool:
    """Whether the index holds a target: a resolution itself, or the one that adopted an instrument."""
    return target is not None and any(values_meant("symbol", same, snapshot.columns) for same in same_targets(target))


def _view(instrument: Instrument, count: int) -> InstrumentAnswer:
    return InstrumentAnswer(
        id=instrument.id,
        kind=instrument.kind,
        date=instrument.date,
        adopted_by=instrument.adopted_by,
        names={lang: instrument.names[lang] for lang in LANGUAGES if lang in instrument.names},
        short={lang: tuple(instrument.short[lang]) for lang in LANGUAGES if lang in instrument.short},
        citations=count,
    )
