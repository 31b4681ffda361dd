"""Judged queries: what the scorer of the measuring material makes of our answers."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from bench.quality.asking import Indexes

WORST = 20
JUDGED_BODY = "GA"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The scores of all queries, and the scorer's rows: measure, language, mean and number of queries."""

    results: list[dict[str, Any]]
    scorer: ModuleType

    def mean(self, measure: str, lang: str | None = None) -> float | None:
        """Return the mean of a measure over a language, or over all; None where no query measures it."""
        langs = [*self.scorer.LANGS, None]
        row = next(row for row in self.scorer.summary(self.results) if row[0].startswith(measure))
        value: float | None = row[1 + langs.index(lang)][0]
        return value

    def table(self) -> str:
        """Return the table as Markdown."""
        text: str = self.scorer.table(self.scorer.summary(self.results))
        return text

    def worst(self) -> list[dict[str, Any]]:
        """Return the queries with the lowest scores."""
        short = [result for result in self.results if result["value"] < 1]
        return sorted(short, key=lambda result: (result["value"], result["id"]))[:WORST]


def judge(indexes: Indexes, material: Path) -> Judgement:
    """Ask every judged query of a language that is held, of the General Assembly: whose texts were judged."""
    scorer = _load(material / "quality" / "score_search.py")
    listed = yaml.safe_load((material / "quality" / "queries-public.yaml").read_text(encoding="utf-8"))["queries"]
    queries = [query for query in listed if query["lang"] in indexes.languages]
    return Judgement(scorer.run(queries, partial(indexes.ask, body=JUDGED_BODY)), scorer)


def _load(path: Path) -> ModuleType:
    spec = spec_from_file_location("score_search", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
