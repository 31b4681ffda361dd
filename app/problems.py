"""Every error of the service as one shape: ``application/problem+json`` (RFC 9457).

The member ``errors`` names the parameters at fault; it is empty where none is. Nothing of the input is echoed but
the names of parameters, so an error cannot carry bytes that no encoding takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, cast

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from indexer.errors import (
    ClausulaError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    InvalidSymbolError,
    StoreError,
)

MEDIA_TYPE = "application/problem+json"

Place = Literal["query", "path", "body", "header"]


@dataclass(frozen=True, slots=True)
class ParameterFault:
    """One parameter that cannot be used, and why."""

    parameter: str
    place: Place
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as RFC 9457 has it; ``type`` is about:blank, so ``title`` is the phrase of the status."""

    title: str
    status: int
    detail: str
    errors: tuple[ParameterFault, ...] = ()
    type: str = "about:blank"


class ParameterError(ClausulaError):
    """Parameters of a request that cannot be used."""

    def __init__(self, *faults: ParameterFault) -> None:
        super().__init__("; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults))
        self.faults = faults


class NotHeldError(ClausulaError):
    """The index does not hold what was asked for."""


def problem_response(
    status: int,
    detail: str,
    *,
    errors: tuple[ParameterFault, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as a response."""
    problem = Problem(HTTPStatus(status).phrase, status, detail, errors)
    return Response(msgspec.json.encode(problem), status, headers, MEDIA_TYPE)


def from_error(error: ClausulaError) -> Response:
    """Return the response for an error of Clausula's own: the one place where errors get a status."""
    match error:
        case ParameterError():
            return problem_response(422, str(error), errors=error.faults)
        case InvalidSymbolError() | NotHeldError():
            return problem_response(404, str(error))
        case StoreError():
            return problem_response(503, reason(error), headers={"Retry-After": "10"})
        case _:
            return problem_response(422, str(error))


def reason(error: StoreError) -> str:
    """Return why the index cannot be used and what to do; without the folders that the error's own text names."""
    match error:
        case IndexMissingError():
            return "There is no index yet: build one with clausula build."
        case IndexDamagedError():
            return "The index is unusable because it is damaged: rebuild it with clausula build."
        case IndexOutdatedError():
            return "The index is unusable because another version wrote it: rebuild it with clausula build."
        case _:
            return "The index cannot be used at the moment."


def from_validation(error: RequestValidationError) -> Response:
    """Return the response for parameters that FastAPI refused."""
    faults = tuple(_fault(item) for item in cast("list[Mapping[str, Any]]", error.errors()))
    detail = "; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults)
    return problem_response(422, detail, errors=faults)


def _fault(item: Mapping[str, Any]) -> ParameterFault:
    place, *names = item["loc"]
    # A fault of the body as a whole has no name, and a place inside the text of a JSON body is no name either.
    parameter = next((name for name in names if isinstance(name, str)), "body")
    return ParameterFault(parameter, place, str(item["msg"]))
