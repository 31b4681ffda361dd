"""More than the service carries: how much it answers, how much it sheds, and how long what it answers takes."""

from __future__ import annotations

from dataclasses import dataclass

from bench.load.asking import Load, closed_loop, open_loop
from bench.load.mix import Mix
from bench.load.service import Service

FULL_CLIENTS = 4  # of each worker: none is ever without work, and none is refused where most come to one of them
TIMES = 2.0  # the sustainable rate
WORST = 5.0  # times the unloaded 99th percentile that one of what is accepted may take


@dataclass(frozen=True, slots=True)
class Overload:
    """One client at a time, as many as keep the service busy, and then twice what that carries, offered open loop."""

    unloaded: Load
    full: Load
    offered: float
    over: Load

    @property
    def ratio(self) -> float:
        """The 99th percentile of what is accepted under overload in times of the unloaded one."""
        return self.over.milliseconds(0.99) / self.unloaded.milliseconds(0.99)

    def missed(self) -> list[str]:
        """Return what is not as it should be, in words."""
        errors = [answer for load in (self.unloaded, self.full, self.over) for answer in load.errors]
        slow = not self.ratio <= WORST  # NaN, too, is no success
        return [
            *([f"accepted requests take {self.ratio:.1f} times the unloaded p99, goal {WORST:g}"] if slow else []),
            *([f"{len(errors)} requests were neither answered nor shed"] if errors else []),
        ]


def overload(service: Service, mix: Mix, *, workers: int, seconds: float, seed: int) -> Overload:
    """Measure a running service that has its own limits; three runs of so many seconds."""
    unloaded = closed_loop(service.port, [mix.asks(seed)], seconds)
    clients = FULL_CLIENTS * workers
    full = closed_loop(service.port, [mix.asks(seed + place) for place in range(1, clients + 1)], seconds)
    offered = TIMES * full.rate
    over = open_loop(service.port, mix.asks(seed + clients + 1), offered, seconds, seed=seed)
    return Overload(unloaded, full, offered, over)
