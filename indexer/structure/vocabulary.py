"""The words by which parts of a resolution are recognised, one set for each language.

Data: ``data/<lang>/enacting.toml``, ``annex.toml``, ``headings.toml`` and ``adoption.toml``; every row carries an
example, which a test runs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from indexer.model import Body, LanguageCode

# What two prints of one enacting line differ in: spaces («إ ن»), vowel signs («إنَّ»), apostrophes, the comma.
_IRRELEVANT: Final = re.compile(r"[\s\u064b-\u0652\u0640’'ʼ]|[,،，.:：]+$")
_VOWELS: Final = re.compile(r"[\u064b-\u0652\u0640]")
_COUNTER: Final = re.compile(r"[IVXLC]{1,7}|[A-HА-Я]|[一二三四五六七八九十]{1,3}")
# "II", "2", "A" behind the word for annex; Arabic and Chinese count in words: «الأول», «ألف», «一».
_ORDINAL: Final = r"(?:[IVXLC]{1,5}|\d{1,2}|[A-ZА-Я]|[一二三四五六七八九十]{1,3}|(?:ال)?[\u0621-\u064a]{2,7})"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language."""

    enacting: Mapping[str, Body | None]
    annex: re.Pattern[str]
    appendix: re.Pattern[str]
    announcement: re.Pattern[str]
    resolving: re.Pattern[str]
    meeting: re.Pattern[str]
    heading: re.Pattern[str]
    vote: re.Pattern[str]
    article: re.Pattern[str]
    counter: re.Pattern[str]
    number: re.Pattern[str]
    draft: re.Pattern[str]

    def is_enacting(self, text: str) -> bool:
        """Whether the text is an enacting line and nothing else."""
        return enacting_key(text) in self.enacting

    def counts_only(self, text: str) -> bool:
        """Whether a heading is only the counter of a section, and its title still to come."""
        bare = _VOWELS.sub("", text).rstrip(" .:：、．–—-")
        return bool(_COUNTER.fullmatch(bare) or self.article.fullmatch(bare) or self.counter.fullmatch(bare))

    def body(self, text: str) -> Body | None:
        """The body whose enacting line the text is, if the corpus collects it."""
        return self.enacting.get(enacting_key(text))


def enacting_key(text: str) -> str:
    """Return what enacting lines are compared by."""
    return _IRRELEVANT.sub("", text.strip().casefold())


@cache
def get_vocabulary(lang: LanguageCode) -> Vocabulary:
    """Return the words of a language, read once."""
    annex, adoption, headings = _table(lang, "annex"), _table(lang, "adoption"), _table(lang, "headings")
    return Vocabulary(
        enacting={enacting_key(row["text"]): _body(row.get("body")) for row in _table(lang, "enacting")["line"]},
        annex=_heading_of(annex["annex"]),
        appendix=_heading_of(annex["appendix"]),
        announcement=re.compile(rf"(?:{_any(annex['announcement'])})[:：]$", re.IGNORECASE),
        resolving=re.compile(rf"(?:{_any(annex['resolving'])})[:：]$", re.IGNORECASE),
        meeting=re.compile(_any(adoption["meeting"]), re.IGNORECASE),
        heading=re.compile(_any(adoption["heading"]), re.IGNORECASE),
        vote=re.compile(_any(adoption["vote"]), re.IGNORECASE),
        number=re.compile(rf"(?:{_any(adoption['number'])})\s*", re.IGNORECASE),
        draft=re.compile(_any(adoption["draft"]), re.IGNORECASE),
        article=re.compile(_any(headings["article"]), re.IGNORECASE),
        counter=re.compile(_any([*headings["division"], *headings.get("counter", [])]), re.IGNORECASE),
    )


def _table(lang: LanguageCode, name: str) -> dict[str, list[dict[str, str]]]:
    path = resources.files(__package__).joinpath("data", lang, f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _body(name: str | None) -> Body | None:
    bodies: tuple[Body, ...] = ("GA", "SC", "ECOSOC", "HRC", "CHR")
    return next((body for body in bodies if body == name), None)


def _any(rows: Iterable[dict[str, str]]) -> str:
    return "|".join(f"(?:{row['pattern']})" for row in rows)


def _heading_of(rows: Iterable[dict[str, str]]) -> re.Pattern[str]:
    """The word, a number or letter, and then nothing or a title that is not a sentence."""
    return re.compile(
        rf"(?P<word>{_any(rows)})(?:\s*(?P<ordinal>{_ORDINAL})(?![^\W\d_]))?(?P<rest>[\s.:—–-]+\S.*)?", re.IGNORECASE
    )
