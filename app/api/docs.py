"""The schema of the API, and its documentation at ``/api/docs`` with the files of Swagger UI served from here."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from app.problems import MEDIA_TYPE

PROBLEM = "#/components/schemas/Problem"
ASSETS = "/api/docs/assets"


class DocumentedApp(FastAPI):
    """An application whose schema tells the media type of its problems, which FastAPI takes for plain JSON."""

    def openapi(self) -> dict[str, Any]:
        """Return the schema, made once."""
        if self.openapi_schema is None:
            for response in _responses(super().openapi()):
                content = response.get("content", {})
                if {"$ref": PROBLEM} in (shape["schema"] for shape in content.values()):
                    response["content"] = {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}}}
        return super().openapi()


def _responses(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in schema["paths"].values():
        for operation in operations.values():
            yield from operation["responses"].values()


def _policy(page: str) -> str:
    """Return a policy that lets this page run its own scripts and no other: each by its hash."""
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    )
    scripts = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def mount_docs(app: FastAPI) -> None:
    """Add the documentation page and its files; works under any path prefix."""

    @app.get("/api/docs", include_in_schema=False)
    async def documentation(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "").rstrip("/")
        page = get_swagger_ui_html(
            title=f"{app.title} API",
            openapi_url=f"{root}{app.openapi_url}",
            swagger_js_url=f"{root}{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{root}{ASSETS}/favicon.png",
        )
        page.headers["Content-Security-Policy"] = _policy(bytes(page.body).decode())
        return page

    # The package is only a carrier: a wheel with the files of one release of Swagger UI.
    with resources.as_file(resources.files("fastapi_offline") / "static") as folder:
        app.mount(ASSETS, StaticFiles(directory=folder), name="documentation")
