"""The page of an instrument: its names, how it is cited over the years, and what cites it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.instruments import Use, citing_clauses
from app.labels import Label
from app.model import SearchRequest
from app.web.addresses import Addresses
from app.web.i18n import Messages
from app.web.texts import Text, direction, plain_text
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
    previous: str | None
    next: str | None
    languages: tuple[tuple[str, str, bool], ...]


def instrument_view(
    instrument: Instrument, use: Use, held: Sequence[LanguageCode], words: Messages, addresses: Addresses
) -> InstrumentView:
    """Return what the page shows; ``held`` are the languages of the index, between which the reader may choose."""
    base = citing_clauses(instrument, use.lang)
    greatest = max((year.total for year in use.years), default=1)
    columns = [[year.by_verb[at] for year in use.years] for at in range(len(use.verbs))]
    page = use.resolutions
    return InstrumentView(
        id=instrument.id,
        name=name_of(instrument, words.lang),
        date=words.date(instrument.date) if instrument.date else None,
        adopted_by=(instrument.adopted_by, addresses.resolution(use.lang, instrument.adopted_by))
        if instrument.adopted_by
        else None,
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
                plain_text(hit.text, hit.lang),
                words.date(hit.date) if hit.date else "",
            )
            for hit in page.hits
        ),
        resolutions_total=page.groups or 0,
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


def name_of(instrument: Instrument, ui: str) -> Label:
    """Return the name of an instrument in the interface language, else in English."""
    for lang in (ui, "en", *LANGUAGES):
        for code in LANGUAGES:
            if code == lang and code in instrument.names:
                return Label(instrument.names[code], code)
    return Label(instrument.id)


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
    added = {"year": (year,)} if year else {}
    added |= {"action": (action,)} if action else {}
    return addresses.search(replace(base, filters={**base.filters, **added}))  # type: ignore[dict-item]


def _page(instrument: Instrument, use: Use, page: int, addresses: Addresses) -> str:
    return addresses.instrument(instrument.id, (("lang", use.lang), ("page", str(page))))
