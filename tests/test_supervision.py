"""Work in processes that die, hang and fill the memory: real processes that really do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.supervision import Limits, Lost, supervise

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")

LIMITS = Limits(seconds=60)


def behave(item: int | str) -> int:
    """Return the double of a number, or end the process in the way that is named."""
    match item:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "aborted":
            os.abort()
        case "leaves":
            os._exit(3)
        case "hangs":
            time.sleep(3600)
        case "greedy":
            return len(bytes(2**32))
        case "raises":
            raise ValueError("no")
    return int(item) * 2


def test_results_come_in_order() -> None:
    numbers: list[int | str] = list(range(100))
    assert list(supervise(behave, numbers, 2, LIMITS)) == [number * 2 for number in range(100)]


@pytest.mark.parametrize("end", ["killed", "aborted", "leaves"])
def test_who_ends_its_process_is_lost_and_the_rest_goes_on(end: str) -> None:
    items: list[int | str] = [*range(11), end, *range(11, 40), end, 40]
    found = list(supervise(behave, items, 2, LIMITS))
    assert [type(one) is Lost for one in found] == [item == end for item in items]
    assert [one for one in found if not isinstance(one, Lost)] == [number * 2 for number in range(41)]
    assert [one.item for one in found if isinstance(one, Lost)] == [end, end]


def test_who_takes_too_long_is_lost() -> None:
    items: list[int | str] = [1, "hangs", 2]
    found = list(supervise(behave, items, 1, Limits(seconds=1)))
    assert [found[0], found[2]] == [2, 4]
    assert isinstance(found[1], Lost)
    assert "more than 1 seconds" in found[1].reason


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is limited on Linux only")
def test_who_takes_too_much_memory_is_told_so() -> None:
    with pytest.raises(MemoryError):
        list(supervise(behave, ["greedy"], 1, Limits(memory=2**30)))


def test_errors_are_raised_here() -> None:
    with pytest.raises(ValueError, match="no"):
        list(supervise(behave, ["raises"], 1, LIMITS))


def test_nothing_to_do() -> None:
    assert list(supervise(behave, [], 2, LIMITS)) == []


PARENT = """
import sys
from indexer.supervision import Limits, supervise
from tests.test_supervision import tell_and_hang
list(supervise(tell_and_hang, [1, 2], 2, Limits()))
"""


def tell_and_hang(item: int) -> None:
    """Tell who works, then never end."""
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(3600)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_workers_end_with_a_parent_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = Path("/proc", parent.stdout.readline().strip())
        assert worker.is_dir()
        parent.kill()
        waited = time.monotonic() + LIMITS.seconds
        while worker.is_dir() and time.monotonic() < waited:
            time.sleep(0.01)
        assert not worker.is_dir()
