"""The page of an instrument: its names, how it is cited over the years, and what cites it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.instruments import Use, citing_clauses
from app.labels import Label, label
from app.model import Hit, SearchRequest
from app.web.addresses import Addresses, official_address
from app.web.i18n import Messages
from app.web.resolution_page import Holdings
from app.web.search_page import Option
from app.web.texts import Text, direction, highlighted, passage, plain_text
from indexer.citing.gazetteer import Instrument
from indexer.model import LANGUAGES, LanguageCode

HEATS = 3  # shades of a cell


@dataclass(frozen=True, slots=True)
class NameView:
    """The names of an instrument in one language."""

    language: str
    lang: LanguageCode
    dir: str
    name: str
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """A number of the table; ``heat`` is its share of the greatest of its column, in shades; 0 for none."""

    count: str
    href: str | None
    heat: int


@dataclass(frozen=True, slots=True)
class YearView:
    """A row of the table; ``share`` is the length of its bar in hundredths."""

    year: str
    href: str
    total: str
    share: int
    verbs: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class CitingView:
    """A resolution that cites the instrument, by the best of its clauses."""

    symbol: str
    href: str
    title: Text
    text: Text
    date: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A select of the form that filters the resolutions; the first option chooses nothing."""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListedView:
    """An instrument in the list of all, with the number of clauses that cite it."""

    name: Label
    href: str
    year: str
    clauses: str


@dataclass(frozen=True, slots=True)
class InstrumentsView:
    """The list of instruments; ``q`` are the words that their names hold."""

    q: str
    language: str
    instruments: tuple[ListedView, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """The whole page."""

    id: str
    name: Label
    date: str | None
    adopted_by: tuple[str, str] | None
    names: tuple[NameView, ...]
    total: int
    all_clauses: str
    verbs: tuple[tuple[Label, str], ...]
    years: tuple[YearView, ...]
    resolutions: tuple[CitingView, ...]
    resolutions_total: int
    address: str
    counted: LanguageCode
    choices: tuple[ChoiceView, ...]
    found_in_search: str  # the address of the search for the same resolutions
    previous: str | None
    next: str | None
    languages: tuple[tuple[str, str, bool], ...]


def instrument_view(
    instrument: Instrument,
    use: Use,
    held: Sequence[LanguageCode],
    holdings: Holdings,
    words: Messages,
    addresses: Addresses,
) -> InstrumentView:
    """Return what the page shows; ``held`` are the languages of the index, between which the reader may choose."""
    base = citing_clauses(instrument, use.lang)
    greatest = max((year.total for year in use.years), default=1)
    columns = [[year.by_verb[at] for year in use.years] for at in range(len(use.verbs))]
    page = use.resolutions
    return InstrumentView(
        id=instrument.id,
        name=label("cites", instrument.id, words.lang),
        date=words.date(instrument.date) if instrument.date else None,
        adopted_by=_adopted_by(instrument, use.lang, holdings, addresses),
        names=tuple(_names(instrument, words)),
        total=use.total,
        all_clauses=addresses.search(base),
        verbs=tuple(
            (Label(verb.label, words.lang), _narrowed(base, addresses, action=verb.value)) for verb in use.verbs
        ),
        years=tuple(
            YearView(
                year=year.year,
                href=_narrowed(base, addresses, year=year.year),
                total=words.number(year.total),
                share=round(100 * year.total / greatest),
                verbs=tuple(
                    CellView(
                        words.number(count),
                        _narrowed(base, addresses, year=year.year, action=verb.value) if count else None,
                        -(-HEATS * count // max(1, *column)),
                    )
                    for count, verb, column in zip(year.by_verb, use.verbs, columns, strict=True)
                ),
            )
            for year in use.years
        ),
        resolutions=tuple(
            CitingView(
                hit.symbol,
                addresses.of(hit.url),
                plain_text(hit.title, hit.lang),
                _passage(hit),
                words.date(hit.date) if hit.date else "",
            )
            for hit in page.hits
        ),
        resolutions_total=page.groups or 0,
        address=Addresses(addresses.root).instrument(instrument.id),
        counted=use.lang,
        choices=tuple(_choices(use, words)),
        found_in_search=addresses.search(replace(base, filters={**base.filters, **use.chosen}, group="resolution")),
        previous=_page(instrument, use, page.page - 1, addresses) if page.page > 1 else None,
        next=_page(instrument, use, page.page + 1, addresses)
        if page.page * page.per_page < (page.groups or 0)
        else None,
        languages=tuple(
            (words.text(f"lang.{lang}"), addresses.instrument(instrument.id, (("lang", lang),)), lang == use.lang)
            for lang in LANGUAGES
            if lang in held
        ),
    )


def _adopted_by(
    instrument: Instrument, lang: LanguageCode, holdings: Holdings, addresses: Addresses
) -> tuple[str, str] | None:
    """Return the symbol of the adopting resolution and where to read it: here, or at its official place."""
    symbol = instrument.adopted_by
    if symbol is None:
        return None
    held = lang in holdings(symbol)
    return symbol, addresses.resolution(lang, symbol) if held else official_address(lang, symbol)


def instruments_view(
    uses: Sequence[tuple[Instrument, int]], q: str, lang: LanguageCode, words: Messages, addresses: Addresses
) -> InstrumentsView:
    """Return what the list shows; the clauses counted are those of ``lang``."""
    return InstrumentsView(
        q,
        words.text(f"lang.{lang}"),
        tuple(
            ListedView(
                label("cites", one.id, words.lang),
                addresses.instrument(one.id),
                one.date[:4] if one.date else "",
                words.count("clauses", count),
            )
            for one, count in uses
        ),
    )


def _passage(hit: Hit) -> Text:
    """Return the clause with the citation marked; of a long one the best passage."""
    if hit.snippet:
        return passage(hit.text, hit.lang, hit.snippet.start, hit.snippet.end, hit.highlights)
    return highlighted(hit.text, hit.lang, hit.highlights)


def _choices(use: Use, words: Messages) -> Iterator[ChoiceView]:
    for name, values in use.choices.items():
        chosen = use.chosen.get(name, ())
        shown = sorted(values, key=lambda value: value.value, reverse=True) if name == "year" else values
        options = [
            Option(value.value, f"{value.label} ({words.number(value.count)})", value.value in chosen)
            for value in shown
        ]
        options += [Option(value, value, True) for value in chosen if value not in {one.value for one in values}]
        if len(options) > 1 or chosen:
            every = Option("", words.text("instrument.any"), not chosen)
            yield ChoiceView(name, words.text(f"facet.{name}"), (every, *options))


def _names(instrument: Instrument, words: Messages) -> list[NameView]:
    return [
        NameView(
            words.text(f"lang.{lang}"),
            lang,
            direction(lang),
            instrument.names[lang],
            tuple(instrument.short.get(lang, ())),
        )
        for lang in LANGUAGES
        if lang in instrument.names
    ]


def _narrowed(base: SearchRequest, addresses: Addresses, *, year: str = "", action: str = "") -> str:
    filters = dict(base.filters)
    if year:
        filters["year"] = (year,)
    if action:
        filters["action"] = (action,)
    return addresses.search(replace(base, filters=filters))


def _page(instrument: Instrument, use: Use, page: int, addresses: Addresses) -> str:
    chosen = [(name, value) for name, values in use.chosen.items() for value in values]
    return addresses.instrument(instrument.id, (("lang", use.lang), *chosen, ("page", str(page))))
