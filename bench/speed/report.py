"""The figures of a run on the screen, the goal beside each, and which of them miss it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click

from bench.speed.engines import Ours
from bench.speed.timing import Times
from bench.speed.writing import Writing

Figures = dict[str, dict[str, dict[str, float]]]
"""Section → peer (or nothing) → measure → Clausula's figure, in times of the peer's where there is one."""

LABEL, CELL = 14, 27


@cache
def goals() -> Figures:
    """Return the figures to reach, at most."""
    given = tomllib.loads(Path(__file__).with_name("goals.toml").read_text(encoding="utf-8"))
    return {section: _by_peer(values) for section, values in given.items()}


def missed(figures: Figures) -> list[str]:
    """Return the figures beyond their goal, in words."""
    return [
        f"{section} {peer} {measure}: {value:.4g}, goal {goal:g}".replace("  ", " ")
        for section, by_peer in goals().items()
        for peer, by_measure in by_peer.items()
        for measure, goal in by_measure.items()
        if (value := figures.get(section, {}).get(peer, {}).get(measure)) is not None and value > goal
    ]


def show_times(title: str, times: Mapping[str, Mapping[str, Times]]) -> dict[str, dict[str, float]]:
    """Print medians and 95th percentiles in ms, the ratio behind each peer's; return the ratios by peer."""
    engines = list(next(iter(times.values())))
    ratios: dict[str, dict[str, float]] = {name: {} for name in engines if name != Ours.name}
    click.echo(f"\n{title}: median (95th percentile) in ms, and Clausula's median in times of it")
    click.echo("".ljust(LABEL) + "".join(name.rjust(CELL) for name in engines))
    for kind, by_engine in times.items():
        ours = by_engine[Ours.name]
        row = kind.ljust(LABEL)
        for name, taken in by_engine.items():
            cell = f"{taken.median:.3f} ({taken.p95:.2f})"
            if name != Ours.name:
                ratios[name][kind] = ours.median / taken.median
                cell += f" {ratios[name][kind]:.3g}×"
            row += cell.rjust(CELL)
        click.echo(row)
    return ratios


def show_writing(writings: Mapping[str, Writing]) -> dict[str, dict[str, float]]:
    """Print what writing took; return Clausula's figures in times of each peer's."""
    click.echo("\nwriting".ljust(LABEL + 10) + "".join(head.rjust(12) for head in ("seconds", "peak MB", "MB")))
    for name, taken in writings.items():
        cells = (taken.seconds, taken.peak_mb, taken.bytes / 1e6)
        click.echo(name.ljust(LABEL + 9) + "".join(f"{cell:,.1f}".rjust(12) for cell in cells))
    ours = writings[Ours.name]
    return {
        name: {"seconds": ours.seconds / taken.seconds, "bytes": ours.bytes / taken.bytes}
        for name, taken in writings.items()
        if name != Ours.name
    }


def show_figures(title: str, figures: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Print figures that have no peer."""
    click.echo(f"\n{title}")
    for name, value in figures.items():
        click.echo(f"{name.ljust(2 * LABEL)}{value:>12.3f}")
    return {"": dict(figures)}


def _by_peer(values: Mapping[str, float | Mapping[str, float]]) -> dict[str, dict[str, float]]:
    alone = {name: value for name, value in values.items() if not isinstance(value, Mapping)}
    named = {name: dict(value) for name, value in values.items() if isinstance(value, Mapping)}
    return {**named, "": alone} if alone else named
