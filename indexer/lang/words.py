"""Cut text into words: what all languages written with spaces have in common.

A *unit* is what stands between spaces and punctuation, with its inner hyphens, apostrophes, slashes and dots. This
module takes units apart; a language only says what a single word is (its form and its bases).

- A document symbol or a number with slashes is one token (``58/208``, ``A/RES/58/208``, ``А/58/98`` with a Cyrillic
  А), so «58/208» is not found in «58 стран и 208 участников». The form is in lower-case Latin letters. A resolution's
  full symbol has its short one as a further base: «58/208» finds A/RES/58/208.
- So is a sales number (``R.95.XIII.18``) and a number with inner dots or commas (``10,000``, ``15.06.2003``).
- Other slashes and dots end a word: «ВИЧ/СПИД» is two words, «п.5» too.
- A compound with hyphens (any of - U+2010 U+2011) or apostrophes is a token for the whole and one for each part. A
  dash between spaces makes no compound.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple
from weakref import ref

from indexer.lang.base import Base, Form, Token
from indexer.lang.homoglyphs import symbol_letters
from indexer.model import LanguageCode
from indexer.text.normalise import normalise

HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc\uff07"
SLASHES = "/\u2044\u2215"

# Units seen lately; the official Russian corpus has 50,000 different ones.
CACHED_UNITS = 1 << 17
# «национально-культурно-исторический»: parts with several bases each would multiply.
MAX_COMPOUND_BASES = 8

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# Letters and digits with their marks; superscripts are footnote marks, and U+02BC is an apostrophe.
_LETTERS = "[^\\W_\u02bc\u00b2\u00b3\u00b9\u2070\u2074-\u2079]++"
_RUN = f"{_LETTERS}(?:[{_MARKS}]++(?:{_LETTERS})?+)*+"
_JOINER = f"[{HYPHENS}{APOSTROPHES}{SLASHES}]|(?<=\\d),(?=\\d)|\\.(?=\\d|[A-ZА-Я]{{1,5}}\\.)"
UNIT = re.compile(f"{_RUN}(?:(?:{_JOINER}){_RUN})*+")
_SALES = re.compile(r"[A-ZА-Я]\.\d\d\.[IVX]+(?:\.[A-Z])?\.\d+")
_POINT = re.compile(r"(?<!\d)[.,]|[.,](?!\d)")
_SLASH = re.compile(f"[{SLASHES}]")
_TIE = re.compile(f"[{HYPHENS}{APOSTROPHES}]")
_HAS_DIGIT = re.compile(r"\d")
_ONLY_MARKS = re.compile(f"[{_MARKS}]")
_PLAIN_SIGNS = str.maketrans(
    {**dict.fromkeys(HYPHENS, "-"), **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(SLASHES, "/")}
)


class Piece(NamedTuple):
    """A token of a unit: span and position count from the start of the unit."""

    start: int
    end: int
    position: int
    form: Form
    bases: tuple[Base, ...]

    def moved(self, offset: int, position: int) -> Piece:
        """Return the piece as part of something larger."""
        return Piece(self.start + offset, self.end + offset, self.position + position, self.form, self.bases)


class SpacedLanguage(ABC):
    """A language whose words stand between spaces."""

    def __init__(self, code: LanguageCode, cached_units: int = CACHED_UNITS) -> None:
        self._code: LanguageCode = code
        own = ref(self)  # else the memory of a language, and the index that it belongs to, would hold itself

        @lru_cache(maxsize=cached_units)
        def pieces(unit: str) -> tuple[Piece, ...]:
            language = own()
            assert language is not None
            return tuple(language.split(unit, 0, 0))

        self._pieces = pieces

    @property
    def code(self) -> LanguageCode:
        """The language's code."""
        return self._code

    @abstractmethod
    def word(self, word: str) -> tuple[Form, tuple[Base, ...]]:
        """Return form and bases of a single word without hyphens, digits included."""

    def knows(self, form: Form) -> bool:
        """Say no: most languages here have a stemmer and no dictionary."""
        return False

    def compound(self, whole: Form, parts: list[Piece]) -> tuple[Base, ...]:
        """Return the bases of a compound: every combination of its parts' bases."""
        ties = _TIE.findall(whole)
        combined = islice(product(*(part.bases for part in parts)), MAX_COMPOUND_BASES)
        return tuple(
            Base(bases[0] + "".join(tie + base for tie, base in zip(ties, bases[1:], strict=True)))
            for bases in combined
        )

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order, with offsets into the text exactly as given. Never raises."""
        clean = normalise(text)
        found: list[Token] = []
        position = 0
        pieces = self._pieces
        for unit in UNIT.finditer(clean.text):
            offset = unit.start()
            last = -1
            for start, end, last, form, bases in pieces(unit[0]):
                found.append(Token(offset + start, offset + end, position + last, form, bases))
            position += last + 1
        if clean.starts:
            return [
                Token(*clean.span(token.start, token.end), token.position, token.form, token.bases) for token in found
            ]
        return found

    def fold(self, text: str) -> Form:
        """Return the exact-search term of a single word. Idempotent."""
        word = normalise(text.strip()).text
        if UNIT.fullmatch(word) and (pieces := self._pieces(word)):
            return pieces[0].form
        return plain_form(word)

    def split(self, unit: str, offset: int, position: int) -> list[Piece]:
        """Take apart a unit that starts at an offset and a position: symbols first, then slashes, dots, compounds."""
        if _SLASH.search(unit):
            if _HAS_DIGIT.search(unit):
                form = plain_form(symbol_letters(unit))
                return [Piece(offset, offset + len(unit), position, form, _symbol_bases(form))]
            return self._sequence(unit, _SLASH, offset, position)
        if _SALES.fullmatch(unit):
            form = plain_form(symbol_letters(unit))
            return [Piece(offset, offset + len(unit), position, form, (Base(form),))]
        if _POINT.search(unit):
            return self._sequence(unit, _POINT, offset, position)
        return self.compound_or_word(unit, offset, position)

    def _sequence(self, unit: str, separator: re.Pattern[str], offset: int, position: int) -> list[Piece]:
        pieces: list[Piece] = []
        for start, end in _spans_between(unit, separator):
            more = self.split(unit[start:end], offset + start, position)
            pieces += more
            position = more[-1].position + 1
        return pieces

    def compound_or_word(self, unit: str, offset: int, position: int) -> list[Piece]:
        """Take apart a unit that holds no slash and no dot but between digits."""
        spans = list(_spans_between(unit, _TIE))
        parts = []
        for index, (start, end) in enumerate(spans):
            form, bases = self.word(unit[start:end])
            parts.append(Piece(offset + start, offset + end, position + index, form, bases))
        if len(parts) == 1:
            return parts
        ties = _TIE.findall(unit.translate(_PLAIN_SIGNS))
        whole = Form(parts[0].form + "".join(tie + part.form for tie, part in zip(ties, parts[1:], strict=True)))
        return [Piece(offset, offset + len(unit), position, whole, self.compound(whole, parts)), *parts]


def plain_form(text: str) -> Form:
    """Return the text in lower case with plain hyphens, apostrophes, slashes and ASCII digits. Idempotent."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(
            str(unicodedata.decimal(char)) if char.isdecimal() else char
            for char in unicodedata.normalize("NFC", folded).translate(_PLAIN_SIGNS)
        )
    return Form(folded)


def without_marks(form: str) -> str:
    """Return the form without the combining marks that no letter absorbed: stress, vowel signs (за́мок)."""
    return form if form.isascii() else _ONLY_MARKS.sub("", form)


def _symbol_bases(form: Form) -> tuple[Base, ...]:
    """A/RES/58/208 is also 58/208."""
    _, body, short = form.partition("/res/")
    return (Base(form), Base(short)) if body else (Base(form),)


def _spans_between(unit: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, start = [], 0
    for gap in separator.finditer(unit):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(unit)))
    return spans
