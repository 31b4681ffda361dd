"""The real service: processes of ``clausula serve`` on a free port of loopback, and what the system tells of them."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode

from prometheus_client.parser import text_string_to_metric_families

from bench.load.asking import LOOPBACK, PATIENCE
from bench.speed.serving import private_megabytes
from indexer.errors import ClausulaError
from indexer.store.generations import current_generation

START_SECONDS = 120.0
STOP_SECONDS = 10.0
LOGGED = 2_000  # bytes of a log that are shown when a service does not start
TYPED = [urlencode({"q": word}) for word in ("rights", "права", "حقوق", "权利")]  # a word of each script
RUN = "from app.cli import main; main()"


class ServiceError(ClausulaError):
    """A service that does not start; the text has the end of its log."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its port, its first process, the folder of its index in full."""

    port: int
    pid: int
    index: Path

    def processes(self) -> list[int]:
        """Return the processes that answer: those that have the index mapped."""
        return [pid for pid in _family(self.pid) if any(str(self.index) in line for line in _maps(pid))]

    def metrics(self) -> dict[str, float]:
        """Return what ``/metrics`` tells, sums over labels."""
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        sums: dict[str, float] = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                sums[sample.name] = sums.get(sample.name, 0.0) + sample.value
        return sums


@dataclass(frozen=True, slots=True)
class Reading:
    """What all processes of a service hold together at one moment; megabytes, else numbers.

    ``private_mb`` can be shared with no other process: pages of the mapped index, which the system takes back when it
    likes, are not among it. ``mapped`` are mappings and descriptors of files of the index, ``replaced`` those
    among them of other generations than the live one.
    """

    seconds: float
    rss_mb: float
    private_mb: float
    descriptors: int
    threads: int
    mapped: int
    replaced: int
    requests: float
    rejected: float


@contextmanager
def serving(index: Path, *, workers: int = 1, settings: Mapping[str, str] | None = None) -> Iterator[Service]:
    """Start a service, wait until all that it gathers at its start is there, and stop it at the end.

    ``settings`` are environment variables. Raises `ServiceError` when it does not start.
    """
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        RUN,
        "serve",
        "--index",
        str(index),
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    with TemporaryFile() as log:
        process = subprocess.Popen(
            [*command, "--log-format", "json"], stdout=log, stderr=log, env={**os.environ, **(settings or {})}
        )
        service = Service(port, process.pid, index.resolve())
        try:
            if not _is_ready(service, process, workers):
                log.seek(-min(LOGGED, log.seek(0, os.SEEK_END)), os.SEEK_END)
                raise ServiceError(f"the service does not start:\n{log.read().decode(errors='replace')}")
            yield service
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _is_ready(service: Service, process: subprocess.Popen[bytes], workers: int) -> bool:
    """Wait until every worker has its index and completions, which they gather one after the other."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if len(service.processes()) == workers and _gets(service.port, "/readyz"):
                # which of them answers is for the system to say: some requests for each
                return all(_gets(service.port, f"/api/v1/suggest?{q}") for q in TYPED for _ in range(4 * workers))
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    return False


def _gets(port: int, path: str) -> bool:
    with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status == http.client.OK


def read_processes(service: Service, seconds: float) -> Reading:
    """Return what the processes of a service hold now, ``seconds`` after the start of whatever is measured."""
    counted = service.metrics()
    pids = service.processes()
    opened = [target for pid in pids for target in _descriptors(pid)]
    files = [held for held in chain(opened, *map(_maps, pids)) if str(service.index) in held]
    live = str(current_generation(service.index))
    return Reading(
        seconds=seconds,
        rss_mb=sum(_status(pid, "VmRSS") for pid in pids) / 1024,
        private_mb=sum(private_megabytes(pid) for pid in pids),
        descriptors=len(opened),
        threads=sum(_status(pid, "Threads") for pid in pids),
        mapped=len(files),
        replaced=sum(live not in held for held in files),
        requests=counted.get("clausula_request_seconds_count", 0.0),
        rejected=counted.get("clausula_rejected_requests_total", 0.0),
    )


def _family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        found = [int(child) for child in children.read_text().split()]
    except OSError:
        found = []
    return [pid, *(member for child in found for member in _family(child))]


def _maps(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/maps").read_text().splitlines()
    except OSError:
        return []


def _descriptors(pid: int) -> list[str]:
    found = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(descriptor.readlink()))
        except OSError:  # closed meanwhile
            continue
    return found


def _status(pid: int, name: str) -> int:
    match = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(match[1]) if match else 0
