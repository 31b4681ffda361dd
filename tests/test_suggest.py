"""Completions of a half-typed query."""

from __future__ import annotations

import time

import pytest

from app.phrases import Phrases, runs
from app.suggest import MAX_SUGGESTIONS, prepare, suggest
from indexer.lang import get_language
from indexer.store import Snapshot
from tests.resolutions import index, resolution


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return index(
        tmp_path_factory.mktemp("suggest"),
        resolution("60/1", "ru", "мигранты", "ссылается на Парижское соглашение", title="Права человека мигрантов"),
        resolution("60/2", "ru", "мигрант", title="Поощрение прав человека и права человека мигрантов"),
        resolution("58/208", "ru", "развитие", title="Международная миграция и развитие"),
        resolution("60/1", "en", "migrants", title="Human rights of migrants"),
        resolution("60/2", "en", "migrants", title="On human rights of migrants"),
    )


def offered(snapshot: Snapshot, typed: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for suggestion in suggest(snapshot, typed):
        found.setdefault(suggestion.kind, []).append(suggestion.text)
    return found


@pytest.mark.parametrize("typed", ["58/2", "A/RES/58/2", "а/рез/58/2", "а/res/58/208", "58/208"])
def test_symbols_in_any_spelling(titled: Snapshot, typed: str) -> None:
    assert offered(titled, typed)["symbol"] == ["A/RES/58/208"]


def test_instruments_with_their_citations(titled: Snapshot) -> None:
    (found,) = [one for one in suggest(titled, "парижское со") if one.kind == "instrument"]
    assert (found.id, found.count) == ("ins:paris-agreement", 1)


def test_phrases_that_titles_share(titled: Snapshot) -> None:
    assert offered(titled, "права ч")["phrase"] == ["права человека мигрантов"]
    assert offered(titled, "ПРАВА")["phrase"] == ["права человека мигрантов"]
    assert offered(titled, "human r")["phrase"] == ["human rights of migrants"]
    assert "phrase" not in offered(titled, "международная м")  # of one title only


def test_words_complete_the_last_one(titled: Snapshot) -> None:
    assert offered(titled, "развитие миг")["word"][0] == "развитие мигрантов"


def test_completions_are_in_the_script_of_the_text(titled: Snapshot) -> None:
    assert all(text.isascii() for text in offered(titled, "mig")["word"])


@pytest.mark.parametrize("typed", ["", "п", " ", "я" * 201, "\ud800\ud800", "((", "58"])
def test_little_is_offered_for_odd_texts(titled: Snapshot, typed: str) -> None:
    assert all(len(texts) <= MAX_SUGGESTIONS for texts in offered(titled, typed).values())


def test_completions_take_a_few_milliseconds(titled: Snapshot) -> None:
    prepare(titled)
    suggest(titled, "права")
    started = time.perf_counter()
    suggest(titled, "права ч")
    assert time.perf_counter() - started < 0.1


def test_runs_neither_begin_nor_end_with_binding_words() -> None:
    found = set(runs("Участие женщин в политике и развитии", get_language("ru")))
    assert {"Участие женщин", "женщин в политике", "политике и развитии"} <= found
    assert not any(run.split()[0] in ("в", "и") or run.split()[-1] in ("в", "и") for run in found)


def test_a_phrase_that_always_goes_on_is_left_out() -> None:
    phrases = Phrases(dict.fromkeys(("миссии организации", "миссии организации объединенных наций"), 3))
    assert [phrase.text for phrase in phrases.beginning("миссии")] == ["миссии организации объединенных наций"]
