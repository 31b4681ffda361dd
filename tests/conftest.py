"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
