"""Limits as clients meet them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.limits.middleware import LimitLoad, has_body
from app.limits.turns import Turns
from app.main import create_app, refusal
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


def test_a_browser_is_refused_with_a_page(seed_folder: Path) -> None:
    app = create_app(Settings(index=seed_folder, requests_per_second=0.01, burst=1))
    with TestClient(app, client=("192.0.2.1", 1)) as client:
        client.get("/healthz")
        client.get("/?ui=ru", headers={"accept": "text/html"})
        refused = client.get("/?ui=ru", headers={"accept": "text/html"})
    assert refused.status_code == 429
    assert "Слишком много запросов" in refused.text
    assert int(refused.headers["retry-after"]) > 0
    assert "default-src 'none'" in refused.headers["content-security-policy"]


def test_a_browser_that_comes_when_all_are_busy_is_told_so() -> None:
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"ui=fr",
        "headers": [(b"accept", b"text/html")],
    }
    page = refusal(scope, 503, "The service is busy.", 1)
    assert (page.status_code, page.headers["retry-after"]) == (503, "1")
    assert "Le service est occupé" in bytes(page.body).decode()


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
    answers = ask(
        seed_folder, "/api/v1/stats", 30, client="192.0.2.1", requests_per_second=0, burst=1, at_once=0, waiting=0
    )
    assert {answer.status_code for answer in answers} == {200}


class Slow:
    """An application that reads all of a request, computes until it is told to finish, and sends when it may."""

    def __init__(self) -> None:
        self.computing = 0
        self.most = 0
        self.finish = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if has_body(scope):
            while (await receive()).get("more_body", False):
                pass
        self.computing += 1
        self.most = max(self.most, self.computing)
        await self.finish.wait()
        self.computing -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def settle() -> None:
    """Let all tasks go on until they wait."""
    for _ in range(50):
        await asyncio.sleep(0)


def visitors(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://service")


def test_what_comes_beside_too_many_is_told_to_come_again() -> None:
    async def visit() -> list[int]:
        slow = Slow()
        async with visitors(LimitLoad(slow, 1, Turns(4, 8), Metrics())) as client:
            first = asyncio.create_task(client.get("/"))
            await settle()
            second = await client.get("/")
            slow.finish.set()
            third = (await first, await client.get("/"))
        assert second.headers["retry-after"] == "1"
        return [second.status_code, *(answer.status_code for answer in third)]

    assert asyncio.run(visit()) == [503, 200, 200]


def test_few_are_computed_at_a_time_few_wait_and_the_rest_is_refused() -> None:
    async def visit() -> tuple[list[int], int, bytes]:
        slow, metrics = Slow(), Metrics()
        async with visitors(LimitLoad(slow, 0, Turns(2, 3), metrics)) as client:
            visits = [asyncio.create_task(client.get("/")) for _ in range(9)]
            await settle()
            assert slow.computing == 2
            free = asyncio.create_task(client.get("/metrics"))  # what watches waits for no turn
            await settle()
            assert slow.computing == 3
            slow.finish.set()
            answers = [await visit for visit in visits]
            assert (await free).status_code == 200
            assert (await client.get("/")).status_code == 200  # all turns have been given back
        return sorted(answer.status_code for answer in answers), slow.most, metrics.text(None, {})

    statuses, most, text = asyncio.run(visit())
    assert statuses == [200] * 5 + [503] * 4
    assert most == 3
    assert b'clausula_rejected_requests_total{reason="load"} 4.0' in text


def test_a_fault_gives_the_turn_back() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("a fault")

    async def visit() -> None:
        async with visitors(LimitLoad(broken, 1, Turns(1, 1), Metrics())) as client:
            for _ in range(3):
                with pytest.raises(ValueError, match="a fault"):
                    await client.get("/")

    asyncio.run(visit())


def test_who_sends_or_reads_slowly_has_no_turn() -> None:
    async def visit() -> list[int]:
        slow = Slow()
        slow.finish.set()
        limited = LimitLoad(slow, 0, Turns(1, 1), Metrics())
        go_on = asyncio.Event()

        async def body() -> AsyncIterator[bytes]:
            yield b"a beginning"
            await go_on.wait()
            yield b"an end"

        async def send_slowly(message: Message) -> None:
            await go_on.wait()

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        async with visitors(limited) as client:
            sending = asyncio.create_task(client.post("/", content=body()))
            reading = asyncio.create_task(limited(scope, receive, send_slowly))
            await settle()
            between = await client.get("/")
            go_on.set()
            await reading
            return [between.status_code, (await sending).status_code]

    assert asyncio.run(visit()) == [200, 200]


def test_a_question_with_a_body_is_refused_when_all_of_it_has_come(seed_folder: Path) -> None:
    app = create_app(Settings(index=seed_folder))
    busy = Turns(1, 1)

    async def visit() -> httpx.Response:
        limited = LimitLoad(app, 0, busy, Metrics())
        assert await busy.take()
        waiting = asyncio.create_task(busy.take())
        await settle()
        async with visitors(limited) as client:
            answer = await client.post("/api/v1/citations", json={"text": "58/208", "lang": "ru"})
        busy.give_back()
        assert await waiting
        return answer

    answer = asyncio.run(visit())
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["content-type"] == "application/problem+json"


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
