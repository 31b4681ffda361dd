"""What docs and files say of deployment: compose.yaml against the command line, the lines for nginx in a real one."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from app.cli import main
from tests.api.test_stopping import serving
from tests.conftest import ROOT
from tests.processes import PATIENCE

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_nothing_in_a_container_may_do_more_than_it_needs(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - of the container


def test_the_service_is_bounded_and_watched() -> None:
    service = COMPOSE["services"]["clausula"]
    assert service["mem_limit"] == "512m"
    assert "/readyz" in service["healthcheck"]["test"][-1]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_the_job_runs_what_the_command_line_takes(tmp_path: Path) -> None:
    job = COMPOSE["services"]["update"]
    assert job["network_mode"] == "none"
    mounted = [volume.split(":")[1] for volume in job["volumes"]]
    _, verb, *arguments = [str(tmp_path) if word in mounted else word for word in job["command"]]
    command = main.commands[verb]
    assert isinstance(command, click.Command)
    with command.make_context(verb, arguments) as context:
        assert context.params["sources"] == (tmp_path,)
        assert context.params["prune"]


def test_the_first_process_is_the_server() -> None:
    (line,) = re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)
    assert line.startswith('["clausula", "serve"')  # no shell, which would not pass SIGTERM on
    (user,) = re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE)
    assert user.isdecimal()  # by number, as nobody knows its name where another is given
    assert int(user) > 0


@contextmanager
def nginx(locations: str, folder: Path) -> Iterator[int]:
    """Run nginx with these locations; yield its port."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("needs nginx")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder / 'pid'}; error_log {folder / 'log'}; events {{}}\n"
        f"http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{port};\n{locations}\n}} }}\n"
    )
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")])
    try:
        waited = time.monotonic() + PATIENCE
        while not (folder / "pid").exists() and process.poll() is None and time.monotonic() < waited:
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def get(port: int, path: str, host: str = "search.example.org") -> tuple[int, http.client.HTTPMessage, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def test_behind_nginx_under_a_prefix(seed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The very lines of docs/operations.md."""
    monkeypatch.setenv("CLAUSULA_ALLOWED_HOSTS", "search.example.org,127.0.0.1")
    (lines,) = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.DOTALL)
    with (
        serving(seed_folder, "--root-path", "/clausula") as (_, service),
        nginx(lines.replace("127.0.0.1:8000", f"127.0.0.1:{service}"), tmp_path) as port,
    ):
        status, headers, page = get(port, "/clausula/ru/A/RES/58/208")
        assert status == 200
        assert headers["X-Request-ID"]
        links = [link for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', page) if not link.startswith("//")]
        assert links
        assert [link for link in links if not link.startswith("/clausula/")] == []
        found = [get(port, link.replace("&amp;", "&"))[0] for link in links[:5]]
        assert [status for status in found if status >= 400] == []
        assert get(port, "/clausula/readyz")[0] == 200
        assert get(port, "/clausula/metrics")[0] == 404
        assert get(port, "/clausula/", host="elsewhere.example.org")[0] == 400
