"""Names in running text: one pass that finds every listed name in any of its forms, the longest first.

Words are compared by keys: folded, in Russian without case endings, in Arabic without joined prefixes, everywhere
without articles; Chinese is compared character by character. The names of a language form one trie of keys, so the
cost does not grow with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Protocol

from indexer.citing.assembly_sessions import session_ordinals
from indexer.citing.clean import Clean
from indexer.citing.gazetteer import load_gazetteer
from indexer.citing.tables import WordForms, load_references
from indexer.model import LanguageCode
from indexer.text.normalise import strip_accents


class Sort(StrEnum):
    """What a name is the name of."""

    INSTRUMENT = "instrument"
    LOCAL = "local"  # a short name that needs a full mention before it
    BARE = "bare"  # «Конвенция»: the head of a title, for the instrument named before
    EVENT = "event"
    ORGAN = "organ"
    COUNCIL = "council"  # «Совет» alone
    OTHER_ORGAN = "other organ"
    HEAD = "head"  # «резолюции»
    OWN = "own"  # «свои»
    ORDINAL = "ordinal"
    REPORT = "report"
    PIN = "pin"  # «глава»
    SELF = "self"  # «настоящая резолюция»
    IBID = "ibid"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing; ``target`` is its id, kind of citation or number, as its sort says."""

    sort: Sort
    target: str
    own: bool = False
    capital: bool = False  # counts only with a capital first letter
    acronym: bool = False  # counts only in capitals


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: ``text[start:end]``. Several names when the wording belongs to several things."""

    start: int
    end: int
    names: tuple[Name, ...]

    @property
    def sort(self) -> Sort:
        """The sort of the first name; a wording of several sorts counts as the most telling."""
        return self.names[0].sort

    @property
    def target(self) -> str:
        """The target of the first name."""
        return self.names[0].target


class Finder(Protocol):
    """Finds the names of a language."""

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text, ascending, without overlap, the longest at each place."""
        ...


class _Node:
    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.names: tuple[Name, ...] = ()

    def add(self, keys: Iterable[str], name: Name) -> None:
        node = self
        for key in keys:
            node = node.next.setdefault(key, _Node())
        if name not in node.names:
            node.names = tuple(sorted((*node.names, name), key=lambda n: list(Sort).index(n.sort)))


_WORD = re.compile(r"[^\W\d_]+|\d+")  # «резолюции1566»: letters and digits part even when printed together
_GAP = re.compile(r"\W{0,6}")  # what may part two words of a name: «(№ 182)», “Ocean, Our Future: Call”
_ARABIC_FOLD = str.maketrans("أإآىة", "ااايه")


