"""The routes of the pages: `/`, `/{lang}/{symbol}`, the same as data, and the static files."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from app.api.dependencies import CurrentSnapshot, SearchSeconds
from app.api.parameters import SearchParameters
from app.api.responses import Json
from app.examples import live_examples
from app.instruments import find_instrument, instruments_by_use, named_so, use_of
from app.model import FilterName
from app.problems import NotHeldError, ParameterError, ParameterFault
from app.query.filters import is_filter_value
from app.ranking import MAX_WINDOW
from app.relations import relations
from app.search import search
from app.web.choice import chosen_language, keep_choice
from app.web.clause_page import clause_view
from app.web.errors import error_page, missing_resolution
from app.web.help_page import help_view
from app.web.instrument_page import instrument_view, instruments_view
from app.web.plain import plain_answer, plain_resolution
from app.web.render import STATIC, VARY, Visit, render, root_of, static_version, visit
from app.web.resolution_page import is_heading, resolution_view
from app.web.search_page import search_view
from app.web.side_by_side import read_languages, side_view
from indexer.errors import ClausulaError, InvalidSymbolError, StoreError
from indexer.export import resolution_json
from indexer.model import LANGUAGES, LanguageCode, Resolution, Symbol
from indexer.store import ResolutionRecord, Snapshot
from indexer.symbols import parse_symbol

Beside = Annotated[tuple[str, ...], Query(alias="with")]

KEPT_FOREVER = "public, max-age=31536000, immutable"  # the address of a static file changes with its content


class LanguageConvertor(Convertor[str]):
    """Lets a path begin with one of our languages and nothing else, so that pages shadow no other route."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        """Return the code as it stands."""
        return value

    def to_string(self, value: str) -> str:
        """Return the code as it stands."""
        return value


register_url_convertor("language", LanguageConvertor())


class MissingResolutionError(NotHeldError):
    """A resolution that the index does not hold in this language."""

    def __init__(self, symbol: str, lang: LanguageCode, held: tuple[LanguageCode, ...] = ()) -> None:
        super().__init__(f"The index does not hold {symbol} in {lang}.")
        self.symbol = symbol
        self.lang = lang
        self.held = held


class PageRoute(APIRoute):
    """A route of pages: it keeps a choice of the interface language, and tells errors on pages.

    `app.main` tells the errors of all other routes as problems.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return a handler that never raises an error of ours."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            chosen = chosen_language(request)
            if chosen is not None:
                return keep_choice(request, chosen, root_of(request))
            try:
                return await handler(request)
            except (ClausulaError, RequestValidationError) as error:
                return page_of_error(request, error)

        return handle


def page_of_error(request: Request, error: ClausulaError | RequestValidationError) -> Response:
    """Return the page for an error of a page route."""
    match error:
        case MissingResolutionError():
            return missing_resolution(request, error.symbol, error.lang, error.held)
        case StoreError():
            return error_page(request, 503)
        case RequestValidationError():
            return error_page(request, 400, ", ".join(str(item["loc"][-1]) for item in error.errors()))
        case _:
            return error_page(request, 400, str(error))


router = APIRouter(include_in_schema=False)
pages = APIRouter(route_class=PageRoute)
static_files = StaticFiles(directory=STATIC)


@router.get("/static/{name}")
async def static_file(request: Request, name: str) -> Response:
    """Give a static file; under the address that pages link it is kept for good."""
    response = await static_files.get_response(name, request.scope)
    if request.query_params.get("v") == static_version():
        response.headers["Cache-Control"] = KEPT_FOREVER
    return response


@router.get("/.json")
def search_data(
    request: Request, question: SearchParameters, snapshot: CurrentSnapshot, seconds: SearchSeconds
) -> Response:
    """Give an answer as the API does."""
    answer = Json(search(snapshot, question, ui=visit(request).words.lang, seconds=seconds))
    answer.headers["Vary"] = VARY
    return answer


