"""Reading measured on a small fixed sample of the official resolutions: it must not get worse."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.eval.agreement import compare_languages
from bench.eval.material import Material, unpack_sample
from bench.eval.product import read_lines, write_lines, write_without_self
from bench.eval.run import Run, agreement_figures
from bench.eval.scores import Figures

PERCENT = 0.7  # some ten resolutions in all languages
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("floors")
    with ThreadPoolExecutor(2) as pool:
        made = Run(Material(shared), folder, PERCENT, 3, pool)
        unpack_sample(made.material, PERCENT, folder / "xml")
        yield made


@pytest.fixture(scope="module")
def gold(run: Run) -> Path:
    return run.gold(run.work / "xml")


def scored(run: Run, gold: Path, folder: str) -> tuple[Figures, Path]:
    """Read a folder of the run; return its figures and the file of lines."""
    lines = run.work / f"{folder}.jsonl"
    assert write_lines([run.work / folder], lines) > 0
    whole = run.score(gold, lines)
    bare = run.score(gold, write_without_self(lines, run.work / f"{folder}.no-self.jsonl"))
    figures = whole.result().figures
    assert not sum(whole.result().missing.values()), "a resolution of the gold was not read"
    return figures | {"citations, no self": bare.result().figures["citations"]}, lines


def below_floor(section: str, figures: Figures) -> list[str]:
    """Return the figures below their floor, in words."""
    return [
        f"{measure} {lang}: {value:.4f}, floor {floors.get(lang, floors.get('all', 0))}"
        for measure, floors in FLOORS[section].items()
        for lang, value in figures[measure].items()
        if value < floors.get(lang, floors.get("all", 0))
    ]


def test_xml(run: Run, gold: Path) -> None:
    figures, lines = scored(run, gold, "xml")
    figures |= agreement_figures(compare_languages(read_lines(lines)))
    assert below_floor("xml", figures) == []


def test_page_text(run: Run, gold: Path) -> None:
    options = ("--heads", "--spaces", "--seed", "1", "--outdir", run.work / "pages")
    run.material.run_tool("render_pages.py", gold, *options)
    figures, _ = scored(run, gold, "pages")
    assert below_floor("pages", figures) == []
