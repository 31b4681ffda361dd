"""Figures as a table by language, the goal beside each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.eval.scores import Figures

COLUMNS = ("ru", "en", "fr", "es", "ar", "zh")
_LABEL = 28
_CELL = 16


@cache
def goals() -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures to reach: input → measure → language."""
    text = Path(__file__).with_name("goals.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def goal(section: str, measure: str, lang: str) -> float | None:
    """Return the figure to reach, or None where there is none."""
    by_language = goals().get(section, {}).get(measure, {})
    return by_language.get(lang, by_language.get("all"))


def missed(section: str, figures: Figures) -> list[str]:
    """Return the figures below their goal, in words."""
    return [
        f"{section} {measure} {lang}: {value:.4f}, goal {target:g}"
        for measure, by_language in figures.items()
        for lang, value in by_language.items()
        if (target := goal(section, measure, lang)) is not None and value < target
    ]


def rows(section: str, figures: Figures) -> Iterator[str]:
    """Yield a head and a row for each measure: figure, then goal; a star marks a goal that is not reached."""
    languages = [lang for lang in COLUMNS if any(lang in by_language for by_language in figures.values())]
    yield f"  {'':<{_LABEL}}" + "".join(f"{lang:>{_CELL}}" for lang in languages)
    for measure, by_language in figures.items():
        cells = (_cell(by_language.get(lang), goal(section, measure, lang)) for lang in languages)
        yield f"  {measure:<{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def _cell(value: float | None, target: float | None) -> str:
    if value is None:
        return "–"
    if target is None:
        return f"{value:.4f}       "
    return f"{value:.4f}{'*' if value < target else ' '}({target:g})"
