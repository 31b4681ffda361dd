"""Figures of loads and soaks, on the screen and as values for a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from bench.load.asking import Load
from bench.load.overload import Overload
from bench.load.soak import Soak

Figures = dict[str, float]

MEASURES = ("rss_mb", "private_mb", "descriptors", "threads", "mapped", "replaced")
COLUMNS = ("first", "highest", "last", "slope")
SHOWN_ERRORS = 5
SHOWN_SLOWEST = 5
LABEL = 14


def load_figures(load: Load) -> Figures:
    """Return what became of a load; times in milliseconds."""
    return {
        "seconds": round(load.seconds, 1),
        "requests": len(load.answers),
        "rate": round(load.rate, 1),
        "p50": round(load.milliseconds(0.5), 1),
        "p99": round(load.milliseconds(0.99), 1),
        "longest": round(load.milliseconds(1.0), 1),
        "shed": load.shed,
        "errors": len(load.errors),
    }


def table(rows: Sequence[tuple[str, Figures]]) -> list[str]:
    """Return lines of a table: a label and figures in each row, all with the same names."""
    names = list(rows[0][1]) if rows else []
    head = "".ljust(LABEL) + "".join(name.rjust(12) for name in names)
    return [head, *(label.ljust(LABEL) + "".join(f"{row[name]:12,.10g}" for name in names) for label, row in rows)]


def kinds(load: Load) -> list[str]:
    """Return a table of a load by kind of request."""
    by_kind: dict[str, list[float]] = {}
    for answer in load.good:
        by_kind.setdefault(answer.ask.kind, []).append(answer.seconds)
    parts = {
        kind: Load(tuple(answer for answer in load.answers if answer.ask.kind == kind), load.seconds)
        for kind in sorted(by_kind)
    }
    return table([(kind, load_figures(part)) for kind, part in parts.items()])


def errors(load: Load) -> list[str]:
    """Return the most frequent errors of a load, each with a path."""
    counts = Counter((answer.status, answer.reason) for answer in load.errors)
    paths = {(answer.status, answer.reason): answer.ask.path for answer in load.errors}
    return [
        f"{number} × {status or reason} ({paths[status, reason]})"
        for (status, reason), number in counts.most_common(SHOWN_ERRORS)
    ]


def slowest(load: Load) -> list[str]:
    """Return the requests that took longest, with when they were asked."""
    begun = min((answer.at for answer in load.answers), default=0.0)
    return [
        f"{answer.seconds * 1000:8,.0f} ms  after {answer.at - begun:6.1f} s  {answer.ask.path}"
        for answer in sorted(load.good, key=lambda answer: -answer.seconds)[:SHOWN_SLOWEST]
    ]


def overload_rows(found: Overload) -> list[tuple[str, Figures]]:
    """Return the rows of an overload: one client, full, twice as much."""
    return [
        ("one client", load_figures(found.unloaded)),
        ("full", load_figures(found.full)),
        (f"{found.offered:.0f}/s offered", load_figures(found.over)),
    ]


def soak_rows(found: Soak) -> list[tuple[str, Figures]]:
    """Return for each measure the first, highest and last reading and the slope in a minute of the second half."""
    rows = []
    for measure in MEASURES:
        values = found.figures(measure)
        figures = dict(zip(COLUMNS, (values[0], max(values), values[-1], found.slope(measure)), strict=True))
        rows.append((measure, {name: round(value, 2) for name, value in figures.items()}))
    return rows


def show(title: str, lines: Sequence[str]) -> None:
    """Print lines under a title."""
    click.echo(f"\n{title}")
    for line in lines:
        click.echo(line)
