"""Letters of the wrong script that look right: «Cил» with a Latin C, «А/58/98» with a Cyrillic А.

Official texts hold both. Display text stays as printed; only the terms of search are folded, by
``data/homoglyphs.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from indexer.lang.tables import table

Script = Literal["cyrillic", "latin"]

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


@cache
def _translation(to: Script, *, words: bool) -> dict[int, str]:
    other: Script = "latin" if to == "cyrillic" else "cyrillic"
    return {ord(row[other]): row[to] for row in table("homoglyphs") if row["words"] or not words}


def fold_mixed(word: str, prefer: Script) -> str:
    """Return the word in one script if it mixes Cyrillic and Latin letters and one of them only pretends.

    Where either reading is possible, the script of more letters wins, then the preferred one: «Cил» becomes
    Cyrillic, «СOVID» Latin. A word that really mixes (``Wi-Fi-сеть`` written as one) stays as it is.
    """
    if word.isascii():
        return word
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    if not cyrillic or not latin:
        return word
    as_cyrillic = _translation("cyrillic", words=True)
    as_latin = _translation("latin", words=True)
    may_be_cyrillic = all(ord(letter) in as_cyrillic for letter in latin)
    may_be_latin = all(ord(letter) in as_latin for letter in cyrillic)
    if may_be_cyrillic and may_be_latin:
        lean = len(cyrillic) - len(latin) or (1 if prefer == "cyrillic" else -1)
        may_be_cyrillic = lean > 0
    if may_be_cyrillic:
        return word.translate(as_cyrillic)
    return word.translate(as_latin) if may_be_latin else word


def single_letter(letter: str, to: Script) -> str:
    """Return a lone letter in the wanted script if it has a twin there: «c удовлетворением», «217 A (III)»."""
    return letter.translate(_translation(to, words=True))


def symbol_letters(symbol: str) -> str:
    """Return a document symbol in Latin letters; letters without a Latin twin stay."""
    return symbol if symbol.isascii() else symbol.translate(_translation("latin", words=False))
