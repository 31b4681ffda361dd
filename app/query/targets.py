"""Symbols and instruments that a query names.

A name may have several readings: «16/21» is of the General Assembly or the Human Rights Council. Which of them the
index knows is not decided here (`app.meaning.known_readings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.query.lexer import QUOTE_MARKS
from app.query.scripts import languages_for, languages_written_so
from app.query.titles import instrument_opening, instruments_titled
from indexer.citing import find_citations, load_gazetteer
from indexer.errors import InvalidSymbolError
from indexer.model import Body, Citation, CitationKind, CitationStatus, TargetId
from indexer.store.records import COUNTED_KINDS
from indexer.symbols import council_year, kind_of, parse_symbol

MAX_NAME_LENGTH = 300  # code points; a longer query is prose, and the longest official title is shorter

MAX_LETTERS = 3  # of a word of its own within a symbol: «A RES 58/208»

BODIES: tuple[Body | None, ...] = (None, "GA", "SC", "ECOSOC", "HRC", "CHR")

_WORD = re.compile(r"\b\w+")
_WORD_START = re.compile(r"\b\w")
_EDGES = "".join(QUOTE_MARKS) + "《》 .,;:!?\t\n"
_RES = re.compile(r"/\s*(?:рез|рес)\s*/", re.IGNORECASE)  # «А/РЕЗ/58/208»
_NUMBER = re.compile(r"\d{3,4}")
_YEARS = range(1945, 2046)
_SYMBOL_LIKE = re.compile(
    r"(?<![0-9A-Za-zА-Яа-я/])(?:[A-Za-zА-Яа-я]{1,5}(?:\.\d)?/)*\d+[A-Za-zА-Яа-я]?"
    r"(?:/\d+\s?[A-ZА-Я]?(?![0-9A-Za-zА-Яа-я/])|(?:\s?[A-ZА-Я])?\s?\((?:[IVXLC]+|\d{4})\)(?:\s?[A-ZА-Я](?!\w))?)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A target named in ``text[start:end]`` of a query; ``whole`` when the query says nothing else.

    ``readings`` are the targets that it may be, likeliest first. With ``doubtful`` it is a name only if the index
    knows one of them: «1325» is a number first.
    """

    start: int
    end: int
    readings: tuple[TargetId, ...]
    kind: CitationKind
    whole: bool = False
    doubtful: bool = False

    @property
    def id(self) -> TargetId:
        """The likeliest reading."""
        return self.readings[0]


def find_targets(text: str, *, asked: bool = False) -> tuple[Named, ...]:
    """Return what the text of a query names, in order of mention, without overlap. Never raises.

    ``asked`` tells that the query asks for citations: then bare numbers, abbreviations in small letters and some
    words of a title count too.
    """
    start, end = _inner(text)
    if start >= end or end - start > MAX_NAME_LENGTH:
        return ()
    name = text[start:end]
    if readings := symbol_readings(name):
        return (_symbol(start, end, readings, whole=True, doubtful=name.isdigit()),)
    found = _in_words(name, asked) or _in_words(_WORD_START.sub(_capital, name), asked) or _abbreviated(name, asked)
    found = found or _titled(name, asked)
    return tuple(replace(one, start=one.start + start, end=one.end + start) for one in found)


def symbol_readings(text: str) -> tuple[TargetId, ...]:
    """Return the symbols that a text may be in any spelling, likeliest first; empty for anything else."""
    spelt = _RES.sub("/RES/", text)
    if any(word.isalpha() and len(word) > MAX_LETTERS for word in spelt.split()):
        return ()  # spaces in a symbol are passed over, and so would be those of a sentence that opens with one
    found: dict[TargetId, None] = {}
    for body in BODIES:
        try:
            found[TargetId(parse_symbol(spelt, body=body))] = None
        except InvalidSymbolError:
            continue
    number = text.strip()
    if _NUMBER.fullmatch(number) and number.isascii() and int(number) not in _YEARS:
        year = council_year(int(number))
        adopted = load_gazetteer().adopted_by_number(number)
        found |= dict.fromkeys([TargetId(f"S/RES/{number}({year})")] if year else [])
        found |= dict.fromkeys([TargetId(adopted)] if adopted else [])
    return tuple(found)


def _symbol(start: int, end: int, readings: tuple[TargetId, ...], *, whole: bool, doubtful: bool) -> Named:
    return Named(start, end, readings, kind_of(readings[0]), whole, doubtful)


def _inner(text: str) -> tuple[int, int]:
    """Return where a text begins and ends without quotation marks and the like."""
    return len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))


def _in_words(text: str, asked: bool) -> tuple[Named, ...]:
    """Return the citations of a text of any of the languages that it may be of, and the symbols in it."""
    named = [
        Named(citation.start, citation.end, _readings(citation), citation.kind)
        for lang in languages_for(text)
        for citation in find_citations(text, lang)
        if citation.kind in COUNTED_KINDS and _readings(citation)
    ]
    named += _symbols(text, asked)
    return tuple(_without_overlap(named, text))


def _readings(citation: Citation) -> tuple[TargetId, ...]:
    if citation.status is CitationStatus.AMBIGUOUS:
        return citation.candidates
    return citation.ids if citation.status is CitationStatus.RESOLVED else ()


def _symbols(text: str, asked: bool) -> Iterator[Named]:
    for match in _SYMBOL_LIKE.finditer(text):
        if readings := symbol_readings(match[0]):
            yield _symbol(match.start(), match.end(), readings, whole=False, doubtful=True)
    if asked:
        for match in re.finditer(r"(?<![\w/.,])\d{3,4}(?![\w/.,])", text):
            if readings := symbol_readings(match[0]):
                yield _symbol(match.start(), match.end(), readings, whole=False, doubtful=True)


def _without_overlap(named: Iterable[Named], text: str) -> Iterator[Named]:
    """Yield the longest names, in order; what is whole is marked so."""
    chosen: list[Named] = []
    for one in sorted(named, key=lambda one: (one.start - one.end, one.doubtful)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    for one in sorted(chosen, key=lambda one: one.start):
        yield replace(one, whole=not (text[: one.start] + text[one.end :]).strip(_EDGES))


def _abbreviated(text: str, asked: bool) -> tuple[Named, ...]:
    """Return the names that are abbreviations in small letters: «cedaw»; within a sentence only in a question."""
    if text.isalpha():
        return _in_words(text.upper(), asked)
    return _in_words(_WORD.sub(lambda word: word[0].upper(), text), asked) if asked else ()


def _titled(text: str, asked: bool) -> tuple[Named, ...]:
    """Return the instrument that some words of its title name: all of the text, save what only asks."""
    readings: dict[TargetId, None] = {}
    for lang in languages_written_so(text):
        if asked:
            readings |= dict.fromkeys(instruments_titled(text, lang))
        elif opening := instrument_opening(text, lang):
            readings[opening] = None
    if not readings or (len(readings) > 1 and not asked):
        return ()
    start, end = _inner(text)
    return (Named(start, end, tuple(readings), CitationKind.INSTRUMENT, whole=True),)


def _capital(letter: re.Match[str]) -> str:
    return letter[0].upper()
