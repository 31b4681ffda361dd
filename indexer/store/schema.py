"""The Whoosh schema: two text fields a language and one field for each exact value of a clause.

The text fields take words that a `Language` has already cut and analysed, so Whoosh never tokenises: what stands in
the index is what the language said, and the query asks the same language. Whoosh pickles a schema, hence the field
types below are importable classes without state. (The analyzers that they must have are never called.)
"""

from __future__ import annotations

from array import array
from typing import Literal

import numpy as np
from whoosh.analysis.analyzers import Analyzer
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Positions
from whoosh.util.numeric import byte_to_length

from indexer.model import LANGUAGES, LanguageCode

SCHEMA_VERSION = 4  # raise it whenever an index written before can no longer be read or would answer differently

ValueName = Literal[
    "id", "symbol", "path", "lang", "type", "action", "cites", "names", "body", "session", "year", "subject"
]
"""The names under which a document has exact values: as fields here, as columns in `indexer.store.columns`."""

EXACT_FIELDS: tuple[ValueName, ...] = (
    "id",
    "symbol",
    "lang",
    "type",
    "action",
    "cites",
    "names",
    "body",
    "session",
    "year",
    "subject",
)

# "стали" is steel to few and "became" to most: a base form that is not the likeliest one counts half.
LESSER_BASE_WEIGHT = 0.5
WEIGHT_UNIT = 0.5  # weights are multiples of it

# The lengths that Whoosh's byte can tell; any other counts as the next greater one, all above as the greatest.
LENGTHS = np.array([byte_to_length(byte) for byte in range(256)])


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
    """A scored field with positions.

    The length of a text is the number of its positions: base forms and compound parts that share a position do not
    make a text longer.
    """

    def __init__(self) -> None:
        super().__init__(format=PlainPositions(), analyzer=Analyzer(), scorable=True)


class ValuesField(FieldType):
    """A field of whole values, neither cut nor scored."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=Analyzer(), scorable=False)


def make_schema() -> Schema:
    """Return the schema of every index: it does not depend on the languages that a corpus happens to hold."""
    schema = Schema()
    for field in _LANGUAGE_OF:
        schema.add(field, WordsField())
    for exact in EXACT_FIELDS:
        schema.add(exact, ValuesField())
    return schema
