"""Timing engines with many questions, round by round in turns: whatever else the machine does hits all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over questions, of each question the median of its rounds."""

    median: float
    p95: float
    questions: int


def time_in_turns(
    engines: Mapping[str, Callable[[Asked], object]], asked: Sequence[Asked], *, rounds: int, budget: float
) -> dict[str, Times]:
    """Return the times of each engine; one that has had ``budget`` seconds is asked no further question.

    The first round warms up and does not count, unless an engine gets no further.
    """
    spent = dict.fromkeys(engines, 0.0)
    taken: dict[str, dict[int, list[float]]] = {name: {} for name in engines}
    for _ in range(rounds + 1):
        for name, ask in engines.items():
            for place, question in enumerate(asked):
                if spent[name] >= budget:
                    break
                started = time.perf_counter()
                ask(question)
                seconds = time.perf_counter() - started
                spent[name] += seconds
                taken[name].setdefault(place, []).append(seconds * 1000)
    return {name: _times(list(by_place.values())) for name, by_place in taken.items()}


def _times(rounds: Sequence[list[float]]) -> Times:
    medians = [median(some[1:] or some) for some in rounds]
    p95 = quantiles(medians, n=20)[-1] if len(medians) > 1 else medians[0]
    return Times(median(medians), p95, len(medians))
