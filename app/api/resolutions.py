"""Resolutions and their clauses by symbol, in any accepted spelling and with its slashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.dependencies import AcceptedLanguages, CurrentSnapshot
from app.api.responses import Json, problems
from app.api.views import ClauseAnswer, ClausesAnswer, ResolutionAnswer
from app.problems import NotHeldError
from app.web.addresses import resolution_path
from indexer.export import clause_json, footnote_json
from indexer.model import Clause, ClausePath, Footnote, LanguageCode, Resolution, Symbol, clause_id
from indexer.store import Snapshot
from indexer.symbols import parse_symbol

router = APIRouter(prefix="/resolutions", tags=["resolutions"], responses=problems(404, 422, 503))

SymbolPath = Annotated[str, Path(description="Symbol with its slashes, in any spelling: A/RES/58/208, 58/208.")]
Lang = Annotated[LanguageCode | None, Query(description="Default: what the reader likes best of what is held.")]


# The routes that end in fixed words come first: a symbol's slashes would swallow them.
@router.get("/{symbol:path}/clauses/{path}", response_model=ClauseAnswer)
def clause(
    symbol: SymbolPath,
    path: str,
    snapshot: CurrentSnapshot,
    accepted: AcceptedLanguages,
    lang: Lang = None,
) -> Json:
    """Return one clause with the paragraphs that it is part of and its neighbours."""
    resolution, _ = load(snapshot, symbol, lang, accepted)
    languages = snapshot.languages_of(clause_id(resolution.symbol, ClausePath(path)))
    return Json(clause_answer(resolution, path, languages))


@router.get("/{symbol:path}/clauses", response_model=ClausesAnswer)
def clauses(symbol: SymbolPath, snapshot: CurrentSnapshot, accepted: AcceptedLanguages, lang: Lang = None) -> Json:
    """Return the clauses of a resolution."""
    resolution, languages = load(snapshot, symbol, lang, accepted)
    found = tuple(clause_json(resolution, clause) for clause in resolution.clauses)
    return Json(ClausesAnswer(resolution.symbol, resolution.lang, languages, found))


@router.get("/{symbol:path}", response_model=ResolutionAnswer)
def resolution(symbol: SymbolPath, snapshot: CurrentSnapshot, accepted: AcceptedLanguages, lang: Lang = None) -> Json:
    """Return a resolution: metadata, languages, clauses, footnotes."""
    held, languages = load(snapshot, symbol, lang, accepted)
    return Json(resolution_answer(held, languages))


def load(
    snapshot: Snapshot, symbol: str, lang: LanguageCode | None, accepted: Sequence[LanguageCode]
) -> tuple[Resolution, tuple[LanguageCode, ...]]:
    """Return a resolution and the languages that it is held in.

    Without ``lang`` the first of the accepted languages that is held, else the first that is held. Raises
    `InvalidSymbolError` for what is no symbol and `NotHeldError` for what the index lacks.
    """
    canonical = parse_symbol(symbol)
    languages = snapshot.languages_of_resolution(canonical)
    if not languages:
        raise NotHeldError(f"{canonical} is not in the index.")
    liked: LanguageCode = next(code for code in (*accepted, *languages) if code in languages)
    record = snapshot.resolution(canonical, lang or liked)
    if record is None:
        raise NotHeldError(f"{canonical} is not in the index in {lang}, but in {', '.join(languages)}.")
    return snapshot.load(record), languages


def resolution_answer(resolution: Resolution, languages: tuple[LanguageCode, ...]) -> ResolutionAnswer:
    """Return the resolution as the API gives it."""
    return ResolutionAnswer(
        symbol=resolution.symbol,
        lang=resolution.lang,
        title=resolution.title,
        date=resolution.date,
        body=resolution.body,
        session=resolution.session,
        subjects=resolution.subjects,
        languages=languages,
        url=resolution_path(resolution.lang, resolution.symbol),
        clauses=tuple(clause_json(resolution, clause) for clause in resolution.clauses),
        footnotes=tuple(footnote_json(note) for note in resolution.footnotes),
    )


def clause_answer(resolution: Resolution, path: str, languages: tuple[LanguageCode, ...]) -> ClauseAnswer:
    """Return one clause, or footnote, as the API gives it; raises `NotHeldError` for a path that there is not."""
    places: Sequence[Clause | Footnote] = resolution.clauses
    if path not in {clause.path for clause in places}:
        places = resolution.footnotes
    paths = [place.path for place in places]
    if path not in paths:
        raise NotHeldError(f"{resolution.symbol} has no clause {path}.")
    number = paths.index(ClausePath(path))
    place = places[number]
    above = ancestors(path)
    return ClauseAnswer(
        symbol=resolution.symbol,
        lang=resolution.lang,
        title=resolution.title,
        date=resolution.date,
        languages=languages,
        url=resolution_path(resolution.lang, resolution.symbol, path),
        clause=clause_json(resolution, place) if isinstance(place, Clause) else footnote_json(place),
        parents=tuple(clause_json(resolution, clause) for clause in resolution.clauses if clause.path in above),
        footnotes=tuple(footnote_json(note) for note in notes_of(resolution, place)),
        previous=_id(resolution.symbol, paths, number - 1),
        next=_id(resolution.symbol, paths, number + 1),
    )


def ancestors(path: str) -> frozenset[str]:
    """Return the paths that a path is part of: ``op10`` and ``op10.a`` for ``op10.a.ii``."""
    parts = path.split(".")
    return frozenset(".".join(parts[:length]) for length in range(1, len(parts)))


def notes_of(resolution: Resolution, place: Clause | Footnote) -> list[Footnote]:
    """Return the footnotes that hang on a clause."""
    if isinstance(place, Footnote):
        return []
    numbers = {mark.number for mark in place.marks}
    return [note for note in resolution.footnotes if note.number in numbers]


def _id(symbol: Symbol, paths: Sequence[ClausePath], number: int) -> str | None:
    return clause_id(symbol, paths[number]) if 0 <= number < len(paths) else None
