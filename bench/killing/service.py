"""A real service that someone asks all the while."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode

from bench.killing.corpus import PER_PAGE, QUESTIONS, Answer, answer_of
from bench.killing.processes import PATIENCE, RUN

LOOPBACK = "127.0.0.1"
BETWEEN_REQUESTS = 0.02  # seconds: a client that leaves the processors to whoever is killed
READY = "/readyz"


@dataclass
class Asked:
    """What the client was answered: how many requests, and what was wrong with any of them."""

    requests: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def asked_all_the_while(index: Path, right: Collection[tuple[Answer, ...]]) -> Iterator[Asked]:
    """Serve an index and ask it without a pause; any answer that is in none of ``right`` is a fault."""
    asked = Asked()
    stop = threading.Event()
    with serving(index) as port:
        client = threading.Thread(target=_ask, args=(port, right, asked, stop))
        client.start()
        try:
            yield asked
        finally:
            stop.set()
            client.join()


@contextmanager
def serving(index: Path) -> Iterator[int]:
    """Run ``clausula serve`` on a free port of loopback; yield the port once searches are answered."""
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", RUN, "serve", "--index", str(index), "--port", str(port)]
    with TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ})
        try:
            _wait_until_ready(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    waited = time.monotonic() + PATIENCE
    while True:
        try:
            if _get(port, READY)[0] == http.client.OK:
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > waited:
                raise
        time.sleep(0.05)


def _ask(port: int, right: Collection[tuple[Answer, ...]], asked: Asked, stop: threading.Event) -> None:
    while not stop.wait(BETWEEN_REQUESTS):
        place = asked.requests % (len(QUESTIONS) + 1)
        asked.requests += 1
        question = QUESTIONS[place] if place < len(QUESTIONS) else None
        path = READY if question is None else "/api/v1/search?" + urlencode({"q": question, "per_page": PER_PAGE})
        try:
            status, body = _get(port, path)
        except (OSError, http.client.HTTPException) as error:
            asked.faults.append(f"{path}: {error!r}")
            continue
        if status != http.client.OK:
            asked.faults.append(f"{path}: {status}")
        elif question is not None and answer_of(json.loads(body)) not in [answers[place] for answers in right]:
            asked.faults.append(f"{path}: an answer of no edition")


def _get(port: int, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
