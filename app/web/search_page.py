"""What the search page shows, as frozen values that its template only lays out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from app.labels import Label, label
from app.model import FILTERS, FacetName, FacetValue, FilterName, Hit, Notice, SearchPage, SearchRequest, Sort
from app.ranking import MAX_FACET_VALUES, MAX_WINDOW
from app.web.addresses import Addresses, search_parameters, without
from app.web.clauses import Translation, printed_number, translations
from app.web.front_page import FrontView, front_view
from app.web.i18n import Messages
from app.web.texts import Text, highlighted, passage, plain_text
from indexer.store.stats import IndexStats, natural_key

TOP_VALUES = 10  # of a long facet: «Ссылается на» has thousands
TOP_CITED = 3  # of a clause that cites many: a list of conventions would drown its text
INSTRUMENT = "ins:"
OPEN_FACETS: frozenset[FacetName] = frozenset({"type", "cites", "action"})  # the others open once they are used
NEWEST_FIRST: frozenset[FacetName] = frozenset({"session", "year"})  # the others: most frequent first
CHARTS: frozenset[FacetName] = frozenset({"year"})
MAX_YEARS = 20  # the years with most clauses: a chart of all eighty would weigh more than the answer
PER_PAGE = (10, 20, 50, 100)
PAGES_AROUND = 2  # links on either side of the current page
QUOTES = '"«»“”„'
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a select."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox of a facet; ``count`` is None for a chosen value that the answer does not list: ``1999..2003``.

    ``share`` is the length of its bar in hundredths, in facets that are a chart.
    """

    value: str
    label: Label
    count: int | None
    selected: bool
    share: int = 0


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The checkboxes of one facet; ``shortened`` tells that it has further values, ``chart`` that it shows bars.

    ``all`` is the address of a list of all values that can be searched, where there is one; ``named`` the words of a
    name that narrow the values listed, None for a facet that is not narrowed so.
    """

    name: FacetName
    title: str
    choices: tuple[Choice, ...]
    shortened: bool
    open: bool
    chart: bool = False
    all: str | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, with the address of the same search without it."""

    facet: str
    label: Label
    href: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a clause cites: an instrument with its page, a document with the clauses that cite it."""

    label: Label
    href: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """What the query names, with its page (None for a document without one) and the clauses that cite it."""

    label: Label
    href: str | None
    citing: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One clause of the answer. ``shortened`` tells that ``text`` is only its best passage.

    ``missing`` are the words of the query that it lacks.
    """

    symbol: str
    href: str
    kind: str
    number: str | None
    action: Label | None
    title: Text
    date: str | None
    date_words: str
    text: Text
    shortened: bool
    translations: tuple[Translation, ...]
    missing: tuple[str, ...]
    cited: tuple[Cited, ...]
    cited_left: int  # how many more it cites


@dataclass(frozen=True, slots=True)
class Way:
    """Another search to try: a link, or advice where ``href`` is None."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in the interface's words where it has them; ``position`` counts from 1, as people do.

    ``instead`` is another query to try.
    """

    text: Label
    position: int | None
    instead: Way | None


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered page of results; ``after_gap`` tells that pages before it are left out."""

    number: int
    href: str
    current: bool
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """The way from page to page."""

    previous: str | None
    next: str | None
    pages: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The whole search page."""

    q: str
    examples: tuple[Way, ...]
    asked: bool  # something was asked for; else this is the front page, which lists no hits
    total: int
    summary: str
    everything: str  # the address of all clauses, newest first
    hits: tuple[HitView, ...]
    partial_hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    clear: str
    kept: tuple[tuple[FilterName, str], ...]  # filters without checkboxes, carried by hidden fields
    grouped: bool  # one clause a resolution
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    targets: tuple[TargetView, ...]
    notices: tuple[NoticeView, ...]
    understood: str | None  # how an odd query was read
    paging: Paging
    loosenings: tuple[Way, ...]
    front: FrontView | None

    @property
    def found(self) -> bool:
        """Whether there is a hit to show."""
        return bool(self.hits or self.partial_hits)


