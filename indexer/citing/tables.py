"""The forms in which a language names other texts, read from ``data/<lang>/references.toml``.

The files are the specification of each language: every row carries an example that a test runs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from indexer.model import CitationKind, LanguageCode
from indexer.text.dates import chinese_number


@dataclass(frozen=True, slots=True)
class Head:
    """Words that open (in Chinese close) a list of resolution numbers: «резолюции», “its decisions”."""

    kind: CitationKind
    own: bool  # the word itself says whose: قرارها
    words: tuple[str, ...]


_ROMAN_PINS = frozenset(["chapter", "section", "annex", "part", "appendix"])


@dataclass(frozen=True, slots=True)
class PinForm:
    """A noun for a place inside a text: “chapter”, «глава»."""

    name: str
    words: tuple[str, ...]
    pattern: str  # where the number stands inside the noun (Chinese); else empty
    bare: bool  # stands without a number: «приложение»
    roman: bool  # numbered in Roman numerals wherever the language has them: «глава X»


@dataclass(frozen=True, slots=True)
class Numerals:
    """Numbers in words after the noun of a pin: المرفق الثاني, 附件二."""

    pattern: re.Pattern[str]
    words: Mapping[str, int]  # empty: read as Chinese numerals

    def value(self, word: str) -> int | None:
        """Return the number that a word says."""
        return self.words[word] if self.words else chinese_number(word) or None


@dataclass(frozen=True, slots=True)
class WordForms:
    """How words of names are compared in a language."""

    endings: tuple[str, ...] = ()  # case endings, left out
    prefixes: str = ""  # letters written together with the word after them
    contraction: tuple[str, str] = ("", "")  # two letters in which a prefix swallowed a third, and that third
    articles: frozenset[str] = frozenset()  # words that decide nothing
    participles: tuple[str, ...] = ()  # «принятая», which may stand inside a name, with `participle_tail` after it
    participle_tail: tuple[str, ...] = ()
    continues: frozenset[str] = frozenset()  # words that go on with a title
    titled_before: re.Pattern[str] | None = None  # before the head of a title that it belongs to: “Barcelona ”
    title_case: bool = False  # titles have capitals throughout
    this: re.Pattern[str] = re.compile("(?!)")  # before the head of a title that means the text itself: “this ”
    by_character: bool = False  # the language does not separate words


@dataclass(frozen=True, slots=True)
class SessionForms:
    """How sessions are named: the noun with the kinds of session, and what joins two ordinals before it."""

    noun: re.Pattern[str]
    joiner: re.Pattern[str]
    numeric: re.Pattern[str]
    noun_first: bool
    special: re.Pattern[str] | None
    emergency: re.Pattern[str] | None
    before_ordinal: str  # 第
    oblique: tuple[str, str]  # the ending that a case changes, and into what: الخمسون, الخمسين

    def ordinal_wordings(self, ordinal: str) -> tuple[str, ...]:
        """Return an ordinal of the table in the wordings that texts use."""
        ending, other = self.oblique
        wordings = (
            (ordinal, ordinal.removesuffix(ending) + other) if ending and ordinal.endswith(ending) else (ordinal,)
        )
        return tuple(self.before_ordinal + wording for wording in wordings)


@dataclass(frozen=True, slots=True)
class Links:
    """What stands between the parts of a reference; all match from a given offset."""

    date: re.Pattern[str]
    date_before: re.Pattern[str] | None
    date_apart: re.Pattern[str]  # what may part a date before a number from it: 2023年10月10日题为…的第54/5号决议
    organ: re.Pattern[str]
    year: re.Pattern[str]  # after a number that is a year
    joiner: re.Pattern[str]
    part_joiner: str
    pin_before: re.Pattern[str]
    pin_after: re.Pattern[str]
    coordination: str
    quotes: str
    head_after: bool  # the head word stands after the number
    frame: tuple[str, str]  # what stands right before and after a number: 第58/208号


@dataclass(frozen=True, slots=True)
class References:
    """Everything that a language's file says."""

    words: WordForms
    links: Links
    heads: tuple[Head, ...]
    own: tuple[str, ...]
    council: tuple[str, ...]
    other_organs: tuple[str, ...]
    ibid: tuple[str, ...]
    self_reference: tuple[str, ...]
    treaty_word: str
    treaty: re.Pattern[str]
    collective: re.Pattern[str]
    pins: tuple[PinForm, ...]
    numerals: Numerals | None
    parts: dict[str, str]  # part letters of the script → A, B, C
    symbol_sessions: dict[str, str]  # letters of sessions inside symbols, as patterns: regular, special, emergency
    session: SessionForms
    particular: tuple[str, ...]  # «в частности», before a pin that stands apart
    reports: tuple[str, ...]
    bare: dict[str, str]  # «Конвенция» alone → the head of the titles that it may stand for


