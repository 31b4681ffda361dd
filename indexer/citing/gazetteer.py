"""The gazetteer: instruments, events and organs that texts name in words.

Data: ``indexer/data/instruments.toml``, ``events.toml`` and ``organs.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from indexer.model import Body, LanguageCode, Symbol, TargetId
from indexer.symbols import parent
from indexer.text.normalise import normalise, strip_accents

Names = Mapping[LanguageCode, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text that has a name: a treaty, a declaration, a programme of action.

    ``names`` holds the official titles. ``also`` are other wordings of the title, ``short`` names point to it
    anywhere, ``local`` ones only after the same document has named it in full.
    """

    id: TargetId
    kind: str
    date: str
    names: Mapping[LanguageCode, str]
    also: Names = field(default_factory=dict)
    short: Names = field(default_factory=dict)
    local: Names = field(default_factory=dict)
    adopted_by: Symbol | None = None
    pin: str | None = None  # its place in the adopting resolution
    symbols: tuple[Symbol, ...] = ()  # report, document or sales number of its text
    unts: str | None = None  # United Nations Treaty Series, "volume/number"
    note: str | None = None

    def label(self, lang: LanguageCode) -> str:
        """Return the title in a language, in English where that language has none."""
        return self.names.get(lang) or self.names.get("en") or self.id


@dataclass(frozen=True, slots=True)
class Event:
    """A conference or summit that is named apart from the text it adopted."""

    id: TargetId
    names: Names


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ whose resolutions are cited; ``body`` is None where the corpus does not collect them."""

    id: str
    body: Body | None
    names: Names


@dataclass(frozen=True)
class Gazetteer:
    """Every instrument, by id, by adopting resolution, by treaty series and by name."""

    instruments: tuple[Instrument, ...]
    events: tuple[Event, ...]
    organs: tuple[Organ, ...]

    @cached_property
    def _by_id(self) -> dict[str, Instrument]:
        return {instrument.id: instrument for instrument in self.instruments}

    @cached_property
    def _by_resolution(self) -> dict[str, tuple[Instrument, ...]]:
        found: dict[str, tuple[Instrument, ...]] = {}
        for instrument in self.instruments:
            if instrument.adopted_by:
                found[instrument.adopted_by] = (*found.get(instrument.adopted_by, ()), instrument)
        return found

    @cached_property
    def _by_unts(self) -> dict[str, Instrument]:
        return {instrument.unts: instrument for instrument in self.instruments if instrument.unts}

    @cached_property
    def _search_names(self) -> dict[LanguageCode, tuple[tuple[str, Instrument], ...]]:
        names: dict[LanguageCode, list[tuple[str, Instrument]]] = {}
        for instrument in self.instruments:
            for lang, title in instrument.names.items():
                others = (*instrument.also.get(lang, ()), *instrument.short.get(lang, ()))
                for name in (title, *others):
                    names.setdefault(lang, []).append((_folded(name), instrument))
        return {lang: tuple(pairs) for lang, pairs in names.items()}

    def get(self, id: str) -> Instrument | None:
        """Return the instrument with this id, if there is one."""
        return self._by_id.get(id)

    def adopted_by(self, symbol: str) -> tuple[Instrument, ...]:
        """Return the instruments that a resolution adopted, annexed or opened; a whole counts for its parts."""
        exact = self._by_resolution.get(symbol, ())
        if exact or parent(symbol):
            return exact
        return tuple(
            instrument
            for adopting, instruments in self._by_resolution.items()
            if parent(adopting) == symbol
            for instrument in instruments
        )

    @cached_property
    def _by_bare_number(self) -> dict[str, Symbol | None]:
        found: dict[str, Symbol | None] = {}
        for symbol in self._by_resolution:
            m = re.match(r"A/RES/(\d{3,4})\(", symbol)
            if m:
                found[m[1]] = None if m[1] in found else Symbol(symbol)
        return found

    def adopted_by_number(self, number: str) -> Symbol | None:
        """Return the old resolution with this number alone (1514) that adopted an instrument, if just one did."""
        return self._by_bare_number.get(number)

    def treaty(self, volume: str, number: str) -> Instrument | None:
        """Return the instrument printed in the United Nations Treaty Series at this volume and number."""
        return self._by_unts.get(f"{volume}/{number}")

    def equivalents(self, target: str) -> tuple[TargetId, ...]:
        """Return every id that means the same text for search, the given one first.

        An instrument and the resolution that adopted it are one target. A resolution that adopted several
        instruments is equal to each of them, an instrument only to its resolution.
        """
        instrument = self._by_id.get(target)
        if instrument:
            return (instrument.id, TargetId(instrument.adopted_by)) if instrument.adopted_by else (instrument.id,)
        return (TargetId(target), *(found.id for found in self.adopted_by(target)))

    def search(self, text: str, lang: LanguageCode) -> tuple[Instrument, ...]:
        """Return the instruments with a name that holds every word of the text; names that open with it first."""
        sought = _folded(text)
        words = sought.split()
        if not words:
            return ()
        ranked: dict[str, tuple[int, Instrument]] = {}
        for name, instrument in self._search_names.get(lang, ()):
            if all(word in name for word in words):
                rank = 0 if name == sought else 1 if name.startswith(sought) else 2 if sought in name else 3
                if instrument.id not in ranked or rank < ranked[instrument.id][0]:
                    ranked[instrument.id] = (rank, instrument)
        return tuple(instrument for _, instrument in sorted(ranked.values(), key=lambda pair: pair[0]))


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    return Gazetteer(
        instruments=tuple(_instrument(row) for row in _read("instruments")["instrument"]),
        events=tuple(Event(TargetId(row["id"]), _names(row["names"])) for row in _read("events")["event"]),
        organs=tuple(Organ(row["id"], row.get("body"), _names(row["names"])) for row in _read("organs")["organ"]),
    )


def _instrument(row: dict[str, Any]) -> Instrument:
    return Instrument(
        id=TargetId(row["id"]),
        kind=row["kind"],
        date=row["date"],
        names=row["names"],
        also=_names(row.get("also", {})),
        short=_names(row.get("short", {})),
        local=_names(row.get("local", {})),
        adopted_by=Symbol(row["adopted_by"]) if "adopted_by" in row else None,
        pin=row.get("pin"),
        symbols=tuple(Symbol(symbol) for symbol in row.get("symbols", ())),
        unts=row.get("unts"),
        note=row.get("note"),
    )


def _names(table: dict[LanguageCode, list[str]]) -> Names:
    return {lang: tuple(names) for lang, names in table.items()}


def _folded(name: str) -> str:
    return strip_accents(normalise(name).text.casefold().replace("ё", "е"))


def _read(name: str) -> dict[str, Any]:
    text = resources.files("indexer").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
