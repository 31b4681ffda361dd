"""The help page: the query language with examples that run on this index, filters, data, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.examples import Example
from app.model import FILTERS, FilterName, SearchRequest
from app.web.addresses import Addresses, search_parameters
from app.web.i18n import Messages
from app.web.texts import Direction, direction
from indexer.model import LanguageCode

# A value of each filter that every index may be asked for: what it looks like, not what is found.
FILTER_EXAMPLES: dict[FilterName, str] = {
    "lang": "lang:ru",
    "type": "type:operative",
    "cites": "cites:ins:cedaw",
    "action": "action:requests",
    "body": "body:GA",
    "session": "session:79",
    "year": "year:2020..2024",
    "subject": 'subject:"human rights"',
    "symbol": "symbol:A/RES/79/*",
}
KEYS = ("slash", "arrows", "enter", "escape", "tab")


@dataclass(frozen=True, slots=True)
class FeatureView:
    """A feature of the query language with its example."""

    means: str
    q: str
    lang: LanguageCode
    dir: Direction
    href: str
    found: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter: what it is called and how it is written; ``href`` asks for it alone."""

    name: str
    example: str
    href: str


@dataclass(frozen=True, slots=True)
class DataLink:
    """An address that gives data, and what it gives."""

    address: str
    means: str


@dataclass(frozen=True, slots=True)
class HelpView:
    """The whole page."""

    features: tuple[FeatureView, ...]
    filters: tuple[FilterView, ...]
    data: tuple[DataLink, ...]
    keys: tuple[tuple[str, str], ...]
    documentation: str
    instruments: str


def help_view(examples: Sequence[Example], words: Messages, addresses: Addresses) -> HelpView:
    """Return what the page shows of these examples."""
    root = addresses.root
    question = next((example.request for example in examples if example.found), SearchRequest(q="58/208"))
    return HelpView(
        features=tuple(_feature(example, words, addresses) for example in examples),
        filters=tuple(
            FilterView(
                words.text(f"facet.{name}"),
                FILTER_EXAMPLES[name],
                addresses.search(SearchRequest(q=FILTER_EXAMPLES[name])),
            )
            for name in FILTERS
        ),
        data=(
            DataLink(f"{root}/.json?{_query(question)}", words.text("help.data_json")),
            DataLink(f"{root}/.txt?{_query(question)}", words.text("help.data_txt")),
            DataLink(f"{root}/api/openapi.json", words.text("help.data_schema")),
        ),
        keys=tuple((words.text(f"keys.{key}"), words.text(f"keys.{key}_does")) for key in KEYS),
        documentation=addresses.documentation(),
        instruments=addresses.instruments(),
    )


def _feature(example: Example, words: Messages, addresses: Addresses) -> FeatureView:
    return FeatureView(
        means=words.text(f"means.{example.feature}"),
        q=example.request.q,
        lang=example.lang,
        dir=direction(example.lang),
        href=addresses.search(example.request),
        found=words.count("clauses", example.found),
    )


def _query(request: SearchRequest) -> str:
    return urlencode(list(search_parameters(request)))
