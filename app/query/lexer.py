"""Cuts the text of a query into words, phrases, operators and brackets.

Total: whatever cannot mean anything is left out, and what the reader should know of that becomes a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from app.model import FILTERS, FilterName, Notice
from app.query.filters import is_filter_value
from app.query.scripts import is_spaced

MAX_LENGTH = 2_000  # code points; the longest clause that anybody pastes whole has about this many
REFUSED_LENGTH = 3_900  # code points; beyond, a query is no question but a test of patience: it is not read at all
MAX_WORD = 80  # code points; a longer run of letters is a name of nothing, least of all of a clause
MIN_FUZZY = 4  # letters; a letter changed in a shorter word gives a word of another meaning
MIN_PREFIX = 3  # letters; "пр*" is a quarter of all clauses
SHOWN = 40  # code points of the query that a message repeats
MAX_DISTANCE = 50  # words; two words farther apart than a clause is long are joined by AND

QUOTES = {'"': '"', "«": "»", "“": "”“", "„": "“”"}  # what opens a phrase, and what may close it
QUOTE_MARKS = frozenset('"«»“”„')
JOINERS = frozenset("-‐‑‒–—'’ʼ./_·&№%")  # these stand inside words: государства-члены, l’Assemblée, 58/208, II.C
FILTER_NAMES: dict[str, FilterName] = {name: name for name in FILTERS}


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    PREFIX = auto()
    FUZZY = auto()
    FILTER = auto()
    NAMING = auto()
    NEAR = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


# Upper case only: "и", "или", "не" are also words of the texts.
OPERATORS = {
    "AND": Kind.AND,
    "И": Kind.AND,
    "OR": Kind.OR,
    "ИЛИ": Kind.OR,
    "NOT": Kind.NOT,
    "НЕ": Kind.NOT,
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query; ``position`` is the code point where it starts.

    ``text`` is the word, the phrase, the start of the word or the value of a field; ``distance`` belongs to NEAR.
    """

    kind: Kind
    position: int
    text: str = ""
    exact: bool = False
    name: FilterName | None = None
    distance: int = 0


_NAMING = "names"
_NAME = re.compile(rf"(?P<name>{'|'.join((*FILTERS, _NAMING))}):")
_VALUE = re.compile(r"\"(?P<quoted>[^\"]+)\"|(?P<bare>(?:[^\s()\"«»“”„]|\([^\s()\"«»“”„]*\))+)")
_NEAR = re.compile(r"NEAR/(?P<distance>\d{1,3})(?!\S)")


