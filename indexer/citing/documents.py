"""Symbols printed in full: resolutions, documents with their addenda, sales numbers, treaty series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.passage import Passage, citation
from indexer.citing.tables import load_references
from indexer.errors import InvalidSymbolError
from indexer.model import Citation, CitationKind, CitationStatus, LanguageCode, Symbol, TargetId
from indexer.symbols import SERIES, body_of, expand_parts, kind_of, parse_symbol

_GROUP = r"(?:\(\d{1,3}\)|\s?\((?:Parts?|Vols?\.?|Sects?\.?|Introduction|Income|Supp|Summary|Annex)[^()\n]{0,24}\))"
_PIECE = rf"/[A-Za-z0-9.\-]*[A-Za-z0-9](?:{_GROUP})?"
_FULL = re.compile(
    rf"""
    (?<![A-Za-z0-9/.\-])(?:
        (?:S/RES/\d{{1,4}}\s?\(\d{{4}}\))
      | (?:[AE]/RES/\d{{1,4}}\s?(?:[A-Z]\s?)?\((?:E?S-)?[IVXLC]+\)(?:\s?[A-Z](?!\w))?)
      | (?:(?:A|E)/(?:RES|DEC)/(?:E?S-)?\d{{1,4}}/\d{{1,3}}\s?[A-Z](?:-[A-Z])?(?!\w))
      | (?:{SERIES})(?:{_PIECE})+
    )
    """,
    re.X,
)
_JOINT = re.compile(rf"-(?=(?:{SERIES})/)")
_SUFFIX = r"(?:Add|Corr|Rev|Amend)\.\d{1,3}"
_SALES = re.compile(r"(?<![\w./])[A-Z]\.\d{2}\.[IVXLC]+\.(?:[A-Z]\.)?\d[\dA-Z]*(?:\.\d+)*")
_SALES_LABEL = re.compile(
    r"(?:(?:Sales\s)?No\.?|№|N[°ºo]|numéro(?:\sde\svente)?|n[o°º]\sde\svente|n[úu]m\.(?:\sde\sventa)?|رقم\sالمبيع|出售品编号)"
    r"\s?[:：]?\s?$"
)
_TREATY_SERIES = re.compile(
    r"Treaty\sSeries\W{1,6}vol\.\s?(?P<volume>\d{1,4})\W{1,3}Nos?\.\s?(?P<number>\d{1,6}(?:[-\u2013]\d+)?)"
)


def find_documents(passage: Passage) -> list[Citation]:
    """Return the citations by full symbol, sales number or treaty series, ascending."""
    found: list[Citation] = []
    if "/" in passage.folded:
        found += _symbols(passage)
    found += [_sales(passage, m) for m in _SALES.finditer(passage.folded)]
    found += _treaties(passage)
    return sorted(found, key=lambda cited: cited.start)


@dataclass(frozen=True, slots=True)
class _Printed:
    start: int
    end: int
    symbol: Symbol


def _symbols(passage: Passage) -> Iterator[Citation]:
    at = 0
    for m in _FULL.finditer(passage.folded):
        if m.start() < at:
            continue
        for printed in _each(passage, m):
            at = printed.end
            yield _document(passage, printed)


def _each(passage: Passage, m: re.Match[str]) -> Iterator[_Printed]:
    """Split a joint symbol (A/79/302-S/2024/600) and read the addenda after it."""
    folded = passage.folded
    start = m.start()
    ends = [cut.start() for cut in _JOINT.finditer(folded, m.start(), m.end())] + [m.end()]
    for end in ends:
        piece = folded[start:end].rstrip(".-")
        try:
            symbol = parse_symbol(piece)
        except InvalidSymbolError:
            start = end + 1
            continue
        yield _Printed(start, start + len(piece), symbol)
        if end == m.end():
            yield from _addenda(passage, symbol, start + len(piece))
        start = end + 1


@cache
def _addendum(lang: LanguageCode) -> tuple[re.Pattern[str], re.Pattern[str]]:
    joiner = load_references(lang).links.coordination
    return (
        re.compile(rf"(?:{joiner})\s?(?P<suffix>{_SUFFIX})(?P<last>-\d{{1,3}})?(?!\d)"),
        re.compile(rf"(?:{joiner}|-)\s?(?P<number>\d{{1,2}})(?![\d/\-]|\s?\w)"),
    )


def _addenda(passage: Passage, base: Symbol, at: int) -> Iterator[_Printed]:
    """«А/58/323 и Add.1 и 2»: the addenda take the symbol before them as their base."""
    suffixed, numbered = _addendum(passage.lang)
    series: tuple[str, str] | None = None  # base and kind of suffix that a bare number goes on with
    while True:
        m = suffixed.match(passage.folded, at)
        if m:
            suffix = m["suffix"]
            kind = suffix.partition(".")[0]
            root = re.sub(rf"/{kind}\.\d+$", "", base)  # A/58/323/Add.1 и Add.2
            series = (root, kind)
            yield _Printed(m.start("suffix"), m.end(), Symbol(f"{root}/{suffix}"))
            at = m.end()
            continue
        n = numbered.match(passage.folded, at) if series else None
        if not n or not series:
            return
        yield _Printed(n.start("number"), n.end(), Symbol(f"{series[0]}/{series[1]}.{n['number']}"))
        at = n.end()


def _document(passage: Passage, printed: _Printed) -> Citation:
    symbol, *further = expand_parts(printed.symbol)
    known = body_of(symbol) is not None
    return citation(
        passage,
        printed.start,
        printed.end,
        kind_of(symbol),
        id=TargetId(symbol),
        also=tuple(map(TargetId, further)),
        status=CitationStatus.RESOLVED if known else CitationStatus.EXTERNAL,
    )


def _sales(passage: Passage, m: re.Match[str]) -> Citation:
    label = _SALES_LABEL.search(passage.folded, max(0, m.start() - 24), m.start())
    return citation(
        passage,
        label.start() if label else m.start(),
        m.end(),
        CitationKind.SALES,
        id=TargetId(f"SALES/{m[0][2:]}"),  # the first letter is the language of the edition
        status=CitationStatus.EXTERNAL,
    )


def _treaties(passage: Passage) -> Iterator[Citation]:
    """Read volume and number; many languages print the name of the series in English."""
    references, text = passage.references, passage.text
    patterns = {"Treaty Series": _TREATY_SERIES, references.treaty_word: references.treaty}
    for word, pattern in patterns.items():
        if word in text:
            for m in pattern.finditer(text):
                yield treaty_citation(passage, m.start(), m.end(), m["volume"], m["number"])


def treaty_citation(passage: Passage, start: int, end: int, volume: str, number: str) -> Citation:
    """Return the citation of a volume and number of the Treaty Series: the instrument, where the gazetteer has it."""
    number = number.replace("\u2013", "-")
    instrument = load_gazetteer().treaty(volume, number)
    return citation(
        passage,
        start,
        end,
        CitationKind.TREATY_SERIES,
        id=instrument.id if instrument else TargetId(f"UNTS/{volume}/{number}"),
        status=CitationStatus.RESOLVED if instrument else CitationStatus.EXTERNAL,
    )
