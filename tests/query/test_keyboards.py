"""Words typed with the wrong keyboard layout on."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query.keyboards import retyped

LAYOUTS = tomllib.loads((files("app.query") / "data" / "keyboards.toml").read_text(encoding="utf-8"))["layout"]


@pytest.mark.parametrize(("typed", "meant"), [*(row["example"] for row in LAYOUTS), ("RJYDTYWBZ", "конвенция")])
def test_what_the_keys_give(typed: str, meant: str) -> None:
    assert meant in [text for text, _ in retyped(typed)]


def test_the_other_way_round() -> None:
    assert ("rights", ("en", "fr", "es")) in list(retyped("кшпреы"))


@given(st.text("йцукенгшщзхъфывапролджэячсмитьбю", min_size=1))
def test_there_and_back(word: str) -> None:
    latin = [text for text, langs in retyped(word) if len(langs) > 1]
    assert word in [text for typed in latin for text, _ in retyped(typed)]
