"""What the store can be asked: a small tree of terms, built by the caller and free of Whoosh.

Terms are index terms (made by a `Language`) or exact values, never raw query text. Trees are immutable and hashable.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with this term in this field (`base_field`, `form_field` or an exact field).

    A term of a text field scores by BM25F, an exact value scores 1.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with any of the ``limit`` most frequent terms that begin so."""

    field: str
    text: str
    limit: int = 128


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with one word of every slot at neighbouring positions of one text field.

    ``slop`` is the greatest difference of position between neighbouring slots: 1 means side by side. With
    ``ordered`` false the slots may stand in any order. Fewer than two slots are an `Or` of the only one.
    """

    field: str
    slots: tuple[tuple[str, ...], ...]
    slop: int = 1
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all parts; the score is the sum. No parts match nothing."""

    parts: tuple[StoreQuery, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any part; the score is the sum over those that match. No parts match nothing."""

    parts: tuple[StoreQuery, ...]


@dataclass(frozen=True, slots=True)
class AndNot:
    """Documents that match ``wanted`` and not ``unwanted``; the score is that of ``wanted``."""

    wanted: StoreQuery
    unwanted: StoreQuery


@dataclass(frozen=True, slots=True)
class Boost:
    """The same documents with ``factor`` times the score."""

    part: StoreQuery
    factor: float


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents, each with score 0."""


StoreQuery = Term | Prefix | Phrase | And | Or | AndNot | Boost | Everything
