"""Several workers answer as soon as one does."""

from __future__ import annotations

import socket
import sys
from contextlib import closing

import pytest

from app.serving import ServingConfig

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="connections take nothing over there")


def test_connections_of_workers_send_at_once() -> None:
    with closing(ServingConfig("app.main:app", port=0, workers=2, log_config=None).bind_socket()) as listening:
        listening.listen()
        with closing(socket.create_connection(listening.getsockname())):
            accepted, _ = listening.accept()
            with closing(accepted):
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
