"""The measuring itself, on lines of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.eval.__main__ import main
from bench.eval.agreement import compare_languages
from bench.eval.material import in_sample, sample_key
from bench.eval.product import Line
from bench.eval.scores import mean
from bench.eval.table import COLUMNS, goal, goals, missed, rows


def clause(path: str, action: str | None, alternatives: tuple[str, ...] = (), compound: str = "") -> Line:
    opening = {"id": action, "surface": "…", "alternatives": alternatives, "compound": compound or None}
    return {
        "id": f"A/RES/71/399#{path}",
        "type": "operative",
        "text": "words of a clause",
        "action": action,
        "actions": [opening] if action else [],
    }


def line(lang: str, *clauses: Line) -> Line:
    return {"symbol": "A/RES/71/399", "lang": lang, "clauses": list(clauses)}


def test_actions_agree_by_id_alternative_and_compound() -> None:
    acts = ("notes", "urges", "decides", "calls_upon")
    english = line("en", *(clause(f"op{number}", act) for number, act in enumerate(acts, 1)))
    russian = line(
        "ru",
        clause("op1", "notes"),
        clause("op2", "encourages", alternatives=("urges",)),
        clause("op3", "extends", compound="decides"),
        clause("op4", "requests"),
        clause("op5", None),
    )
    found = compare_languages([english, russian])
    assert (found["ru"].same_action.part, found["ru"].same_action.whole) == (3, 4)
    assert (found["ru"].with_action.part, found["ru"].with_action.whole) == (4, 5)
    assert (found["ru"].same_ids.part, found["ru"].same_ids.whole) == (4, 5)
    assert found["en"].same_ids.whole == 0
    assert found["ru"].other_actions.total() == found["ru"].without_action.total() == 1


@pytest.mark.parametrize(
    ("archive", "names"),
    [
        ("GAresolutions-79.zip", ["79session/Arabic/A_RES_79_1-2416433A.xml", "79session/French/79_1_F.xml"]),
        ("SCresolutions.zip", ["2021/English/S_RES_2582 (2021)-1E.xml", "2021/Russian/SC_2582_2021-R.xml"]),
    ],
)
def test_all_languages_of_a_resolution_fall_into_the_same_sample(archive: str, names: list[str]) -> None:
    assert len({sample_key(Path(archive), name) for name in names}) == 1


def test_a_larger_sample_holds_the_smaller_one() -> None:
    keys = [f"79_{number}" for number in range(300)]
    small, large = ([key for key in keys if in_sample(key, percent)] for percent in (5, 20))
    assert 0 < len(small) < len(large) < len(keys)
    assert set(small) < set(large)
    assert all(in_sample(key, 100) for key in keys)


def test_goals_stand_beside_the_figures_and_missed_ones_are_named() -> None:
    figures = {"clauses": {"ru": 0.5, "en": 1.0}}
    _, row = rows("xml", figures)
    assert "0.5000*(0.998)" in row
    assert "1.0000 (0.998)" in row
    assert missed("xml", figures) == ["xml clauses ru: 0.5000, goal 0.998"]


def test_every_goal_is_for_a_known_language() -> None:
    for section, measures in goals().items():
        for measure, by_language in measures.items():
            assert set(by_language) <= {*COLUMNS, "all"}
            assert all(goal(section, measure, lang) == value for lang, value in by_language.items() if lang != "all")


def test_the_mean_of_seeds() -> None:
    assert mean([{"clauses": {"ru": 0.5}}, {"clauses": {"ru": 1.0}}]) == {"clauses": {"ru": 0.75}}


def test_without_the_material_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAUSULA_SHARED", str(tmp_path))
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert "CLAUSULA_SHARED" in result.output
