"""The service over an index of the bundled resolution."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from indexer.build import build_index


@pytest.fixture(scope="session")
def seed_folder(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the bundled resolution."""
    folder = tmp_path_factory.mktemp("api")
    build_index([seed], folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def client(seed_folder: Path) -> Iterator[TestClient]:
    """A client of the service; an error that the service does not answer fails the test."""
    with TestClient(create_app(Settings(index=seed_folder))) as client:
        yield client
