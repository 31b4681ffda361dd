"""The API against its own schema: schemathesis makes requests, sound and odd, and runs all its checks on the answers.

A longer run: ``SCHEMATHESIS_EXAMPLES=1000 pytest tests/api/test_schema.py``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import settings

from app.main import create_app
from app.settings import Settings

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "25"))
INDEX = (
    Path(tempfile.gettempdir()) / f"clausula-schema-{os.getpid()}"
)  # named before it is there: tests are collected

schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(Settings(index=INDEX)))


@pytest.fixture(scope="module", autouse=True)
def _index(seed_folder: Path) -> Iterator[None]:
    shutil.copytree(seed_folder, INDEX)
    yield
    shutil.rmtree(INDEX)


@schema.parametrize()
@settings(max_examples=EXAMPLES)
def test_answers_are_as_the_schema_says(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()
