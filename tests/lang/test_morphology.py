"""The dictionary's readings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from indexer.lang import get_language
from indexer.lang.morphology import NO_PART, grammar, is_known, readings


@pytest.mark.parametrize("form", ["устав", "статей", "мин", "кибербуллинга", "заем", "xyz", "ъ"])
def test_scores_add_up(form: str) -> None:
    found = readings(form)
    assert sum(reading.score for reading in found) == pytest.approx(1)
    assert [reading.score for reading in found] == sorted((reading.score for reading in found), reverse=True)


def test_no_base_has_a_dotted_e() -> None:
    assert readings("ребенок")[0].base == "ребенок"
    assert readings("заем")[0].base == "заем"
    assert not any("ё" in reading.base for form in ("ее", "нем", "еще", "счет") for reading in readings(form))


def test_word_classes_are_told_apart() -> None:
    assert {(r.base, r.word_class) for r in readings("стать")} >= {("стать", "VERB"), ("стать", "NOUN")}
    assert ("стать", "VERB") not in {(r.base, r.word_class) for r in readings("статей")}


def test_known() -> None:
    assert is_known("устава")
    assert not is_known("юнфпа")


def test_c49_starts_without_setuptools_and_without_a_warning() -> None:
    code = (
        "import sys; sys.modules['pkg_resources'] = None; sys.modules['setuptools'] = None\n"
        "from indexer.lang import get_language\n"
        "assert get_language('ru').tokens('людей')[0].bases == ('человек',)\n"
        "[get_language(code).tokens('слово word 决议 قرار') for code in ('ar', 'zh', 'en', 'fr', 'es')]"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "word", ["\U00017578's", "\U00017578", "d'er\U0001460cchos", "слово-\U00017578", "ǅ", "𝔘'", "—", ""]
)
def test_letters_without_names_are_no_russian_words(word: str) -> None:
    assert not is_known(word)
    assert grammar(word) == (NO_PART,)
    assert next(token.form for token in get_language("ru").tokens(f"о {word} мире")) == "о"