def search_view(
    page: SearchPage,
    request: SearchRequest,
    words: Messages,
    addresses: Addresses,
    stats: IndexStats | None = None,
) -> SearchView:
    """Return what the search page shows for an answer; with ``stats`` the front page tells of the index."""
    chips = tuple(_chips(request, words, addresses))
    facets = tuple(_facets(page, request, words, addresses))
    boxed = {group.name for group in facets}
    asked = any(True for _ in search_parameters(replace(request, q=request.q.strip())))
    return SearchView(
        q=request.q,
        examples=tuple(Way(q, addresses.search(SearchRequest(q=q))) for q in words.list("search.examples")),
        asked=asked,
        total=page.total,
        summary=words.count("found" if asked else "held", page.total),
        everything=addresses.search(SearchRequest(sort="newest")),
        hits=tuple(_hit(hit, words, addresses) for hit in page.hits if not hit.partial),
        partial_hits=tuple(_hit(hit, words, addresses) for hit in page.hits if hit.partial),
        facets=facets,
        chips=chips,
        clear=addresses.search(replace(request, filters={}, page=1)),
        kept=tuple((name, value) for name in FILTERS if name not in boxed for value in request.filters.get(name, ())),
        grouped=request.group == "resolution",
        sorts=tuple(Option(sort, words.text(f"sort.{sort}"), sort == request.sort) for sort in SORTS),
        sizes=tuple(
            Option(str(size), str(size), size == request.per_page) for size in sorted({*PER_PAGE, request.per_page})
        ),
        targets=tuple(_target(target.id, page.hits, words, addresses) for target in page.query.targets),
        notices=tuple(_notice(notice, request, words, addresses) for notice in page.notices),
        understood=page.query.interpreted if page.notices and page.query.interpreted else None,
        paging=_paging(page, request, addresses),
        loosenings=() if page.hits else tuple(_loosenings(page, request, chips, words, addresses)),
        front=front_view(page, stats, words, addresses) if stats and not asked else None,
    )


def _hit(hit: Hit, words: Messages, addresses: Addresses) -> HitView:
    if hit.snippet:
        shown = passage(hit.text, hit.lang, hit.snippet.start, hit.snippet.end, hit.highlights)
    else:
        shown = highlighted(hit.text, hit.lang, hit.highlights)
    path = hit.id.partition("#")[2]
    return HitView(
        symbol=hit.symbol,
        href=addresses.of(hit.url),
        kind=words.text(f"one_type.{hit.type}"),
        number=printed_number(hit.number),
        action=label("action", hit.action, words.lang) if hit.action else None,
        title=plain_text(hit.title, hit.lang),
        date=hit.date,
        date_words=words.date(hit.date) if hit.date else "",
        text=shown,
        shortened=hit.snippet is not None,
        translations=translations(hit.symbol, path, hit.lang, hit.languages, words, addresses),
        missing=hit.missing,
        cited=tuple(_cited(target, words, addresses) for target in hit.citations[:TOP_CITED]),
        cited_left=max(0, len(hit.citations) - TOP_CITED),
    )


def _target(target: str, hits: Sequence[Hit], words: Messages, addresses: Addresses) -> TargetView:
    """Return what a target leads to; a resolution's page is in the interface language where the index has it so."""
    href = addresses.instrument(target) if target.startswith(INSTRUMENT) else None
    own = next((hit for hit in hits if hit.symbol == target), None)
    if own is not None:
        href = addresses.resolution(words.lang if words.lang in own.languages else own.lang, target)
    citing = addresses.search(SearchRequest(filters={"cites": (target,)}))
    return TargetView(label("cites", target, words.lang), href, citing)


def _cited(target: str, words: Messages, addresses: Addresses) -> Cited:
    is_instrument = target.startswith(INSTRUMENT)
    href = addresses.instrument(target) if is_instrument else addresses.search(SearchRequest(q=target))
    return Cited(label("cites", target, words.lang), href)


