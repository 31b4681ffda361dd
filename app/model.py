"""What a search is asked and what it answers, the same for API, pages and terminal.

The field names are the JSON names of the public contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from indexer.model import LanguageCode

FacetName = Literal["type", "cites", "action", "body", "session", "year", "lang", "subject"]
FACETS: tuple[FacetName, ...] = ("type", "cites", "action", "body", "session", "year", "lang", "subject")

FilterName = Literal["lang", "type", "cites", "action", "body", "session", "year", "subject", "symbol"]
FILTERS: tuple[FilterName, ...] = (
    "lang",
    "type",
    "cites",
    "action",
    "body",
    "session",
    "year",
    "subject",
    "symbol",
)

Sort = Literal["relevance", "newest", "oldest", "symbol"]
Group = Literal["none", "resolution"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of an answer should know; ``position`` is a code point in the query, if it has one.

    ``suggestion`` is a query to try instead.
    """

    code: str
    message: str
    position: int | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question. Values of a filter are ORed, filters are ANDed.

    ``named`` holds words of a name: the facet ``cites`` then lists what bears such a name. It changes no hits.
    """

    q: str = ""
    filters: dict[FilterName, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 20
    facets: tuple[FacetName, ...] = FACETS
    group: Group = "none"
    explain: bool = False
    named: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A symbol or instrument that the query was understood to name."""

    id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the query was understood."""

    text: str
    interpreted: str
    filters: dict[FilterName, tuple[str, ...]]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """The best passage of a long clause, in code points of its text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause that answers. ``text`` is the whole clause; highlights are code points into it, ascending.

    ``missing`` are the words of the query that a partial hit lacks.
    """

    id: str
    lang: LanguageCode
    symbol: str
    title: str
    date: str | None
    type: str
    number: str | None
    action: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]
    snippet: Snippet | None
    partial: bool
    citations: tuple[str, ...]
    score: float
    languages: tuple[LanguageCode, ...]
    url: str
    missing: tuple[str, ...] = ()
    explanation: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many clauses of the whole result have it."""

    value: str
    label: str
    count: int
    selected: bool
    toggle_url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``total`` and facets count clauses that match in full.

    ``groups`` is the number of resolutions that these belong to when the answer is grouped, else None.
    """

    query: Interpretation
    total: int
    page: int
    per_page: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[FacetName, tuple[FacetValue, ...]]
    notices: tuple[Notice, ...] = ()
    groups: int | None = None
