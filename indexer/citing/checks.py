"""Cross-checks of citations: a number, its date, its session and its footnote must fit each other.

What does not fit is flagged, never dropped: most of it are misprints of the source, and the reader may be wrong too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.citing.assembly_sessions import session_months
from indexer.citing.gazetteer import load_gazetteer
from indexer.model import Citation, CitationKind, Clause, Footnote, Problem, Resolution, clause_id
from indexer.symbols import council_year, parent, session_of, year_of

_DATED = (CitationKind.RESOLUTION, CitationKind.DECISION)
_COUNCIL = re.compile(r"S/RES/(\d+)\((\d{4})\)")
_PRINTED_YEAR = re.compile(r"\d\s?[(（](\d{4})[)）]")
_HRC_FIRST_YEAR = 2006
_HRC_SESSIONS_A_YEAR = 3


def check_citations(resolution: Resolution) -> Iterator[Problem]:
    """Yield a problem for every citation that contradicts itself or its document.

    ``citation-date``: the body was not in that session, or the Council not at that number, at the date.
    ``citation-year``: the Security Council adopted no resolution with that number in that year.
    ``citation-later``: the date is later than the document's own.
    ``citation-instrument``: a footnote gives an instrument another resolution than the one that adopted it.
    """
    notes = {note.number: note for note in resolution.footnotes}
    texts: tuple[Clause | Footnote, ...] = (*resolution.clauses, *resolution.footnotes)
    for text in texts:
        for cited in text.citations:
            for code, message in _faults(cited, resolution.date, notes):
                yield Problem(code, message, clause_id(resolution.symbol, text.path))


def _faults(cited: Citation, own_date: str | None, notes: dict[int, Footnote]) -> Iterator[tuple[str, str]]:
    if cited.id is None:
        return
    if cited.kind in _DATED:
        council = _COUNCIL.fullmatch(cited.id)
        year = council_year(int(council[1])) if council else None
        printed = _PRINTED_YEAR.search(cited.surface)
        if council and year and year != int(printed[1] if printed else council[2]):
            yield "citation-year", f"“{cited.surface}”: the Council's number {council[1]} is of {year}"
        elif cited.date and not fits_date(cited.id, cited.date):
            yield "citation-date", f"“{cited.surface}”: {cited.id} cannot be of {cited.date}"
        if cited.date and own_date and cited.date > own_date:
            yield "citation-later", f"“{cited.surface}”: dated after the document itself ({own_date})"
    elif cited.kind is CitationKind.INSTRUMENT and cited.via_footnote in notes:
        instrument = load_gazetteer().get(cited.id)
        adopted_by = instrument.adopted_by if instrument else None
        given = _adopting(notes[cited.via_footnote].citations)
        if adopted_by and given and not _same(given, adopted_by):
            yield "citation-instrument", f"“{cited.surface}”: the note gives {given}, not {adopted_by}"


def _adopting(citations: Iterable[Citation]) -> str | None:
    """Return the one resolution that a note names with an annex: «Резолюция 45/158, приложение»."""
    texts = [cited for cited in citations if cited.id and cited.kind is CitationKind.RESOLUTION]
    return texts[0].id if len(texts) == 1 and any(pin.startswith("annex") for pin in texts[0].pin) else None


def _same(first: str, second: str) -> bool:
    return first == second or parent(first) == second or parent(second) == first


def fits_date(symbol: str, date: str) -> bool:
    """Tell whether a resolution with this symbol can be of an ISO date; True where nothing is known."""
    year = year_of(symbol)
    if year is not None:
        late = symbol.startswith("E/")  # since 2014 the Council's session opens in the July of the year before
        return year == int(date[:4]) or (late and year == int(date[:4]) + 1)
    session = session_of(symbol)
    if session is None:
        return True
    if symbol.startswith("A/HRC/"):
        expected = _HRC_FIRST_YEAR + int(session) / _HRC_SESSIONS_A_YEAR if session.isdigit() else None
        return expected is None or abs(int(date[:4]) - expected) <= 1.5
    months = session_months(session) if symbol.startswith(("A/RES/", "A/DEC/")) else None
    return months is None or months[0] <= date[:7] <= months[1]