class Lexer:
    """One pass over one query. Afterwards ``notices`` holds what was odd."""

    def __init__(self, text: str) -> None:
        self.notices: list[Notice] = []
        self._text = text[:MAX_LENGTH]
        self._at = 0
        if len(text) > REFUSED_LENGTH:
            self._text = ""
            self._notice("query_refused", f"A query of more than {REFUSED_LENGTH} characters is not read.", 0)
        elif len(text) > MAX_LENGTH:
            self._notice("query_too_long", f"Only the first {MAX_LENGTH} characters were read.", MAX_LENGTH)

    def __iter__(self) -> Iterator[Lexeme]:
        while self._at < len(self._text):
            lexeme = self._next()
            if lexeme is not None:
                yield lexeme

    def _next(self) -> Lexeme | None:
        start, sign = self._at, self._text[self._at]
        if sign == "(" or sign == ")":
            self._at += 1
            return Lexeme(Kind.OPEN if sign == "(" else Kind.CLOSE, start)
        if sign in QUOTES:
            return self._phrase(exact=False)
        if sign == "-" and self._starts_term(start) and self._begins_operand(start + 1):
            self._at += 1
            return Lexeme(Kind.NOT, start)
        if sign == "=" and self._begins_operand(start + 1) and self._text[start + 1] not in "(=":
            self._at += 1
            return self._phrase(exact=True) if self._text[self._at] in QUOTES else self._word(exact=True)
        if is_word_sign(sign):
            return self._near() or self._filter() or self._word(exact=False)
        if sign == "*":
            self._notice("wildcard_ignored", "An asterisk counts only at the end of a word.", start)
        self._at += 1
        return None

    def _starts_term(self, position: int) -> bool:
        return position == 0 or self._text[position - 1].isspace() or self._text[position - 1] in "(-"

    def _begins_operand(self, position: int) -> bool:
        """Whether a sign that must stand right before its operand stands there."""
        if position >= len(self._text):
            return False
        sign = self._text[position]
        return sign in QUOTES or sign in "(=-" or sign.isalnum()

    def _phrase(self, *, exact: bool) -> Lexeme | None:
        start = self._at
        closings = [self._text.find(sign, start + 1) for sign in QUOTES[self._text[start]]]
        end = min((closing for closing in closings if closing >= 0), default=None)
        if end is None:
            # The words behind a forgotten quotation mark are still words: «"мир и» must find «мир».
            self._at += 1
            self._notice("unclosed_quote", "A quotation mark is not closed; its words were read singly.", start)
            return None
        self._at = end + 1
        text = plain_words(self._text[start + 1 : end])
        if not text:
            self._notice("empty_phrase", "There is no word between the quotation marks.", start)
            return None
        return Lexeme(Kind.PHRASE, start, text, exact)

    def _near(self) -> Lexeme | None:
        match = _NEAR.match(self._text, self._at)
        if match is None or not self._starts_term(self._at):
            return None
        start, self._at = self._at, match.end()
        return Lexeme(Kind.NEAR, start, distance=max(1, min(int(match["distance"]), MAX_DISTANCE)))

    def _filter(self) -> Lexeme | None:
        start = self._at
        named = _NAME.match(self._text, start)
        match = _VALUE.match(self._text, named.end()) if named else None
        if named is None or match is None:
            return None
        value = " ".join((match["quoted"] or match["bare"]).split())
        name = FILTER_NAMES.get(named["name"], "cites")  # what is named takes the values of what is cited
        if not is_filter_value(name, value):
            message = f"«{value[:SHOWN]}» is not a value of the filter {named['name']}; it was read as text."
            self._notice("unknown_filter_value", message, start)
            return None
        self._at = match.end()
        if named["name"] == _NAMING:
            return Lexeme(Kind.NAMING, start, value)
        return Lexeme(Kind.FILTER, start, value, name=name)

    def _word(self, *, exact: bool) -> Lexeme | None:
        start = self._at
        while self._at < len(self._text) and is_word_sign(self._text[self._at]):
            self._at += 1
        text = self._text[start : self._at]
        starred = self._text.startswith("*", self._at)
        fuzzy = not exact and self._text.startswith("~", self._at)
        if starred:
            self._skip_wildcard()
        elif fuzzy:
            self._skip_distance()
        elif self._text.startswith("^", self._at):
            self._skip_weight()
        if not starred and not fuzzy and not exact and text in OPERATORS:
            return Lexeme(OPERATORS[text], start)
        text = trim(text)
        if not text:
            return None
        if text in OPERATORS or _NEAR.fullmatch(text):
            text = text.lower()  # «И. О. Фамилия»: a word here, and one when the tree is rendered
        if len(text) > MAX_WORD:
            self._notice("word_too_long", f"A word of more than {MAX_WORD} characters was left out.", start)
            return None
        if fuzzy:
            return self._fuzzy(text, start)
        if not starred:
            return Lexeme(Kind.WORD, start, text, exact)
        if sum(sign.isalnum() for sign in text) < (MIN_PREFIX if is_spaced(text) else 1):
            message = (
                f"«{text[:SHOWN]}*» begins too many words: give at least {MIN_PREFIX} letters before the asterisk."
            )
            self._notice("prefix_too_short", message, start)
            return None
        return Lexeme(Kind.PREFIX, start, text)

    def _skip_wildcard(self) -> None:
        """Pass the asterisk and, where a word goes on behind it, say that only its beginning counts."""
        star = self._at
        while self._at < len(self._text) and (self._text[self._at] == "*" or is_word_sign(self._text[self._at])):
            self._at += 1
        if self._at > star + 1:
            self._notice("wildcard_ignored", "An asterisk counts only at the end of a word.", star)

    def _fuzzy(self, text: str, start: int) -> Lexeme:
        if sum(sign.isalpha() for sign in text) < MIN_FUZZY or not text.isalpha():
            message = f"«{text[:SHOWN]}~» was read without the tilde: it takes a word of {MIN_FUZZY} letters or more."
            self._notice("fuzzy_too_short", message, start)
            return Lexeme(Kind.WORD, start, text)
        return Lexeme(Kind.FUZZY, start, text)

    def _skip_distance(self) -> None:
        """Pass the tilde and the digit that some write behind it: «слово~2»."""
        self._at += 1
        if self._at < len(self._text) and self._text[self._at].isdigit():
            self._at += 1

    def _skip_weight(self) -> None:
        """Pass the weight that other engines take behind a word: «мир^2»."""
        self._notice("weight_ignored", "A weight behind a word counts for nothing.", self._at)
        self._at += 1
        while self._at < len(self._text) and is_word_sign(self._text[self._at]):
            self._at += 1

    def _notice(self, code: str, message: str, position: int) -> None:
        self.notices.append(Notice(code, message, position))


def is_word_sign(sign: str) -> bool:
    """Whether a character may stand in a word; marks and format characters go with their letters."""
    if sign in JOINERS:
        return True
    category = unicodedata.category(sign)
    return category[0] in "LMN" or category == "Cf"


def trim(text: str) -> str:
    """Return a word without joiners at its ends («п.» → «п»); empty when no letter or digit is left."""
    kept = [i for i, sign in enumerate(text) if unicodedata.category(sign)[0] in "LMN"]
    if not any(text[i].isalnum() for i in kept):
        return ""
    return text[kept[0] : kept[-1] + 1]


def plain_words(text: str) -> str:
    """Return the words of a quotation, single-spaced, without quotation marks; empty when there is no word."""
    if not any(sign.isalnum() for sign in text):
        return ""
    blanks = QUOTE_MARKS | {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs")}
    return " ".join("".join(" " if sign in blanks else sign for sign in text).split())
