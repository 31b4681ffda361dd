"""How addressee phrases are told from the words around them.

`AddresseeReader` asks a grammar; languages without cases that help have word lists (`ListedPhrases`), Russian has its
morphology (`indexer.structure.russian_phrases`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from indexer.structure.words import Words

Keys = tuple[str, ...]
"""A run of words as they are compared."""


class Runs:
    """A set of runs of words ("as well as"), asked which of them stands at a word."""

    def __init__(self, runs: Iterable[Keys]) -> None:
        self._by_first: dict[str, list[Keys]] = {}
        for keys in sorted(runs, key=len, reverse=True):
            self._by_first.setdefault(keys[0], []).append(keys)

    def __contains__(self, key: str) -> bool:
        """Tell whether a run begins with a word."""
        return key in self._by_first

    def length_at(self, words: Words, index: int, stop: int) -> int:
        """Return the length of the longest run at a word, 0 for none."""
        if index < stop:
            for keys in self._by_first.get(words.keys[index], ()):
                if index + len(keys) <= stop and tuple(words.keys[index : index + len(keys)]) == keys:
                    return len(keys)
        return 0

    def skip(self, words: Words, index: int, stop: int) -> int:
        """Return the index after the runs at a word, as many as follow each other."""
        while length := self.length_at(words, index, stop):
            index += length
        return index


class PhraseGrammar(Protocol):
    """Judges words by their place; ``stop`` is the end of what may be read."""

    def determiner_length(self, words: Words, index: int, stop: int) -> int:
        """Return how many words at an index make a determiner ("all", «соответствующие»), 0 for none."""
        ...

    def fills_gap(self, words: Words, index: int) -> bool:
        """Tell whether a word may stand inside a name: "intergovernmental, regional and other organizations"."""
        ...

    def begins_member(self, words: Words, index: int, stop: int, verb: str, *, joined: bool, opened: bool) -> bool:
        """Tell whether a word that no name begins opens a further addressee.

        It stands after a comma or, if ``joined``, a conjunction, and, if ``opened``, an article or preposition.
        """
        ...

    def continues(self, words: Words, index: int, previous: int, *, joined: bool) -> bool:
        """Tell whether a word after a comma or conjunction carries on the phrase whose last word is ``previous``."""
        ...

    def ends_phrase(self, words: Words, index: int, stop: int, *, within_unnamed: bool) -> bool:
        """Tell whether a word ends the phrase; ``within_unnamed``: it lies inside one that no table lists."""
        ...

    def begins_task(self, words: Words, index: int, stop: int) -> bool:
        """Tell whether what the addressee is to do begins at a word: an infinitive, or what stands for it."""
        ...


class ListedPhrases:
    """The grammar of languages whose phrases are read by lists of words alone."""

    def __init__(self, phrase: Mapping[str, Any], keys: Callable[[str], Keys]) -> None:
        self._determiners = Runs(map(keys, phrase.get("determiners", ())))
        self._stops = frozenset(key for text in phrase.get("stops", ()) for key in keys(text))
        self._markers = frozenset(phrase.get("infinitive_markers", ()))
        self._endings = tuple(phrase.get("infinitive_endings", ()))
        self._clitics = frozenset(phrase.get("clitics", ()))

    def determiner_length(self, words: Words, index: int, stop: int) -> int:
        return self._determiners.length_at(words, index, stop)

    def fills_gap(self, words: Words, index: int) -> bool:
        return words.keys[index] not in self._stops

    def begins_member(self, words: Words, index: int, stop: int, verb: str, *, joined: bool, opened: bool) -> bool:
        begin = self._determiners.skip(words, index, stop)
        return joined and (opened or begin > index) and begin < stop and words.keys[begin] not in self._stops

    def continues(self, words: Words, index: int, previous: int, *, joined: bool) -> bool:
        return joined and words.keys[index] not in self._stops

    def ends_phrase(self, words: Words, index: int, stop: int, *, within_unnamed: bool) -> bool:
        return words.keys[index] in self._stops or self.begins_task(words, index, stop)

    def begins_task(self, words: Words, index: int, stop: int) -> bool:
        if words.keys[index] not in self._markers:
            return False
        after = index + 1
        while after < stop and words.keys[after] in self._clitics:
            after += 1
        # "to the Committee" names somebody, "to submit" a task
        return (
            after < stop and words.keys[after] not in self._determiners and words.keys[after].endswith(self._endings)
        )
