"""Examples of the query language that an index answers: ``app/query/data/<lang>/examples.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.model import SearchRequest
from app.query.tables import tables
from app.search import search
from indexer.model import LANGUAGES, LanguageCode
from indexer.store import Snapshot

FEATURES: tuple[str, ...] = (
    "words",
    "phrase",
    "exact",
    "either",
    "without",
    "group",
    "prefix",
    "fuzzy",
    "near",
    "filter",
    "symbol",
    "instrument",
    "citing",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows a feature; ``found`` clauses of its language answer ``request``."""

    feature: str
    lang: LanguageCode
    request: SearchRequest
    found: int


def live_examples(snapshot: Snapshot, liked: LanguageCode, *, seconds: float = 0.0) -> tuple[Example, ...]:
    """Return an example of each feature, in the liked language where the index answers one, else in another.

    An example that nothing answers is given only where the index answers none. ``seconds`` limit each search.
    """
    held = [lang for lang in (liked, *LANGUAGES) if lang in snapshot.columns["lang"].values]
    languages = tuple(dict.fromkeys(held)) or (liked,)
    return tuple(_best(snapshot, feature, languages, seconds) for feature in FEATURES)


def _best(snapshot: Snapshot, feature: str, languages: tuple[LanguageCode, ...], seconds: float) -> Example:
    tried: list[Example] = []
    for example in _tried(snapshot, feature, languages, seconds):
        if example.found:
            return example
        tried.append(example)
    return tried[0]


def _tried(
    snapshot: Snapshot, feature: str, languages: tuple[LanguageCode, ...], seconds: float
) -> Iterator[Example]:
    for lang in languages:
        for q in queries(lang)[feature]:
            request = SearchRequest(q=q, filters={"lang": (lang,)})
            bare = SearchRequest(q=q, filters=request.filters, per_page=1, facets=())
            yield Example(feature, lang, request, search(snapshot, bare, seconds=seconds).total)


def queries(lang: LanguageCode) -> dict[str, list[str]]:
    """Return the examples of a language by their feature, what is preferred first."""
    return {feature: [str(q) for q in listed] for feature, listed in tables(lang, "examples").items()}
