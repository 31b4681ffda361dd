"""Full load for minutes, and what the processes hold meanwhile: nothing may grow without end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from threading import Thread

from bench.load.asking import Client, Load, closed_loop, counted
from bench.load.generations import copy_generation
from bench.load.mix import Ask, Mix
from bench.load.overload import FULL_CLIENTS
from bench.load.service import Reading, Service, read_processes
from indexer.progress import say

READINGS = 60  # of a run, evenly spread, but none sooner than …
LEAST_SECONDS = 1.0
SECONDS_BETWEEN_LINES = 15.0
SETTLE_SECONDS = 60.0  # at most, after the last request: a new index is looked for each second, and prepared
CHEAP = (
    "/healthz",
    "/readyz",
    "/api/v1/stats",
    "/static/clausula.css",
    "/api/v1/suggest?q=rig",
    "/api/v1/instruments/cedaw",
    "/metrics",
    "/api/v1/suggest?q=a",
)
CONNECTIONS = 8  # of many requests …
FRESH = 2  # … and so many of them take a new connection for each


@dataclass(frozen=True, slots=True)
class Soak:
    """The load, and readings from the first to the last; ``swaps`` are the new indexes that came meanwhile."""

    load: Load
    readings: tuple[Reading, ...]
    swaps: int

    def figures(self, measure: str) -> list[float]:
        """Return one measure of all readings, a field of `Reading`."""
        return [float(getattr(reading, measure)) for reading in self.readings]

    def slope(self, measure: str) -> float:
        """Return the growth of a measure in a minute over the second half, when all caches are warm."""
        half = self.readings[len(self.readings) // 2 :]
        return slope([one.seconds / 60 for one in half], [float(getattr(one, measure)) for one in half])

    def missed(self) -> list[str]:
        """Return what is not as it should be, in words."""
        errors, first, last = self.load.errors, self.readings[0], self.readings[-1]
        opened = last.descriptors - first.descriptors
        return [
            *([f"{len(errors)} requests were neither answered nor shed"] if errors else []),
            *([f"{opened} more files and connections are open"] if opened > CONNECTIONS else []),
            *([f"{last.replaced} files of replaced indexes are still held"] if last.replaced else []),
        ]


def slope(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the line nearest to points (least squares); 0 for a single one."""
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((moment - middle) ** 2 for moment in times)
    return (
        sum((moment - middle) * (value - mean) for moment, value in zip(times, values, strict=True)) / spread
        if spread
        else 0.0
    )


def soak(service: Service, mix: Mix, *, workers: int, seconds: float, swaps: int, seed: int) -> Soak:
    """Load a service fully; its index, which is changed, gets new generations at even distances."""
    streams = [mix.asks(seed + place) for place in range(FULL_CLIENTS * workers)]
    pause = max(LEAST_SECONDS, seconds / READINGS)
    run = partial(closed_loop, service.port, streams, seconds)
    return _watched(service, run, workers=workers, pause=pause, swaps=swaps, seconds=seconds)


def many_requests(service: Service, number: int, *, workers: int) -> Soak:
    """Ask so many cheap requests on kept connections and new ones."""
    streams = [_cheap(place) for place in range(CONNECTIONS)]
    run = partial(counted, service.port, streams, number, fresh=FRESH)
    return _watched(service, run, workers=workers, pause=LEAST_SECONDS)


def _cheap(place: int) -> Iterator[Ask]:
    asks = [Ask("cheap", path, "ru") for path in CHEAP]
    return cycle([*asks[place % len(asks) :], *asks[: place % len(asks)]])


def _watched(
    service: Service, run: Callable[[], Load], *, workers: int, pause: float, swaps: int = 0, seconds: float = 0.0
) -> Soak:
    """Read the processes before, while and after something runs, and swap indexes meanwhile."""
    readings = [read_processes(service, 0.0)]
    started = told = time.perf_counter()
    running = _in_a_thread(run)
    swapped = 0
    while not running.done():
        wait([running], pause)
        now = time.perf_counter()
        if swapped < swaps and now - started > (swapped + 1) * seconds / (swaps + 1):
            swapped += 1
            copy_generation(service.index, service.index, swapped)
        readings.append(read_processes(service, now - started))
        if now - told > SECONDS_BETWEEN_LINES:
            told = now
            say(_line(readings[-1]))
    load = running.result()
    readings.append(_settled(service, workers, started))
    return Soak(load, tuple(readings), swapped)


def _settled(service: Service, workers: int, started: float) -> Reading:
    """Return a reading once all workers let go of replaced indexes, or the last one when they do not."""
    until = time.perf_counter() + SETTLE_SECONDS
    while True:
        for _ in range(8 * workers):  # a worker lets go of an old index when it is asked something
            with closing(Client(service.port)) as client:
                client.ask(Ask("watch", "/readyz", "en"))
        reading = read_processes(service, time.perf_counter() - started)
        if not reading.replaced or time.perf_counter() > until:
            return reading
        time.sleep(LEAST_SECONDS)


def _in_a_thread(run: Callable[[], Load]) -> Future[Load]:
    """Begin something that does not keep the process when it is told to stop."""
    running: Future[Load] = Future()

    def finish() -> None:
        try:
            running.set_result(run())
        except Exception as error:
            running.set_exception(error)

    Thread(target=finish, daemon=True).start()
    return running


def _line(reading: Reading) -> str:
    return (
        f"{reading.seconds:6.0f} s  {reading.requests:9,.0f} requests  {reading.private_mb:7.1f} MB private  "
        f"{reading.descriptors:4} descriptors  {reading.threads:3} threads  {reading.replaced:3} of replaced indexes"
    )
