"""What can be set from outside: environment variables with the prefix ``CLAUSULA_``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.cli import DEFAULT_INDEX


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one service. Host, port and corpus belong to the command line (``clausula serve --help``)."""

    index: Path = DEFAULT_INDEX  # CLAUSULA_INDEX: the folder of the index


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives; what it does not name keeps its default."""
    values = os.environ if environment is None else environment
    return Settings(index=Path(values.get("CLAUSULA_INDEX") or DEFAULT_INDEX))
