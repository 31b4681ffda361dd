"""A server that behaves as real ones do: well, slowly, and badly."""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


@dataclass
class Behaviour:
    """What a path serves, and how. Lists are used up one request at a time."""

    content: bytes
    statuses: list[int] = field(default_factory=list)  # instead of an answer
    retry_after: str | None = None
    breaks_after: list[int] = field(default_factory=list)  # bytes, then the connection ends
    ranges: bool = True
    names_versions: bool = True
    weak: bool = False
    redirect: str | None = None
    endless: bool = False
    heeds_if_range: bool = True
    says_length: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)  # headers of the requests so far

    @property
    def etag(self) -> str:
        """The name of the version."""
        return ("W/" if self.weak else "") + f'"{hashlib.sha256(self.content).hexdigest()[:12]}"'


class Handler(BaseHTTPRequestHandler):
    """Serves `paths`."""

    paths: ClassVar[dict[str, Behaviour]] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as the behaviour of the path says."""
        found = self.paths.get(self.path)
        if found is None:
            self._send(404, b"")
            return
        found.asked.append({name.lower(): value for name, value in self.headers.items()})
        if found.statuses:
            self._send(
                found.statuses.pop(0), b"busy", {"Retry-After": found.retry_after} if found.retry_after else {}
            )
        elif found.redirect:
            self._send(302, b"", {"Location": found.redirect})
        elif found.endless:
            self._send_endlessly()
        elif found.names_versions and self.headers.get("If-None-Match") == found.etag:
            self._send(304, b"", {"ETag": found.etag})
        else:
            self._send_content(found)

    def _send_content(self, found: Behaviour) -> None:
        headers = {"ETag": found.etag, "Last-Modified": "Tue, 01 Dec 2026 00:00:00 GMT"}
        start = 0
        asked = self.headers.get("Range", "")
        fresh = not found.heeds_if_range or self.headers.get("If-Range") in (found.etag, headers["Last-Modified"])
        if found.ranges and asked.startswith("bytes=") and fresh:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(found.content) - 1}/{len(found.content)}"
        if not found.names_versions:
            headers = {}
        body = found.content[start:]
        cut = found.breaks_after.pop(0) if found.breaks_after else None
        if not found.says_length:
            self.close_connection = True
        sent = body[:cut] if cut is not None else body
        self._send(
            206 if start else 200,
            sent,
            headers,
            length=len(body) if found.says_length else None,
            told=found.says_length,
        )
        if cut is not None:
            self.close_connection = True

    def _send_endlessly(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"PK" * 50_000)
        except OSError:
            pass

    def _send(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        *,
        length: int | None = None,
        told: bool = True,
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if told:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(paths: dict[str, Behaviour], *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve on loopback, over https with the certificates of ``tls``; yield the address of the root."""
    handler = type("OneHandler", (Handler,), {"paths": paths})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
