"""Russian: several base forms at a position, proved by the corpus.

- The form is lower case with е for ё, without stress marks, in one script; the bases are lemmas of the dictionary.
- Abbreviations that look like a word keep their capitals («ВОЗ» is not «воз»); others are found in lower case too.
- The two halves of a compound decline: «государствами-членами» has the base «государство-член».
- Ordinals are found by their number: «78-я», «78-е» and «78».
- A lone Latin letter with a Cyrillic twin is Cyrillic: official texts print «c удовлетворением», «a)» and «217 A».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from indexer.lang.base import Base, Form, Lexicon, Token
from indexer.lang.evidence import learn, likely_bases
from indexer.lang.homoglyphs import fold_mixed, single_letter
from indexer.lang.morphology import is_known
from indexer.lang.tables import table
from indexer.lang.words import MAX_COMPOUND_BASES, Piece, SpacedLanguage, plain_form, without_marks
from indexer.text.normalise import strip_accents

# The longest unknown word that may be an abbreviation typed in lower case: «экосос», «минуска».
ABBREVIATION_LENGTH = 8

_CYRILLIC_WORD = re.compile("[а-я]{2,}")
_DECLINED_CAPITALS = re.compile("([А-ЯЁ]{2,})[а-я]{1,3}")
_ORDINAL = re.compile(r"(\d+)[-\u2010\u2011]([^\W\d_]{1,3})")
_COUNTED_UNIT = re.compile(r"\d\s?мин\b")


class Russian(SpacedLanguage):
    """Russian with the bases that a lexicon proves; without one, those that the dictionary holds for likely."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        super().__init__("ru")
        self._lexicon: Lexicon = lexicon or {}

    def learn(self, counts: Mapping[Form, int]) -> Lexicon:
        """Return the base forms of ambiguous forms as proved by a corpus in which each form occurs so often."""
        return learn({form: count for form, count in counts.items() if _CYRILLIC_WORD.fullmatch(form)})

    def knows(self, form: Form) -> bool:
        """Say whether the dictionary itself lists the word, rather than guessing by its ending."""
        return _CYRILLIC_WORD.fullmatch(form) is not None and is_known(form)

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order, with offsets into the text exactly as given. Never raises."""
        found = super().tokens(text)
        return _with_counted_units(found) if _COUNTED_UNIT.search(text) else found

    def word(self, word: str) -> tuple[Form, tuple[Base, ...]]:
        """Return form and bases of a single word."""
        printed = single_letter(word, "cyrillic") if len(word) == 1 else fold_mixed(word, "cyrillic")
        if printed in _abbreviations():
            return Form(printed), (Base(printed),)
        form = Form(without_marks(plain_form(printed)).replace("ё", "е"))
        if not _CYRILLIC_WORD.fullmatch(form):
            return form, (Base(strip_accents(form, keep="й")),)
        if printed.isupper() and not is_known(form):
            return form, (Base(form),)
        return form, self._bases(form, printed)

    def compound(self, whole: Form, parts: list[Piece]) -> tuple[Base, ...]:
        """Return the bases of a compound: the dictionary's, then every combination of its parts' bases."""
        combined = super().compound(whole, parts)
        if not is_known(whole):
            return combined
        listed = self._lexicon.get(whole) or likely_bases(whole)
        return tuple(dict.fromkeys((*listed, *combined)))[:MAX_COMPOUND_BASES]

    def compound_or_word(self, unit: str, offset: int, position: int) -> list[Piece]:
        """Take apart a unit without slashes; an ordinal is one word."""
        if (ordinal := _ORDINAL.fullmatch(unit)) and (ending := single_letters(ordinal[2])) in _ordinal_endings():
            number = plain_form(ordinal[1])
            return [Piece(offset, offset + len(unit), position, Form(f"{number}-{ending}"), (Base(number),))]
        return super().compound_or_word(unit, offset, position)

    def _bases(self, form: Form, printed: str) -> tuple[Base, ...]:
        bases = self._lexicon.get(form) or likely_bases(form)
        if is_known(form):
            return bases
        if capitals := _DECLINED_CAPITALS.fullmatch(printed):  # «БРИКСом»
            bases = (Base(capitals[1].lower().replace("ё", "е")), *bases)
        elif len(form) <= ABBREVIATION_LENGTH:
            bases = (*bases, Base(form))
        return tuple(dict.fromkeys(bases))


def single_letters(ending: str) -> str:
    """Return an ordinal's ending in lower-case Cyrillic: «78-e» is often printed with a Latin e."""
    return single_letter(ending, "cyrillic").lower()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table("ru/abbreviations"))


@cache
def _ordinal_endings() -> frozenset[str]:
    return frozenset(row["ending"] for row in table("ru/ordinals"))


@cache
def _counted_units() -> dict[str, Base]:
    return {row["unit"]: Base(row["means"]) for row in table("ru/units")}


def _with_counted_units(tokens: list[Token]) -> list[Token]:
    """Give a unit after a number its meaning: «15 мин» is minutes, «противопехотных мин» are mines."""
    units = _counted_units()
    return tokens[:1] + [
        Token(token.start, token.end, token.position, token.form, (units[token.form],))
        if token.form in units and before.form.isdecimal()
        else token
        for before, token in pairwise(tokens)
    ]
