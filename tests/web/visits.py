"""Requests as the pages get them."""

from __future__ import annotations

from starlette.requests import Request


def visitor(query: str = "ui=ru", root: str = "") -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": f"{root}/",
        "root_path": root,
        "query_string": query.encode(),
        "headers": [(b"host", b"clauses.example")],
    }
    return Request(scope)
