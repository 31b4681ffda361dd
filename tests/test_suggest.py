"""Completions of a half-typed query."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.phrases import Phrases, runs
from app.suggest import MAX_SUGGESTIONS, suggest
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
    assert set(offered(titled, "миг")["word"]) == {"мигрантов", "мигрант", "миграция", "мигранты"}


def test_a_word_is_completed_to_what_stands_with_the_one_before(titled: Snapshot) -> None:
    assert offered(titled, "человека миг")["word"] == ["человека мигрантов"]
    assert offered(titled, "развитие миг")["word"] == ["развитие миграция"]  # not side by side, but in one clause
    assert "word" not in offered(titled, "парижское миг")


def test_what_stands_before_the_word_stays_as_typed(tmp_path: Path) -> None:
    held = index(
        tmp_path,
        resolution("60/1", "fr", "les droits de l'homme", title="Droits"),
        resolution("60/1", "zh", "中国发展", title="发展"),
    )
    assert offered(held, "Droits de l’ho")["word"] == ["Droits de l’homme"]
    assert offered(held, "中国 发展")["word"] == ["中国 发展"]


def test_completions_are_in_the_script_of_the_text(titled: Snapshot) -> None:
    assert all(text.isascii() for text in offered(titled, "mig")["word"])


@pytest.mark.parametrize("typed", ["", "п", " ", "я" * 201, "\ud800\ud800", "((", "58"])
def test_little_is_offered_for_odd_texts(titled: Snapshot, typed: str) -> None:
    assert all(len(texts) <= MAX_SUGGESTIONS for texts in offered(titled, typed).values())


def test_runs_neither_begin_nor_end_with_binding_words() -> None:
    found = set(runs("Участие женщин в политике и развитии", get_language("ru")))
    assert {"Участие женщин", "женщин в политике", "политике и развитии"} <= found
    assert not any(run.split()[0] in ("в", "и") or run.split()[-1] in ("в", "и") for run in found)


def test_a_phrase_that_always_goes_on_is_left_out() -> None:
    phrases = Phrases(dict.fromkeys(("миссии организации", "миссии организации объединенных наций"), 3))
    assert [phrase.text for phrase in phrases.beginning("миссии")] == ["миссии организации объединенных наций"]
