"""Refuses what is too much before anything is computed: 429 for one client, 503 for all together.

What only watches the service or is read from a file (`/healthz`, `/metrics`, static files) is never refused, so that
a service under load still tells how it is.
"""

from __future__ import annotations

import time
from ipaddress import ip_address
from math import ceil

from starlette.types import ASGIApp, Receive, Scope, Send

from app.limits.buckets import TokenBuckets
from app.problems import problem_response
from app.watch.metrics import Metrics

FREE_PATHS = frozenset(["/healthz", "/readyz", "/metrics"])
FREE_FOLDERS = ("/static/",)
BUSY_SECONDS = 1  # when to try again: an answer takes milliseconds


def is_free(scope: Scope) -> bool:
    """Whether a request costs next to nothing, or is no request."""
    if scope["type"] != "http":
        return True
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path in FREE_PATHS or path.startswith(FREE_FOLDERS)


class LimitClients:
    """Answers 429 to a client that asks more often than its bucket allows.

    A client is known by its address: behind a proxy by the one that the proxy forwards, where uvicorn trusts it
    (``FORWARDED_ALLOW_IPS``). The machine itself is not limited.
    """

    def __init__(self, app: ASGIApp, buckets: TokenBuckets, metrics: Metrics) -> None:
        self._app = app
        self._buckets = buckets
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        client = None if is_free(scope) else _address(scope)
        if client is None or (wait := self._buckets.take(client, time.monotonic())) == 0:
            await self._app(scope, receive, send)
            return
        self._metrics.reject("rate")
        detail = "This client asks too often."
        await problem_response(429, detail, headers={"Retry-After": str(ceil(wait))})(scope, receive, send)


class LimitLoad:
    """Answers 503 to what comes while so many requests are being answered: a short queue, then a clear no."""

    def __init__(self, app: ASGIApp, at_once: int, metrics: Metrics) -> None:
        self._app = app
        self._at_once = at_once
        self._metrics = metrics
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if is_free(scope):
            await self._app(scope, receive, send)
            return
        if self._running >= self._at_once:
            self._metrics.reject("load")
            detail = "The service is busy."
            await problem_response(503, detail, headers={"Retry-After": str(BUSY_SECONDS)})(scope, receive, send)
            return
        self._running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1


def _address(scope: Scope) -> str | None:
    """Return the address of the client, None where there is none or it is this machine."""
    if not scope.get("client"):
        return None
    host: str = scope["client"][0]
    try:
        address = ip_address(host)
    except ValueError:  # a test client, a socket of the file system
        return None
    if address.is_loopback:
        return None
    # Who has one IPv6 address has the 2**64 of its network.
    return host if address.version == 4 else str(ip_address(int(address) >> 64 << 64))
