"""The addresses of the pages: every link of every page is made here.

An address is the state: a search is wholly in its query string. All of them start with the prefix that a proxy
strips (``--root-path /un``), so the pages work under any prefix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, urlencode

from app.model import FILTERS, FilterName, SearchRequest
from app.web.i18n import UiLanguage

OFFICIAL_SITE = "https://undocs.org"
DEFAULTS = SearchRequest()

DataFormat = Literal["json", "txt"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes links. ``ui`` is the interface language that the reader's own address asked for, if it did."""

    root: str = ""
    ui: UiLanguage | None = None

    def of(self, path: str) -> str:
        """Return the address of a path of this service (``/ru/A/RES/58/208#pp6``) as a page links it."""
        path, hash_mark, fragment = path.partition("#")
        if self.ui:
            path += ("&" if "?" in path else "?") + urlencode({"ui": self.ui})
        return f"{self.root}{path}{hash_mark}{fragment}"

    def static(self, name: str, version: str) -> str:
        """Return the address of a static file; a new version is a new address."""
        return f"{self.root}/static/{name}?v={version}"

    def home(self) -> str:
        """Return the address of the empty search page."""
        return self.of("/")

    def search(self, request: SearchRequest) -> str:
        """Return the address that asks the same question; what is default stays out of it."""
        query = urlencode(list(search_parameters(request)), errors="replace")
        return self.of(f"/?{query}" if query else "/")

    def resolution(self, lang: str, symbol: str, path: str = "") -> str:
        """Return the address of a resolution, or of one clause of it."""
        return self.of(resolution_path(lang, symbol, path))

    def reference(self, path: str) -> str:
        """Return the address, from the page of a resolution, that tells how to point at a clause of it."""
        return "?" + urlencode({"cite": path, **({"ui": self.ui} if self.ui else {})})

    def instruments(self, q: str = "") -> str:
        """Return the address of the list of instruments, of those whose names hold the words of ``q``."""
        return self.of("/instruments" + (f"?{urlencode({'q': q}, errors='replace')}" if q else ""))

    def instrument(self, id: str, chosen: Sequence[tuple[str, str]] = ()) -> str:
        """Return the address of an instrument's page, ``/instruments/cedaw``, narrowed to what is chosen."""
        path = f"/instruments/{quote(id.removeprefix('ins:'), safe='')}"
        return self.of(path + (f"?{urlencode(chosen, errors='replace')}" if chosen else ""))

    def side_by_side(self, lang: str, symbol: str, others: Sequence[str], path: str = "") -> str:
        """Return the address of a resolution in several languages: ``/ru/A/RES/58/208?with=en,ar``.

        Without others it is that of the resolution.
        """
        head, hash_mark, fragment = resolution_path(lang, symbol, path).partition("#")
        return self.of(head + (f"?with={','.join(others)}" if others else "") + hash_mark + fragment)

    def help(self) -> str:
        """Return the address of the help page."""
        return self.of("/help")

    def data(self, lang: str, symbol: str, form: DataFormat) -> str:
        """Return the address of a resolution as data."""
        return f"{self.root}{resolution_path(lang, symbol)}.{form}"

    def documentation(self) -> str:
        """Return the address of the API's documentation."""
        return f"{self.root}/api/docs"


def resolution_path(lang: str, symbol: str, path: str = "") -> str:
    """Return the path of a resolution's page: ``/ru/A/RES/58/208#op10.a``."""
    return f"/{lang}/{quote(symbol, safe='/()')}" + (f"#{quote(path)}" if path else "")


def official_address(lang: str, symbol: str) -> str:
    """Return the address of the official document on the site of the United Nations."""
    return f"{OFFICIAL_SITE}/{lang}/{quote(symbol, safe='/()')}"


def search_parameters(request: SearchRequest) -> Iterator[tuple[str, str]]:
    """Yield the query parameters of a search, without those that have their default."""
    if request.q:
        yield "q", request.q
    for name in FILTERS:
        for value in request.filters.get(name, ()):
            yield name, value
    if request.sort != DEFAULTS.sort:
        yield "sort", request.sort
    if request.group != DEFAULTS.group:
        yield "group", request.group
    if request.per_page != DEFAULTS.per_page:
        yield "per_page", str(request.per_page)
    if request.page != DEFAULTS.page:
        yield "page", str(request.page)


def without(request: SearchRequest, name: FilterName, value: str) -> SearchRequest:
    """Return the request without one value of a filter, from its first page."""
    left = tuple(kept for kept in request.filters.get(name, ()) if kept != value)
    filters = {key: values for key, values in request.filters.items() if key != name}
    if left:
        filters[name] = left
    return replace(request, filters=filters, page=1)
