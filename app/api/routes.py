"""All routes of ``/api/v1`` and those that watch the service."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import reference, resolutions, watching
from app.api.dependencies import CurrentSnapshot, LabelsLanguage, SearchSeconds
from app.api.parameters import SearchParameters
from app.api.responses import Json, problems
from app.model import SearchPage
from app.search import search

router = APIRouter()
v1 = APIRouter(prefix="/api/v1")


# Handlers are plain functions: they run in the thread pool, so /healthz answers while searches compute.
@v1.get("/search", tags=["search"], response_model=SearchPage, responses=problems(422, 503))
def search_clauses(
    request: SearchParameters, snapshot: CurrentSnapshot, ui: LabelsLanguage, seconds: SearchSeconds
) -> Json:
    """Search clauses; see the query language in the documentation."""
    return Json(search(snapshot, request, ui=ui, seconds=seconds))


v1.include_router(resolutions.router)
v1.include_router(reference.router)
router.include_router(v1)
router.include_router(watching.router)
