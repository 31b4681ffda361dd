"""A text with what every reader of citations needs of it, computed once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from indexer.citing.names import Mention, Sort, name_finder
from indexer.citing.tables import References, load_references
from indexer.model import Body, Citation, CitationKind, CitationStatus, LanguageCode, Symbol, TargetId
from indexer.symbols import fold
from indexer.text.dates import DateSpan, find_dates


@dataclass(frozen=True)
class Setting:
    """Where a text stands: what “its resolution”, “the Council” and “the present resolution” mean there.

    ``head`` is the kind of document that the clause above a list opened («следующие резолюции:»). ``seen`` remembers
    across the texts of a document which body a number was said to be of (``34/24`` of the Human Rights Council).
    """

    body: Body = "GA"
    own: Symbol | None = None
    head: CitationKind | None = None
    seen: dict[str, Body] = field(default_factory=dict)


# The end of a sentence is a stop before a word with a capital; «sect. III», «No. 5» and «par. A» go on.
BREAK = re.compile(r"[;；؛。]|\.\s+(?=[^\W\d_a-zа-яßà-ÿ][^\W\d_A-ZА-Я])")

# What makes a range of two letters or numbers: A–E, “7 to 9”.
RANGE = re.compile(r"\s?(?:-|to|à|a|по|至|إلى)\s?第?")


@dataclass(frozen=True)
class Passage:
    """One text of a language. ``folded`` is as long as ``text`` and shows its symbols in plain Latin."""

    text: str
    lang: LanguageCode
    setting: Setting = Setting()

    @cached_property
    def references(self) -> References:
        """The reference forms of the language."""
        return load_references(self.lang)

    @cached_property
    def folded(self) -> str:
        """The text in plain Latin letters, digits and signs; only for reading symbols."""
        return fold(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The names in the text."""
        return tuple(name_finder(self.lang).find(self.text))

    @cached_property
    def dates(self) -> tuple[DateSpan, ...]:
        """The dates in the text."""
        return find_dates(self.text, self.lang)

    def of_sort(self, *sorts: Sort) -> tuple[Mention, ...]:
        """Return the mentions of these sorts, ascending."""
        if len(sorts) == 1:
            return self._by_sort.get(sorts[0], ())
        return tuple(mention for mention in self.mentions if mention.sort in sorts)

    @cached_property
    def _by_sort(self) -> dict[Sort, tuple[Mention, ...]]:
        groups: dict[Sort, list[Mention]] = {}
        for mention in self.mentions:
            groups.setdefault(mention.sort, []).append(mention)
        return {sort: tuple(group) for sort, group in groups.items()}

    @cached_property
    def organ_at(self) -> dict[int, Mention]:
        """The organs by the offset where their name starts."""
        return {m.start: m for m in self.of_sort(Sort.ORGAN, Sort.COUNCIL, Sort.OTHER_ORGAN)}

    @cached_property
    def date_at(self) -> dict[int, int]:
        """The places of dates in `dates` by the offset where they start."""
        return {date.start: place for place, date in enumerate(self.dates)}


def citation(
    passage: Passage,
    start: int,
    end: int,
    kind: CitationKind,
    *,
    id: TargetId | None,
    status: CitationStatus = CitationStatus.RESOLVED,
    pin: tuple[str, ...] = (),
    date: str | None = None,
    via_footnote: int | None = None,
    negated: bool = False,
    candidates: tuple[TargetId, ...] = (),
    also: tuple[TargetId, ...] = (),
    short: bool = False,
) -> Citation:
    """Return a citation of a span of the passage."""
    surface = passage.text[start:end]
    return Citation(
        surface, start, end, kind, id, status, pin, date, via_footnote, negated, candidates, also, short=short
    )
