"""Which languages a word may be of, by the script of its letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from indexer.model import LANGUAGES, LanguageCode


@dataclass(frozen=True, slots=True)
class Script:
    """A script whose words belong to one language of ours; ``spaced`` tells whether it sets words apart."""

    name: str  # as Unicode's character names begin
    lang: LanguageCode
    spaced: bool = True


SCRIPTS = (
    Script("CYRILLIC", "ru"),
    Script("ARABIC", "ar"),
    Script("CJK", "zh", spaced=False),
)


def script_of(word: str) -> Script | None:
    """Return the first script in a word that gives its language away; None for Latin letters and digits."""
    for sign in word:
        if sign.isalpha() and not sign.isascii():
            name = unicodedata.name(sign, "")
            for script in SCRIPTS:
                if name.startswith(script.name):
                    return script
    return None


def languages_for(word: str) -> tuple[LanguageCode, ...]:
    """Return the languages that a word may be of.

    Latin letters and digits stand in texts of every language: «COVID-19» is a word of Russian clauses too.
    """
    script = script_of(word)
    return LANGUAGES if script is None else (script.lang,)


def languages_written_so(text: str) -> tuple[LanguageCode, ...]:
    """Return the languages whose own script a text is in: Latin letters are not how Russian writes its names."""
    script = script_of(text)
    if script is not None:
        return (script.lang,)
    other = {script.lang for script in SCRIPTS}
    return tuple(lang for lang in LANGUAGES if lang not in other)


def is_spaced(word: str) -> bool:
    """Whether the script of a word sets words apart; in Chinese a single character may be a word."""
    script = script_of(word)
    return script is None or script.spaced
