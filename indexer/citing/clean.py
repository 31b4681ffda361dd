"""A text without the characters that say nothing, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from indexer.model import Citation

# What may stand inside a word and says nothing: soft hyphens, direction marks, tatweel and vowel signs of Arabic.
_SILENT = re.compile("[\u00ad\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")


@dataclass(frozen=True, slots=True)
class Clean:
    """A text without silent characters, and the way back. ``places[i]`` is where ``text[i]`` stood."""

    text: str
    places: tuple[int, ...] | None = None  # None: nothing moved

    @classmethod
    def of(cls, text: str) -> Clean:
        """Return the text without silent characters."""
        if text.isascii() or not _SILENT.search(text):
            return cls(text)
        places: list[int] = []
        end = 0
        for m in _SILENT.finditer(text):
            places.extend(range(end, m.start()))
            end = m.end()
        places.extend(range(end, len(text)))
        return cls(_SILENT.sub("", text), tuple(places))

    def offset(self, original: int) -> int:
        """Return where an offset of the original text lies in the clean one."""
        return original if self.places is None else bisect_left(self.places, original)

    def restore(self, citations: tuple[Citation, ...], original: str) -> tuple[Citation, ...]:
        """Return citations of the clean text as citations of the original."""
        if self.places is None:
            return citations
        restored = []
        for cited in citations:
            start, end = self.places[cited.start], self.places[cited.end - 1] + 1
            while original[end : end + 1] and _SIGNS.match(original[end]):
                end += 1  # عالمياً ends with its vowel sign
            restored.append(replace(cited, start=start, end=end, surface=original[start:end]))
        return tuple(restored)