@cache
def load_references(lang: LanguageCode) -> References:
    """Return the reference forms of a language."""
    table = read_references(lang)
    return References(
        words=_words(table["words"]),
        links=_links(table["links"]),
        heads=tuple(
            Head(CitationKind(row["kind"]), row.get("own", False), tuple(row["words"])) for row in table["head"]
        ),
        own=_all(table["own"]),
        council=_all(table["council"]),
        other_organs=_all(table["other_organ"]),
        ibid=_all(table["ibid"]),
        self_reference=_all(table["self"]),
        treaty_word=table["treaty"]["word"],
        treaty=re.compile(table["treaty"]["pattern"]),
        collective=_pattern(table["collective"]),
        pins=tuple(_pin(row) for row in table["pin"]),
        numerals=_numerals(table["numerals"]) if "numerals" in table else None,
        parts={letters: part for part, letters in table.get("parts", {}).items()},
        symbol_sessions=table.get("symbol_sessions", {}),
        session=_session(table["session"]),
        particular=tuple(table["links"]["particular"]),
        reports=tuple(table["reports"]["words"]),
        bare={row["word"]: row.get("head", row["word"]) for row in table["bare"]},
    )


def read_references(lang: LanguageCode) -> dict[str, Any]:
    """Return the file of a language as it stands, with the examples."""
    text = resources.files(__package__).joinpath(f"data/{lang}/references.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(table: dict[str, Any]) -> WordForms:
    return WordForms(
        endings=tuple(sorted(table.get("endings", ()), key=len, reverse=True)),
        prefixes=table.get("prefixes", ""),
        contraction=tuple(table.get("contraction", ("", ""))),
        articles=frozenset(table.get("articles", ())),
        participles=tuple(table.get("participles", ())),
        participle_tail=tuple(table.get("participle_tail", ())),
        continues=frozenset(table.get("continues", ())),
        titled_before=re.compile(table["titled_before"]) if "titled_before" in table else None,
        title_case=table.get("title_case", False),
        this=re.compile(rf"(?<!\w){table.get('this', '(?!)')} $", re.I),
        by_character=table.get("by_character", False),
    )


def _links(table: dict[str, Any]) -> Links:
    return Links(
        date=re.compile(table["date"], re.I),
        date_before=re.compile(table["date_before"]) if "date_before" in table else None,
        date_apart=re.compile(table.get("date_apart", "(?!)")),
        organ=re.compile(table["organ"], re.I),
        year=re.compile(table.get("year", "(?!)"), re.I),
        joiner=re.compile(table["joiner"], re.I),
        part_joiner=table["part_joiner"],
        pin_before=re.compile(table["pin_before"], re.I),
        pin_after=re.compile(table["pin_after"], re.I),
        coordination=table["coordination"],
        quotes=table["quotes"],
        head_after=table.get("head_after", False),
        frame=tuple(table.get("frame", ("", ""))),
    )


def _session(table: dict[str, Any]) -> SessionForms:
    return SessionForms(
        noun=re.compile(table["noun"], re.I),
        joiner=re.compile(table["joiner"], re.I),
        numeric=re.compile(table["numeric"], re.I),
        noun_first=table["order"] == "noun first",
        special=re.compile(table["special"]) if "special" in table else None,
        emergency=re.compile(table["emergency"]) if "emergency" in table else None,
        before_ordinal=table.get("before_ordinal", ""),
        oblique=tuple(table.get("oblique", ("", ""))),
    )


def _pin(row: dict[str, Any]) -> PinForm:
    return PinForm(
        name=row["name"],
        words=tuple(row.get("words", ())),
        pattern=row.get("pattern", ""),
        bare=row.get("bare", False),
        roman=row["name"] in _ROMAN_PINS,
    )


def _numerals(table: dict[str, Any]) -> Numerals:
    words = {word: number for number, row in enumerate(table.get("words", ()), start=1) for word in row}
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return Numerals(re.compile(table.get("pattern") or rf"(?:{longest_first})(?!\w)"), words)


def _all(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(word for row in rows for word in row["words"])


def _pattern(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    boundary = r"(?<!\w)(?:{})" if all(ord(row["pattern"][-1]) < 0x3000 for row in rows) else "(?:{})"
    return re.compile(boundary.format("|".join(row["pattern"] for row in rows)), re.I)
