"""Where a pin points: «пункт 10 а) резолюции 58/208» is ``op10.a`` of A/RES/58/208.

Only what every resolution numbers alike can be told without its text: operative paragraphs, which count on through a
resolution, and annexes. Paragraphs of a section, chapter or part may count anew there, so they have no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from indexer.model import ClausePath
from indexer.symbols import from_roman

_ANNEX, _PARAGRAPH, _PREAMBLE = "annex", "para", "preambular para"
_COUNTING_ANEW = frozenset(["section", "chapter", "part", "article", "appendix"])
_NUMBERED = re.compile(r"(?P<number>\d{1,3})(?P<items>(?: \([a-z]{1,4}\))*)")


@lru_cache(maxsize=8192)
def places_of(pins: tuple[str, ...]) -> tuple[ClausePath, ...]:
    """Return the paths of the clauses that pins (``("annex II", "para 5 (a)")``) name in a resolution."""
    values: dict[str, list[str]] = {}
    for pin in pins:
        noun = next((known for known in (_PREAMBLE, _PARAGRAPH, _ANNEX) if pin.startswith(known)), None)
        noun = noun or pin.partition(" ")[0]
        values.setdefault(noun, []).append(pin[len(noun) + 1 :])
    annexes = [_annex(value) for value in values.get(_ANNEX, ())]
    counts_anew = not _COUNTING_ANEW.isdisjoint(values)
    paragraphs = [] if counts_anew else [*_paths("op", values.get(_PARAGRAPH, ()))]
    if len(annexes) == 1 and annexes[0] and paragraphs:
        return tuple(ClausePath(f"{annexes[0]}.{path}") for path in paragraphs)
    if annexes:
        return tuple(ClausePath(annex) for annex in annexes if annex) if not paragraphs else ()
    return (*paragraphs, *(() if counts_anew else _paths("pp", values.get(_PREAMBLE, ()))))


def _annex(value: str) -> str | None:
    """Return the path of an annex: the only one, II, 2 or B."""
    if not value:
        return "annex1"
    letter = (
        ord(value) - ord("A") + 1 if re.fullmatch("[A-H]", value) else None
    )  # C is a letter before it is a hundred
    number = int(value) if value.isdigit() else letter or from_roman(value)
    return f"annex{number}" if number else None


def _paths(kind: str, values: Iterable[str]) -> Iterable[ClausePath]:
    for value in values:
        m = _NUMBERED.fullmatch(value)
        if m:
            yield ClausePath(".".join((f"{kind}{int(m['number'])}", *re.findall("[a-z]+", m["items"]))))
