"""What a half-typed query may become: instruments, symbols, phrases, words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.facets import count_citing
from app.kept import KeptWithSnapshot
from app.phrases import phrases
from app.query.scripts import languages_for
from app.query.targets import symbol_readings
from app.vocabulary import vocabulary
from indexer.citing import load_gazetteer
from indexer.model import LANGUAGES, LanguageCode, TargetId
from indexer.store import And, Phrase, Snapshot, Term, form_field
from indexer.symbols import fold, printed

MAX_SUGGESTIONS = 5  # of each kind
MOST_FORMS = 24  # of a last word that are looked for behind the words before it
MIN_LETTERS = 2  # a single letter begins thousands of words
MAX_LENGTH = 200  # code points; a longer text is pasted, not typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to offer. ``id`` is set for symbols and instruments.

    ``count`` is in clauses, all languages; for a phrase in resolutions with it in their title.
    """

    kind: Literal["instrument", "symbol", "phrase", "word"]
    text: str
    id: str | None
    count: int


def suggest(snapshot: Snapshot, text: str, langs: tuple[LanguageCode, ...] = LANGUAGES) -> tuple[Suggestion, ...]:
    """Return completions of a text in some languages: instruments first, then symbols, phrases and words.

    They are in the script of the text.
    """
    typed = " ".join(text.split())
    if not MIN_LETTERS <= len(typed) <= MAX_LENGTH:
        return ()
    held = snapshot.columns["lang"].values
    spoken = tuple(lang for lang in languages_for(typed) if lang in langs and lang in held)
    known = _completions(snapshot)
    return (
        *_instruments(known, typed, langs),
        *known.symbols_beginning(typed),
        *_phrases(snapshot, typed, spoken),
        *_words(snapshot, typed, spoken),
    )


def prepare(snapshot: Snapshot) -> None:
    """Gather what completions and corrections need, so that the first reader does not wait for it."""
    _completions(snapshot)
    for lang in LANGUAGES:
        if lang in snapshot.columns["lang"].values:
            vocabulary(snapshot, lang)
            phrases(snapshot, lang)


class _Completions:
    """Symbols by how they begin, and how often instruments are cited: counted once an index."""

    def __init__(self, snapshot: Snapshot) -> None:
        column = snapshot.columns["symbol"]
        spelt = {
            (spelling.replace(" ", "").upper(), symbol, int(column.totals[code]))
            for code, symbol in enumerate(column.values)
            for spelling in (symbol, printed(symbol))
        }
        self._symbols = sorted(spelt)
        ids = [instrument.id for instrument in load_gazetteer().instruments]
        self.citing: dict[TargetId, int] = dict(zip(ids, count_citing(ids, snapshot.columns), strict=True))

    def symbols_beginning(self, typed: str) -> Iterator[Suggestion]:
        """Yield the resolutions whose symbol, in full or as usually printed, begins so; they have a digit."""
        readings = symbol_readings(typed)
        beginnings = {fold(typed).replace(" ", "").upper(), *(reading.upper() for reading in readings)}
        found: dict[str, int] = {}
        for beginning in sorted(beginnings):
            if not any(sign.isdigit() for sign in beginning):
                continue
            for key, symbol, count in self._symbols[bisect_left(self._symbols, (beginning, "", 0)) :]:
                if not key.startswith(beginning) or len(found) >= MAX_SUGGESTIONS:
                    break
                found[symbol] = count
        for symbol, count in found.items():
            yield Suggestion("symbol", symbol, symbol, count)


_kept: KeptWithSnapshot[None, _Completions] = KeptWithSnapshot(lambda snapshot, _: _Completions(snapshot))


def _completions(snapshot: Snapshot) -> _Completions:
    return _kept.get(snapshot, None)


def _instruments(known: _Completions, typed: str, langs: tuple[LanguageCode, ...]) -> Iterator[Suggestion]:
    """Yield instruments with a name that holds the words, by how well the name fits, language by language."""
    labels: dict[TargetId, str] = {}
    for lang in languages_for(typed):
        for instrument in load_gazetteer().search(typed, lang) if lang in langs else ():
            labels.setdefault(instrument.id, instrument.label(lang))
    for id in list(labels)[:MAX_SUGGESTIONS]:
        yield Suggestion("instrument", labels[id], id, known.citing[id])


def _phrases(snapshot: Snapshot, typed: str, spoken: tuple[LanguageCode, ...]) -> list[Suggestion]:
    """Return the phrases that begin so, the most frequent first, of all languages of the script."""
    found = [phrase for lang in spoken for phrase in phrases(snapshot, lang).beginning(typed)[:MAX_SUGGESTIONS]]
    found.sort(key=lambda phrase: (-phrase.resolutions, phrase.text))
    return [Suggestion("phrase", phrase.text, None, phrase.resolutions) for phrase in found[:MAX_SUGGESTIONS]]


def _words(snapshot: Snapshot, typed: str, spoken: tuple[LanguageCode, ...]) -> list[Suggestion]:
    """Return the text with its last word completed, the most frequent completions first.

    Behind other words only what stands with them in some clause: no «Каирская программам».
    """
    counts: Counter[str] = Counter()
    for lang in spoken:
        tokens = snapshot.language(lang).tokens(typed)
        start = min((token.start for token in tokens if token.end == len(typed)), default=len(typed))
        if len(typed) - start >= MIN_LETTERS:
            before = [token.form for token in tokens if token.end <= start][-1:]
            forms = vocabulary(snapshot, lang).beginning(snapshot.language(lang).fold(typed[start:]))
            found = _counted(snapshot, lang, before, forms)
            counts.update({typed[:start] + form: count for form, count in found.items()})  # l'ho, l'homme
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_SUGGESTIONS]
    return [Suggestion("word", text, None, count) for text, count in ordered if count]


def _counted(snapshot: Snapshot, lang: LanguageCode, before: Sequence[str], forms: Sequence[str]) -> dict[str, int]:
    """Return the clauses with each of the likeliest forms: side by side with the word before, if there is one.

    Where none stands so, those with both anywhere.
    """
    if not before:
        words = vocabulary(snapshot, lang)
        return {form: words.counts[form] for form in forms[:MAX_SUGGESTIONS]}
    field, likeliest = form_field(lang), forms[:MOST_FORMS]
    beside = {form: snapshot.count(Phrase(field, ((before[0],), (form,)))) for form in likeliest}
    if any(beside.values()):
        return beside
    return {form: snapshot.count(And((Term(field, before[0]), Term(field, form)))) for form in likeliest}