class WordFinder:
    """Finds names in a language that separates words by spaces."""

    def __init__(self, names: Iterable[tuple[str, Name]], forms: WordForms) -> None:
        self._forms = forms
        self._keys: dict[str, str] = {}
        self._joined: dict[str, tuple[tuple[int, _Node], ...]] = {}
        self._articles = frozenset(self._key(word) for word in forms.articles)
        self._skipped = frozenset(self._key(word) for word in forms.participles)
        self._tail = frozenset(self._key(word) for word in forms.participle_tail)
        self._root = _Node()
        for wording, name in names:
            self._add(Clean.of(wording).text, name)

    def _add(self, wording: str, name: Name) -> None:
        """List a name by the keys of its words; articles count only at the head of a title (The future we want)."""
        words = _WORD.findall(wording)
        opening = words[:1] if wording[0].isupper() else []
        kept = opening + [word for word in words[len(opening) :] if self._key(word) not in self._articles] or words
        capital = kept[0][0].isupper()
        self._root.add([self._key(word) for word in kept], replace(name, capital=capital))

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text, ascending, without overlap, the longest at each place."""
        words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
        keys = [self._key(word) for word, _, _ in words]
        found: list[Mention] = []
        first = self._root.next
        at, count = 0, len(words)
        while at < count:
            mention = None
            if keys[at] in first:
                mention, after = self._longest(text, words, keys, at, first[keys[at]], words[at][1])
            if mention is None and self._forms.prefixes:
                mention, after = self._behind_prefix(text, words, keys, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = after
        return found

    def _longest(
        self, text: str, words: list[tuple[str, int, int]], keys: list[str], at: int, node: _Node, start: int
    ) -> tuple[Mention | None, int]:
        best: Mention | None = None
        after = at
        names = self._fitting(node.names, text, start, words[at][2])
        if names:
            best, after = Mention(start, words[at][2], names), at + 1
        skipping = False  # inside «принятая на», which a name may hold
        place = at + 1
        while place < len(words):
            if not _GAP.fullmatch(text, words[place - 1][2], words[place][1]):
                break
            key = keys[place]
            following = node.next.get(key)
            if following is None:
                if key in self._articles or key in self._skipped or (skipping and key in self._tail):
                    skipping = skipping or key in self._skipped
                    place += 1
                    continue
                break
            node, skipping = following, False
            names = self._fitting(node.names, text, start, words[place][2])
            if names:
                best, after = Mention(start, words[place][2], names), place + 1
            place += 1
        return best, after

    def _behind_prefix(
        self, text: str, words: list[tuple[str, int, int]], keys: list[str], at: int
    ) -> tuple[Mention | None, int]:
        """Look for a name behind one or two joined letters: والميثاق, بالإعلان, للاتفاقية."""
        word, start, _ = words[at]
        joined = self._joined.get(word)
        if joined is None:
            joined = self._joined[word] = tuple(self._without_prefix(word))
        for shift, node in joined:
            mention, after = self._longest(text, words, keys, at, node, start + shift)
            if mention:
                return mention, after
        return None, at

    def _without_prefix(self, word: str) -> Iterator[tuple[int, _Node]]:
        """Yield where the word may begin behind its joined letters, with the node of names that begin so."""
        for cut in (1, 2):
            if len(word) <= cut + 2 or word[cut - 1] not in self._forms.prefixes:
                return
            rests = [word[cut:]]
            contraction, swallowed = self._forms.contraction
            if contraction and word[cut - 1 : cut + 1] == contraction:
                rests.append(swallowed + word[cut:])
            for rest in rests:
                node = self._root.next.get(self._key(rest))
                if node:
                    yield cut if rest == word[cut:] else cut - 1, node

    @staticmethod
    def _fitting(names: tuple[Name, ...], text: str, start: int, end: int) -> tuple[Name, ...]:
        if not names:
            return ()
        return tuple(
            name
            for name in names
            if (not name.capital or text[start].isupper())
            and (not name.acronym or (text[start:end].isupper() and not _beside_slash(text, start, end)))
        )

    def _key(self, word: str) -> str:
        key = self._keys.get(word)
        if key is None:
            key = self._keys[word] = self._fold(word)
        return key

    def _fold(self, word: str) -> str:
        folded = strip_accents(word.translate(_ARABIC_FOLD).casefold().replace("ё", "е"), keep="й")
        for ending in self._forms.endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= 3:
                return folded[: -len(ending)]
        return folded


class CharacterFinder:
    """Finds names in a language that does not separate words."""

    def __init__(self, names: Iterable[tuple[str, Name]]) -> None:
        self._root = _Node()
        for wording, name in names:
            self._root.add(wording, name)

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text, ascending, without overlap, the longest at each place."""
        found: list[Mention] = []
        at = 0
        while at < len(text):
            node: _Node | None = self._root.next.get(text[at])
            best: Mention | None = None
            place = at + 1
            while node is not None:
                if node.names:
                    best = Mention(at, place, node.names)
                node = node.next.get(text[place]) if place < len(text) else None
                place += 1
            if best:
                found.append(best)
            at = best.end if best else at + 1
        return found


@cache
def name_finder(lang: LanguageCode) -> Finder:
    """Return the finder of a language's names."""
    references = load_references(lang)
    names = list(_names(lang))
    return CharacterFinder(names) if references.words.by_character else WordFinder(names, references.words)


def _names(lang: LanguageCode) -> Iterable[tuple[str, Name]]:
    gazetteer, references = load_gazetteer(), load_references(lang)
    for instrument in gazetteer.instruments:
        titles = [instrument.names[lang]] if lang in instrument.names else []
        for wording in (*titles, *instrument.also.get(lang, ()), *instrument.short.get(lang, ())):
            yield wording, _titled(Sort.INSTRUMENT, wording, instrument.id)
        for wording in instrument.local.get(lang, ()):
            yield wording, _titled(Sort.LOCAL, wording, instrument.id)
    for event in gazetteer.events:
        for wording in event.names.get(lang, ()):
            yield wording, _titled(Sort.EVENT, wording, event.id)
    for organ in gazetteer.organs:
        for wording in organ.names.get(lang, ()):
            yield wording, Name(Sort.ORGAN, organ.id)
    for wording in references.council:
        yield wording, Name(Sort.COUNCIL, "")
    for wording in references.other_organs:
        yield wording, Name(Sort.OTHER_ORGAN, "")
    for head in references.heads:
        for wording in head.words:
            yield wording, Name(Sort.HEAD, head.kind, own=head.own)
    for wording in references.own:
        yield wording, Name(Sort.OWN, "")
    for wording in references.reports:
        yield wording, Name(Sort.REPORT, "")
    for wording, title in references.bare.items():
        yield wording, Name(Sort.BARE, title)
    for pin in references.pins:
        for wording in pin.words:
            yield wording, Name(Sort.PIN, pin.name)
    for wording in references.self_reference:
        yield wording, Name(Sort.SELF, "")
    for wording in references.ibid:
        yield wording, Name(Sort.IBID, "")
    for ordinal, number in session_ordinals(lang):
        for wording in references.session.ordinal_wordings(ordinal):
            yield wording, Name(Sort.ORDINAL, str(number))


def _titled(sort: Sort, wording: str, target: str) -> Name:
    return Name(sort, target, acronym=wording.isupper() and " " not in wording)


def _beside_slash(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "/" or text[end : end + 1] == "/"
