"""The load bench counts right; how fast the service is, no test says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, islice, repeat
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from bench.load.__main__ import main
from bench.load.asking import Answer, Client, Load, closed_loop, counted, open_loop, percentile
from bench.load.generations import copy_generation
from bench.load.mix import Ask, Mix, shares
from bench.load.report import errors, load_figures, table
from bench.load.service import Reading, ServiceError, read_processes, serving
from bench.load.soak import CONNECTIONS, Soak, many_requests, slope, soak
from indexer.store import open_snapshot
from indexer.store.check import check_index

ASK = Ask("one", "/fine", "ru")


@pytest.fixture(scope="module")
def mix(seed_folder: Path) -> Mix:
    return Mix.of(open_snapshot(seed_folder))


class Answering(BaseHTTPRequestHandler):
    """Answers as the path says: /fine, /503 with Retry-After, /bare-503 without, /500, /gone without an answer."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1

    def do_GET(self) -> None:
        if self.path == "/gone":
            self.close_connection = True
            return
        self.send_response({"/fine": 200, "/503": 503, "/bare-503": 503, "/500": 500}[self.path])
        if self.path == "/503":
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[int]:
    Answering.connections = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_what_is_answered_shed_or_neither() -> None:
    with answering() as port:
        client = Client(port)
        found = [
            client.ask(Ask(path, path, "ru")) for path in ("/fine", "/503", "/bare-503", "/500", "/gone", "/fine")
        ]
        client.close()
    assert [answer.status for answer in found] == [200, 503, 503, 500, 0, 200]
    assert [answer.shed for answer in found] == [False, True, False, False, False, False]
    assert [answer.is_error for answer in found] == [False, False, True, True, True, False]
    load = Load(tuple(found), 2.0)
    assert (load.rate, load.shed, len(load.errors)) == (1.0, 1, 3)
    assert any("500 (/500)" in line for line in errors(load))
    assert any("RemoteDisconnected" in line for line in errors(load))


def test_a_connection_is_kept_or_fresh() -> None:
    for fresh, connections in ((0, {1, 2}), (2, {20}), (1, set(range(1, 21)))):
        with answering() as port:
            load = counted(port, [repeat(ASK), repeat(ASK)], 20, fresh=fresh)
            assert len(load.good) == 20
            assert Answering.connections in connections  # one client may be done before the other begins


def test_a_closed_loop_asks_each_stream_in_turn() -> None:
    with answering() as port:
        load = closed_loop(port, [cycle([ASK, Ask("two", "/500", "en")]), repeat(ASK)], 0.3)
    first = [answer for answer in load.answers if answer.ask.kind == "two"]
    assert {answer.status for answer in first} == {500}
    assert len(load.good) + len(load.errors) == len(load.answers)
    assert load.good


def test_an_open_loop_offers_its_rate_whatever_comes_back() -> None:
    with answering() as port:
        load = open_loop(port, cycle([ASK, Ask("busy", "/503", "ru")]), 200.0, 1.0, seed=1)
    assert 120 < len(load.answers) < 280  # two hundred, as chance has it: the same for the same seed
    assert abs(load.shed - len(load.good)) <= 1
    assert not load.errors


def test_percentiles_and_slopes() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.0
    assert percentile(list(range(1, 101)), 0.99) == 99
    assert percentile([7.0], 0.99) == 7.0
    assert slope([0.0, 1.0, 2.0], [5.0, 7.0, 9.0]) == 2.0
    assert slope([1.0], [5.0]) == 0.0
    load = Load((Answer(ASK, 200, 0.010, 0.0), Answer(ASK, 200, 0.030, 0.0), Answer(ASK, 500, 9.0, 0.0)), 1.0)
    assert (load.milliseconds(0.5), load.milliseconds(0.99)) == (10.0, 30.0)
    assert "p99" in table([("row", load_figures(load))])[0]


def test_shares_are_of_a_hundred() -> None:
    assert sum(shares().values()) == 100


