"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings

from app.main import create_app
from app.settings import Settings
from indexer.build import build_index

# A deadline would make every law a timed test, which a busy machine fails.
settings.register_profile("clausula", deadline=None)
settings.load_profile("clausula")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring material (official XML, judged queries), or skip: it is not part of the product."""
    folder = Path(os.environ.get("CLAUSULA_SHARED", ROOT.parent / "shared"))
    if not (folder / "data" / "unxml").is_dir():
        pytest.skip(f"needs the measuring material; none at {folder} (set CLAUSULA_SHARED)")
    return folder


@pytest.fixture(scope="session")
def seed() -> Path:
    """The bundled resolution, as text taken from its PDF."""
    return ROOT / "corpus" / "58-208.ru.txt"


@pytest.fixture(scope="session")
def seed_folder(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the bundled resolution."""
    folder = tmp_path_factory.mktemp("seed")
    build_index([seed], folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def client(seed_folder: Path) -> Iterator[TestClient]:
    """A client of the service; an error that the service does not answer fails the test."""
    with TestClient(create_app(Settings(index=seed_folder))) as client:
        yield client
