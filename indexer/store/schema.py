"""The Whoosh schema: two text fields a language and one field for each exact value of a clause.

The text fields take words that a `Language` has already cut and analysed, so Whoosh never tokenises: what stands in
the index is what the language said, and the query asks the same language. Whoosh pickles a schema, hence the field
types below are importable classes without state. (The analyzers that they must have are never called.)
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from whoosh.analysis.analyzers import Analyzer
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.lang.base import Token
from indexer.model import LANGUAGES, LanguageCode

SCHEMA_VERSION = 2  # raise it whenever an index written before can no longer be read or would answer differently

ValueName = Literal["id", "symbol", "path", "lang", "type", "action", "cites", "body", "session", "year", "subject"]
"""The names under which a document has exact values: as fields here, as columns in `indexer.store.columns`."""

EXACT_FIELDS: tuple[ValueName, ...] = (
    "id",
    "symbol",
    "lang",
    "type",
    "action",
    "cites",
    "body",
    "session",
    "year",
    "subject",
)

# "стали" is steel to few and "became" to most: a base form that is not the likeliest one counts half.
LESSER_BASE_WEIGHT = 0.5


def form_field(lang: LanguageCode) -> str:
    """Return the field of words as printed, folded: exact search."""
    return f"form_{lang}"


def base_field(lang: LanguageCode) -> str:
    """Return the field of base forms: ordinary search."""
    return f"base_{lang}"


def language_of(field: str) -> LanguageCode | None:
    """Return the language of a text field, None for a field of exact values."""
    return _LANGUAGE_OF.get(field)


_LANGUAGE_OF: dict[str, LanguageCode] = {name(lang): lang for lang in LANGUAGES for name in (form_field, base_field)}


@dataclass(slots=True)
class Occurrences:
    """Where one term stands in a text: ascending positions, and a weight that starts as their number."""

    positions: list[int]
    weight: float


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The terms of one text in one field; ``length`` is the number of distinct positions."""

    terms: dict[str, Occurrences]
    length: int


def indexed_forms(tokens: Iterable[Token]) -> IndexedWords:
    """Return the words as printed. A term counts once a position."""
    return _indexed((token.position, token.form, 1.0) for token in tokens)


def indexed_bases(tokens: Iterable[Token]) -> IndexedWords:
    """Return all base forms, several at one position; all but the likeliest weigh `LESSER_BASE_WEIGHT`."""
    return _indexed(
        (token.position, base, LESSER_BASE_WEIGHT if rank else 1.0)
        for token in tokens
        for rank, base in enumerate(token.bases)
    )


def _indexed(placed: Iterable[tuple[int, str, float]]) -> IndexedWords:
    terms: dict[str, Occurrences] = {}
    length, last = 0, -1
    for position, term, weight in placed:
        if position != last:
            length, last = length + 1, position
        seen = terms.get(term)
        if seen is None:
            terms[term] = Occurrences([position], weight)
        elif seen.positions[-1] != position:
            seen.positions.append(position)
            seen.weight += weight
    return IndexedWords(terms, length)


Posting = tuple[bytes, int, float | int, bytes]
"""What Whoosh asks of a field for each term: bytes, share in the field length, weight, encoded positions."""


class PlainPositions(Positions):
    """Positions as plain 32-bit numbers.

    Whoosh pickles a list of differences for every posting: thrice the size and several times the work both ways.
    """

    def encode(self, poslist: list[int]) -> bytes:
        """Return the ascending positions as bytes."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions that `encode` got."""
        positions = array("I")
        positions.frombytes(valuestring)
        return positions.tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return the number of positions."""
        return len(valuestring) // array("I").itemsize


_POSITIONS = PlainPositions()


class WordsField(FieldType):
    """A scored field with positions whose value is an `IndexedWords`.

    The length of a text is the number of its positions: base forms and compound parts that share a position do not
    make a text longer.
    """

    def __init__(self) -> None:
        super().__init__(format=_POSITIONS, analyzer=Analyzer(), scorable=True)

    def index(self, value: IndexedWords, **_: Any) -> Generator[Posting, Any, None]:
        """Yield a posting for each term."""
        length = value.length  # Whoosh adds the second members up to the length of the field: the first term has all
        for term, occurrences in value.terms.items():
            yield term.encode(), length, occurrences.weight, _POSITIONS.encode(occurrences.positions)
            length = 0


class ValuesField(FieldType):
    """A field of whole values, neither cut nor scored; its value is an iterable of distinct strings."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=Analyzer(), scorable=False)

    def index(self, value: Iterable[str], **_: Any) -> Generator[Posting, Any, None]:
        """Yield a posting for each value."""
        for item in value:
            yield item.encode(), 1, 1.0, b""


def make_schema() -> Schema:
    """Return the schema of every index: it does not depend on the languages that a corpus happens to hold."""
    schema = Schema()
    for field in _LANGUAGE_OF:
        schema.add(field, WordsField())
    for exact in EXACT_FIELDS:
        schema.add(exact, ValuesField())
    return schema
