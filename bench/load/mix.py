"""What is asked: requests of all kinds in the shares of ``mix.toml``, the same ones for the same seed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from app.examples import queries
from app.query.scripts import is_spaced
from indexer.citing import load_gazetteer
from indexer.model import LANGUAGES, LanguageCode, Symbol
from indexer.store import Snapshot

RESOLUTIONS = 2_000  # resolutions of the index whose symbols and titles are asked for, evenly spread
WORDS_OF_A_TITLE = (2, 3)
LETTERS_OF_CHINESE = (2, 6)  # asked of a title that has no spaces
LETTERS_TYPED = (2, 9)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a path with its query, and the language that the reader likes."""

    kind: str
    path: str
    language: LanguageCode


@dataclass(frozen=True, slots=True)
class Held:
    """A resolution that the index holds."""

    symbol: Symbol
    lang: LanguageCode
    title: str
    languages: tuple[LanguageCode, ...]


@cache
def table() -> Mapping[str, Any]:
    """Return the table of kinds and filters."""
    return tomllib.loads(Path(__file__).with_name("mix.toml").read_text(encoding="utf-8"))


def shares() -> dict[str, int]:
    """Return how many of a hundred requests are of each kind."""
    return {str(kind["name"]): int(kind["share"]) for kind in table()["kinds"]}


class Mix:
    """The requests that an index can answer."""

    def __init__(self, held: tuple[Held, ...]) -> None:
        self._held = held
        self._examples = [(lang, q) for lang in LANGUAGES for listed in queries(lang).values() for q in listed]
        self._instruments = [instrument.id.removeprefix("ins:") for instrument in load_gazetteer().instruments]
        self._kinds: dict[str, Callable[[Random], tuple[str, LanguageCode]]] = {
            "example": lambda random: _search(*random.choice(self._examples)),
            "title": lambda random: _search(*self._words(random)),
            "page": self._page,
            "filtered": self._filtered,
            "deeper": lambda random: self._with(random, page=random.randint(2, 10)),
            "grouped": lambda random: self._with(random, group="resolution"),
            "suggest": self._suggest,
            "resolution": self._resolution,
            "beside": self._beside,
            "clauses": self._clauses,
            "instrument": lambda random: (f"/instruments/{random.choice(self._instruments)}", self._lang(random)),
            "stats": lambda random: ("/api/v1/stats", self._lang(random)),
        }

    @classmethod
    def of(cls, snapshot: Snapshot, count: int = RESOLUTIONS) -> Mix:
        """Return the requests for an index."""
        records = list(snapshot.resolutions())
        return cls(
            tuple(
                Held(record.symbol, record.lang, record.title, snapshot.languages_of_resolution(record.symbol))
                for record in records[:: max(1, len(records) // count)]
            )
        )

    def asks(self, seed: int) -> Iterator[Ask]:
        """Yield requests without end."""
        random = Random(seed)
        weights = shares()
        while True:
            (kind,) = random.choices(list(weights), list(weights.values()))
            yield self.ask(kind, random)

    def ask(self, kind: str, random: Random) -> Ask:
        """Return a request of one kind."""
        path, language = self._kinds[kind](random)
        return Ask(kind, path, language)

    def _lang(self, random: Random) -> LanguageCode:
        return random.choice(self._held).lang

    def _words(self, random: Random) -> tuple[LanguageCode, str]:
        held = random.choice(self._held)
        parts, least, most, joint = (
            (held.title.split(), *WORDS_OF_A_TITLE, " ")
            if is_spaced(held.title)
            else (list(held.title), *LETTERS_OF_CHINESE, "")
        )
        size = random.randint(least, most)
        first = random.randrange(max(1, len(parts) - size + 1))
        return held.lang, joint.join(parts[first : first + size])

    def _either(self, random: Random) -> tuple[LanguageCode, str]:
        return random.choice(self._examples) if random.random() < 0.5 else self._words(random)

    def _page(self, random: Random) -> tuple[str, LanguageCode]:
        lang, q = self._either(random)
        return "/?" + urlencode({"q": q}), lang

    def _filtered(self, random: Random) -> tuple[str, LanguageCode]:
        lang = self._lang(random)
        path, _ = _search(lang, queries(lang)["words"][-1])
        return f"{path}&{random.choice(table()['filters']['asked'])}", lang

    def _with(self, random: Random, **parameters: object) -> tuple[str, LanguageCode]:
        lang, q = self._either(random)
        return _search(lang, q, **parameters)

    def _suggest(self, random: Random) -> tuple[str, LanguageCode]:
        lang, words = self._words(random)
        return "/api/v1/suggest?" + urlencode({"q": words[: random.randint(*LETTERS_TYPED)]}), lang

    def _resolution(self, random: Random) -> tuple[str, LanguageCode]:
        held = random.choice(self._held)
        return f"/{held.lang}/{quote(held.symbol)}", held.lang

    def _beside(self, random: Random) -> tuple[str, LanguageCode]:
        held = random.choice(self._held)
        path, lang = f"/{held.lang}/{quote(held.symbol)}", held.lang
        others = [other for other in held.languages if other != lang]
        return (f"{path}?with={random.choice(others)}" if others else path), lang

    def _clauses(self, random: Random) -> tuple[str, LanguageCode]:
        held = random.choice(self._held)
        return f"/api/v1/resolutions/{quote(held.symbol)}/clauses?lang={held.lang}", held.lang


def _search(lang: LanguageCode, q: str, **parameters: object) -> tuple[str, LanguageCode]:
    return "/api/v1/search?" + urlencode({"q": q, **parameters}), lang
