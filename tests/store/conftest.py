"""An index that the tests of the store share; none of them changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.store import Snapshot, open_snapshot
from tests.store.builders import resolution, write_index


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine resolutions: 1 … 6 in Russian, 1 … 3 in English as well."""
    resolutions = [resolution(number, "ru", date=f"200{number}-01-02") for number in range(1, 7)]
    resolutions += [resolution(number, "en", date=f"200{number}-01-02") for number in range(1, 4)]
    return write_index(tmp_path_factory.mktemp("store") / "index", resolutions)


@pytest.fixture(scope="session")
def snapshot(index: Path) -> Snapshot:
    """The shared index, open."""
    return open_snapshot(index)
