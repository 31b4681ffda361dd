"""Every row of the tables of actions, formulas, ambiguities and modifiers holds when it is run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from indexer.model import LANGUAGES, Action, ClauseType, LanguageCode
from indexer.structure.actions import action_label, find_actions, load_actions
from indexer.structure.formulas import TATWEEL, load_table

TYPES = {"pre": ClauseType.PREAMBULAR, "op": ClauseType.OPERATIVE, "any": ClauseType.OPERATIVE}

# What follows a formula when it is run: a word that no formula or modifier holds.
TAIL: dict[LanguageCode, str] = {
    "ar": "هذا التقييم",
    "zh": "这一评估",
    "en": "this review",
    "fr": "cette évaluation",
    "ru": "эту оценку",
    "es": "esta evaluación",
}


def readings(action: Action) -> set[str]:
    return {action.id, *action.alternatives} | ({action.compound} if action.compound else set())


def open_with(formula: str, lang: LanguageCode) -> str:
    """A clause that opens with a formula: its gap filled, its prefix joined to the word after it."""
    space = "" if lang == "zh" else " "
    text = formula.replace("...", TAIL[lang])
    return text.removesuffix(TATWEEL) + ("" if text.endswith(TATWEEL) else space) + TAIL[lang]


def opening(text: str, lang: LanguageCode, at: str) -> Action:
    actions = find_actions(text, lang, TYPES[at])
    assert actions, f"no formula opens {text!r}"
    return actions[0]


def action_rows(lang: LanguageCode) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every formula of a language: its text, its set and its row."""
    table = load_table(lang, "actions")
    for row in table["action"]:
        for at in ("pre", "op", "any"):
            for text in row.get(at, ()):
                yield text, at, row
    for row in table.get("formula", ()):
        yield row["text"], row["at"], row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formula_gives_its_action(lang: LanguageCode) -> None:
    wrong = []
    for text, at, row in action_rows(lang):
        actions = find_actions(open_with(text, lang), lang, TYPES[at])
        wanted = set(row.get("actions", [row.get("id")]))
        if not actions or not wanted <= readings(actions[0]):
            wrong.append((text, at, wanted, actions and readings(actions[0])))
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_gives_its_action(lang: LanguageCode) -> None:
    table = load_table(lang, "actions")
    wrong = []
    for row in table["action"]:
        at = next(at for at in ("pre", "op", "any") if at in row)
        if row["id"] not in readings(opening(row["example"], lang, at)):
            wrong.append(row["example"])
    for row in table.get("formula", ()):
        action = opening(row["example"], lang, row["at"])
        if not set(row["actions"]) <= readings(action) or not set(row["modifiers"]) <= set(action.modifiers):
            wrong.append(row["example"])
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_ambiguity_reports_its_default_first(lang: LanguageCode) -> None:
    wrong = []
    for row in load_table(lang, "ambiguous")["ambiguous"]:
        action = opening(row["example"], lang, row["at"])
        first = row["default"] in (action.id, action.compound)
        if not first or not {row["default"], *row["alternatives"]} <= readings(action):
            wrong.append((row["formula"], action.id, action.alternatives))
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_modifier_is_recorded_and_changes_no_action(lang: LanguageCode) -> None:
    wrong = []
    for row in load_table(lang, "modifiers")["modifier"]:
        wanted = set() if row["kind"] == "filler" else {row["id"]}
        action = opening(row["example"], lang, "op")
        if set(action.modifiers) != wanted:
            wrong.append((row["example"], action.id, action.modifiers))
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_agree_with_each_other(lang: LanguageCode) -> None:
    table = load_table(lang, "actions")
    facts = load_actions()
    owners: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for text, at, row in action_rows(lang):
        owners[text, at] += row.get("actions", [row.get("id")])
    ambiguous = {(row["formula"], row["at"]): row for row in load_table(lang, "ambiguous")["ambiguous"]}

    assert [row["id"] for row in table["action"]] == [
        id_ for id_ in facts if id_ in {r["id"] for r in table["action"]}
    ]
    for key, ids in owners.items():
        assert len(ids) == len(set(ids)), f"{key} stands twice under one action"
        assert set(ids) <= facts.keys()
        assert len(ids) == 1 or key in ambiguous, f"{key} has several actions and no default"
    for key, row in ambiguous.items():
        assert {row["default"], *row["alternatives"]} == set(owners[key]), key
    for row in table["action"]:
        listed = {*row.get("pre", ()), *row.get("op", ()), *row.get("any", ())}
        assert set(row.get("unproven", ())) <= listed, row["id"]


def test_facts_are_within_their_ranges() -> None:
    facts = load_actions()
    for action in facts.values():
        assert action.strength in range(6)
        assert action.polarity in (-1, 0, 1)
        assert action.addressee in ("none", "optional", "required")
        assert action.base is None or action.base in facts


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_labels_tell_actions_apart(lang: LanguageCode) -> None:
    labels = [action_label(id_, lang) for id_ in load_actions()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_action_has_a_label(lang: LanguageCode) -> None:
    assert all(action_label(id_, lang) not in ("", id_) for id_ in load_actions() if "_" in id_)


def test_label_of_an_unknown_action_is_its_id() -> None:
    assert action_label("no-such-action", "ru") == "no-such-action"
