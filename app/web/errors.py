"""Errors as pages, for people; the API tells the same as ``application/problem+json``."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from app.web.clauses import Translation, translations
from app.web.i18n import Messages
from app.web.render import render, visit
from indexer.model import LanguageCode

MESSAGE_KEYS = {404: "not_found", 503: "unavailable"}


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What an error page shows; ``detail`` is in English, as the API gives it."""

    status: int
    heading: str
    text: str
    detail: str | None = None
    translations: tuple[Translation, ...] = ()


def wants_page(request: Request) -> bool:
    """Whether the asker is a browser: it takes HTML, and the path is not the API's."""
    root = request.scope.get("root_path", "").rstrip("/")
    path = request.url.path.removeprefix(root)
    return "text/html" in request.headers.get("accept", "") and not path.startswith("/api/")


def error_page(request: Request, status: int, detail: str | None = None, *, key: str = "") -> HTMLResponse:
    """Return the page for an error of this status, or the one with the words of a ``key``."""
    return render(request, "error.html", error_view(visit(request).words, status, detail, key), status=status)


def refusal_page(request: Request, status: int) -> HTMLResponse:
    """Return the page for a request that is refused because there are too many, of its client or of all."""
    return error_page(request, status, key="busy" if status == HTTPStatus.SERVICE_UNAVAILABLE else "too_often")


def error_view(words: Messages, status: int, detail: str | None = None, key: str = "") -> ErrorView:
    """Return what the page for a status says; a status without words of its own is the asker's fault or ours."""
    key = key or MESSAGE_KEYS.get(status, "bad_request" if status < 500 else "failed")
    return ErrorView(status, words.text(f"error.{key}"), words.text(f"error.{key}_text"), detail)


def missing_resolution(request: Request, symbol: str, lang: str, held: tuple[LanguageCode, ...]) -> HTMLResponse:
    """Return the page that tells that a resolution is not held, or not in this language but in others."""
    here = visit(request)
    key = "not_in_language" if held else "no_resolution"
    view = ErrorView(
        404,
        here.words.text(f"error.{key}", symbol=symbol),
        here.words.text(f"error.{key}_text"),
        translations=translations(symbol, "", lang, held, here.words, here.addresses),
    )
    return render(request, "error.html", view, status=404)
