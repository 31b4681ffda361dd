"""Refuses what is too much before anything is computed: 429 for one client, 503 for all together.

What only watches the service or is read from a file (`/healthz`, `/metrics`, static files) is never refused, so that
a service under load still tells how it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address
from math import ceil

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.limits.buckets import TokenBuckets
from app.limits.turns import Turn, Turns
from app.problems import problem_response
from app.watch.metrics import Metrics

FREE_PATHS = frozenset(["/healthz", "/readyz", "/metrics"])
FREE_FOLDERS = ("/static/",)
BUSY = "The service is busy."
TOO_OFTEN = "This client asks too often."
COME_AGAIN = 1  # second: an answer takes milliseconds

Refuse = Callable[[Scope, int, str, int], Response]
"""Gives the answer to a request that is refused, from its status, why, and the seconds after which to come again."""


def refuse_with_problem(scope: Scope, status: int, detail: str, seconds: int) -> Response:
    """Refuse as the API does."""
    return problem_response(status, detail, headers={"Retry-After": str(seconds)})


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

    def __init__(
        self, app: ASGIApp, buckets: TokenBuckets, metrics: Metrics, refuse: Refuse = refuse_with_problem
    ) -> None:
        self._app = app
        self._buckets = buckets
        self._metrics = metrics
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        client = None if is_free(scope) else _address(scope)
        if client is None or (wait := self._buckets.take(client, time.monotonic())) == 0:
            await self._app(scope, receive, send)
            return
        self._metrics.reject("rate")
        await self._refuse(scope, 429, TOO_OFTEN, ceil(wait))(scope, receive, send)


class LimitLoad:
    """Lets few requests be computed at a time, few wait for their turn, and answers 503 to what comes beside.

    A request has its turn from when all of it has come until its answer begins: a client that sends or reads slowly
    keeps nobody waiting. Such clients count among the ``at_once`` requests that may be under way.
    """

    def __init__(
        self,
        app: ASGIApp,
        at_once: int,
        turns: Turns,
        metrics: Metrics,
        refuse: Refuse = refuse_with_problem,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._at_once = at_once
        self._turns = turns
        self._metrics = metrics
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if is_free(scope):
            await self._app(scope, receive, send)
            return
        turn = Turn(self._turns)
        if (self._at_once and self._running >= self._at_once) or not (has_body(scope) or await turn.begin()):
            self._metrics.reject("load")
            await self._refuse(scope, 503, BUSY, COME_AGAIN)(scope, receive, send)
            return

        async def receive_all() -> Message:
            message = await receive()
            is_last = message["type"] == "http.request" and not message.get("more_body", False)
            if is_last and not await turn.begin():
                self._metrics.reject("load")
                raise HTTPException(503, BUSY, {"Retry-After": str(COME_AGAIN)})
            return message

        async def send_answer(message: Message) -> None:
            turn.end()
            await send(message)

        self._running += 1
        try:
            await self._app(scope, receive_all, send_answer)
        finally:
            self._running -= 1
            turn.end()


def has_body(scope: Scope) -> bool:
    """Whether a request says that more comes behind its headers."""
    headers = dict(scope["headers"])
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


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
