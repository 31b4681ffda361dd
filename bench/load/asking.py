"""Clients: threads with a connection each, that ask one after the other or when their time has come.

`http.client` is the client: it costs some 0.1 ms a request, a search some ten times that. The clients live in the
process that measures; the service runs in processes of its own.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from math import ceil
from queue import SimpleQueue
from random import Random
from threading import Thread

from bench.load.mix import Ask

LOOPBACK = "127.0.0.1"
PATIENCE = 60.0  # seconds for one answer; only a hang takes so long
MAX_IDLE = 2.0  # seconds; uvicorn closes what was silent for five
SHED = frozenset([429, 503])
BROKEN = 0  # the status of what was not answered
HANDS = 256  # of the open loop: how many requests it can have under way


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: its status (0: no answer), how long it took in seconds, when it was asked.

    ``shed`` is a refusal that says when to come again; any other status but 200 is an error.
    """

    ask: Ask
    status: int
    seconds: float
    at: float
    shed: bool = False
    reason: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it was answered."""
        return self.status == http.client.OK

    @property
    def is_error(self) -> bool:
        """Whether it was neither answered nor refused as it should be."""
        return not self.is_good and not self.shed


@dataclass(frozen=True, slots=True)
class Load:
    """All that was asked in some seconds."""

    answers: tuple[Answer, ...]
    seconds: float

    @property
    def good(self) -> list[Answer]:
        """What was answered."""
        return [answer for answer in self.answers if answer.is_good]

    @property
    def shed(self) -> int:
        """How much was refused, with the time to come again."""
        return sum(answer.shed for answer in self.answers)

    @property
    def errors(self) -> list[Answer]:
        """What was neither."""
        return [answer for answer in self.answers if answer.is_error]

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return len(self.good) / self.seconds

    def milliseconds(self, share: float) -> float:
        """Return the time within which a share of what was answered was answered; NaN where nothing was."""
        return percentile([answer.seconds * 1000 for answer in self.good], share)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least value that a share (0 … 1) of all do not exceed; NaN of none."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)] if values else float("nan")


class Client:
    """One kept-alive connection, or with ``fresh`` a new one for each request."""

    def __init__(self, port: int, *, fresh: bool = False) -> None:
        self._connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
        self._fresh = fresh
        self._used = 0.0

    def ask(self, ask: Ask, due: float | None = None) -> Answer:
        """Return what becomes of a request; its time counts from when it was ``due``, if that was sooner."""
        begun = time.perf_counter()
        at = begun if due is None else due
        if self._fresh or begun - self._used > MAX_IDLE:
            self._connection.close()
        try:
            self._connection.request("GET", ask.path, headers={"Accept-Language": ask.language})
            response = self._connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return Answer(ask, BROKEN, time.perf_counter() - at, at, reason=f"{type(error).__name__}: {error}")
        self._used = time.perf_counter()
        shed = response.status in SHED and response.headers.get("Retry-After", "").isdecimal()
        return Answer(ask, response.status, self._used - at, at, shed)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def closed_loop(port: int, streams: Iterable[Iterator[Ask]], seconds: float) -> Load:
    """Ask each stream on a connection of its own, one request after the other, for so many seconds."""
    answers: list[Answer] = []
    started = time.perf_counter()

    def run(stream: Iterator[Ask]) -> None:
        client = Client(port)
        while time.perf_counter() - started < seconds:
            answers.append(client.ask(next(stream)))
        client.close()

    _in_threads([partial(run, stream) for stream in streams])
    return Load(tuple(answers), time.perf_counter() - started)


def open_loop(port: int, stream: Iterator[Ask], rate: float, seconds: float, *, seed: int) -> Load:
    """Ask at a rate, whether or not what was asked before is answered, in the irregular way of many readers.

    Gaps are exponential. The time of a request counts from the moment that it was due: where all hands are busy, it
    waits with them.
    """
    answers: list[Answer] = []
    due: SimpleQueue[tuple[Ask, float] | None] = SimpleQueue()

    def run() -> None:
        client = Client(port)
        while (item := due.get()) is not None:
            answers.append(client.ask(*item))
        client.close()

    def offer() -> None:
        random, moment = Random(seed), time.perf_counter()
        end = moment + seconds
        while (moment := moment + random.expovariate(rate)) < end:
            time.sleep(max(0.0, moment - time.perf_counter()))
            due.put((next(stream), moment))
        for _ in range(HANDS):
            due.put(None)

    _in_threads([offer, *[run] * HANDS])
    return Load(tuple(answers), seconds)


def counted(port: int, streams: Sequence[Iterator[Ask]], number: int, *, fresh: int) -> Load:
    """Ask ``number`` requests; the first ``fresh`` streams take a new connection for each, the others keep theirs."""
    answers: list[Answer] = []
    places = count()  # next() of it is one step for the interpreter, so threads share it
    started = time.perf_counter()

    def run(place: int, stream: Iterator[Ask]) -> None:
        client = Client(port, fresh=place < fresh)
        while next(places) < number:
            answers.append(client.ask(next(stream)))
        client.close()

    _in_threads([partial(run, place, stream) for place, stream in enumerate(streams)])
    return Load(tuple(answers), time.perf_counter() - started)


def _in_threads(tasks: Sequence[Callable[[], None]]) -> None:
    threads = [Thread(target=task, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
