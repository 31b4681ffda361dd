"""Any form of a Russian word finds any other, measured on the official texts.

A sample of the texts gives the counts and the lexicon; pairs of forms that the dictionary puts into one word, both in
the sample, must share a base.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from indexer.lang import Form, Lexicon, get_language
from indexer.lang.evidence import likely_bases
from indexer.lang.morphology import readings

ARCHIVE = "GAresolutions-79.zip"
SAMPLED_FILES = 150
PAIRS = 2000
# Share of pairs that meet. 0.998 over all readings, more where the dictionary holds the shared one for likely.
FLOOR = 0.998
FLOOR_LIKELY = 0.999
# A reading is likely from this score on.
LIKELY = 0.1

_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[ >].*?</(?:\w+:)?p>", re.DOTALL)
_TAG = re.compile(rb"<[^>]+>")
_WORD = re.compile("[а-я]{2,}")

Counts = Counter[Form]


@pytest.fixture(scope="module")
def counts(shared: Path) -> Counts:
    language = get_language("ru")
    found: Counts = Counter()
    with zipfile.ZipFile(shared / "data" / "unxml" / ARCHIVE) as archive:
        names = sorted(name for name in archive.namelist() if "/Russian/" in name and name.endswith(".xml"))
        for name in random.Random(1).sample(names, SAMPLED_FILES):
            for paragraph in _PARAGRAPH.findall(archive.read(name)):
                found.update(token.form for token in language.tokens(_TAG.sub(b"", paragraph).decode()))
    return found


@pytest.fixture(scope="module")
def lexicon(counts: Counts) -> Lexicon:
    return get_language("ru").learn(counts)


def _pairs(counts: Counts, least_score: float) -> list[tuple[Form, Form]]:
    """Return random pairs: a form, and another form of the word that is its own likeliest reading."""
    words: dict[tuple[str, str], list[Form]] = {}
    forms = sorted(form for form in counts if _WORD.fullmatch(form))
    for form in forms:
        for base, word_class, score in readings(form):
            if score >= least_score:
                words.setdefault((base, word_class), []).append(form)
    dice = random.Random(2)
    pairs: list[tuple[Form, Form]] = []
    while len(pairs) < PAIRS:
        form = dice.choice(forms)
        others = [other for other in words.get(readings(form)[0][:2], ()) if other != form]
        if others:
            pairs.append((form, dice.choice(others)))
    return pairs


@pytest.mark.parametrize(("least_score", "floor"), [(0.0, FLOOR), (LIKELY, FLOOR_LIKELY)])
def test_any_form_finds_any_other(counts: Counts, lexicon: Lexicon, least_score: float, floor: float) -> None:
    def bases(form: Form) -> set[str]:
        return set(lexicon.get(form) or likely_bases(form))

    pairs = _pairs(counts, least_score)
    missed = [pair for pair in pairs if bases(pair[0]).isdisjoint(bases(pair[1]))]
    assert 1 - len(missed) / len(pairs) >= floor, missed


@pytest.mark.parametrize(
    ("query", "not_found"),
    [
        ("посол", "после"),
        ("сталь", "стали"),
        ("устать", "устав"),
        ("дать", "данные"),
        ("уж", "уже"),
    ],
)
def test_false_meetings_are_gone(lexicon: Lexicon, query: str, not_found: str) -> None:
    language = get_language("ru", lexicon)
    assert set(language.tokens(query)[0].bases).isdisjoint(language.tokens(not_found)[0].bases)


def test_index_is_not_blown_up(counts: Counts, lexicon: Lexicon) -> None:
    """Base forms a word on average; 1 would be one reading each."""
    postings = sum(count * len(lexicon.get(form, ("",))) for form, count in counts.items())
    assert postings / counts.total() < 1.06
