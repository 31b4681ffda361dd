"""Which language a text is in, and which language a word of a path or of metadata names.

Folders and metadata are wrong now and then (French texts in the Russian folder), so the text decides.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

SAMPLE = 4_000  # characters that are enough to be sure
MIN_SHARE = 0.3  # of letters in one script, by weight; symbols and names in Latin letters stand in every text

_LATIN_WORD = re.compile(r"[a-zà-ÿœ]+")


@dataclass(frozen=True, slots=True)
class _Traits:
    code: str
    names: frozenset[str]
    letters: re.Pattern[str] | None
    weight: int
    words: frozenset[str]


def identify_language(text: str) -> str | None:
    """Return the code of the language a text is in: one of the six, ``de``, or None when nothing tells."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    counts = {
        traits.code: traits.weight * len(traits.letters.findall(sample)) for traits in _languages() if traits.letters
    }
    likeliest = max(counts, key=counts.__getitem__)
    if counts[likeliest] > MIN_SHARE * letters:
        return likeliest
    words = Counter(_LATIN_WORD.findall(sample.lower()))
    scores = {traits.code: sum(words[word] for word in traits.words) for traits in _languages() if traits.words}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] else None


def named_language(word: str) -> str | None:
    """Return the code of the language that a word names (``Russian``, ``rus``, ``ru``), or None."""
    folded = word.casefold()
    return next((traits.code for traits in _languages() if folded in traits.names), None)


def folder_language(name: str) -> str | None:
    """Return the language that a folder in the name of a source stands for, the innermost one first, or None."""
    folders = re.split(r"[/\\!]", name)[:-1]
    return next((code for folder in reversed(folders) if len(folder) > 3 and (code := named_language(folder))), None)


@cache
def _languages() -> tuple[_Traits, ...]:
    data = resources.files("indexer.reading").joinpath("data/languages.toml").read_text(encoding="utf-8")
    return tuple(
        _Traits(
            code=row["code"],
            names=frozenset(row["names"]),
            letters=_any_of(row["letters"]) if "letters" in row else None,
            weight=row.get("weight", 1),
            words=frozenset(row.get("words", ())),
        )
        for row in tomllib.loads(data)["language"]
    )


def _any_of(ranges: list[list[int]]) -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]")
