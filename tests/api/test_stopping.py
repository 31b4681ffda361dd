"""A real server process: what becomes of requests when it is told to stop, and of its logs."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")

PATIENCE = 60.0  # seconds; only a hang takes so long


@contextmanager
def serving(index: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = "from app.cli import main; main()"
    command = [sys.executable, "-c", run, "serve", "--index", str(index), "--port", str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ})
    try:
        waited = time.monotonic() + PATIENCE
        while True:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                try:
                    connection.request("GET", "/healthz")
                    assert connection.getresponse().status == 200
                    break
                except ConnectionRefusedError:
                    assert process.poll() is None
                    assert time.monotonic() < waited
                    time.sleep(0.1)
        yield process, port
    finally:
        process.terminate()  # a killed one would leave its workers behind
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stderr is not None
        process.stderr.close()


def test_a_request_is_finished_when_the_service_is_told_to_stop(seed_folder: Path) -> None:
    with serving(seed_folder) as (process, port):
        body = json.dumps({"text": "ссылаясь на резолюцию 58/208 " * 40, "lang": "ru"}).encode()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.putrequest("POST", "/api/v1/citations")
            connection.putheader("Content-Type", "application/json")
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body[:10])
            time.sleep(0.3)  # the request is under way
            process.send_signal(signal.SIGTERM)
            time.sleep(0.3)  # and the signal has come
            connection.send(body[10:])
            answer = connection.getresponse()
            assert answer.status == 200
            assert len(json.loads(answer.read())["citations"]) == 40
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)


def test_logs_are_json_where_no_terminal_reads_them(seed_folder: Path) -> None:
    with serving(seed_folder) as (process, port):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/ru/A/RES/58/208", headers={"X-Request-ID": "from-the-test"})
            connection.getresponse().read()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
        lines = [json.loads(line) for line in errors.decode().splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("request_id") == "from-the-test"]
    assert (line["status"], line["route"]) == (200, "/{lang}/{symbol}")
    assert any("Application startup complete" in line["message"] for line in lines)


def test_workers_sum_up_their_metrics(seed_folder: Path) -> None:
    with serving(seed_folder, "--workers", "2") as (_, port):
        for _ in range(12):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request("GET", "/api/v1/stats")
                assert connection.getresponse().read()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
    counts = [line for line in text.splitlines() if line.startswith("clausula_request_seconds_count")]
    (stats,) = [line for line in counts if "/api/v1/stats" in line]
    assert float(stats.rsplit(" ", 1)[1]) == 12
