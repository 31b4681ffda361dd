"""What the values of facets are called in an interface language, for the API and the pages alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.model import FilterName
from app.web.i18n import Messages, UiLanguage, messages
from indexer.citing import load_gazetteer
from indexer.model import LanguageCode
from indexer.structure.actions import action_label

__all__ = ["Label", "facet_label", "label", "messages"]

CACHED_LABELS = 1 << 14  # more than the facets of an index show in six languages

FALLBACK: LanguageCode = "en"  # every instrument of the gazetteer has an English name

SESSION = re.compile(r"(?P<kind>S-|ES-)?(?P<n>\d{1,3})")  # "58", "S-21", "ES-10"; else "1996", "III"
SESSION_KINDS = {None: "session.regular", "S-": "session.special", "ES-": "session.emergency"}

SCRIPTS: tuple[tuple[LanguageCode, str, str], ...] = (
    ("ar", "\u0600", "\u06ff"),
    ("ru", "\u0400", "\u04ff"),
    ("zh", "\u4e00", "\u9fff"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A value's name; ``lang`` is the language it is in, None for what has none (symbols, numbers)."""

    text: str
    lang: LanguageCode | None = None


def facet_label(facet: FilterName, value: str, lang: str) -> str:
    """Return the name of a facet's value in the interface language nearest to ``lang``."""
    return label(facet, value, lang).text


@lru_cache(maxsize=CACHED_LABELS)
def label(facet: FilterName, value: str, lang: str) -> Label:
    """Return the name of a facet's value and the language that the name is in.

    A value that no table names is its own name.
    """
    words = messages(lang)
    match facet:
        case "type" | "body" | "lang":
            return _told(words, f"{facet}.{value}", value)
        case "session":
            return _session_label(words, value)
        case "action":
            return Label(action_label(value, words.lang) or value, words.lang)
        case "cites":
            return _target_label(value, words.lang)
        case "subject":
            return _subject_label(value)
        case "year":
            return Label(value.replace("..", "–"))
        case "symbol":
            return Label(value)


def script_language(text: str) -> LanguageCode | None:
    """Return the one language of ours that a text's script gives away; None for Latin letters and for none."""
    for letter in text:
        for lang, first, last in SCRIPTS:
            if first <= letter <= last:
                return lang
    return None


def _told(words: Messages, key: str, value: str) -> Label:
    found = words.find(key)
    return Label(found, words.lang) if found is not None else Label(value)


def _session_label(words: Messages, value: str) -> Label:
    match = SESSION.fullmatch(value)
    if match is None:
        return Label(words.text("session.other", n=value), words.lang)
    return Label(words.text(SESSION_KINDS[match["kind"]], n=match["n"]), words.lang)


def _subject_label(value: str) -> Label:
    # Subject terms come with the source: English thesaurus keys (sustainable_development), or words as printed.
    return Label(value.replace("_", " "), script_language(value) or FALLBACK)


def _target_label(target: str, lang: UiLanguage) -> Label:
    instrument = load_gazetteer().get(target)
    if instrument is None:
        return Label(target)
    names = instrument.names
    for candidate in (lang, FALLBACK, *names):
        if candidate in names:
            return Label(names[candidate], candidate)
    return Label(target)