def test_the_same_seed_asks_the_same(mix: Mix) -> None:
    assert list(islice(mix.asks(3), 50)) == list(islice(mix.asks(3), 50))
    assert list(islice(mix.asks(3), 50)) != list(islice(mix.asks(4), 50))


@pytest.mark.parametrize("kind", shares())
def test_each_kind_of_request_is_answered(mix: Mix, client: TestClient, kind: str) -> None:
    for seed in range(5):
        ask = mix.ask(kind, Random(seed))
        assert client.get(ask.path, headers={"Accept-Language": ask.language}).status_code == 200, ask


def test_a_copied_generation_is_whole_and_another(seed_folder: Path, tmp_path: Path) -> None:
    before = (seed_folder / "CURRENT").read_text()
    first = copy_generation(seed_folder, tmp_path, 0)
    second = copy_generation(tmp_path, tmp_path, 1)
    third = copy_generation(tmp_path, tmp_path, 2)
    assert len({first.name, second.name, third.name, before.strip()}) == 4
    assert not first.exists()
    assert second.exists()
    assert list(check_index(tmp_path)) == []
    assert (seed_folder / "CURRENT").read_text() == before


def test_old_indexes_are_let_go_under_load(seed_folder: Path, mix: Mix, tmp_path: Path) -> None:
    copy_generation(seed_folder, tmp_path, 0)
    with serving(tmp_path) as service:
        found = soak(service, mix, workers=1, seconds=3, swaps=2, seed=1)
        again = read_processes(service, 0.0)
    assert found.swaps == 2
    assert not found.load.errors
    assert found.missed() == []
    assert found.readings[-1].replaced == again.replaced == 0
    assert found.figures("mapped")[0] == found.figures("mapped")[-1] > 0


def test_many_requests_leave_no_file_open(seed_folder: Path) -> None:
    with serving(seed_folder, workers=2) as service:
        assert len(service.processes()) == 2
        found = many_requests(service, 600, workers=2)
    assert len(found.load.good) == 600
    assert found.readings[-1].requests >= 600
    assert found.missed() == []
    assert found.readings[-1].descriptors <= found.readings[0].descriptors + CONNECTIONS  # that are being closed


def test_files_left_open_are_missed() -> None:
    first = Reading(0.0, 1.0, 1.0, descriptors=50, threads=4, mapped=70, replaced=0, requests=0, rejected=0)
    last = replace(first, seconds=60.0, descriptors=80, replaced=3)
    assert Soak(Load((), 60.0), (first, replace(last, replaced=0, descriptors=51)), 0).missed() == []
    missed = Soak(Load((Answer(ASK, 500, 1.0, 0.0),), 60.0), (first, last), 0).missed()
    assert [line.split()[0] for line in missed] == ["1", "30", "3"]


def test_a_service_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nonsense")
    with pytest.raises(ServiceError, match="generation"), serving(tmp_path):
        pass


def test_the_command(seed_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = [
        "--index",
        str(seed_folder),
        "--clients",
        "1,3",
        "--workers",
        "1",
        "--seconds",
        "0.5",
        "--json",
        str(file),
    ]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 0, result.output
    figures = json.loads(file.read_text())["1 worker"]
    assert list(figures) == ["1 client", "3 clients"]
    assert all(row["requests"] > 0 == row["errors"] for row in figures.values())


def test_overload_is_counted(seed_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = ["--index", str(seed_folder), "--workers", "1", "--seconds", "1", "--overload", "--json", str(file)]
    CliRunner().invoke(main, options)  # whether it keeps its goal on a busy machine is for the bench to say
    alone, full, over = json.loads(file.read_text())["1 worker, overload"].values()
    assert alone["requests"] > 0 < full["requests"]
    assert over["errors"] == 0
    assert over["requests"] > over["shed"]


@pytest.mark.parametrize("clients", ["0", "1,x", ""])
def test_numbers_are_whole_numbers(seed_folder: Path, clients: str) -> None:
    result = CliRunner().invoke(main, ["--index", str(seed_folder), "--clients", clients])
    assert result.exit_code == 2
    assert "whole numbers" in result.output
