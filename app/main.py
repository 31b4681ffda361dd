"""The service: ``uvicorn app.main:app``.

Errors become HTTP here and nowhere else. Importing this module opens no index: that happens when the service starts.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import cast

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.api.docs import DocumentedApp, mount_docs
from app.api.routes import router as api
from app.examples import queries
from app.headers import SafeHeaders
from app.limits.buckets import TokenBuckets
from app.limits.middleware import LimitClients, LimitLoad, refuse_with_problem
from app.limits.turns import Turns
from app.middleware import CleanPaths, HeadAsGet, LimitBody
from app.model import SearchRequest
from app.problems import from_error, from_validation, problem_response
from app.search import search
from app.settings import Settings, read_settings
from app.suggest import prepare
from app.watch.metrics import Metrics
from app.watch.requests import HEADER, WatchRequests
from app.web.errors import error_page, refusal_page, wants_page
from app.web.routes import router as pages
from indexer.citing import find_citations
from indexer.errors import ClausulaError, StoreError
from indexer.model import LanguageCode
from indexer.store import Snapshot, SnapshotSource

MAX_BODY = 1_000_000  # bytes; the text of the longest resolution, in UTF-8, has about 300,000

# Requests that are computed at a time. More finish no sooner: Python has one core. With one, a completion would wait
# for the longest search that is before it.
COMPUTING = 2
WATCHING_THREADS = 2  # beside those that compute, so that /readyz and /metrics wait for no search

log = logging.getLogger("clausula")


def create_app(settings: Settings) -> FastAPI:
    """Return the service for these settings; a missing index is reported by ``/readyz``."""
    app = DocumentedApp(
        title="Clausula",
        description="Search in United Nations resolutions, clause by clause.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=warm_up,
    )
    app.state.snapshots = SnapshotSource(settings.index, prepare=make_ready)
    app.state.settings = settings
    app.state.metrics = Metrics()
    app.include_router(api)
    mount_docs(app)
    app.include_router(pages)
    add_middleware(app, settings)
    app.add_exception_handler(ClausulaError, on_clausula_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_fault)
    return app


def add_middleware(app: FastAPI, settings: Settings) -> None:
    """Put around the routes what every request passes: the last one added is passed first."""
    metrics: Metrics = app.state.metrics
    app.add_middleware(LimitBody, limit=MAX_BODY)
    app.add_middleware(HeadAsGet)
    app.add_middleware(CleanPaths)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=("GET", "POST"))
    turns = Turns(COMPUTING, settings.waiting)
    app.add_middleware(LimitLoad, at_once=settings.at_once, turns=turns, metrics=metrics, refuse=refusal)
    if settings.requests_per_second:
        buckets = TokenBuckets(settings.requests_per_second, max(1, settings.burst))
        app.add_middleware(LimitClients, buckets=buckets, metrics=metrics, refuse=refusal)
    app.add_middleware(SafeHeaders)
    if settings.allowed_hosts != ("*",):
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts, www_redirect=False)
    app.add_middleware(WatchRequests, metrics=metrics)


@asynccontextmanager
async def warm_up(app: FastAPI) -> AsyncIterator[None]:
    """Open the index and load its languages before the first request, which would wait for them otherwise."""
    current_default_thread_limiter().total_tokens = COMPUTING + WATCHING_THREADS
    await run_in_threadpool(open_index, app.state.snapshots)
    yield


def open_index(source: SnapshotSource) -> None:
    """Open the index if there is one; a service without it starts all the same and looks again at each request."""
    try:
        snapshot = source.current()
    except StoreError as error:
        log.warning("%s", error)
        return
    load_languages(snapshot)
    # A few seconds for six languages: readers need not wait for completions.
    Thread(target=make_ready, args=(snapshot,), name="completions", daemon=True).start()


def load_languages(snapshot: Snapshot) -> None:
    """Load the tables of all languages that an index holds."""
    for lang in snapshot.stats().documents_by_language:
        snapshot.language(cast(LanguageCode, lang)).tokens("")
        find_citations("", cast(LanguageCode, lang))


def make_ready(snapshot: Snapshot) -> None:
    """Gather what the first requests on an index would wait for."""
    load_languages(snapshot)
    for lang in snapshot.stats().documents_by_language:
        search(snapshot, SearchRequest(q=queries(cast(LanguageCode, lang))["words"][-1]))
    prepare(snapshot)


def refusal(scope: Scope, status: int, detail: str, seconds: int) -> Response:
    """Return the answer to a request that is too much: a page for a browser, else a problem."""
    request = Request(scope)
    if not wants_page(request):
        return refuse_with_problem(scope, status, detail, seconds)
    page = refusal_page(request, status)
    page.headers["Retry-After"] = str(seconds)
    return page


def on_clausula_error(request: Request, error: Exception) -> Response:
    """Answer with what an error of Clausula's own means in HTTP."""
    assert isinstance(error, ClausulaError)
    return from_error(error)


def on_validation_error(request: Request, error: Exception) -> Response:
    """Answer 422, naming the parameters."""
    assert isinstance(error, RequestValidationError)
    return from_validation(error)


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer with the status that the framework chose (404, 405, 413 …): a page for a browser, else a problem."""
    assert isinstance(error, HTTPException)
    if wants_page(request):
        page = error_page(request, error.status_code)
        page.headers.update(error.headers or {})
        return page
    return problem_response(error.status_code, error.detail, headers=error.headers)


def on_fault(request: Request, error: Exception) -> Response:
    """Answer 500 for a fault of the program, without its details; the log has them."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = "The server made a mistake."
    answer = error_page(request, 500) if wants_page(request) else problem_response(500, detail)
    answer.headers[HEADER.decode()] = request.state.request_id  # this answer passes no middleware
    return answer


app = create_app(read_settings())