def _facets(page: SearchPage, request: SearchRequest, words: Messages, addresses: Addresses) -> Iterator[FacetGroup]:
    for name, values in page.facets.items():
        chosen = request.filters.get(name, ())
        named = request.named.strip() if name == "cites" else ""
        top = MAX_YEARS if name in CHARTS else len(values) if named else TOP_VALUES
        shown = [value for place, value in enumerate(values) if place < top or value.selected]
        if name in NEWEST_FIRST:
            shown.sort(key=lambda value: natural_key(value.value), reverse=True)
        greatest = max((value.count for value in shown), default=0) if name in CHARTS else 0
        choices = [_choice(name, value, words, greatest) for value in shown]
        if all(value.value in chosen for value in values if value.selected):
            # else the chosen value is written otherwise and listed values stand for it: the years of 1999..2003
            listed = {value.value for value in values}
            unlisted = [value for value in chosen if value not in listed]
            choices += [Choice(value, label(name, value, words.lang), None, True) for value in unlisted]
        if choices or named:
            yield FacetGroup(
                name,
                words.text(f"facet.{name}"),
                tuple(choices),
                shortened=len(values) > len(shown) or bool(named and len(values) >= MAX_FACET_VALUES),
                open=name in OPEN_FACETS or bool(chosen or named),
                chart=name in CHARTS,
                all=addresses.instruments() if name == "cites" else None,
                named=named if name == "cites" and (named or len(values) > TOP_VALUES) else None,
            )


def _choice(name: FacetName, value: FacetValue, words: Messages, greatest: int = 0) -> Choice:
    share = max(1, round(100 * value.count / greatest)) if greatest and value.count else 0
    return Choice(value.value, label(name, value.value, words.lang), value.count, value.selected, share)


def _chips(request: SearchRequest, words: Messages, addresses: Addresses) -> Iterator[Chip]:
    for name in FILTERS:
        for value in request.filters.get(name, ()):
            href = addresses.search(without(request, name, value))
            yield Chip(words.text(f"facet.{name}"), label(name, value, words.lang), href)


def _notice(notice: Notice, request: SearchRequest, words: Messages, addresses: Addresses) -> NoticeView:
    told = words.find(f"notice.{notice.code}")
    text = Label(told, words.lang) if told is not None else Label(notice.message, "en")
    better = notice.suggestion
    instead = Way(better, addresses.search(replace(request, q=better, page=1))) if better is not None else None
    return NoticeView(text, notice.position + 1 if notice.position is not None else None, instead)


def _paging(page: SearchPage, request: SearchRequest, addresses: Addresses) -> Paging:
    def href(number: int) -> str:
        return addresses.search(replace(request, page=number))

    total = page.total if page.groups is None else page.groups
    last = max(1, -(-min(total, MAX_WINDOW) // page.per_page))
    # Hits that match in part come after the last full one and are not counted: a full page may have a next one.
    more = page.page < last or (len(page.hits) == page.per_page and page.hits[-1].partial)
    links: list[PageLink] = []
    for number in _page_numbers(page.page, last):
        after_gap = bool(links) and number > links[-1].number + 1
        links.append(PageLink(number, href(number), number == page.page, after_gap))
    previous = href(page.page - 1) if page.page > 1 else None
    return Paging(previous, href(page.page + 1) if more else None, tuple(links) if len(links) > 1 else ())


def _page_numbers(current: int, last: int) -> list[int]:
    """Return the pages to link: the first, the last, the current one and its neighbours."""
    around = range(max(1, current - PAGES_AROUND), min(last, current + PAGES_AROUND) + 1)
    return sorted({1, *around, last, *((current,) if current <= last else ())})


def _loosenings(
    page: SearchPage, request: SearchRequest, chips: tuple[Chip, ...], words: Messages, addresses: Addresses
) -> Iterator[Way]:
    if page.total:
        yield Way(words.text("nothing.first_page"), addresses.search(replace(request, page=1)))
        return
    if any(quote in request.q for quote in QUOTES):
        unquoted = request.q.translate(dict.fromkeys(map(ord, QUOTES), " "))
        href = addresses.search(replace(request, q=" ".join(unquoted.split()), page=1))
        yield Way(words.text("nothing.quotes"), href)
    for chip in chips:
        yield Way(words.text("nothing.filter", value=chip.label.text), chip.href)
    if len(chips) > 1:
        yield Way(words.text("nothing.filters"), addresses.search(replace(request, filters={}, page=1)))
    if len(request.q.split()) > 1:
        yield Way(words.text("nothing.words"), None)
    if request.q.strip():
        yield Way(words.text("nothing.spelling"), None)
