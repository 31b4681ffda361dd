"""The lines of page text, cleaned of what a reader cannot see.

`split_lines` is total: any string gives lines, and what had to be repaired is reported as problems.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indexer.model import Problem

SOFT_HYPHEN = "\u00ad"

_BREAKS = re.compile("\r\n|[\n\r\f\v\u0085\u2028\u2029]")
# Marks of direction, zero-width spaces and joiners: they cut words, break comparison and never carry meaning here.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Arabic is printed consonant, doubling, vowel; NFC turns the last two round. The order of print is kept.
_ARABIC_MARKS = re.compile("([\u064b-\u0652\u0670]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source.

    ``number`` counts lines from 1 (a form feed ends a line too). ``text`` is composed (`compose`), stripped, without
    invisible characters, but keeps inner runs of spaces, since they tell columns and footnote marks. ``indent``
    counts leading spaces. ``opens_page`` says that a form feed stood before, ``hyphenated`` that a soft hyphen stood
    at the end.
    """

    number: int
    text: str
    indent: int = 0
    opens_page: bool = False
    hyphenated: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text


def split_lines(text: str) -> tuple[list[Line], tuple[Problem, ...]]:
    """Return the lines of ``text`` and the problems met: ``control-characters``, ``broken-characters``."""
    problems = []
    if _CONTROLS.search(text):
        problems.append(Problem("control-characters", "control characters were taken out"))
    if _SURROGATES.search(text):
        problems.append(Problem("broken-characters", "half characters (surrogates) were replaced by U+FFFD"))
    lines, start, opens_page = [], 0, False
    for number, end in enumerate([*_BREAKS.finditer(text), None], start=1):
        raw = text[start : end.start() if end else len(text)]
        lines.append(_clean_line(number, raw, opens_page))
        if end:
            start = end.end()
            opens_page = end[0] == "\f"
    return lines, tuple(problems)


def compose(text: str) -> str:
    """Compose base letters and their accents (NFC), but leave Arabic vowel marks in the order of print."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(
        piece if at % 2 else unicodedata.normalize("NFC", piece) for at, piece in enumerate(_ARABIC_MARKS.split(text))
    )


def _clean_line(number: int, raw: str, opens_page: bool) -> Line:
    text = _SPACES.sub(" ", _CONTROLS.sub("", _SURROGATES.sub("\ufffd", raw)))
    text = _INVISIBLE.sub("", compose(text))
    hyphenated = text.rstrip().endswith(SOFT_HYPHEN)
    text = text.replace(SOFT_HYPHEN, "")
    return Line(number, text.strip(), len(text) - len(text.lstrip()), opens_page, hyphenated)


def is_cjk(char: str) -> bool:
    """Whether the character belongs to Chinese text, punctuation included."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
