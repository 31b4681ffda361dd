"""Symbols and instruments that a query names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.query.lexer import QUOTE_MARKS
from app.query.scripts import languages_for
from indexer.citing import find_citations
from indexer.errors import InvalidSymbolError
from indexer.model import CitationKind, CitationStatus, TargetId
from indexer.store.records import COUNTED_KINDS
from indexer.symbols import kind_of, parse_symbol

MAX_NAME_LENGTH = 300  # code points; a longer query is prose, and the longest official title is shorter

_WORD_START = re.compile(r"\b\w")
_EDGES = "".join(QUOTE_MARKS) + " .,;:!?\t\n"


@dataclass(frozen=True, slots=True)
class Named:
    """A target named in a query; ``whole`` when the query names it and says nothing else."""

    id: TargetId
    kind: CitationKind
    whole: bool


def find_targets(text: str) -> tuple[Named, ...]:
    """Return what the text of a query names, each target once, in order of mention. Never raises."""
    name = text.strip(_EDGES)
    if not name or len(name) > MAX_NAME_LENGTH:
        return ()
    try:
        symbol = parse_symbol(name)
    except InvalidSymbolError:
        return _cited(name)
    return (Named(TargetId(symbol), kind_of(symbol), whole=True),)


def _cited(text: str) -> tuple[Named, ...]:
    """Return the citations of a query; names count in small letters too, as people type: «конвенция о …», «cedaw»."""
    single = text.upper() if text.isalpha() else ""
    return _cited_in(text) or _cited_in(_WORD_START.sub(_capital, text)) or _cited_in(single)


def _cited_in(text: str) -> tuple[Named, ...]:
    found: dict[TargetId, Named] = {}
    for lang in languages_for(text):
        for citation in find_citations(text, lang):
            if citation.id and citation.kind in COUNTED_KINDS and citation.status is CitationStatus.RESOLVED:
                whole = not (text[: citation.start] + text[citation.end :]).strip(_EDGES)
                found.setdefault(citation.id, Named(citation.id, citation.kind, whole))
    return tuple(found.values())


def _capital(letter: re.Match[str]) -> str:
    return letter[0].upper()
