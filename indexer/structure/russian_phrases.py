"""The grammar of Russian addressee phrases: what the cases and parts of speech of their words say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.lang.morphology import grammar
from indexer.structure.words import Words

ENDING_PARTS = frozenset({"INFN", "VERB", "PREP", "GRND", "CONJ", "ADVB", "PRCL", "PRTS", "ADJS", "PRED"})
DETERMINER_PARTS = frozenset({"ADJF", "NPRO", "NUMR", "PRTF"})
NOMINAL_PARTS = frozenset({"NOUN", "ADJF", "PRTF", "NPRO"})


def in_case(word: str, case: str) -> bool:
    """Tell whether a word may be a noun, adjective or pronoun in a case (``accs``, ``datv``, ``gent``)."""
    return any(part in NOMINAL_PARTS and of == case for part, of in grammar(word))


def is_determiner(word: str) -> bool:
    """Tell whether a word may stand before a name: «все соответствующие»."""
    readings = grammar(word)
    return readings[0][0] in DETERMINER_PARTS or any(part == "ADJF" for part, _ in readings)


def is_outside_phrases(word: str) -> bool:
    """Tell whether a word cannot belong to a noun phrase: infinitive, preposition, adverb, relative pronoun.

    «Все» is an adverb first and a determiner here; a preposition is never anything else.
    """
    likeliest = grammar(word)[0][0]
    return word.startswith("котор") or likeliest == "PREP" or (likeliest in ENDING_PARTS and not is_determiner(word))


class RussianPhrases:
    """A `PhraseGrammar` of cases: addressees stand in the accusative, after some verbs in the dative."""

    def __init__(self, phrase: Mapping[str, Any]) -> None:
        self._dative_verbs = frozenset(phrase["dative_verbs"])
        self._conjunctions = frozenset(phrase["conjunctions"])

    def determiner_length(self, words: Words, index: int, stop: int) -> int:
        return int(index < stop and is_determiner(words.keys[index]))

    def fills_gap(self, words: Words, index: int) -> bool:
        return words.keys[index] in self._conjunctions or is_determiner(words.keys[index])

    def begins_member(self, words: Words, index: int, stop: int, verb: str, *, joined: bool, opened: bool) -> bool:
        key = words.keys[index]
        if is_outside_phrases(key) or not in_case(key, "datv" if verb in self._dative_verbs else "accs"):
            return False
        # «страны, предоставляющие контингенты» is one addressee
        return joined or grammar(key)[0][0] != "PRTF"

    def continues(self, words: Words, index: int, previous: int, *, joined: bool) -> bool:
        # «правительствам стран происхождения, стран транзита»
        return in_case(words.keys[index], "gent") and in_case(words.keys[previous], "gent")

    def ends_phrase(self, words: Words, index: int, stop: int, *, within_unnamed: bool) -> bool:
        # «Комитет по взносам»: the name of a body that no table lists may hold «по»
        return not (within_unnamed and words.keys[index] == "по") and is_outside_phrases(words.keys[index])

    def begins_task(self, words: Words, index: int, stop: int) -> bool:
        return grammar(words.keys[index])[0][0] == "INFN"
