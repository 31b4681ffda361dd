"""The same documents in an index that stock Whoosh writes and searches: oracle of the tests, peer in the benchmark.

Terms, weights, lengths and positions are those of Clausula's own index; codec, writer and matchers are Whoosh's, and
so is the scoring but for the statistics that `indexer.store.scoring` gives it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from indexer.lang.base import Token
from indexer.model import LANGUAGES, LanguageCode
from indexer.store.schema import (
    EXACT_FIELDS,
    LESSER_BASE_WEIGHT,
    PlainPositions,
    ValueName,
    ValuesField,
    WordsField,
    base_field,
    form_field,
)
from indexer.store.scoring import ClauseSearcher

MEMORY_LIMIT_MB = 256  # postings held before Whoosh spills a sorted run to disk

Posting = tuple[bytes, int, float | int, bytes]
"""What Whoosh asks of a field for each term: bytes, share in the field length, weight, encoded positions."""


@dataclass(slots=True)
class Occurrences:
    """Where one term stands in a text: ascending positions, and whether it is a lesser base at each."""

    positions: list[int]
    lesser: list[bool]

    @property
    def weight(self) -> float:
        """The number of positions, the lesser ones counting less."""
        return sum(LESSER_BASE_WEIGHT if lesser else 1.0 for lesser in self.lesser)


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The terms of one text in one field; ``length`` is the number of distinct positions."""

    terms: dict[str, Occurrences]
    length: int


def indexed_forms(tokens: Iterable[Token]) -> IndexedWords:
    """Return the words as printed. A term counts once a position."""
    return _indexed((token.position, token.form, False) for token in tokens)


def indexed_bases(tokens: Iterable[Token]) -> IndexedWords:
    """Return all base forms, several at one position; a term counts once a position, by its best reading there."""
    return _indexed((token.position, base, rank > 0) for token in tokens for rank, base in enumerate(token.bases))


def _indexed(placed: Iterable[tuple[int, str, bool]]) -> IndexedWords:
    terms: dict[str, Occurrences] = {}
    length, last = 0, -1
    for position, term, lesser in placed:
        if position != last:
            length, last = length + 1, position
        seen = terms.get(term)
        if seen is None:
            terms[term] = Occurrences([position], [lesser])
        elif seen.positions[-1] != position:
            seen.positions.append(position)
            seen.lesser.append(lesser)
        else:
            seen.lesser[-1] &= lesser
    return IndexedWords(terms, length)


class StockWords(WordsField):
    """The text field as Whoosh fills it from `IndexedWords`."""

    def index(self, value: IndexedWords, **_: Any) -> Generator[Posting, Any, None]:
        """Yield a posting for each term."""
        encode = PlainPositions().encode
        length = value.length  # Whoosh adds the second members up to the length of the field: the first term has all
        for term, occurrences in value.terms.items():
            yield term.encode(), length, occurrences.weight, encode(occurrences.positions)
            length = 0


class StockValues(ValuesField):
    """The field of exact values as Whoosh fills it from an iterable of distinct strings."""

    def index(self, value: Iterable[str], **_: Any) -> Generator[Posting, Any, None]:
        """Yield a posting for each value."""
        for item in value:
            yield item.encode(), 1, 1.0, b""


def stock_schema() -> Schema:
    """Return the schema of `indexer.store.schema` with fields that Whoosh can fill."""
    schema = Schema()
    for lang in LANGUAGES:
        schema.add(form_field(lang), StockWords())
        schema.add(base_field(lang), StockWords())
    for exact in EXACT_FIELDS:
        schema.add(exact, StockValues())
    return schema


class StockWriter:
    """Writes an index into a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        index = FileIndex.create(FileStorage(str(folder)), stock_schema())
        # one process: Whoosh's writer of many has lost documents
        self._writer = SegmentWriter(index, limitmb=MEMORY_LIMIT_MB, compound=False)

    def add(self, lang: LanguageCode, tokens: list[Token], values: Mapping[ValueName, Iterable[str]]) -> None:
        """Add a document."""
        words = {form_field(lang): indexed_forms(tokens), base_field(lang): indexed_bases(tokens)}
        self._writer.add_document(**words, **{str(name): held for name, held in values.items()})

    def commit(self) -> None:
        """Finish writing."""
        self._writer.commit()


def open_stock(folder: Path) -> ClauseSearcher:
    """Return a searcher with the scoring of Clausula, for one thread."""
    return ClauseSearcher(FileIndex(FileStorage(str(folder))).reader())
