"""Logs, request ids and metrics of a service that answers."""

from __future__ import annotations

import json
import logging
import logging.config
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.watch.logs import log_config
from app.watch.requests import REQUEST_ID, route_of


def value(metrics: str, name: str, **labels: str) -> float:
    """Return the value of the one line that has the name and the labels."""
    lines = [line for line in metrics.splitlines() if re.match(rf"{name}(\{{|\s)", line)]
    fitting = [line for line in lines if all(f'{key}="{wanted}"' in line for key, wanted in labels.items())]
    (line,) = fitting
    return float(line.rsplit(" ", 1)[1])


def test_metrics_count_requests_by_route(seed_folder: Path) -> None:
    with TestClient(create_app(Settings(index=seed_folder))) as client:
        for path in ("/api/v1/resolutions/58/208", "/api/v1/resolutions/58/999", "/nothing", "/ru/A/RES/58/208"):
            client.get(path)
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    name, route = "clausula_request_seconds_count", "/api/v1/resolutions/{symbol}"
    assert value(answer.text, name, route=route, status="200") == 1
    assert value(answer.text, name, route=route, status="404") == 1
    assert value(answer.text, name, route="unmatched", status="404") == 1
    assert "/nothing" not in answer.text
    assert value(answer.text, "clausula_index_ready") == 1
    assert value(answer.text, "clausula_index_documents") > 30
    assert value(answer.text, "clausula_index_bytes") > 1000
    assert value(answer.text, "clausula_index_age_seconds") >= 0


def test_metrics_of_a_service_without_an_index(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index=tmp_path / "none"))) as client:
        assert value(client.get("/metrics").text, "clausula_index_ready") == 0


def test_metrics_count_rejections_and_caches(seed_folder: Path) -> None:
    app = create_app(Settings(index=seed_folder, requests_per_second=0.01, burst=2))
    with TestClient(app, client=("192.0.2.1", 1)) as client:
        for _ in range(4):
            client.get("/api/v1/search?q=права")
        metrics = client.get("/metrics").text
    assert value(metrics, "clausula_rejected_requests_total", reason="rate") == 2
    assert value(metrics, "clausula_cache_hits", cache="labels") > 0


def test_an_answer_bears_the_id_of_its_request(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    first, second = (client.get("/healthz").headers["x-request-id"] for _ in range(2))
    assert first != second
    for bad in ("a b", "x" * 65, "<script>"):
        assert client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"] != bad


def test_a_fault_bears_the_id_too(seed_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("app.api.routes.search", fail)
    with TestClient(create_app(Settings(index=seed_folder)), raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/search", headers={"X-Request-ID": "abc-2"})
        assert answer.headers["x-request-id"] == "abc-2"
        metrics = client.get("/metrics").text
    assert value(metrics, "clausula_request_seconds_count", route="/api/v1/search", status="500") == 1


def test_a_request_is_one_line_of_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "clausula.requests"):
        client.get("/api/v1/stats", headers={"X-Request-ID": "abc-3"})
    (record,) = [record for record in caplog.records if record.name == "clausula.requests"]
    assert (record.__dict__["route"], record.__dict__["status"]) == ("/api/v1/stats", 200)
    assert record.__dict__["milliseconds"] > 0


def test_logs_are_json_with_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    token = REQUEST_ID.set("abc-4")
    try:
        logging.config.dictConfig(log_config("json"))
        logging.getLogger("clausula.test").warning("слово %s", "мир", extra={"status": 200})
    finally:
        REQUEST_ID.reset(token)
        logging.getLogger("clausula").handlers.clear()
        logging.getLogger("clausula").propagate = True
        logging.getLogger("uvicorn").handlers.clear()
    line = json.loads(capsys.readouterr().err)
    assert line["message"] == "слово мир"
    assert (line["level"], line["request_id"], line["status"]) == ("WARNING", "abc-4", 200)


@pytest.mark.parametrize(
    ("path", "params", "template"),
    [
        ("/ru/A/RES/58/208", {"lang": "ru", "symbol": "A/RES/58/208"}, "/{lang}/{symbol}"),
        ("/ru/", {"lang": "ru", "symbol": ""}, "/{lang}/"),
        (
            "/api/v1/resolutions/58/208/clauses/op1",
            {"symbol": "58/208", "path": "op1"},
            "/api/v1/resolutions/{symbol}/clauses/{path}",
        ),
    ],
)
def test_the_template_of_a_route(path: str, params: dict[str, str], template: str) -> None:
    assert route_of({"path": path, "path_params": params, "route": object()}) == template
    assert route_of({"path": path}) == "unmatched"
