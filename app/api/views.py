"""What the API answers besides search pages, as frozen values whose field names are the JSON names."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.export import Json
from indexer.model import LanguageCode


@dataclass(frozen=True, slots=True)
class ResolutionAnswer:
    """One resolution in one language; clauses and footnotes as ``clausula parse`` prints them."""

    symbol: str
    lang: LanguageCode
    title: str
    date: str | None
    body: str
    session: str | None
    subjects: tuple[str, ...]
    languages: tuple[LanguageCode, ...]
    url: str
    clauses: tuple[Json, ...]
    footnotes: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ClausesAnswer:
    """The clauses of a resolution alone."""

    symbol: str
    lang: LanguageCode
    languages: tuple[LanguageCode, ...]
    clauses: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """One clause with its place: the paragraphs that it is part of, outermost first, and the ids beside it.

    For a path like ``fn13`` the clause is the footnote, and its neighbours are footnotes.
    """

    symbol: str
    lang: LanguageCode
    title: str
    date: str | None
    languages: tuple[LanguageCode, ...]
    url: str
    clause: Json
    parents: tuple[Json, ...]
    footnotes: tuple[Json, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class InstrumentAnswer:
    """An instrument of the gazetteer; ``citations`` counts the clauses that cite it, in all languages."""

    id: str
    kind: str
    date: str | None
    adopted_by: str | None
    names: dict[str, str]
    short: dict[str, tuple[str, ...]]
    citations: int


@dataclass(frozen=True, slots=True)
class InstrumentsAnswer:
    """Instruments, best first; all of them in the order of the gazetteer, which goes by subject."""

    total: int
    instruments: tuple[InstrumentAnswer, ...]


@dataclass(frozen=True, slots=True)
class CitationsQuestion:
    """A text to find citations in."""

    text: str
    lang: LanguageCode = "ru"


@dataclass(frozen=True, slots=True)
class CitationsAnswer:
    """Citations in the order of the text, as ``clausula cites`` prints them, each with ``held``.

    ``held`` tells whether the index holds the text that is cited.
    """

    citations: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """What the watcher reads."""

    status: str
    problem: str | None = None
