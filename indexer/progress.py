"""Progress of long work: a bar on a terminal, plain lines elsewhere, always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click
from tqdm import tqdm

T = TypeVar("T")

LINES_PER_RUN = 10  # outside a terminal: a line each tenth of the work …
SECONDS_BETWEEN_LINES = 5.0  # … and none sooner than this after the last, so that short work stays silent


def track(items: Iterable[T], *, total: int, label: str, unit: str) -> Iterator[T]:
    """Yield ``items`` and show how many of ``total`` are done."""
    if sys.stderr.isatty():
        yield from tqdm(items, total=total, desc=label, unit=f" {unit}", file=sys.stderr, dynamic_ncols=True)
    else:
        yield from _with_lines(items, total, label, unit)


def say(message: str) -> None:
    """Print a line for the person who waits."""
    click.echo(message, err=True)


def _with_lines(items: Iterable[T], total: int, label: str, unit: str) -> Iterator[T]:
    step = max(1, total // LINES_PER_RUN)
    last = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if done % step == 0 and now - last >= SECONDS_BETWEEN_LINES:
            say(f"{label}: {done:,} of {total:,} {unit}")
            last = now
