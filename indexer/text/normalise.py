"""Unicode folding that remembers where every character came from.

Texts arrive decomposed (й as и + U+0306), with soft hyphens inside words, in full-width or ligature letters
(（２００１）, ﬁ, ﻻ). Words are compared without all that, but highlights and citations point into the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Soft hyphen (with the line break it allowed), zero-width characters and direction marks: Ассам\u00ad\nблеи.
_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f"
_INVISIBLE = re.compile(f"\u00ad[ \t]*\r?\n[ \t]*|[{_HIDDEN}]")
# Letters in a printer's dress: subscripts, Kangxi radicals of Chinese PDFs, ligatures, Arabic presentation forms,
# full-width signs. Superscripts stay: they are footnote marks, not letters (докладе⁴).
_DRESS = "\u2080-\u209c\u2f00-\u2fd5\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc\uff01-\uff5e"
_DRESSED = re.compile(f"[{_DRESS}]")
_UNCLEAN = re.compile(f"[{_HIDDEN}{_DRESS}]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text and the way back.

    ``starts[i]`` and ``ends[i]`` bound the characters of the original that made ``text[i]``; both ascend. Empty
    when the text was clean and nothing moved.
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the non-empty ``text[start:end]``."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Fold a text for comparing words.

    Afterwards: NFC; no soft hyphens, zero-width characters or direction marks; plain letters for ligatures,
    subscripts, full-width and presentation forms. Case, accents and superscripts are kept. Idempotent.
    """
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNCLEAN.search(text)):
        return Normalised(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def flush(cluster: str, start: int, end: int) -> None:
        pieces.append(cluster)
        starts.extend([start] * len(cluster))
        ends.extend([end] * len(cluster))

    hidden = {match.start(): match.end() for match in _INVISIBLE.finditer(text)}
    cluster, start, end, at = "", 0, 0, 0
    while at < len(text):
        if at in hidden:
            at = hidden[at]
            continue
        plain = _undress(text[at])
        joined = unicodedata.normalize("NFC", cluster + plain) if cluster else plain
        if cluster and (joined != cluster + plain or unicodedata.combining(plain[0])):
            cluster, end = joined, at + 1
        else:
            flush(cluster, start, end)
            cluster, start, end = unicodedata.normalize("NFC", plain), at, at + 1
        at += 1
    flush(cluster, start, end)
    return Normalised("".join(pieces), tuple(starts), tuple(ends))


def strip_accents(text: str, keep: str = "") -> str:
    """Return the text without combining marks, but for the letters of ``keep`` (``ñ`` in Spanish)."""
    if text.isascii():
        return text
    return "".join(
        char
        if char in keep
        else "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
        for char in unicodedata.normalize("NFC", text)
    )


def _undress(char: str) -> str:
    if not _DRESSED.match(char):
        return char
    plain = unicodedata.normalize("NFKC", char)
    # ﷺ is a whole sentence: what would turn into several words stays one sign.
    return plain if len(plain) == 1 or plain.isalpha() else char
