"""Words that the index does not know, and those that may be meant.

Only the index's own words are offered: a correction that finds nothing helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.query.keyboards import retyped
from app.query.scripts import is_spaced, languages_for
from app.query.synonyms import synonyms
from app.query.tree import And, Node, Not, Or, Word
from app.ranking import MAX_FUZZY, MORE_FREQUENT, RARE
from app.vocabulary import vocabulary
from indexer.lang.base import Language
from indexer.model import LanguageCode
from indexer.store import Snapshot

SHORTEST = 4  # letters; a word of three is another word with a letter changed
LONG = 7  # letters from which two errors are likely to be slips


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the query and what may be meant; ``unknown`` when no clause holds it as typed."""

    typed: str
    meant: str
    how: str
    unknown: bool = True


def allowed_errors(form: str) -> int:
    """Return how many typing errors a word of this length may have."""
    return 0 if len(form) < SHORTEST else 1 if len(form) < LONG else 2


def spelt_so(snapshot: Snapshot, lang: LanguageCode, form: str) -> tuple[str, ...]:
    """Return the forms of the index that are spelt nearly so, the form itself among them; at most `MAX_FUZZY`."""
    return vocabulary(snapshot, lang).near(form, allowed_errors(form))[:MAX_FUZZY]


def correction(snapshot: Snapshot, text: str, langs: tuple[LanguageCode, ...]) -> Correction | None:
    """Return what is meant by a word which the index hardly knows, None for one that it knows.

    A word of the dictionary or of the synonyms is no slip: «сталь» is not meant for «стать». Nor does anybody mistype
    the first letter, and another form of the same word is found anyway.
    """
    if not text.isalpha() or not is_spaced(text):
        return None
    best: list[tuple[int, int, str]] = []
    unknown = True
    for lang in langs:
        language, words = snapshot.language(lang), vocabulary(snapshot, lang)
        form = language.fold(text)
        bases = _bases(language, text)
        held = max((words.counts.get(known, 0) for known in (form, *bases)), default=0)
        if held > RARE or language.knows(form) or synonyms(text, lang):
            return None
        unknown = unknown and not held
        for place, near in enumerate(
            words.near(form, min(1, allowed_errors(form)) if held else allowed_errors(form))
        ):
            frequent = words.counts[near] >= max(RARE, held * MORE_FREQUENT)
            if frequent and near[0] == form[0] and bases.isdisjoint(_bases(language, near)):
                best.append((place, -words.counts[near], near))
                break
    return Correction(text, min(best)[2], "spelling", unknown) if best else None


def _bases(language: Language, word: str) -> set[str]:
    return {base for token in language.tokens(word) for base in token.bases}


def corrections(
    snapshot: Snapshot, q: str, tree: Node | None, searched: tuple[LanguageCode, ...]
) -> Iterator[Correction]:
    """Yield what to offer for a query: words typed with the wrong layout, and slips of the pen."""
    held = snapshot.columns["lang"].values
    layout: set[str] = set()
    for chunk in dict.fromkeys(q.split()):
        meant = _retyped(snapshot, chunk, held)
        if meant:
            layout.add(chunk)
            yield Correction(chunk, meant, "keyboard")
    for word in dict.fromkeys(_words(tree)):
        if any(word in chunk for chunk in layout):
            continue
        slip = correction(snapshot, word, tuple(lang for lang in languages_for(word) if lang in searched))
        if slip:
            yield slip


def _retyped(snapshot: Snapshot, chunk: str, held: tuple[str, ...]) -> str | None:
    if sum(sign.isalpha() for sign in chunk) < SHORTEST or _is_known(snapshot, chunk, languages_for(chunk), held):
        return None
    for text, langs in retyped(chunk):
        if text.isalpha() and _is_known(snapshot, text, langs, held):
            return text
    return None


def _is_known(snapshot: Snapshot, text: str, langs: tuple[LanguageCode, ...], held: tuple[str, ...]) -> bool:
    """Whether the index knows a word of the text as printed, or in another form."""
    for lang in langs:
        if lang in held:
            language, words = snapshot.language(lang), vocabulary(snapshot, lang)
            for token in language.tokens(text):
                if len(token.form) > 1 and any(known in words for known in (token.form, *token.bases)):
                    return True
    return False


def _words(node: Node | None) -> Iterator[str]:
    match node:
        case Word(text, exact=False):
            yield text
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case Not():
            return
