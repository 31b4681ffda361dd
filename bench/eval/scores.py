"""Scores of the measuring tool, by language and measure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.eval.material import Material

Figures = dict[str, dict[str, float]]
"""Measure → language → figure."""

# How the tool names what the goals call otherwise; of a measure with precision and recall the F1 counts.
_MEASURES = {"clauses": "seg", "number": "number", "notes": "notes", "citations": "cites"}
_WORST_HEAD = "== worst disagreements"


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one run of the tool, how many documents it compared, and the worst of them as it names them."""

    figures: Figures
    documents: dict[str, int]
    missing: dict[str, int]
    worst: list[str]


def score_lines(
    material: Material, gold: Path, lines: Path, *, lenient: bool = False, given: bool = False, worst: int = 6
) -> Score:
    """Compare lines with the gold.

    ``given`` leaves out documents without a line, ``lenient`` the letters of parts; ``worst`` documents are named.
    """
    result = lines.with_suffix(".lenient.json" if lenient else ".score.json")
    options = [*(["--lenient-parts"] if lenient else []), *(["--given"] if given else [])]
    printed = material.run_tool(
        "score_parse.py",
        gold,
        lines,
        *("--errata", material.gold_tables / "link_errata.tsv"),
        *("--unlinked", material.gold_tables / "unlinked.tsv"),
        *("--worst", str(worst), "--json", result),
        *options,
    )
    by_language: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    figures = {
        measure: {lang: _figure(scores[key]) for lang, scores in by_language.items()}
        for measure, key in _MEASURES.items()
    }
    return Score(
        figures,
        documents={lang: scores["documents"] for lang, scores in by_language.items()},
        missing={lang: scores["missing"] for lang, scores in by_language.items()},
        worst=printed[printed.find(_WORST_HEAD) :].splitlines()[1:],
    )


def mean(scores: list[Figures]) -> Figures:
    """Return the mean of several runs, figure by figure."""
    first, *_ = scores
    return {
        measure: {lang: sum(score[measure][lang] for score in scores) / len(scores) for lang in figures}
        for measure, figures in first.items()
    }


def _figure(value: Any) -> float:
    return float(value["F1"] if isinstance(value, dict) else value)
