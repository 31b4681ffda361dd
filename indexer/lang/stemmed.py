"""English, French and Spanish: Snowball stems, corrected by tables.

- The form is lower case with accents; exact search sees the difference between «mer» and «mère».
- The bases have no accents but the Spanish ñ («año» is not «ano») and those a table gives: the stem of the word as
  printed and, where that differs, the stem of the word typed without accents: «assemblee» finds «assemblée».
- French and Spanish plurals lose their ending before the stemmer sees them; it would part them from their singulars.
- ``data/<lang>/stems.toml`` overrules Snowball where it merges two words (imports, importance) or splits one
  (peces, pez).
- A French elided article is no word where a word follows it: «l’assemblée» is the one token «assemblée».
- An English possessive belongs to its word: «States’» and «Secretary-General’s» have the forms of the words alone.
- Abbreviations that in small letters are a word (WHO, AIDS) keep their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock

import Stemmer

from indexer.lang.base import Base, Form, Lexicon
from indexer.lang.homoglyphs import fold_mixed
from indexer.lang.tables import table
from indexer.lang.words import APOSTROPHES, Piece, SpacedLanguage, plain_form, without_marks
from indexer.model import LanguageCode
from indexer.text.normalise import strip_accents

_LATIN_WORD = re.compile(r"[^\W\d_]{2,}")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# PyStemmer's objects keep buffers of their own and are not to be entered twice.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class StemRules:
    """What tells one stemmed language from another; the rest is in its tables."""

    algorithm: str
    own_letters: str = ""  # letters with marks that are letters of their own
    elided: re.Pattern[str] | None = None
    possessive: re.Pattern[str] | None = None
    plural: re.Pattern[str] | None = None  # the plural ending of a word that loses it before the stemmer sees it
    maybe_plural: re.Pattern[str] | None = None  # an ending that is a plural's or a verb's: both are stemmed


RULES: Mapping[LanguageCode, StemRules] = {
    "en": StemRules("english", possessive=re.compile(f"[{APOSTROPHES}][sS]$")),
    "fr": StemRules(
        "french",
        elided=re.compile(f"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{APOSTROPHES}]", re.IGNORECASE),
        # conflits, essais, revenus; but accomplis and progrès are left to Snowball
        plural=re.compile("(?<=..[a-zéç])(?<![sièàêx])s$|(?<=[aou]i)s$"),
    ),
    "es": StemRules(
        "spanish",
        own_letters="ñ",
        # mujeres, sociedades, controles; años, mares, partes; but naciones is left to Snowball
        plural=re.compile(
            "(?<=[aeiouáéíóú][lr])es$|(?<=[tdu]ad|tud)es$|(?<=[eéií]n)es$|(?<=..[aeo])(?<!mo)(?<!one)s$"
        ),
        maybe_plural=re.compile("(?<=mo)s$"),  # próximos, but reconocemos
    ),
}


class Stemmed(SpacedLanguage):
    """A language of `RULES`."""

    def __init__(self, code: LanguageCode) -> None:
        super().__init__(code)
        self._rules = RULES[code]
        self._stemmer = Stemmer.Stemmer(self._rules.algorithm)
        self._overruled = _overruled(code)
        self._abbreviations = _abbreviations(code)

    def learn(self, counts: Mapping[Form, int]) -> Lexicon:
        """Return nothing: stems do not depend on a corpus."""
        return {}

    def word(self, word: str) -> tuple[Form, tuple[Base, ...]]:
        """Return form and bases of a single word."""
        printed = fold_mixed(word, "latin")
        if printed in self._abbreviations:
            return Form(printed), (Base(printed),)
        form = Form(without_marks(plain_form(printed)))
        if not _LATIN_WORD.fullmatch(form):
            return form, (Base(self._bare(form)),)
        bare = self._bare(form)
        for spelling in (form, bare):
            if spelling in self._overruled:
                return form, (self._overruled[spelling],)
        spellings = [each for spelling in (form, bare) for each in self._singulars(spelling)]
        return form, tuple(dict.fromkeys(Base(self._bare(self._stem(spelling))) for spelling in spellings))

    def compound_or_word(self, unit: str, offset: int, position: int) -> list[Piece]:
        """Take apart a unit without slashes, less its elided articles; a possessive ending has no form."""
        rules = self._rules
        if rules.elided:
            while elided := rules.elided.match(unit):
                unit, offset = unit[elided.end() :], offset + elided.end()
        if rules.possessive and (ending := rules.possessive.search(unit)):
            end = offset + len(unit)
            pieces = super().compound_or_word(unit[: ending.start()], offset, position)
            # The whole of a compound and its last part both end with the word.
            last = max(piece.end for piece in pieces)
            return [piece._replace(end=end) if piece.end == last else piece for piece in pieces]
        return super().compound_or_word(unit, offset, position)

    def _singulars(self, form: str) -> list[str]:
        """Return what the stemmer is to see: Snowball parts conflit from conflits, mujer from mujeres."""
        rules = self._rules
        if rules.maybe_plural and rules.maybe_plural.search(form):
            return [form, rules.maybe_plural.sub("", form)]
        return [rules.plural.sub("", form) if rules.plural else form]

    def _bare(self, text: str) -> str:
        return strip_accents(text.translate(_LIGATURES), keep=self._rules.own_letters)

    def _stem(self, word: str) -> str:
        with _ONE_AT_A_TIME:
            stem: str = self._stemmer.stemWord(word)
        return stem or word


@cache
def _overruled(code: LanguageCode) -> dict[str, Base]:
    return {word: Base(row["base"]) for row in table(f"{code}/stems") for word in row["words"]}


@cache
def _abbreviations(code: LanguageCode) -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table(f"{code}/abbreviations"))