@router.get("/.txt")
def search_text(question: SearchParameters, snapshot: CurrentSnapshot, seconds: SearchSeconds) -> Response:
    """Give the clauses of an answer as plain text."""
    return PlainTextResponse(plain_answer(search(snapshot, question, seconds=seconds)))


@pages.get("/")
def search_page(
    request: Request,
    question: SearchParameters,
    snapshot: CurrentSnapshot,
    seconds: SearchSeconds,
    named: str = "",
) -> Response:
    """Show the search page; ``named`` holds words of a name for the list of what the clauses cite."""
    here = visit(request)
    lang = here.words.lang
    question = replace(question, named=named)
    answer = search(snapshot, question, ui=lang, seconds=seconds, prefer=lang)
    return render(request, "search.html", search_view(answer, question, here.words, here.addresses, snapshot.stats()))


@router.get("/{lang:language}/{symbol:path}.json")
def resolution_data(request: Request, lang: LanguageCode, symbol: str, snapshot: CurrentSnapshot) -> Response:
    """Give a resolution as ``clausula parse`` prints it."""
    canonical = read_symbol(symbol, lang)
    if canonical != symbol:
        return RedirectResponse(visit(request).addresses.data(lang, canonical, "json"), 301)
    return Json(resolution_json(held_resolution(snapshot, canonical, lang)))


@router.get("/{lang:language}/{symbol:path}.txt")
def resolution_text(request: Request, lang: LanguageCode, symbol: str, snapshot: CurrentSnapshot) -> Response:
    """Give a resolution as plain text."""
    canonical = read_symbol(symbol, lang)
    if canonical != symbol:
        return RedirectResponse(visit(request).addresses.data(lang, canonical, "txt"), 301)
    text = plain_resolution(held_resolution(snapshot, canonical, lang))
    return PlainTextResponse(text, headers={"Content-Language": lang})


async def chosen_values(year: str = "", action: str = "", body: str = "") -> dict[FilterName, tuple[str, ...]]:
    """Return what the form of an instrument's page chooses; raises `ParameterError` for what cannot be chosen."""
    given: dict[FilterName, str] = {"year": year, "action": action, "body": body}
    chosen = {name: value for name, value in given.items() if value.strip()}
    faults = [
        ParameterFault(name, "query", "no such value") for name in chosen if not is_filter_value(name, chosen[name])
    ]
    if faults:
        raise ParameterError(*faults)
    return {name: (value,) for name, value in chosen.items()}


Chosen = Annotated[dict[FilterName, tuple[str, ...]], Depends(chosen_values)]


@pages.get("/help")
def help_page(request: Request, snapshot: CurrentSnapshot, seconds: SearchSeconds) -> Response:
    """Show how to ask, with examples that this index answers."""
    here = visit(request)
    examples = live_examples(snapshot, here.words.lang, seconds=seconds)
    return render(request, "help.html", help_view(examples, here.words, here.addresses))


@pages.get("/instruments")
def instruments_page(request: Request, snapshot: CurrentSnapshot, q: str = "") -> Response:
    """Show the instruments whose names hold the words of ``q``, the most cited first."""
    here = visit(request)
    lang = counted_language(snapshot, here)
    uses = instruments_by_use(snapshot, lang, named_so(q))
    return render(request, "instruments.html", instruments_view(uses, q, lang, here.words, here.addresses))


@pages.get("/instruments/{id}")
def instrument_page(
    request: Request,
    id: str,
    snapshot: CurrentSnapshot,
    chosen: Chosen,
    lang: LanguageCode | None = None,
    page: Annotated[int, Query(ge=1, le=MAX_WINDOW)] = 1,
) -> Response:
    """Show an instrument and how the clauses of one language cite it: those of the reader's, if the index has any."""
    instrument = find_instrument(id)
    if instrument is None:
        return error_page(request, 404)
    here = visit(request)
    use = use_of(
        snapshot, instrument, lang or counted_language(snapshot, here), chosen, ui=here.words.lang, page=page
    )
    held = [code for code in LANGUAGES if code in snapshot.columns["lang"].values]
    view = instrument_view(instrument, use, held, snapshot.languages_of_resolution, here.words, here.addresses)
    return render(request, "instrument.html", view)


