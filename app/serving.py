"""Running the service in one process or several, with uvicorn."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess


class ServingConfig(uvicorn.Config):
    """What uvicorn needs to know, with answers sent at once by several workers too."""

    def bind_socket(self) -> socket.socket:
        """Return the socket that all workers listen on.

        asyncio has connections send at once only where it opened the listening socket itself. Without that the body
        of each answer on a kept connection waits some 40 ms for the reader to confirm its head:
        https://github.com/Kludex/uvicorn/issues/3149. Connections take the option over from the listening socket.
        """
        listening = super().bind_socket()
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening


def run(app: str, *, workers: int, **settings: Any) -> None:
    """Serve an application, ``module:name``, until told to stop; ``settings`` are those of `uvicorn.Config`."""
    if workers == 1:
        uvicorn.run(app, **settings)
        return
    config = ServingConfig(app, workers=workers, **settings)
    with suppress(KeyboardInterrupt):  # that is how one stops it at a terminal
        Multiprocess(config, sockets=[config.bind_socket()]).run()
