"""What the front page tells of the index before anything is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.labels import label
from app.model import FacetValue, SearchPage, SearchRequest
from app.web.addresses import Addresses
from app.web.i18n import Messages
from indexer.store.stats import IndexStats

MOST_CITED = 8
INSTRUMENT = "ins:"


@dataclass(frozen=True, slots=True)
class BarView:
    """A year or an instrument with its number of clauses; ``share`` is the length of its bar in hundredths."""

    name: str
    lang: str | None
    href: str
    count: str
    share: int


@dataclass(frozen=True, slots=True)
class FrontView:
    """Numbers in words, clauses by year, and the instruments that most clauses cite."""

    facts: tuple[str, ...]
    years: tuple[BarView, ...]
    cited: tuple[BarView, ...]


def front_view(page: SearchPage, stats: IndexStats, words: Messages, addresses: Addresses) -> FrontView:
    """Return what the front page tells; ``page`` is the answer to no question, with its facets."""
    years = sorted(page.facets.get("year", ()), key=lambda year: year.value)
    instruments = [value for value in page.facets.get("cites", ()) if value.value.startswith(INSTRUMENT)][:MOST_CITED]
    return FrontView(
        facts=(
            words.count("citing", stats.resolutions),
            words.count("clauses", page.total),
            f"{words.text('format.comma')} ".join(words.text(f"lang.{lang}") for lang in stats.documents_by_language),
            *([f"{years[0].value}–{years[-1].value}"] if years else []),
        ),
        years=tuple(_bars(years, words, lambda value: addresses.search(SearchRequest(filters={"year": (value,)})))),
        cited=tuple(
            BarView(named.text, named.lang, addresses.instrument(value.value), words.number(value.count), 0)
            for value in instruments
            for named in (label("cites", value.value, words.lang),)
        ),
    )


def _bars(values: Sequence[FacetValue], words: Messages, address: Callable[[str], str]) -> Iterator[BarView]:
    greatest = max((value.count for value in values), default=1)
    for value in values:
        yield BarView(
            value.value, None, address(value.value), words.number(value.count), round(100 * value.count / greatest)
        )
