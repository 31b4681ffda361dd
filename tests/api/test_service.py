"""What holds for the whole service: health, errors, HEAD, prefixes, schema."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings, read_settings

ROUTES = {
    "/api/v1/search",
    "/api/v1/resolutions/{symbol}",
    "/api/v1/resolutions/{symbol}/clauses",
    "/api/v1/resolutions/{symbol}/clauses/{path}",
    "/api/v1/suggest",
    "/api/v1/instruments",
    "/api/v1/instruments/{id}",
    "/api/v1/citations",
    "/api/v1/stats",
    "/healthz",
    "/readyz",
    "/metrics",
}


def test_a_service_with_an_index_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "alive"
    assert client.get("/readyz").json() == {"status": "ready", "problem": None}


def test_a_service_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index=tmp_path / "none"))) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/api/v1/search?q=мир", "/api/v1/resolutions/58/208", "/api/v1/stats"):
            response = client.get(path)
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert "clausula build" in response.json()["detail"]
            assert str(tmp_path) not in response.text


def test_a_damaged_index_is_not_ready_and_names_the_cure(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nonsense\n")
    with TestClient(create_app(Settings(index=tmp_path))) as client:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert "rebuild" in response.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/nothing%00", 404),
        ("POST", "/api/v1/search", 405),
        ("GET", "/api/v1/citations", 405),
        ("DELETE", "/api/v1/stats", 405),
    ],
)
def test_errors_of_the_framework_have_the_same_shape(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json().keys() == {"type", "title", "status", "detail", "errors"}
    assert ("allow" in response.headers) == (status == 405)


def test_a_fault_of_the_program_is_a_problem_without_details(
    seed_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("app.api.routes.search", fail)
    with TestClient(create_app(Settings(index=seed_folder)), raise_server_exceptions=False) as client:
        response = client.get("/api/v1/search")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "secret" in caplog.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/search?q=мир", "/api/docs", "/api/v1/nothing"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, path: str) -> None:
    same = {"X-Request-ID": "one"}
    got, head = client.get(path, headers=same), client.head(path, headers=same)
    assert head.status_code == got.status_code
    assert head.content == b""
    names = got.headers.keys() - {"content-length"}
    assert {name: head.headers[name] for name in names} == {name: got.headers[name] for name in names}


def test_the_schema_has_every_route_and_shape(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    assert set(schema["paths"]) == ROUTES
    shapes = schema["components"]["schemas"]
    assert {
        "SearchPage",
        "Hit",
        "FacetValue",
        "Notice",
        "Problem",
        "ResolutionAnswer",
        "ClauseAnswer",
    } <= shapes.keys()
    refusal = schema["paths"]["/api/v1/search"]["get"]["responses"]["422"]
    assert refusal["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answer = client.get("/api/v1/search", params={"q": "мигрант", "explain": "1"}).json()
    assert answer.keys() == shapes["SearchPage"]["properties"].keys()
    assert answer["hits"][0].keys() == shapes["Hit"]["properties"].keys()


def test_the_documentation_needs_no_other_host(client: TestClient) -> None:
    page = client.get("/api/docs").text
    assert "http://" not in page
    assert "https://" not in page
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/api/docs/assets/{name}" in page
        assert client.get(f"/api/docs/assets/{name}").status_code == 200


def test_everything_works_under_a_path_prefix(seed_folder: Path) -> None:
    with TestClient(create_app(Settings(index=seed_folder)), root_path="/un") as client:
        page = client.get("/un/api/docs").text
        assert "/un/api/openapi.json" in page
        assert "/un/api/docs/assets/swagger-ui.css" in page
        assert client.get("/un/api/docs/assets/swagger-ui.css").status_code == 200
        assert client.get("/un/api/openapi.json").json()["servers"] == [{"url": "/un"}]
        assert client.get("/un/api/v1/search?q=мигрант").json()["total"] > 0


def test_health_answers_while_searches_run(seed_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches that end only after what watches has answered: were they in its way, both would wait for ever."""
    started, answered = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> dict[str, str]:
        started.set()
        assert answered.wait(60)
        return {}

    app = create_app(Settings(index=seed_folder, waiting=0))
    monkeypatch.setattr("app.api.routes.search", slow)

    async def health_during_searches() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://s") as client,
        ):
            searches = [asyncio.create_task(client.get("/api/v1/search")) for _ in range(10)]
            await asyncio.to_thread(started.wait, 60)
            watched = [await client.get(path) for path in ("/healthz", "/readyz", "/metrics")]
            answered.set()
            return [answer.status_code for answer in (*watched, *await asyncio.gather(*searches))]

    assert asyncio.run(health_during_searches()) == [200] * 13


def test_a_new_index_is_in_service_without_a_restart(seed: Path, tmp_path: Path) -> None:
    from indexer.build import build_index

    app = create_app(Settings(index=tmp_path))
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 503
        build_index([seed], tmp_path, jobs=1)
        deadline = time.monotonic() + 5
        while client.get("/readyz").status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert client.get("/api/v1/search?q=мигрант").json()["total"] > 0


def test_settings_come_from_the_environment() -> None:
    assert read_settings({"CLAUSULA_INDEX": "/srv/index"}).index == Path("/srv/index")
    assert read_settings({}) == Settings()
    assert read_settings({"CLAUSULA_INDEX": ""}) == Settings()
