"""A page context and a template → a response, with the headers that every page has."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from starlette.requests import Request

from app.web.addresses import Addresses
from app.web.choice import CHOOSE, kept_language
from app.web.i18n import UI_LANGUAGES, Messages, UiLanguage, messages, negotiate, ui_language

VARY = "Accept-Language, Cookie"  # what the interface language of an answer depends on beside the address
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
STATIC = Path(__file__).parent / "static"

# Pages take script and style from this service's files alone, so text that slipped through escaping could do nothing.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class InterfaceChoice:
    """A link that chooses another interface language for the same page."""

    lang: UiLanguage
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page must know of a request: in which words to speak and how to link."""

    words: Messages
    addresses: Addresses
    interface: tuple[InterfaceChoice, ...]


def visit(request: Request) -> Visit:
    """Return the interface language and addresses of a request.

    The language is that of the address (``?ui=``), else the one chosen before, else what the browser likes best.
    """
    root = root_of(request)
    asked = ui_language(request.query_params.get("ui"))
    words = messages(asked or kept_language(request) or negotiate(request.headers.get("accept-language", "")))
    path = request.url.path.removeprefix(root) or "/"
    return Visit(words, Addresses(root, asked), tuple(_interface(request, root + path, words.lang)))


def root_of(request: Request) -> str:
    """Return the prefix under which a proxy offers the service, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def render(request: Request, template: str, page: object, *, status: int = 200) -> HTMLResponse:
    """Return a page as a response. Afterwards: no inline script or style can run; caches know what it depends on."""
    here = visit(request)
    html = (
        _environment()
        .get_template(template)
        .render(
            page=page,
            words=here.words,
            addresses=here.addresses,
            interface=here.interface,
            static_version=static_version(),
        )
    )
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": here.words.lang,
        "Referrer-Policy": "same-origin",
        "Vary": VARY,
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(html, status, headers)


@cache
def static_version() -> str:
    """Return a short name for the content of the static files: it changes when they do."""
    digest = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _interface(request: Request, path: str, current: UiLanguage) -> list[InterfaceChoice]:
    choices = []
    for lang in UI_LANGUAGES:
        href = f"{path}?{request.url.remove_query_params('ui').include_query_params(**{CHOOSE: lang}).query}"
        choices.append(InterfaceChoice(lang, messages(lang).text("site.own_name"), href, lang == current))
    return choices


class FlushLeft(Extension):
    """Takes the indentation off the lines of a template: no answer carries it; what is filled in keeps its own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source with every line flush left."""
        return INDENTATION.sub("", source)


@cache
def _environment() -> Environment:
    return Environment(
        extensions=[FlushLeft],
        loader=PackageLoader("app.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
