"""One run of the measuring: where it works, what it makes there, what it found."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import click

from bench.eval.agreement import Agreement
from bench.eval.material import Material
from bench.eval.scores import Figures, Score, score_lines
from bench.eval.table import rows


@dataclass(slots=True)
class Run:
    """One run: where it works, what it found, and how much of the worst it names."""

    material: Material
    work: Path
    percent: float
    worst: int
    pool: ThreadPoolExecutor
    sections: dict[str, Figures] = field(default_factory=dict)

    def gold(self, folder: Path) -> Path:
        """Make the gold of a folder of XML."""
        target = folder.with_suffix(".gold.jsonl")
        self.material.run_tool("akn_gold.py", folder, "--base", folder, "--out", target)
        return target

    def score(self, gold: Path, lines: Path, *, lenient: bool = False, given: bool = False) -> Future[Score]:
        """Score in the background: the tool is a program of its own and takes one core."""
        return self.pool.submit(
            score_lines, self.material, gold, lines, lenient=lenient, given=given, worst=self.worst
        )

    def show(self, section: str, title: str, figures: Figures) -> None:
        """Print a table and keep its figures."""
        self.sections[section] = figures
        click.echo(f"\n{title}")
        for row in rows(section, figures):
            click.echo(row)


def agreement_figures(agreement: dict[str, Agreement]) -> Figures:
    """Return what the language versions say about one another as figures."""
    others = {lang: found for lang, found in agreement.items() if found.same_ids.whole}
    return {
        "with action": {lang: found.with_action.value for lang, found in agreement.items()},
        "action as in en": {lang: found.same_action.value for lang, found in others.items()},
        "ids as in en": {lang: found.same_ids.value for lang, found in others.items()},
    }
