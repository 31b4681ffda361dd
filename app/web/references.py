"""How a text cites a resolution and a place in it, in the language of the text: «резолюция 58/208 …, пункт 10 a)».

The wording is data: ``data/<lang>/references.toml``, each form with an example.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.model import Body, LanguageCode
from indexer.symbols import from_roman, printed, roman

_SEGMENT = re.compile(r"(?P<kind>annex|art|op|pp|fn|h|t(?=\d)|title|enacting|adoption)?(?P<n>\w*)(?:~\d+)?")
_UNCITED = frozenset({"h", "t", "title", "enacting", "adoption"})  # what no text cites by a number
_NAMES = {"op": "paragraph", "pp": "preambular", "fn": "footnote"}
_WHOLE = "0"  # op0: the only operative paragraph, which bears no number


@dataclass(frozen=True, slots=True)
class Counting:
    """How the items of a list are printed; ``counted`` are the signs of 1, 2, 3 … where they are no Latin ones."""

    form: str
    counted: tuple[str, ...] = ()

    def printed(self, element: str, ordinal: int | None) -> str:
        """Return an item as printed: ``a`` → `` (a)``."""
        known = ordinal is not None and 1 <= ordinal <= len(self.counted)
        return self.form.format(self.counted[ordinal - 1] if known and ordinal else element)


@dataclass(frozen=True, slots=True)
class References:
    """The forms of one language."""

    between: str
    number: str
    resolution: Mapping[str, str]
    place: Mapping[str, str]
    item: Counting
    inner: Counting
    annexes: Counting

    def of_resolution(self, symbol: str, body: Body) -> str:
        """Return how a text cites a resolution: «резолюция 58/208 Генеральной Ассамблеи»."""
        return self.resolution[body].format(number=printed(symbol))

    def of_place(self, path: str, *, annexes: int = 1) -> str:
        """Return how a text cites a clause: ``op10.a`` → «пункт 10 a)»; empty for what it cites by no number.

        ``annexes`` is how many annexes the resolution has: a single one bears no number.
        """
        return self.between.join(self._places(path, annexes))

    def of_clause(self, symbol: str, body: Body, path: str, *, annexes: int = 1) -> str:
        """Return how a text cites a clause of a resolution."""
        return self.between.join(
            filter(None, (self.of_resolution(symbol, body), self.of_place(path, annexes=annexes)))
        )

    def enumerator(self, element: str, level: int) -> str:
        """Return what an item of a list is printed with: ``a`` at level 1 → «a)»."""
        return self._item(element, level).strip()

    def _places(self, path: str, annexes: int) -> Iterator[str]:
        kind, number, items = "", "", ""
        level = 0
        for match in map(_SEGMENT.fullmatch, path.split(".")):
            if match is None or match["kind"] in _UNCITED:
                break
            if match["kind"] == "annex":
                yield self._annex(match["n"], annexes)
            elif match["kind"] == "art":
                yield self.place["article"].format(n=match["n"])
            elif match["kind"]:
                kind, number = match["kind"], match["n"]
            else:
                level += 1
                items += self._item(match["n"], level)
        if kind and number != _WHOLE:
            yield self.place[_NAMES[kind]].format(n=number + items)
        elif items:
            yield self.place["items"].format(n=items.strip())

    def _annex(self, number: str, annexes: int) -> str:
        if annexes < 2 and number in ("", "1"):
            return self.place["annex"]
        ordinal = int(number) if number.isdecimal() else 1
        return self.place["annexes"].format(n=self.annexes.printed(roman(ordinal), ordinal))

    def _item(self, element: str, level: int) -> str:
        counting, ordinal = (self.item, _letter(element)) if level == 1 else (self.inner, _roman(element))
        return counting.printed(element, ordinal)


@cache
def references(lang: LanguageCode) -> References:
    """Return the forms of a language, read once."""
    raw = tomllib.loads(
        resources.files("app.web").joinpath(f"data/{lang}/references.toml").read_text(encoding="utf-8")
    )
    return References(
        between=raw["between"],
        number=raw["number"],
        resolution={body: row["form"] for body, row in raw["resolution"].items()},
        place={kind: row["form"] for kind, row in raw["place"].items()},
        item=Counting(raw["item"]["form"], tuple(raw["item"].get("counted", ()))),
        inner=Counting(raw["inner"]["form"], tuple(raw["inner"].get("counted", ()))),
        annexes=Counting("{}", tuple(raw.get("annexes", {}).get("counted", ()))),
    )


def _letter(element: str) -> int | None:
    return ord(element) - ord("a") + 1 if len(element) == 1 and "a" <= element <= "z" else None


def _roman(element: str) -> int | None:
    return from_roman(element.upper())
