"""Laws that the tokens of every language keep on any text."""

from __future__ import annotations

import pickle
import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UnknownLanguageError
from indexer.lang import Language, Token, get_language
from indexer.model import LANGUAGES

SNIPPETS = [
    "А/RES/58/208",
    "R.95.XIII.18",
    "государства\u2011члены",
    "l’Assemblée",
    "General’s",
    "78-e",
    "Cовет",
    "10 ч 30 мин",
    "安全理事会第七十九届",
    "（２００１）",
    "وبالأمم",
    "الأُمَم",
    "докладе⁴",
    "резо\u00adлюция",
    "и\u0306",
    "п.5",
    "1,5",
    "и/или",
    "--",
    "'",
    " ",
    "\n",
    "—",
]
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(SNIPPETS), st.characters()), max_size=12).map("".join)
)
languages = st.sampled_from(LANGUAGES).map(get_language)
# The first word of a language loads its dictionary.
law = settings(deadline=None, max_examples=300)


@law
@given(languages, texts)
def test_tokens(language: Language, text: str) -> None:
    tokens = language.tokens(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.form
        assert token.bases
        assert all(token.bases)
        assert len(set(token.bases)) == len(token.bases)
    for before, after in pairwise(tokens):
        assert before.position <= after.position
        assert before.start <= after.start
        assert after.position - before.position <= 1
        assert after.start >= before.end or (before.start <= after.start and after.end <= before.end)


@law
@given(languages, texts)
def test_a_token_by_itself_has_the_same_form(language: Language, text: str) -> None:
    for token in language.tokens(text):
        alone = language.tokens(text[token.start : token.end])
        assert alone[0].form == token.form
        assert language.fold(text[token.start : token.end]) == token.form


@law
@given(languages, texts)
def test_fold_is_idempotent(language: Language, text: str) -> None:
    once = language.fold(text)
    assert language.fold(once) == once


@law
@given(st.sampled_from(["en", "es", "ru", "ar", "zh"]).map(get_language), texts)
def test_every_letter_is_in_a_token(language: Language, text: str) -> None:
    covered = {i for token in language.tokens(text) for i in range(token.start, token.end)}
    no_letters = set("²³¹⁰⁴⁵⁶⁷⁸⁹ʼ")
    assert all(i in covered for i, char in enumerate(text) if char.isalnum() and char not in no_letters)


@pytest.mark.parametrize("code", LANGUAGES)
def test_code(code: str) -> None:
    assert get_language(code).code == code


@pytest.mark.parametrize("code", ["de", "", "RU", "russian"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(UnknownLanguageError, match="known: ar, zh, en, fr, ru, es"):
        get_language(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_empty(code: str) -> None:
    language = get_language(code)
    assert language.tokens("") == []
    assert language.tokens(" — «»\n\f") == []
    assert language.learn({}) == {}


def test_threads_share_one_language() -> None:
    text = (
        "Государства-члены осуждают применение силы; les États membres; the Members’ rights; 安全理事会决议; بالأمم"
    )
    expected = {code: get_language(code).tokens(text) for code in LANGUAGES}
    wrong: list[str] = []

    def work() -> None:
        for code in LANGUAGES:
            for i in range(50):
                if get_language(code, {}).tokens(f"{text} слово{i}")[: len(expected[code])] != expected[code]:
                    wrong.append(code)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_tokens_can_be_sent_to_other_processes() -> None:
    tokens = get_language("ru").tokens("Устав Организации")
    sent: list[Token] = pickle.loads(pickle.dumps(tokens))
    assert sent == tokens


@pytest.mark.parametrize("code", LANGUAGES)
@given(text=st.text(max_size=12))
def test_any_text_may_be_asked_of_a_dictionary(code: str, text: str) -> None:
    language = get_language(code)
    assert language.knows(language.fold(text)) in (True, False)
    for token in language.tokens(text):
        assert language.knows(token.form) in (True, False)


def test_the_russian_dictionary_lists_words_that_no_text_holds() -> None:
    language = get_language("ru")
    assert language.knows(language.fold("Жениться"))
    assert not language.knows(language.fold("безопастность"))
