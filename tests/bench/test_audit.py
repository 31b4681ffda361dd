"""The audit, with the real pip-audit and a service of advisories on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.audit import CONSTRAINTS, differences, main, pins

VULNERABLE = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "aliases": ["CVE-2031-1"],
    "details": "Lamps can be put out from afar.",
    "affected": [
        {
            "package": {"name": "lamps", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}],
            "versions": ["1.0"],
        }
    ],
}


class Handler(BaseHTTPRequestHandler):
    """Answers as OSV does: one version of one package is vulnerable."""

    def do_POST(self) -> None:
        """Tell what is known of a package."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        vulnerable = (asked["package"]["name"], asked["version"]) == ("lamps", "1.0")
        body = json.dumps({"vulns": [VULNERABLE]} if vulnerable else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def advising() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_the_pins_are_exact() -> None:
    pinned, loose = pins(CONSTRAINTS.read_text("utf-8"))
    assert loose == []
    assert "lxml" in pinned


@pytest.mark.parametrize(
    "line", ["lamps>=1", "lamps", "lamps==1.*", "lamps==1,!=1.1", "lamps @ https://example.org/x.whl"]
)
def test_a_line_that_pins_no_version_is_named(line: str) -> None:
    assert pins(f"# pins\n{line}\nbees==1.0\n") == ({"bees": "1.0"}, [line])


def test_pins_of_other_systems_are_left_out() -> None:
    text = "lamps==1.0 ; sys_platform == 'nowhere'\nlamps==2.0 ; sys_platform != 'nowhere'\n"
    assert pins(text) == ({"lamps": "2.0"}, [])


def test_what_is_installed_must_be_what_is_pinned() -> None:
    found = list(
        differences({"lamps": "1.0", "bees": "2.0"}, {"lamps": "1.1", "bees": "2.0", "pip": "9", "sea": "3"})
    )
    assert found == ["lamps 1.1 is installed, but 1.0 is pinned", "sea 3 is installed, but no version is pinned"]


def audit(pins: Path, address: str) -> Result:
    command = ["--only-pins", "--constraints", str(pins), "--service", "osv", "--osv-url", address]
    return CliRunner().invoke(main, command)


def test_a_vulnerability_fails(tmp_path: Path) -> None:
    (tmp_path / "pins.txt").write_text("lamps==1.0\nbees==2.0\n")
    with advising() as address:
        result = audit(tmp_path / "pins.txt", address)
    assert result.exit_code == 1
    assert "known vulnerabilities: 1 in 2 packages" in result.output
    assert "lamps 1.0: CVE-2031-1, GHSA-aaaa-bbbb-cccc; mended in 2.0" in result.output


def test_a_service_that_is_not_there_is_told_and_fails_nothing(tmp_path: Path) -> None:
    with advising() as address:
        pass
    (tmp_path / "pins.txt").write_text("lamps==1.0\n")
    result = audit(tmp_path / "pins.txt", address)
    assert result.exit_code == 0
    assert "NOT CHECKED" in result.output
