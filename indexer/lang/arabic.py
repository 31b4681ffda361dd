"""Arabic: light stemming, with prefixes proved by the corpus.

- The form has no vowel signs and no tatweel; hamza, ى and ة stay, so exact search tells «على» from «علي».
- The base folds hamza carriers (أ إ آ → ا, ؤ → و, ئ → ي), ى → ي and ة → ه, then takes off what is not the word: the
  article with whatever stands before it (ال وال بال كال فال لل), one or two one-letter prefixes (و ف ب ل ك) where
  they are proved, and the endings of number, gender and possession.
- Broken plurals have the base of their singular (عواصف, عاصفة): ``data/ar/plurals.toml``.

Own light stemming (after Larkey's light10) instead of Snowball's Arabic stemmer, which leaves «والأمم» and «بالأمم»
whole and gives «حرية» and «الحرية» different stems.

One-letter prefixes are the trap: «بحرية» is "marine", not ب + «حرية» "with freedom". Without a lexicon only و is
taken off, as a second base. A lexicon settles each form: a letter that stands behind the article somewhere (البحرية)
belongs to the word; otherwise it is a prefix if the rest is a frequent word by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from indexer.lang.base import Base, Form, Lexicon
from indexer.lang.tables import table
from indexer.lang.words import SpacedLanguage, plain_form, without_marks
from indexer.text.normalise import strip_accents

# A prefix is believed if the rest of the word is at least this many times as frequent as the word: و goes before
# anything and is common («وتشير»), the prepositions need a well-known noun («بقرار»).
PROOF = {"و": 0.2, "ف": 0.5, "ب": 0.5, "ل": 0.5, "ك": 2.0}
# The article before the letter proves it part of the word unless it is a rare slip.
SLIPS = 0.01

_ARABIC_WORD = re.compile("[\u0621-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]+")
_TATWEEL = "\u0640"
_CARRIERS = str.maketrans("أإآٱؤئىةیک", "ااااوييهيك")
_ARTICLE = re.compile("(?:[وف]?[بك]?ال|[وف]?لل)(?=..)")
_POSSESSIVES = ("هما", "ها", "هم", "هن", "كم", "نا")
_ENDINGS = ("تان", "تين", "ان", "ات", "ون", "ين", "يه")
_LAST_LETTERS = ("ه", "ي", "ا")
SHORTEST_STEM = 3


class Arabic(SpacedLanguage):
    """Arabic with the prefixes that a lexicon proves."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        super().__init__("ar")
        self._lexicon: Lexicon = lexicon or {}

    def word(self, word: str) -> tuple[Form, tuple[Base, ...]]:
        """Return form and bases of a single word."""
        form = Form(without_marks(plain_form(word)).replace(_TATWEEL, "")) or Form(word)
        if not _ARABIC_WORD.fullmatch(form):
            return form, (Base(strip_accents(form)),)
        return form, self._lexicon.get(form) or _unproved(form)

    def learn(self, counts: Mapping[Form, int]) -> Lexicon:
        """Return the bases of the forms that may begin with a one-letter prefix, as the corpus proves them."""
        seen: Counter[str] = Counter()
        definite: Counter[str] = Counter()
        doubtful: list[tuple[Form, str]] = []
        for form, count in counts.items():
            if _ARABIC_WORD.fullmatch(form):
                core, has_article = _without_article(_fold(form))
                seen[core] += count
                if has_article:
                    definite[core] += count
                elif core[0] in PROOF and len(core) > SHORTEST_STEM:
                    doubtful.append((form, core))
        lexicon: dict[Form, tuple[Base, ...]] = {}
        for form, core in doubtful:
            while len(core) > SHORTEST_STEM and _is_prefixed(core, seen, definite):
                core = core[1:]
            lexicon[form] = (_stem(core),)
        return lexicon


def _is_prefixed(core: str, seen: Mapping[str, int], definite: Mapping[str, int]) -> bool:
    needed = PROOF.get(core[0])
    if needed is None or _is_whole(core) or core in _plurals():
        return False
    count = max(seen.get(core, 0), 1)
    return definite.get(core, 0) <= SLIPS * count and seen.get(core[1:], 0) >= needed * count


def _unproved(form: Form) -> tuple[Base, ...]:
    core, has_article = _without_article(_fold(form))
    bases = [_stem(core)]
    if not has_article and core.startswith("و") and len(core) > SHORTEST_STEM and not _is_whole(core):
        bases.append(_stem(core[1:]))
    return tuple(dict.fromkeys(bases))


def _fold(form: str) -> str:
    return form.translate(_CARRIERS)


def _without_article(word: str) -> tuple[str, bool]:
    """Return the word without its article and the prefixes before it, and whether it had one."""
    if _is_whole(word):
        return word, False
    if word[0] in "وف" and _is_whole(word[1:]):  # «والتزامات»
        return word[1:], False
    if not (article := _ARTICLE.match(word)):
        return word, False
    rest = word[article.end() :]
    # ل + ال + لجنة is written «للجنة», with one ل too few.
    return ("ل" + rest if article[0].endswith("لل") and _is_whole("ل" + rest) else rest), True


def _stem(core: str) -> Base:
    """Return the stem of a word without article and prefixes, of its singular where the table has one."""
    owned = _without_possessive(core)
    return _plurals().get(core) or _plurals().get(owned) or _light_stem(core, owned)


def _light_stem(core: str, owned: str) -> Base:
    if core in _nouns():
        return _nouns()[core]
    bare = owned
    # سياستها: before a possessive ة is written ت.
    if bare != core and bare.endswith("ت") and len(bare) > SHORTEST_STEM:
        bare = bare[:-1]
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM:
            bare = bare.removesuffix(ending)
            break
    for letter in _LAST_LETTERS:
        shortest = SHORTEST_STEM if letter == "ا" else SHORTEST_STEM - 1
        if bare.endswith(letter) and len(bare) > shortest:
            bare = bare[:-1]
    return Base(bare)


def _without_possessive(core: str) -> str:
    for ending in _POSSESSIVES:
        if core.endswith(ending) and len(core) - len(ending) >= SHORTEST_STEM:
            return core.removesuffix(ending)
    return core


@cache
def _plurals() -> dict[str, Base]:
    """Broken plural → stem of its singular."""
    singulars = {_fold(row["plural"]): _fold(row["singular"]) for row in table("ar/plurals")}
    return {plural: _light_stem(singular, singular) for plural, singular in singulars.items()}


@cache
def _nouns() -> dict[str, Base]:
    """Words that light stemming would merge with another: دولي (international) with دول (states)."""
    return {_fold(word): Base(row["base"]) for row in table("ar/stems") for word in row["words"]}


@cache
def _whole_words() -> re.Pattern[str]:
    beginnings = sorted({_fold(row["letters"]) for row in table("ar/whole")}, key=len, reverse=True)
    endings = "|".join((*_POSSESSIVES, *_ENDINGS, *_LAST_LETTERS))
    return re.compile(f"(?:{'|'.join(beginnings)})(?:ت?(?:{endings})){{0,2}}")


def _is_whole(word: str) -> bool:
    """Say whether the first letters of a folded word only look like article or prefix: التزام, وزير, لجنة."""
    return _whole_words().fullmatch(word) is not None
