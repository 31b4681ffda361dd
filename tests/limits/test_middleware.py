"""Limits as clients meet them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.limits.middleware import LimitLoad
from app.main import create_app
from app.settings import Settings
from app.watch.metrics import Metrics


def ask(folder: Path, path: str, times: int, *, client: str, **settings: float) -> list[httpx.Response]:
    app = create_app(Settings(index=folder, **settings))  # type: ignore[arg-type]
    with TestClient(app, client=(client, 1)) as asking:
        return [asking.get(path) for _ in range(times)]


def test_a_client_that_asks_too_often_is_told_when_to_come_again(seed_folder: Path) -> None:
    answers = ask(seed_folder, "/api/v1/stats", 4, client="192.0.2.1", requests_per_second=0.01, burst=2)
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 100
    assert answers[-1].headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("client", "path"), [("127.0.0.1", "/api/v1/stats"), ("::1", "/"), ("192.0.2.1", "/healthz")]
)
def test_this_machine_and_watchers_are_not_limited(seed_folder: Path, client: str, path: str) -> None:
    answers = ask(seed_folder, path, 5, client=client, requests_per_second=0.01, burst=1)
    assert {answer.status_code for answer in answers} == {200}


def test_addresses_of_one_network_are_one_client(seed_folder: Path) -> None:
    app = create_app(Settings(index=seed_folder, requests_per_second=0.01, burst=1))
    statuses = []
    for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"):
        with TestClient(app, client=(address, 1)) as client:
            statuses.append(client.get("/api/v1/stats").status_code)
    assert statuses == [200, 429, 200]


def test_zero_switches_a_limit_off(seed_folder: Path) -> None:
    answers = ask(seed_folder, "/api/v1/stats", 30, client="192.0.2.1", requests_per_second=0, burst=1, at_once=0)
    assert {answer.status_code for answer in answers} == {200}


def test_what_comes_beside_too_many_is_told_to_come_again() -> None:
    started, finish = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        started.set()
        await finish.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def visit() -> tuple[list[int], int]:
        metrics = Metrics()
        limited = LimitLoad(slow, 1, metrics)
        transport = httpx.ASGITransport(app=limited)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            first = asyncio.create_task(client.get("/"))
            await started.wait()
            second = await client.get("/")
            finish.set()
            third = (await first, await client.get("/"))
        assert second.headers["retry-after"] == "1"
        return [second.status_code, *(answer.status_code for answer in third)], len(metrics.text(None, {}))

    statuses, _ = asyncio.run(visit())
    assert statuses == [503, 200, 200]


def test_a_search_past_its_time_is_cut_off_and_says_so(seed_folder: Path) -> None:
    (answer,) = ask(seed_folder, "/api/v1/search?q=права", 1, client="127.0.0.1", search_seconds=1e-9)
    page = answer.json()
    assert page["hits"]
    assert page["total"]
    assert page["facets"] == {}
    assert [notice["code"] for notice in page["notices"]] == ["time_out"]


def test_only_the_names_of_the_service_are_answered(seed_folder: Path) -> None:
    app = create_app(Settings(index=seed_folder, allowed_hosts=("search.example",)))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 400
        assert client.get("/healthz", headers={"Host": "search.example"}).status_code == 200


def test_other_sites_may_ask_only_when_they_are_named(seed_folder: Path) -> None:
    headers = {"Origin": "https://other.example"}
    for origins, allowed in (((), None), (("https://other.example",), "https://other.example")):
        with TestClient(create_app(Settings(index=seed_folder, cors_origins=origins))) as client:
            answer = client.get("/api/v1/stats", headers=headers)
        assert answer.headers.get("access-control-allow-origin") == allowed
