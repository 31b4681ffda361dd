"""What all pages say about a clause: its printed number and its translations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.web.addresses import Addresses
from app.web.i18n import Messages
from app.web.references import references
from indexer.model import LANGUAGES, LanguageCode


@dataclass(frozen=True, slots=True)
class Translation:
    """The same text in another language; ``name`` is the language's name in the interface language."""

    lang: LanguageCode
    name: str
    href: str


def printed_number(number: str | None) -> str | None:
    """Return a number path as people read it: ``10.a.ii`` → ``10 (a) (ii)``."""
    if number is None:
        return None
    first, *rest = number.split(".")
    return " ".join([first, *(f"({part})" for part in rest)])


def enumerator(number: str | None, lang: LanguageCode) -> str | None:
    """Return what a paragraph is printed with in its language: ``4`` → ``4.``, ``10.a`` → ``a)`` or ``(a)``.

    An item may have lost the paragraph that it belongs to: ``a``.
    """
    if number is None:
        return None
    *above, last = number.split(".")
    if not above and last.isdecimal():
        return references(lang).number.format(last)
    return references(lang).enumerator(last, max(len(above), 1))


def translations(
    symbol: str, path: str, lang: str, held: Collection[str], words: Messages, addresses: Addresses
) -> tuple[Translation, ...]:
    """Return links to a clause (with an empty path, to a resolution) in the other languages that the index holds."""
    return tuple(
        Translation(code, words.text(f"lang.{code}"), addresses.resolution(code, symbol, path))
        for code in LANGUAGES
        if code in held and code != lang
    )
