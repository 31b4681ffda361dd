"""How the service logs: lines for people, or one JSON object a line for machines; every line names its request."""

from __future__ import annotations

import logging
import sys
from typing import Any, Literal

from pythonjsonlogger.core import RESERVED_ATTRS

from app.watch.requests import REQUEST_ID

LogFormat = Literal["auto", "text", "json"]

_ATTRIBUTES = "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s"


class NameRequest(logging.Filter):
    """Adds the id of the request being answered, empty outside requests, to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        record.request_id = REQUEST_ID.get()
        return True


def log_config(wanted: LogFormat = "auto", *, level: str = "INFO") -> dict[str, Any]:
    """Return the configuration for `logging.config.dictConfig`, uvicorn's loggers included.

    ``auto`` is text where a terminal reads the errors, else JSON. Requests are logged here, not by uvicorn.
    """
    chosen = wanted if wanted != "auto" else "text" if sys.stderr.isatty() else "json"
    handlers = {"handlers": ["stderr"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "app.watch.logs.NameRequest"}},
        "formatters": {
            "text": {"format": "%(asctime)s %(levelname)s %(message)s"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": _ATTRIBUTES,
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
                "reserved_attrs": [*RESERVED_ATTRS, "color_message"],  # uvicorn's, for terminals
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": chosen,
                "filters": ["request"],
            }
        },
        "loggers": {
            "clausula": handlers,
            "uvicorn": handlers,
            "uvicorn.access": {"handlers": [], "propagate": False},
        },
    }
