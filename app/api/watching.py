"""Whether the service lives and can answer, for whatever watches it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from app.api.dependencies import snapshot_source
from app.api.responses import Json, problems
from app.api.views import Health
from app.problems import problem_response, reason
from app.watch.caches import cache_use
from app.watch.metrics import CONTENT_TYPE, Metrics
from indexer.errors import StoreError

router = APIRouter(tags=["watching"])


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request) -> Response:
    """Return what Prometheus scrapes: see ``docs/operations.md``."""
    try:
        snapshot = snapshot_source(request).current()
    except StoreError:
        snapshot = None
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(snapshot, cache_use()), media_type=CONTENT_TYPE)


@router.get("/healthz", response_model=Health)
async def healthz() -> Json:
    """Return that the process answers; it says nothing of the index."""
    return Json(Health("alive"))


@router.get("/readyz", response_model=Health, responses=problems(503))
def readyz(request: Request) -> Response:
    """Return whether searches can be answered, 503 with the reason if not.

    When a new index cannot be opened the old one stays in service: ready, with the problem named.
    """
    source = snapshot_source(request)
    try:
        source.current()
    except StoreError as error:
        return problem_response(503, reason(error), headers={"Retry-After": "10"})
    return Json(Health("ready", reason(source.problem) if source.problem else None))
