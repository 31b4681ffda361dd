"""One line of log and one measurement for every request, and an id that ties both to what the client saw.

The id is the client's ``X-Request-ID`` where that is a plain word, else a new one; the answer carries it back.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.watch.metrics import Metrics

HEADER = b"x-request-id"
METHODS = frozenset(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])
OTHER = "other"  # a method, too, is any word that a client likes
UNMATCHED = "unmatched"  # the route of what no route answers: paths are free text, and metrics need few names

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

_SANE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_FAULT = 500

log = logging.getLogger("clausula.requests")


class WatchRequests:
    """Measures and logs every request of an application; the outermost middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch what becomes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _given_id(scope) or uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, size, started = _FAULT, 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (HEADER, request_id.encode())]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        token = REQUEST_ID.set(request_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            route = route_of(scope)
            method = scope["method"] if scope["method"] in METHODS else OTHER
            self._metrics.observe(method, route, status, seconds)
            log.info(
                "%s %s %d",
                scope["method"],
                scope["path"],
                status,
                extra={
                    "method": scope["method"],
                    "path": scope["path"],
                    "route": route,
                    "status": status,
                    "bytes": size,
                    "milliseconds": round(seconds * 1000, 2),
                    "client": scope["client"][0] if scope.get("client") else None,
                },
            )
            REQUEST_ID.reset(token)


def route_of(scope: Scope) -> str:
    """Return the template of the route that a request took, ``/api/v1/resolutions/{symbol}``.

    Routers in routers know only their own part of it, so the path is taken with its parameters put back.
    """
    if "route" not in scope:
        return UNMATCHED
    template: str = scope["path"]
    for name, value in reversed(scope.get("path_params", {}).items()):
        if value and str(value) in template:
            before, _, behind = template.rpartition(str(value))
            template = f"{before}{{{name}}}{behind}"
    return template


def _given_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER and _SANE_ID.fullmatch(value):
            return bytes(value).decode("ascii")
    return None
