"""Questions that ask what cites a text: «пункты со ссылкой на 46/182», “resolutions citing the Genocide Convention”.

Such a question is a filter on citations, not a search for its words: the clause says «Сендайская рамочная программа»
or prints a number or has a footnote, and never says «упомянута». The words that ask, and those that only say that
clauses are asked for, are listed a language in ``data/<lang>/citing.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from app.query.lexer import QUOTE_MARKS
from app.query.scripts import is_spaced, languages_for
from app.query.tables import tables
from app.query.targets import MAX_NAME_LENGTH, Named, find_targets
from indexer.model import LanguageCode

_OPENING = QUOTE_MARKS | {"《", "("}
_CLOSING = QUOTE_MARKS | {"》", ")"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CitingQuestion:
    """What a question asks: the cited ``targets``, and the ``rest`` of its words at the places where they stood."""

    targets: tuple[Named, ...]
    rest: str


def read_citing(text: str) -> CitingQuestion | None:
    """Return a question for citations, None for a text that is none. Never raises.

    ``text`` holds words, phrases and filters only, no operators.
    """
    if not 0 < len(text) <= MAX_NAME_LENGTH:
        return None
    cues = _outside_quotes(text, _found(text, "cue"))
    if not cues:
        return None
    bare = _blanked(text, cues)
    targets = find_targets(bare, asked=True) or find_targets(_blanked(bare, _borders(bare)), asked=True)
    if not targets:
        return None
    bare = _blanked(bare, [_with_quotes(bare, named.start, named.end) for named in targets])
    return CitingQuestion(targets, _blanked(bare, _found(bare, "scope")))


def without_scope(text: str) -> str | None:
    """Return a text without the words at its borders that only say that a text is meant: «резолюция 1325»."""
    spans = _borders(text)
    return _blanked(text, spans) if spans else None


def _borders(text: str) -> list[Span]:
    """Return the scope words with which a text begins and ends: a title may hold such words inside."""
    found = _found(text, "scope")
    kept: list[Span] = []
    at = 0
    for start, end in found:
        if text[at:start].strip(" ,:;"):
            break
        kept.append((start, end))
        at = end
    at = len(text)
    for start, end in reversed(found):
        if text[end:at].strip(" ,:;?!.") or (start, end) in kept:
            break
        kept.append((start, end))
        at = start
    return kept


def _found(text: str, table: str) -> list[Span]:
    folded = text.lower().replace("ё", "е")
    if len(folded) != len(text):  # İ in small letters is two code points
        return []
    langs = dict.fromkeys(lang for word in text.split() for lang in languages_for(word))
    spans = [match.span() for lang in langs for match in _pattern(lang, table).finditer(folded)]
    chosen: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or other[1] <= start for other in chosen):
            chosen.append((start, end))
    return sorted(chosen)


@cache
def _pattern(lang: LanguageCode, table: str) -> re.Pattern[str]:
    rows = "|".join(f"(?:{row['pattern']})" for row in tables(lang, "citing")[table])
    spaced = is_spaced(tables(lang, "citing")[table][0]["example"][0])
    return re.compile(rf"(?<!\w)(?:{rows})(?!\w)" if spaced else rows)


def _outside_quotes(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans before which as many quotation marks open as close: a quoted cue is looked for, not asked."""
    return [span for span in spans if sum(text.count(mark, 0, span[0]) for mark in QUOTE_MARKS) % 2 == 0]


def _with_quotes(text: str, start: int, end: int) -> Span:
    while start and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING:
        start, end = start - 1, end + 1
    return start, end


def _blanked(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
