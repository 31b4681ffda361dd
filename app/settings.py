"""What can be set from outside: environment variables with the prefix ``CLAUSULA_``.

``docs/operations.md`` lists them in one table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.defaults import DEFAULT_INDEX
from indexer.errors import SettingError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one service. Host, port and corpus belong to the command line (``clausula serve --help``).

    The limits hold for each process that answers; 0 switches one off.
    """

    index: Path = DEFAULT_INDEX  # CLAUSULA_INDEX: the folder of the index
    requests_per_second: float = 20.0  # CLAUSULA_REQUESTS_PER_SECOND: of one client, in the long run
    burst: int = 200  # CLAUSULA_BURST: requests of one client at once, after a pause
    at_once: int = 64  # CLAUSULA_AT_ONCE: requests under way, slow ones too; what comes beside is told to come again
    waiting: int = 6  # CLAUSULA_WAITING: requests that wait to be computed; what comes beside is told to come again
    search_seconds: float = 5.0  # CLAUSULA_SEARCH_SECONDS: the time of a search, after which it is cut off
    allowed_hosts: tuple[str, ...] = ("*",)  # CLAUSULA_ALLOWED_HOSTS: names of the service, separated by commas
    cors_origins: tuple[str, ...] = ()  # CLAUSULA_CORS_ORIGINS: sites whose scripts may ask the API


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives; what it does not name keeps its default.

    Raises `SettingError` for a value that is none.
    """
    values = os.environ if environment is None else environment
    default = Settings()

    def read(name: str, kind: Callable[[str], Value], otherwise: Value) -> Value:
        given = values.get(name, "").strip()
        if not given:
            return otherwise
        try:
            return kind(given)
        except ValueError as error:
            raise SettingError(f"{name}={given!r}: {error}") from error

    return Settings(
        index=read("CLAUSULA_INDEX", Path, default.index),
        requests_per_second=read("CLAUSULA_REQUESTS_PER_SECOND", _amount, default.requests_per_second),
        burst=read("CLAUSULA_BURST", _whole, default.burst),
        at_once=read("CLAUSULA_AT_ONCE", _whole, default.at_once),
        waiting=read("CLAUSULA_WAITING", _whole, default.waiting),
        search_seconds=read("CLAUSULA_SEARCH_SECONDS", _amount, default.search_seconds),
        allowed_hosts=read("CLAUSULA_ALLOWED_HOSTS", _names, default.allowed_hosts),
        cors_origins=read("CLAUSULA_CORS_ORIGINS", _names, default.cors_origins),
    )


def _amount(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError("a number from 0 on is wanted")
    return number


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("a whole number from 0 on is wanted")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
