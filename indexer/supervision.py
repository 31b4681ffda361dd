"""Work on untrusted input in processes that may die of it.

A reader of PDF is native code, and a file made to break it may end its process, never end, or fill the memory. So
each worker has a limit of memory and, for each item, of time; the kernel ends one that goes beyond. The items that
were under way then are taken one by one in a process of their own, and the one that kills that is given up as `Lost`;
the rest goes on as if nothing had been.

Workers end with the process that started them, however that ended: one that is killed closes no pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ITEMS_A_TASK = 8  # large enough to hide the cost of a task, small enough to keep all cores busy to the end
TASKS_A_WORKER = 4  # under way or waiting; what a dying worker takes with it is no more


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds on the clock, and bytes of memory, those of the worker itself included.

    Systems without the means (Windows; memory on macOS) do not limit.
    """

    seconds: float = 180.0  # the longest resolution takes two
    memory: int = 3 * 2**30


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """An item that ended the process that worked on it, and how."""

    item: T
    reason: str


def supervise(work: Callable[[T], R], items: Sequence[T], jobs: int, limits: Limits) -> Iterator[R | Lost[T]]:
    """Yield what ``work`` makes of each item, in order, worked on in ``jobs`` processes.

    ``work`` and the items go to other processes: a function of a module, and values that can be pickled. An error
    that ``work`` raises is raised here.
    """
    tasks = deque(items[at : at + ITEMS_A_TASK] for at in range(0, len(items), ITEMS_A_TASK))
    waiting: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
    pool = _pool(jobs, limits)
    try:
        while tasks or waiting:
            while tasks and len(waiting) < jobs * TASKS_A_WORKER:
                task = tasks.popleft()
                waiting.append((task, pool.submit(partial(_work_on, work, task, limits.seconds))))
            task, future = waiting.popleft()
            try:
                done = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                lost = [item for some, _ in ((task, future), *waiting) for item in some]
                waiting.clear()
                yield from _one_by_one(work, lost, limits)
                pool = _pool(jobs, limits)
            else:
                yield from done
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(work: Callable[[T], R], items: Sequence[T], limits: Limits) -> Iterator[R | Lost[T]]:
    pool = _pool(1, limits)
    try:
        for item in items:
            try:
                (done,) = pool.submit(partial(_work_on, work, [item], limits.seconds)).result()
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                pool = _pool(1, limits)
                yield Lost(item, f"it ended the process that read it, or took more than {limits.seconds:.0f} seconds")
            else:
                yield done
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int, limits: Limits) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # the one start method that every platform has
    return ProcessPoolExecutor(jobs, context, _start_worker, (limits.memory,))


def end_with_parent() -> None:
    """Have this process end as soon as the one that started it has; to be called once, in a worker.

    A worker of a pool waits for work on a pipe that it holds open itself, and so would wait for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), name="end-with-parent", daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # nobody is left to be told anything


def _start_worker(memory: int) -> None:
    end_with_parent()
    _limit_memory(memory)


def _limit_memory(memory: int) -> None:
    if sys.platform == "linux":  # elsewhere the limit is not kept, or not known
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def _work_on(work: Callable[[T], R], items: Sequence[T], seconds: float) -> list[R]:
    done = []
    for item in items:
        _set_alarm(seconds)
        try:
            done.append(work(item))
        finally:
            _set_alarm(0)
    return done


def _set_alarm(seconds: float) -> None:
    """Have the kernel end this process after so many seconds: native code heeds nothing gentler."""
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
