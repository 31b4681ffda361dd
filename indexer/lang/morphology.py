"""The Russian dictionary: every reading of a word form, with its likelihood.

pymorphy3 with the OpenCorpora dictionary; one analyzer a process, shared by threads (its own tests do so too).
ё is е before the dictionary is asked and after: the official texts print е, the dictionary accepts it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pymorphy3
from pymorphy3.units.by_lookup import DictionaryAnalyzer

from indexer.lang.base import Base
from indexer.lang.tables import table

CACHED_FORMS = 1 << 17
NO_PART = ("None", "None")  # what the analyzer says of what is no Russian word

# What may be in the dictionary. The analyzer fails on letters that Unicode has not named one by one (Tangut, say).
_RUSSIAN = re.compile(r"[а-яё0-9'\u2019\u2010\u2011-]+", re.IGNORECASE)

# Paradigms are told apart by string and word class: «стать» is a verb and a noun, «статей» only the noun.
_VERB = "VERB"
_CLASS = {"ADJS": "ADJF", "COMP": "ADJF", "INFN": _VERB, "PRTF": _VERB, "PRTS": _VERB, "GRND": _VERB}


class Reading(NamedTuple):
    """A base form that a word form may belong to; the scores of a form's readings add up to 1."""

    base: Base
    word_class: str
    score: float


@cache
def _analyzer() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _replacements() -> dict[str, Base]:
    """Base forms of the dictionary that stand for another: счастие → счастье, осуждать → осудить."""
    pairs = {row["base"]: Base(row["means"]) for row in table("ru/bases")}
    return pairs | {row["imperfective"]: Base(row["perfective"]) for row in table("ru/aspects")}


@cache
def _preferred() -> dict[Base, frozenset[Base]]:
    """Base form → those beside which it is no reading: «данные» are data, not a participle of дать."""
    preferred: dict[Base, frozenset[Base]] = {}
    for row in table("ru/readings"):
        drop = Base(row["drop"])
        preferred[drop] = preferred.get(drop, frozenset()) | {Base(row["keep"])}
    return preferred


def readings(form: str) -> tuple[Reading, ...]:
    """Return the readings of a lower-case form without ё, likeliest first; never empty."""
    return _look_up(form)[0]


def is_known(form: str) -> bool:
    """Say whether the dictionary itself lists the form, rather than guessing by its ending."""
    if not _RUSSIAN.fullmatch(form):
        return False
    if "-" in form:  # to guess a compound's readings is slow, and its parts have their own
        return bool(_analyzer().word_is_known(form))
    return _look_up(form)[1]


@lru_cache(maxsize=CACHED_FORMS)
def grammar(form: str) -> tuple[tuple[str, str], ...]:
    """Return part of speech and case of every reading of a word, likeliest first, as OpenCorpora names them."""
    if not _RUSSIAN.fullmatch(form):
        return (NO_PART,)
    return tuple((str(parse.tag.POS), str(parse.tag.case)) for parse in _analyzer().parse(form))


@lru_cache(maxsize=CACHED_FORMS)
def _look_up(form: str) -> tuple[tuple[Reading, ...], bool]:
    scores: dict[tuple[str, str], float] = {}
    known = False
    for parse in _analyzer().parse(form):
        known = known or (len(parse.methods_stack) == 1 and isinstance(parse.methods_stack[0][0], DictionaryAnalyzer))
        part = str(parse.tag.POS)
        key = parse.normal_form.replace("ё", "е"), _CLASS.get(part, part)
        scores[key] = scores.get(key, 0.0) + parse.score
    replaced = _replacements()
    merged: dict[tuple[Base, str], float] = {}
    for (base, word_class), score in scores.items():
        means = replaced.get(base, Base(base))
        merged[means, word_class] = merged.get((means, word_class), 0.0) + score
    bases = {base for base, _ in merged}
    for key in list(merged):
        if not _preferred().get(key[0], frozenset()).isdisjoint(bases):
            del merged[key]
    total = sum(merged.values()) or 1.0
    ordered = sorted(merged.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Reading(base, word_class, score / total) for (base, word_class), score in ordered), known
