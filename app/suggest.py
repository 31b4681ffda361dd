"""What a half-typed query may become: instruments, symbols, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.facets import count_citing
from app.meaning import canonical
from app.query.scripts import languages_for
from indexer.citing import load_gazetteer
from indexer.model import LANGUAGES, LanguageCode, TargetId
from indexer.store import Snapshot, form_field
from indexer.symbols import printed

MAX_SUGGESTIONS = 5  # of each kind
MIN_LETTERS = 2  # a single letter begins thousands of words
MAX_LENGTH = 200  # code points; a longer text is pasted, not typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to offer. ``id`` is set for symbols and instruments; ``count`` is in clauses, all languages."""

    kind: Literal["instrument", "symbol", "word"]
    text: str
    id: str | None
    count: int


def suggest(snapshot: Snapshot, text: str, langs: tuple[LanguageCode, ...] = LANGUAGES) -> tuple[Suggestion, ...]:
    """Return completions of a text in some languages: instruments first, then symbols, then words."""
    typed = " ".join(text.split())
    if not MIN_LETTERS <= len(typed) <= MAX_LENGTH:
        return ()
    return (
        *_instruments(snapshot, typed, langs),
        *islice(_symbols(snapshot, typed), MAX_SUGGESTIONS),
        *_words(snapshot, typed, langs)[:MAX_SUGGESTIONS],
    )


def _instruments(snapshot: Snapshot, typed: str, langs: tuple[LanguageCode, ...]) -> Iterator[Suggestion]:
    """Yield instruments with a name that holds the words, by how well the name fits, language by language."""
    labels: dict[TargetId, str] = {}
    for lang in languages_for(typed):
        for instrument in load_gazetteer().search(typed, lang) if lang in langs else ():
            labels.setdefault(instrument.id, instrument.label(lang))
    best = list(labels)[:MAX_SUGGESTIONS]
    for id, count in zip(best, count_citing(best, snapshot.columns), strict=True):
        yield Suggestion("instrument", labels[id], id, count)


def _symbols(snapshot: Snapshot, typed: str) -> Iterator[Suggestion]:
    """Yield held resolutions whose symbol, in full or as usually printed, begins so."""
    column = snapshot.columns["symbol"]
    compact = canonical(typed).replace(" ", "").upper()
    if not any(sign.isdigit() for sign in compact):
        return
    for code, symbol in enumerate(column.values):
        if symbol.upper().startswith(compact) or printed(symbol).replace(" ", "").upper().startswith(compact):
            yield Suggestion("symbol", symbol, symbol, int(column.totals[code]))


def _words(snapshot: Snapshot, typed: str, langs: tuple[LanguageCode, ...]) -> list[Suggestion]:
    """Return the text with its last word completed, the most frequent completions first."""
    head, _, last = typed.rpartition(" ")
    if len(last) < MIN_LETTERS:
        return []
    counts: dict[str, int] = {}
    for lang in languages_for(last):
        if lang in langs and lang in snapshot.columns["lang"].values:
            beginning = snapshot.language(lang).fold(last)
            for term in snapshot.terms(form_field(lang), beginning, MAX_SUGGESTIONS):
                counts[term.term] = counts.get(term.term, 0) + term.documents
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Suggestion("word", f"{head} {word}".lstrip(), None, count) for word, count in ordered]
