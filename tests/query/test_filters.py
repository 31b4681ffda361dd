"""Which values a filter takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import FILTERS, FilterName
from app.query.filters import MAX_VALUE_LENGTH, is_filter_value, read_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2003", (2003, 2003)),
        ("1999..2003", (1999, 2003)),
        ("2003..1999", (1999, 2003)),
        ("1999..", (1999, 9999)),
        ("..2003", (0, 2003)),
        ("..", None),
        ("", None),
        ("03", None),
        ("2003-2004", None),
        ("20032004", None),
        ("soon", None),
    ],
)
def test_years(text: str, years: tuple[int, int] | None) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("type", "operative", True),
        ("type", "Operative", False),
        ("lang", "ru", True),
        ("lang", "de", False),
        ("body", "GA", True),
        ("year", "1999..2003", True),
        ("year", "MMIII", False),
        ("cites", "ins:cedaw", True),
        ("cites", "*", False),
        ("symbol", "A/RES/58/*", True),
        ("symbol", "...", False),
        ("subject", "x" * MAX_VALUE_LENGTH, True),
        ("subject", "x" * (MAX_VALUE_LENGTH + 1), False),
    ],
)
def test_values(name: FilterName, value: str, taken: bool) -> None:
    assert is_filter_value(name, value) is taken


@given(st.sampled_from(FILTERS), st.text())
def test_any_text_gets_an_answer(name: FilterName, value: str) -> None:
    assert is_filter_value(name, value) in (True, False)
