"""A worker of the service as its users have it: how soon it answers, how long a search takes, what it holds."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.speed.documents import Question
from bench.speed.timing import time_in_turns

NO_OP = "/healthz"
START_SECONDS = 60.0


def measure_serving(index: Path, asked: Sequence[Question], *, rounds: int, budget: float) -> dict[str, float]:
    """Return the figures of one worker and one client; ``asked`` are searches with all facets and 20 hits."""
    paths = ["/api/v1/search?" + urlencode({"q": " ".join(question.words)}) for question in asked]
    with service(index) as (connection, process, seconds):
        search = lambda path: _get(connection, path)  # noqa: E731 - the two differ by name alone
        no_op = lambda path: _get(connection, NO_OP)  # noqa: E731
        times = time_in_turns({"search": search, "no-op": no_op}, paths, rounds=rounds, budget=budget)
        return {
            "search, ms": times["search"].median,
            "search, p95 ms": times["search"].p95,
            "no-op, ms": times["no-op"].median,
            "search over no-op": times["search"].median / times["no-op"].median,
            "private MB a worker": private_megabytes(process.pid),
            "seconds to the first answer": seconds,
        }


def private_megabytes(process: int) -> float:
    """Return the memory that a process can share with no other; NaN where the system does not tell.

    Pages of mapped files that only one process happens to have touched are clean, and a second one shares them.
    """
    rollup = Path(f"/proc/{process}/smaps_rollup")
    if not rollup.exists():
        return float("nan")
    return sum(map(int, re.findall(r"^Private_Dirty:\s+(\d+) kB$", rollup.read_text(), re.MULTILINE))) / 1024


@contextmanager
def service(
    index: Path, **settings: str
) -> Iterator[tuple[http.client.HTTPConnection, subprocess.Popen[bytes], float]]:
    """Start a worker on a free port; yield a connection, its process, and the time to its first answered search.

    ``settings`` are environment variables beside ``CLAUSULA_INDEX``.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "CLAUSULA_INDEX": str(index), **settings})
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            while True:
                try:
                    _get(connection, "/api/v1/search?q=")
                    break
                except (ConnectionError, http.client.HTTPException):
                    connection.close()
                    if process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                        raise
                    time.sleep(0.02)
            yield connection, process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def _get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    response = connection.getresponse()
    content = response.read()
    if response.status != http.client.OK:
        raise http.client.HTTPException(f"{path}: {response.status}")
    return content