def counted_language(snapshot: Snapshot, here: Visit) -> LanguageCode:
    """Return the language whose clauses are counted: the reader's, else the first that the index holds."""
    held = snapshot.columns["lang"].values
    return next((code for code in (here.words.lang, *LANGUAGES) if code in held), here.words.lang)


@pages.get("/{lang:language}/{symbol:path}")
def resolution_page(
    request: Request,
    lang: LanguageCode,
    symbol: str,
    snapshot: CurrentSnapshot,
    beside: Beside = (),
    cite: str = "",
) -> Response:
    """Show a resolution, beside it what ``?with=en,ar`` names; any spelling of its symbol leads to one address.

    With ``?cite=op10.a`` it shows that clause alone, with its address and its citation.
    """
    here = visit(request)
    canonical = read_symbol(symbol, lang)
    others = read_languages(beside, lang)
    if canonical != symbol:
        return RedirectResponse(here.addresses.side_by_side(lang, canonical, others), 301)
    record = held_record(snapshot, canonical, lang)
    if cite:
        return clause_page(request, record, cite, snapshot)
    if others:
        return side_by_side_page(request, record, others, snapshot)
    view = resolution_view(
        snapshot.load(record),
        snapshot.languages_of_resolution,
        here.words,
        here.addresses,
        related=relations(snapshot, record),
    )
    return render(request, "resolution.html", view)


def clause_page(request: Request, record: ResolutionRecord, path: str, snapshot: Snapshot) -> Response:
    """Show one clause with its address and its citation."""
    here = visit(request)
    view = clause_view(
        snapshot.load(record),
        path,
        snapshot.languages_of_resolution(record.symbol),
        here.words,
        here.addresses,
        origin=origin(request),
        is_heading=is_heading,
    )
    return error_page(request, 404) if view is None else render(request, "clause.html", view)


def side_by_side_page(
    request: Request, record: ResolutionRecord, others: tuple[LanguageCode, ...], snapshot: Snapshot
) -> Response:
    """Show a resolution with other languages of it side by side."""
    here = visit(request)
    found = {lang: snapshot.resolution(record.symbol, lang) for lang in others}
    versions = [record, *(other for other in found.values() if other is not None)]
    view = side_view(
        [snapshot.load(version) for version in versions],
        [lang for lang, other in found.items() if other is None],
        snapshot.languages_of_resolution,
        here.words,
        here.addresses,
    )
    return render(request, "side_by_side.html", view)


def read_symbol(text: str, lang: LanguageCode) -> Symbol:
    """Return the symbol that a path names; raises `MissingResolutionError` for text that is none."""
    try:
        return parse_symbol(text.rstrip("/"))
    except InvalidSymbolError as error:
        raise MissingResolutionError(text, lang) from error


def held_record(snapshot: Snapshot, symbol: Symbol, lang: LanguageCode) -> ResolutionRecord:
    """Return the record of a resolution; raises `MissingResolutionError`, naming the languages that are held."""
    record = snapshot.resolution(symbol, lang)
    if record is None:
        raise MissingResolutionError(symbol, lang, snapshot.languages_of_resolution(symbol))
    return record


def held_resolution(snapshot: Snapshot, symbol: Symbol, lang: LanguageCode) -> Resolution:
    """Return a resolution; raises `MissingResolutionError` as `held_record` does."""
    return snapshot.load(held_record(snapshot, symbol, lang))


def origin(request: Request) -> str:
    """Return scheme and host as the reader sees them: ``https://clauses.example``."""
    return f"{request.url.scheme}://{request.url.netloc}"


router.include_router(pages)
